// SPDX-License-Identifier: GPL-2.0-or-later

#include "searcher/terminal/parts.h"

#include "common/base/strings.h"
#include "searcher/diff/word_diff.h"
#include "searcher/query/ast.h"
#include "searcher/request/filters.h"
#include "searcher/request/requests.h"
#include "searcher/search/results.h"
#include "searcher/terminal/page.h"
#include "searcher/told/answers.h"
#include "searcher/told/facts.h"
#include "searcher/told/styled_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::terminal {

namespace {

// Marks words that went or came; their marks stand on the lines of these words.
class WordWriter {
public:
    explicit WordWriter(Colour colour) : m_colour(colour) {}

    void add(told::Style style, std::string_view text) {
        if (style == told::Style::plain) {
            told::append(m_text, told::Style::plain, text);
            m_previous = {};
            return;
        }
        const std::size_t end = text.find_last_not_of(" \n\t\r") + 1;
        const std::size_t first = std::min(end, text.find_first_not_of('\n'));
        told::append(m_text, told::Style::plain, text.substr(0, first));
        if (first < end) {
            add_marked(style, text.substr(first, end - first));
        }
        told::append(m_text, told::Style::plain, text.substr(end));
        m_previous = end == text.size() ? text : std::string_view();
    }

    told::StyledText take() { return std::move(m_text); }

private:
    static bool is_of_word(char c) {
        return is_digit(c) || is_lower(to_lower(c)) || static_cast<unsigned char>(c) >= 0x80U;
    }

    void add_marked(told::Style style, std::string_view text) {
        const bool removed = style == told::Style::struck;
        if (m_colour == Colour::off) {
            told::append(m_text, told::Style::plain,
                         fmt::format("{}{}{}", removed ? "[-" : "{+", text, removed ? "-]" : "+}"));
            return;
        }
        // Without marks, the old word and the new one have to be kept apart.
        if (!m_previous.empty() && is_of_word(m_previous.back()) && is_of_word(text.front())) {
            told::append(m_text, told::Style::plain, " ");
        }
        told::append(m_text, style, text);
    }

    Colour m_colour;
    told::StyledText m_text;
    std::string_view m_previous;  // what was removed or added just before, up to its last word
};

}  // namespace

told::StyledText marked_words(std::string_view before, std::string_view after,
                              const std::vector<diff::WordChange>& changes, Colour colour) {
    WordWriter writer(colour);
    for (const told::Span& span : told::reworded(before, after, changes)) {
        writer.add(span.style, span.text);
    }
    return writer.take();
}

namespace {

void add_stage(Page& page, std::string_view name, const std::string& text) {
    page.add_line({{told::Style::strong, std::string(name)}});
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        // A paragraph begins at its first letter, so the gutter says how deep it stands.
        const std::size_t begin = std::min(text.find_first_not_of(' ', at), end);
        const std::string gutter = "  " + text.substr(at, begin - at);
        page.add_paragraph({{told::Style::plain, text.substr(begin, end - begin)}},
                           {.first_gutter = {{told::Style::plain, gutter}},
                            .gutter = {{told::Style::plain, gutter + "    "}}});
        at = end + 1;
    }
}

std::string weight_of(const search::ExplainedStep& step) {
    if (step.weight == 0) {
        return " · decides only";
    }
    return step.weight == 1 ? "" : fmt::format(" · weight {:.3g}", step.weight);
}

std::string steps_of(const search::Explanation& explanation) {
    std::string text;
    for (const search::ExplainedStep& step : explanation.steps) {
        text += fmt::format("{}{} · {}{}{}\n", std::string(step.depth * 2, ' '), step.text,
                            step.decided_by_postings ? "" : "up to ",
                            told::thousands(step.candidates), weight_of(step));
    }
    return text;
}

