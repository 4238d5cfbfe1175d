// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/text/nothing_found.h"

#include "common/model/date.h"
#include "searcher/query/ast.h"
#include "searcher/request/requests.h"
#include "searcher/search/results.h"
#include "searcher/text/page.h"
#include "searcher/text/styled_text.h"
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace smallprint {
namespace {

std::string any_of(const std::vector<std::string>& values) {
    std::string words;
    for (std::size_t i = 0; i < values.size(); ++i) {
        words += (i == 0 ? "" : i + 1 == values.size() ? " or " : ", ") + values[i];
    }
    return words;
}

// Of the query itself, not of what it is made of.
bool has_kind(const Node& node, NodeKind kind) {
    return node.kind == kind || std::ranges::any_of(node.children, [&](const Node& child) {
               return has_kind(child, kind);
           });
}

std::vector<std::string> things_to_try(const SearchResults& results, const Filters& filters) {
    std::vector<std::string> advice;
    const bool some_absent = std::ranges::any_of(
        results.words, [](const WordCount& word) { return !word.ignored && word.clauses == 0; });
    const std::optional<Node>& root = results.query.root;
    if (some_absent) {
        advice.emplace_back("another word for one that no clause has, or another spelling");
    }
    if (!filters.vendors.empty()) {
        advice.emplace_back("another --vendor, or none; `smallprint info` lists them");
    }
    if (filters.from || filters.to) {
        advice.emplace_back("a wider span of time: --from and --to");
    }
    if (filters.as_of) {
        advice.emplace_back("another day, or without --as-of");
    }
    if (!filters.types.empty() || !filters.hosts.empty() || !filters.languages.empty()) {
        advice.emplace_back("fewer filters");
    }
    if (!filters.heading.empty()) {
        advice.emplace_back("without --heading");
    }
    if (root && has_kind(*root, NodeKind::near)) {
        advice.emplace_back("a greater distance than in w/n");
    }
    if (root && has_kind(*root, NodeKind::phrase)) {
        advice.emplace_back("the words without the quotes");
    } else if (root && root->kind == NodeKind::all) {
        advice.emplace_back("fewer words");
    }
    return advice;
}

void add_words(Page& page, const std::vector<WordCount>& words) {
    std::size_t width = 0;
    for (const WordCount& word : words) {
        width = std::max(width, width_of({{Style::plain, word.word}}));
    }
    constexpr std::size_t widest = 40;
    width = std::min(width, widest);
    for (const WordCount& word : words) {
        const std::string name = shortened(word.word, widest);
        const std::string count = word.ignored        ? "too common to be searched for alone"
                                  : word.clauses == 0 ? "in no clause"
                                                      : "in " + counted(word.clauses, "clause");
        const std::size_t padding = width - std::min(width, width_of({{Style::plain, name}}));
        page.add_line({{Style::plain, "  "},
                       {Style::strong, name},
                       {Style::plain, std::string(padding + 2, ' ')},
                       {Style::plain, count}});
    }
}

}  // namespace

std::string filters_in_words(const Filters& filters) {
    std::string words;
    const auto add = [&](const std::string& before, const std::vector<std::string>& values) {
        words += values.empty() ? "" : before + any_of(values);
    };
    add(" at ", filters.vendors);
    add(" in policies of the type ", filters.types);
    add(" in policies from the host ", filters.hosts);
    add(" in the language ", filters.languages);
    if (filters.changed) {
        words += *filters.changed == Change::added ? " added" : " removed";
    }
    if (filters.from) {
        words += " from " + format_day(*filters.from);
    }
    if (filters.to) {
        words += " to " + format_day(*filters.to);
    }
    if (filters.as_of) {
        words += " in force on " + format_day(*filters.as_of);
    }
    if (!filters.heading.empty()) {
        words += fmt::format(" under headings with “{}”", filters.heading);
    }
    return words;
}

void add_suggestion(Page& page, const SearchResults& results) {
    if (results.suggestion) {
        page.add_paragraph(
            {{Style::plain, "Did you mean: "}, {Style::strong, *results.suggestion}});
    }
}

void add_nothing_found(Page& page, const SearchResults& results, const SearchRequest& request) {
    if (results.total > 0) {
        page.add_paragraph(
            {{Style::plain, fmt::format("There are {}{}; --offset {} is past the last.",
                                        results.total_is_exact ? "" : "at least ",
                                        counted(results.total, "clause"), results.offset)}});
        return;
    }
    page.add_paragraph({{Style::strong, "Nothing found"},
                        {Style::plain, results.query.text.empty() ? "" : " for "},
                        {Style::strong, results.query.text},
                        {Style::plain, filters_in_words(request.filters)}});
    add_suggestion(page, results);
    for (const std::string& note : results.notes) {
        page.add_paragraph({{Style::dim, "Note: " + note}});
    }
    if (!results.words.empty()) {
        page.add_blank();
        page.add_line(
            {{Style::plain, !is_empty(request.filters) ? "In the whole index each word is:"
                                                       : "Each word by itself is:"}});
        add_words(page, results.words);
    }
    const std::vector<std::string> advice = things_to_try(results, request.filters);
    if (!advice.empty()) {
        page.add_blank();
        page.add_line({{Style::plain, "To try:"}});
    }
    for (const std::string& line : advice) {
        page.add_paragraph({{Style::plain, line}}, {.first_gutter = {{Style::plain, "  - "}},
                                                    .gutter = {{Style::plain, "    "}}});
    }
}

}  // namespace smallprint
