// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/fields/field_table.h"
#include "searcher/html/markup.h"
#include "searcher/html/page_template.h"
#include "searcher/html/pages.h"
#include "searcher/html/search_state.h"
#include "searcher/html/site.h"
#include "searcher/index/clause_view.h"
#include "searcher/query/syntax_table.h"
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace smallprint {
namespace {

View example_view(std::string_view query) {
    SearchState state;
    state.q = query;
    return text_view(search_url(state));
}

std::string vendor_example(const std::string& vendor) {
    const bool is_one_word = vendor.find_first_of(" \t\"()") == std::string::npos;
    return is_one_word ? "vendor:" + vendor + " cookies" : "vendor:\"" + vendor + "\" cookies";
}

View operators_view() {
    View rows = list_view();
    for (const SyntaxRow& row : k_syntax) {
        View item;
        item["written"] = text_view(row.written);
        item["help"] = html_view(coded(row.help));
        item["example"] = text_view(row.example);
        item["url"] = example_view(row.example);
        rows.push_back(item);
    }
    return rows;
}

// `vendor:` asks for one that the archive has; of other names nobody knows whether it does, so they
// are no links.
View fields_view(const ArchiveFacts& archive) {
    View rows = list_view();
    for (const FieldRow& row : k_fields) {
        if (!row.example.empty()) {
            View item;
            item["name"] = text_view(std::string(row.name) + ":");
            const std::string example = row.field == Field::vendor && !archive.vendor_names.empty()
                                            ? vendor_example(archive.vendor_names.front())
                                            : std::string(row.example);
            const bool is_of_others = row.field == Field::host || row.field == Field::id ||
                                      (row.field == Field::vendor && archive.vendor_names.empty());
            item["help"] = html_view(coded(row.help));
            item["example"] = text_view(example);
            item["url"] = is_of_others ? View(false) : example_view(example);
            rows.push_back(item);
        }
    }
    return rows;
}

}  // namespace

std::string about_page(const IndexOverview& overview, const Site& site) {
    View view;
    view["operators"] = operators_view();
    view["fields"] = fields_view(site.archive);
    view["generation"] = text_view(overview.generation);
    view["created"] = text_view(overview.created);
    view["written_by"] = text_view(overview.written_by);
    view["vendors"] = text_view(thousands(overview.vendors));
    view["policies"] = text_view(thousands(overview.policies));
    view["snapshots"] = text_view(thousands(overview.snapshots));
    view["clauses"] = text_view(thousands(overview.clauses));
    view["occurrences"] = text_view(thousands(overview.clause_occurrences));
    view["skipped"] = text_view(thousands(overview.skipped));
    view["span"] = text_view(date_span(site.archive.first, site.archive.last));
    return framed(site, {.title = "Help – Smallprint",
                         .section = "about",
                         .main = rendered(site.files, "about", view)});
}

std::string error_page(const Error& error, const Site& site) {
    const bool is_absent = error.code == ErrorCode::not_found;
    const std::string title = is_absent ? "Not found" : "That did not work";
    View view;
    view["title"] = text_view(title);
    view["message"] = text_view(sentence(error.message));
    view["hint"] = hint_view(error.hint);
    view["absent"] = is_absent;
    return framed(site,
                  {.title = title + " – Smallprint", .main = rendered(site.files, "error", view)});
}

std::string opensearch_xml(std::string_view base) {
    const std::string address = escaped(base);
    return fmt::format(R"(<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>Smallprint</ShortName>
<Description>Clauses of privacy policies and terms, over time</Description>
<InputEncoding>UTF-8</InputEncoding>
<Url type="text/html" method="get" template="{0}/?q={{searchTerms}}"/>
<Url type="application/atom+xml" method="get" template="{0}/feed.atom?q={{searchTerms}}"/>
</OpenSearchDescription>
)",
                       address);
}

}  // namespace smallprint
