// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/told/citation.h"

#include "common/model/date.h"
#include "common/text/utf8.h"
#include "searcher/index/clause_view.h"
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace smallprint::told {
namespace {

std::string title_to_cite(const index::PolicyFacts& policy) {
    return !policy.type.empty() ? policy.type : !policy.title.empty() ? policy.title : "Policy";
}

const std::string& address_of(const index::ClauseView& clause) {
    return clause.archive_url.empty() ? clause.source_url : clause.archive_url;
}

// TeX has characters of its own.
std::string for_tex(std::string_view text) {
    std::string out;
    for (const char c : text::repaired_utf8(text)) {
        switch (c) {
        case '\\':
            out += "\\textbackslash{}";
            break;
        case '~':
            out += "\\textasciitilde{}";
            break;
        case '^':
            out += "\\textasciicircum{}";
            break;
        case '{':
        case '}':
        case '&':
        case '%':
        case '$':
        case '#':
        case '_':
            out += '\\';
            out += c;
            break;
        default:
            out += c == '\n' || c == '\t' ? ' ' : c;
        }
    }
    return out;
}

// An address inside braces must not close them.
std::string for_tex_url(std::string_view url) {
    std::string out;
    for (const char c : url) {
        if (c != '{' && c != '}' && c != '\\' && c != '\n') {
            out += c;
        }
    }
    return out;
}

}  // namespace

std::string citation_text(const index::ClauseView& clause) {
    constexpr std::size_t longest = 400;
    std::string quote(text::utf8_prefix(clause.text, longest));
    std::ranges::replace(quote, '\n', ' ');
    return fmt::format("{}, {}: “{}{}”, seen {}.{} Smallprint clause {}.",
                       vendor_name(clause.policy), title_to_cite(clause.policy), quote,
                       quote.size() < clause.text.size() ? "…" : "",
                       date_span(clause.first_seen, clause.last_seen),
                       address_of(clause).empty() ? "" : " " + address_of(clause) + ".", clause.id);
}

std::string citation_bibtex(const index::ClauseView& clause) {
    std::string entry = fmt::format("@misc{{smallprint-{},\n", clause.id);
    const auto add = [&entry](std::string_view name, const std::string& value) {
        if (!value.empty()) {
            entry += fmt::format("  {} = {{{}}},\n", name, value);
        }
    };
    add("author", "{" + for_tex(vendor_name(clause.policy)) + "}");
    add("title", "{" + for_tex(title_to_cite(clause.policy)) + "}");
    add("year", clause.last_seen ? format_day(*clause.last_seen).substr(0, 4) : "");
    add("note", fmt::format("Clause {}, seen {}", clause.id,
                            date_span(clause.first_seen, clause.last_seen)));
    add("url", for_tex_url(address_of(clause)));
    return entry + "}\n";
}

}  // namespace smallprint::told
