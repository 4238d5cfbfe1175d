// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/present/nothing_found.h"

#include "common/model/date.h"
#include "searcher/engine/engine.h"
#include "searcher/engine/results.h"
#include "searcher/present/facts.h"
#include "searcher/present/page.h"
#include "searcher/present/styled_text.h"
#include "searcher/query/ast.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace smallprint {
namespace {

bool narrows(const Filters& filters) {
    return !filters.vendors.empty() || !filters.heading.empty() || filters.from || filters.to;
}

bool has_phrase(const Node& node) {
    return node.kind == NodeKind::phrase || std::ranges::any_of(node.children, has_phrase);
}

std::vector<std::string> things_to_try(const SearchResults& results, const Filters& filters) {
    std::vector<std::string> advice;
    const bool some_absent = std::ranges::any_of(
        results.words, [](const WordCount& word) { return !word.ignored && word.clauses == 0; });
    const Node query = results.query.root.value_or(Node{});
    if (some_absent) {
        advice.emplace_back("another word for one that no clause has, or another spelling");
    }
    if (!filters.vendors.empty()) {
        advice.emplace_back("another --vendor, or none; `smallprint info` lists them");
    }
    if (filters.from || filters.to) {
        advice.emplace_back("a wider span of time: --from and --to");
    }
    if (!filters.heading.empty()) {
        advice.emplace_back("without --heading");
    }
    if (has_phrase(query)) {
        advice.emplace_back("the words without the quotes");
    } else if (query.children.size() > 1) {
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
    for (std::size_t i = 0; i < filters.vendors.size(); ++i) {
        words += (i == 0 ? " at " : i + 1 == filters.vendors.size() ? " or " : ", ");
        words += filters.vendors[i];
    }
    if (filters.from) {
        words += " from " + format_day(*filters.from);
    }
    if (filters.to) {
        words += " to " + format_day(*filters.to);
    }
    if (!filters.heading.empty()) {
        words += fmt::format(" under headings with “{}”", filters.heading);
    }
    return words;
}

void add_nothing_found(Page& page, const SearchResults& results, const SearchRequest& request) {
    if (results.total > 0) {
        page.add_paragraph(
            {{Style::plain, fmt::format("There are {}{}; --offset {} is past the last.",
                                        results.total_is_exact ? "" : "at least ",
                                        counted(results.total, "clause"), request.offset)}});
        return;
    }
    page.add_paragraph({{Style::strong, "Nothing found"},
                        {Style::plain, " for "},
                        {Style::strong, results.query.text},
                        {Style::plain, filters_in_words(request.filters)}});
    if (!results.words.empty()) {
        page.add_blank();
        page.add_line({{Style::plain, narrows(request.filters) ? "In the whole index each word is:"
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
