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

namespace smallprint::html {
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

View operator_view(const query::SyntaxRow& row) {
    return make_view({{"written", row.written},
                      {"help", coded(row.help)},
                      {"example", row.example},
                      {"url", example_view(row.example)}});
}

// `vendor:` asks for one that the archive has; of other names nobody knows whether it does, so they
// are no links.
View field_view(const FieldRow& row, const ArchiveFacts& archive) {
    const bool is_vendor = row.field == Field::vendor;
    const bool is_known = is_vendor && !archive.vendor_names.empty();
    const std::string example =
        is_known ? vendor_example(archive.vendor_names.front()) : std::string(row.example);
    const bool is_of_others =
        row.field == Field::host || row.field == Field::id || (is_vendor && !is_known);
    return make_view({{"name", std::string(row.name) + ":"},
                      {"help", coded(row.help)},
                      {"example", example},
                      {"url", is_of_others ? View(false) : example_view(example)}});
}

View fields_view(const ArchiveFacts& archive) {
    View rows = list_view();
    for (const FieldRow& row : k_fields) {
        if (!row.example.empty()) {
            rows.push_back(field_view(row, archive));
        }
    }
    return rows;
}

}  // namespace

std::string about_page(const index::IndexOverview& overview, const Site& site) {
    const View view = make_view(
        {{"generation", overview.generation},
         {"span", told::date_span(site.archive.first, site.archive.last)},
         {"operators", list_of(query::k_syntax, operator_view)},
         {"fields", fields_view(site.archive)},
         {"facts", list_of(told::index_facts(overview), [](const told::IndexFact& fact) {
              return make_view({{"name", text_or_false(fact.name)}, {"value", fact.value}});
          })}});
    return make_page(site, "about", view, {.title = "Help – Smallprint", .section = "about"});
}

std::string error_page(const Error& error, const Site& site) {
    const bool is_absent = error.code == ErrorCode::not_found;
    const std::string title = is_absent ? "Not found" : "That did not work";
    const View view = make_view({{"title", title},
                                 {"message", sentence(error.message)},
                                 {"hint", hint_view(error.hint)},
                                 {"absent", is_absent}});
    return make_page(site, "error", view, {.title = title + " – Smallprint"});
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

}  // namespace smallprint::html
