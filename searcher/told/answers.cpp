// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/told/answers.h"

#include "common/base/strings.h"
#include "searcher/over_time/trend.h"
#include "searcher/query/ast.h"
#include "searcher/search/results.h"
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace smallprint::told {
namespace {

// Looks at the whole tree.
bool has_kind(const query::Node& node, query::NodeKind kind) {
    return node.kind == kind || std::ranges::any_of(node.children, [&](const query::Node& child) {
               return has_kind(child, kind);
           });
}

}  // namespace

std::string total_in_words(const search::SearchResults& results) {
    return results.total == 0
               ? "Nothing found"
               : (results.total_is_exact ? "" : "At least ") + counted(results.total, "clause");
}

std::string widened_in_words(const search::SearchResults& results) {
    if (!results.widened) {
        return "";
    }
    if (results.complete == 0) {
        return "No clause has all the words. These lack some of them.";
    }
    const std::string first =
        results.complete == 1 ? "clause has" : thousands(results.complete) + " clauses have";
    return fmt::format("Only the first {} all the words; the others lack some of them.", first);
}

std::string aside_in_words(const search::SearchResults& results) {
    if (!results.aside) {
        return "There was no time to look for the words in titles, menus and footers.";
    }
    if (*results.aside == 0) {
        return "";
    }
    return *results.aside == 1
               ? "One title, menu or footer has all the words: add in:boilerplate to see it."
               : fmt::format("{} titles, menus and footers have all the words: add in:boilerplate "
                             "to see them.",
                             thousands(*results.aside));
}

std::string passed_over(const search::SearchResults& results) {
    std::vector<std::string> words;
    for (const search::WordCount& word : results.words) {
        if (word.passed_over) {
            words.push_back(word.word);
        }
    }
    return join(words, ", ");
}

std::string occurrence(const search::WordCount& word) {
    return word.ignored        ? "too common to be searched for alone"
           : word.clauses == 0 ? "in no clause"
                               : "in " + counted(word.clauses, "clause");
}

std::vector<Tip> query_tips(const search::SearchResults& results) {
    std::vector<Tip> tips;
    const bool some_absent = std::ranges::any_of(results.words, [](const search::WordCount& word) {
        return !word.ignored && word.clauses == 0;
    });
    const std::optional<query::Node>& root = results.query.root;
    if (some_absent) {
        tips.push_back({Tip::Kind::other_word,
                        "another word for one that no clause has, or another spelling"});
    }
    if (root && has_kind(*root, query::NodeKind::near)) {
        tips.push_back({Tip::Kind::distance, "a greater distance than in w/n"});
    }
    if (root && has_kind(*root, query::NodeKind::phrase)) {
        tips.push_back({Tip::Kind::no_quotes, "the words without the quotes"});
    } else if (root && root->kind == query::NodeKind::all) {
        tips.push_back({Tip::Kind::fewer_words, "fewer words"});
    }
    return tips;
}

double share_of(std::uint64_t matching, std::uint64_t observed) {
    return observed == 0 ? 0 : static_cast<double>(matching) / static_cast<double>(observed);
}

std::string share_text(double share) {
    constexpr double whole = 100;
    const double shown = share * whole;
    return shown > 99.95 ? "100%" : fmt::format("{:.1f}%", shown);
}

std::string left_out_note(const over_time::Trend& trend) {
    return trend.left_out == 0 ? ""
                               : counted(trend.left_out, "policy") +
                                     " without a known vendor or any date left out.";
}

std::string synonyms_note(const over_time::TrendSeries& series) {
    return series.synonyms.empty() ? ""
                                   : fmt::format("'{}' counts with what means the same: {}.",
                                                 series.query, join(series.synonyms, ", "));
}

}  // namespace smallprint::told