std::string words_of(const search::SearchResults& results) {
    std::string text;
    for (const search::WordCount& word : results.words) {
        text += fmt::format("{}: {}\n", word.word,
                            word.passed_over ? "too common, passed over"
                            : word.ignored   ? "too common to be looked for alone"
                                             : told::counted(word.clauses, "clause"));
    }
    return text;
}

}  // namespace

void add_explanation(Page& page, const search::Explanation& explanation,
                     const search::SearchResults& results) {
    add_stage(page, "Query", explanation.text);
    add_stage(page, "Read as", explanation.parsed + "\n" + explanation.tree);
    if (const std::string words = words_of(results); !words.empty()) {
        add_stage(page, "Words by themselves", words);
    }
    if (!explanation.synonyms.empty()) {
        add_stage(page, "Means the same, by the thesaurus", join(explanation.synonyms, " · "));
    }
    add_stage(page,
              results.widened ? "Looked for, widened (documents at most)"
                              : "Looked for (documents at most)",
              steps_of(explanation));
    add_stage(page, "Asked of the postings", explanation.asked);
    add_stage(page, "Then decided",
              explanation.reads_text ? fmt::format("on the text of up to {}",
                                                   told::counted(explanation.most, "candidate"))
                                     : "without reading a text");
    page.add_blank();
}

namespace {

constexpr std::size_t k_shown_values = 8;
constexpr std::size_t k_label_width = 11;
constexpr std::size_t k_longest_value = 40;

told::StyledText label(std::string_view text) {
    return {{told::Style::strong, padded(std::string(text), k_label_width)}};
}

void add_values(Page& page, std::string_view name, const search::Facet& facet) {
    const std::size_t shown = std::min(facet.values.size(), k_shown_values);
    const std::uint64_t more = facet.values.size() - shown + facet.others;
    std::string text;
    for (std::size_t i = 0; i < shown; ++i) {
        const search::FacetValue& value = facet.values[i];
        text +=
            fmt::format("{}{} {}", i > 0 ? " · " : "",
                        value.value.empty() ? "unknown" : shortened(value.value, k_longest_value),
                        told::thousands(value.clauses));
    }
    text += more > 0 ? fmt::format(" · {} more", told::thousands(more)) : "";
    const bool is_known = shown > 1 || (shown == 1 && !facet.values.front().value.empty());
    if (is_known) {
        const told::StyledText indent = {{told::Style::plain, std::string(k_label_width, ' ')}};
        page.add_paragraph(text, told::Style::plain,
                           {.first_gutter = label(name), .gutter = indent});
    }
}

// The course of the years, and the one with the most clauses.
void add_years(Page& page, const search::Facet& facet) {
    std::vector<search::FacetValue> years = facet.values;
    std::uint64_t undated = 0;
    if (!years.empty() && years.back().value.empty()) {
        undated = years.back().clauses;
        years.pop_back();
    }
    told::StyledText line = label("Years");
    if (!years.empty()) {
        const auto most = std::ranges::max_element(years, {}, &search::FacetValue::clauses);
        std::string course;
        for (const search::FacetValue& year : years) {
            course += upright_bar(static_cast<double>(year.clauses) /
                                  static_cast<double>(std::max<std::uint64_t>(1, most->clauses)));
        }
        told::append(line, told::Style::plain, years.front().value + " ");
        told::append(line, told::Style::mark, course);
        told::append(line, told::Style::plain,
                     fmt::format(" {}, most in {}: {}", years.back().value, most->value,
                                 told::thousands(most->clauses)));
    }
    if (undated > 0) {
        told::append(line, told::Style::plain,
                     fmt::format("{}{} without a date", years.empty() ? "" : " · ",
                                 told::thousands(undated)));
    }
    page.add_line(std::move(line));
}

}  // namespace

void add_facets(Page& page, const search::Facets& facets) {
    page.add_blank();
    for (const told::FacetRow& row : told::k_facet_rows) {
        add_values(page, row.name, facets.*row.facet);
    }
    add_years(page, facets.year);
    if (!facets.exact) {
        page.add_paragraph("These counts are not exact: the query matches too much to look at all "
                           "of it.",
                           told::Style::dim);
    }
}

