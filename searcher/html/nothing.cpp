// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/html/page_template.h"
#include "searcher/html/search.h"
#include "searcher/html/search_state.h"
#include "searcher/request/filters.h"
#include "searcher/search/results.h"
#include "searcher/told/facts.h"

#include <string>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

std::string count_text(const WordCount& word) {
    return word.ignored        ? "too common to be searched for alone"
           : word.clauses == 0 ? "in no clause"
                               : "in " + counted(word.clauses, "clause");
}

View words_view(const std::vector<WordCount>& words, const SearchState& state) {
    View rows = list_view();
    for (const WordCount& word : words) {
        SearchState alone;
        alone.q = word.word;
        alone.no_synonyms = state.no_synonyms;
        View row;
        row["word"] = text_view(word.word);
        row["count"] = text_view(count_text(word));
        row["url"] = text_view(search_url(alone));
        rows.push_back(row);
    }
    View view;
    view["word"] = std::move(rows);
    return words.empty() ? View(false) : view;
}

View tip_view(const std::string& label, SearchState tried) {
    tried.page = 1;
    View tip;
    tip["label"] = text_view(label);
    tip["has_url"] = true;
    tip["url"] = text_view(search_url(tried));
    return tip;
}

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
    if (state.q.find('"') != std::string::npos) {
        SearchState words = state;
        std::erase(words.q, '"');
        tips.push_back(tip_view("the words without the quotes", words));
    }
    if (tips.is_empty_list() && !page.results->suggestion) {
        View tip;
        tip["label"] = text_view("fewer words, or others that say the same");
        tip["has_url"] = false;
        tips.push_back(tip);
    }
    if (tips.is_empty_list()) {
        return {false};
    }
    View view;
    view["tip"] = std::move(tips);
    return view;
}

}  // namespace

void add_empty_answer(View& view, const SearchPage& page) {
    view["nothing"] = page.results->hits.empty();
    view["words"] =
        page.results->total > 0 ? View(false) : words_view(page.results->words, page.state);
    view["advice"] = advice_view(page);
}

}  // namespace smallprint
