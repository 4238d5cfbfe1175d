// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/html/page_template.h"
#include "searcher/html/search.h"
#include "searcher/html/search_state.h"
#include "searcher/request/filters.h"
#include "searcher/search/results.h"
#include "searcher/told/answers.h"

#include <string>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

View words_view(const SearchResults& results, const SearchState& state) {
    if (results.total > 0 || results.words.empty()) {
        return {false};
    }
    return make_view({{"word", list_of(results.words, [&](const WordCount& word) {
                           SearchState alone;
                           alone.q = word.word;
                           alone.no_synonyms = state.no_synonyms;
                           return make_view({{"word", word.word},
                                             {"count", occurrence(word)},
                                             {"url", search_url(alone)}});
                       })}});
}

View tip_view(std::string_view label, SearchState tried) {
    tried.page = 1;
    return make_view({{"label", label}, {"url", search_url(tried)}});
}

// What to try, as links where that is another search.
View advice_view(const SearchPage& page) {
    const SearchState& state = page.state;
    View tips = list_view();
    if (page.results->total > 0) {
        tips.push_back(tip_view("the first page: there are fewer results than that", state));
    }
    if (!state.filters.is_empty()) {
        SearchState unfiltered;
        unfiltered.q = state.q;
        tips.push_back(tip_view("the same in the whole archive, without filters", unfiltered));
    }
    if (!state.filters[Filter::from].empty() || !state.filters[Filter::to].empty()) {
        SearchState ever = state;
        ever.filters[Filter::from].clear();
        ever.filters[Filter::to].clear();
        tips.push_back(tip_view("the same at any time", ever));
    }
    const bool is_empty = page.results->total == 0;
    for (const Tip& tip : is_empty ? query_tips(*page.results) : std::vector<Tip>()) {
        SearchState words = state;
        std::erase(words.q, '"');
        tips.push_back(tip.kind == Tip::Kind::no_quotes && words.q != state.q
                           ? tip_view(tip.words, words)
                           : make_view({{"label", tip.words}, {"url", false}}));
    }
    return tips.is_empty_list() ? View(false) : make_view({{"tip", std::move(tips)}});
}

}  // namespace

void add_empty_answer(View& view, const SearchPage& page) {
    fill(view, {{"nothing", page.results->hits.empty()},
                {"words", words_view(*page.results, page.state)},
                {"advice", advice_view(page)}});
}

}  // namespace smallprint
