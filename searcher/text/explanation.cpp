// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/text/explanation.h"

#include "searcher/search/results.h"
#include "searcher/text/page.h"
#include "searcher/text/styled_text.h"
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

void add_stage(Page& page, std::string_view name, const std::string& text) {
    page.add_line({{Style::strong, std::string(name)}});
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        // A paragraph begins at its first letter, so the gutter says how deep it stands.
        const std::size_t begin = std::min(text.find_first_not_of(' ', at), end);
        const std::string gutter = "  " + text.substr(at, begin - at);
        page.add_paragraph({{Style::plain, text.substr(begin, end - begin)}},
                           {.first_gutter = {{Style::plain, gutter}},
                            .gutter = {{Style::plain, gutter + "    "}}});
        at = end + 1;
    }
}

std::string weight_of(const ExplainedStep& step) {
    if (step.weight == 0) {
        return " · decides only";
    }
    return step.weight == 1 ? "" : fmt::format(" · weight {:.3g}", step.weight);
}

std::string steps_of(const Explanation& explanation) {
    std::string text;
    for (const ExplainedStep& step : explanation.steps) {
        text += fmt::format("{}{} · {}{}{}\n", std::string(step.depth * 2, ' '), step.text,
                            step.decided_by_postings ? "" : "up to ", thousands(step.candidates),
                            weight_of(step));
    }
    return text;
}

std::string words_of(const SearchResults& results) {
    std::string text;
    for (const WordCount& word : results.words) {
        text += fmt::format("{}: {}\n", word.word,
                            word.passed_over ? "too common, passed over"
                            : word.ignored   ? "too common to be looked for alone"
                                             : counted(word.clauses, "clause"));
    }
    return text;
}

}  // namespace

void add_explanation(Page& page, const Explanation& explanation, const SearchResults& results) {
    add_stage(page, "Query", explanation.text);
    add_stage(page, "Read as", explanation.parsed + "\n" + explanation.tree);
    if (const std::string words = words_of(results); !words.empty()) {
        add_stage(page, "Words by themselves", words);
    }
    if (!explanation.synonyms.empty()) {
        add_stage(page, "Means the same, by the thesaurus",
                  fmt::format("{}", fmt::join(explanation.synonyms, " · ")));
    }
    add_stage(page,
              results.widened ? "Looked for, widened (documents at most)"
                              : "Looked for (documents at most)",
              steps_of(explanation));
    add_stage(page, "Asked of Xapian", explanation.asked);
    add_stage(page, "Then decided",
              explanation.reads_text
                  ? fmt::format("on the text of up to {}", counted(explanation.most, "candidate"))
                  : "without reading a text");
    page.add_blank();
}

}  // namespace smallprint