namespace {

std::vector<std::string_view> things_to_try(const search::SearchResults& results,
                                            const request::Filters& filters) {
    const std::vector<told::Tip> tips = told::query_tips(results);
    std::vector<std::string_view> advice;
    const auto add = [&](std::string_view words) {
        if (!words.empty() && std::ranges::find(advice, words) == advice.end()) {
            advice.push_back(words);
        }
    };
    for (const told::Tip& tip : tips) {
        add(tip.kind == told::Tip::Kind::other_word ? tip.words : "");
    }
    for (const request::FilterRow& row : request::k_filters) {
        add(request::values_of(row, filters).empty() ? "" : row.advice);
    }
    for (const told::Tip& tip : tips) {
        add(tip.words);
    }
    return advice;
}

void add_words(Page& page, const std::vector<search::WordCount>& words) {
    std::size_t width = 0;
    for (const search::WordCount& word : words) {
        width = std::max(width, width_of({{told::Style::plain, word.word}}));
    }
    constexpr std::size_t widest = 40;
    width = std::min(width, widest);
    for (const search::WordCount& word : words) {
        const std::string name = shortened(word.word, widest);
        const std::size_t padding = width - std::min(width, width_of({{told::Style::plain, name}}));
        page.add_line({{told::Style::plain, "  "},
                       {told::Style::strong, name},
                       {told::Style::plain, std::string(padding + 2, ' ')},
                       {told::Style::plain, told::occurrence(word)}});
    }
}

}  // namespace

void add_total(Page& page, const search::SearchResults& results,
               const request::SearchRequest& request, const told::StyledText& more) {
    told::StyledText line = {{told::Style::strong, told::total_in_words(results)},
                             {told::Style::plain, results.query.text.empty() ? "" : " for "},
                             {told::Style::strong, results.query.text},
                             {told::Style::plain, request::filters_in_words(request.filters)}};
    line.insert(line.end(), more.begin(), more.end());
    page.add_paragraph(line);
}

void add_notes(Page& page, const search::SearchResults& results) {
    if (results.suggestion) {
        page.add_paragraph({{told::Style::plain, std::string(told::k_did_you_mean)},
                            {told::Style::strong, *results.suggestion}});
    }
    if (results.total > 0 && results.widened) {
        page.add_paragraph(told::widened_in_words(results));
    }
    if (const std::string aside = told::aside_in_words(results); !aside.empty()) {
        page.add_paragraph(aside);
    }
    const std::string common = told::passed_over(results);
    if (results.total > 0 && !common.empty()) {
        page.add_paragraph("Passed over as too common: " + common, told::Style::dim);
    }
    for (const std::string& note : results.notes) {
        page.add_paragraph("Note: " + note, told::Style::dim);
    }
}

void add_nothing_found(Page& page, const search::SearchResults& results,
                       const request::SearchRequest& request) {
    if (results.total > 0) {
        page.add_paragraph(fmt::format("There are {}{}; --offset {} is past the last.",
                                       results.total_is_exact ? "" : "at least ",
                                       told::counted(results.total, "clause"), results.offset));
        return;
    }
    add_total(page, results, request);
    add_notes(page, results);
    if (!results.words.empty()) {
        page.add_blank();
        page.add_line({{told::Style::plain, !request::is_empty(request.filters)
                                                ? "In the whole index each word is:"
                                                : "Each word by itself is:"}});
        add_words(page, results.words);
    }
    const std::vector<std::string_view> advice = things_to_try(results, request.filters);
    if (!advice.empty()) {
        page.add_blank();
        page.add_line({{told::Style::plain, "To try:"}});
    }
    for (const std::string_view line : advice) {
        page.add_paragraph(line, told::Style::plain,
                           {.first_gutter = {{told::Style::plain, "  - "}},
                            .gutter = {{told::Style::plain, "    "}}});
    }
}

}  // namespace smallprint::terminal
