// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/html/search_state.h"

#include "searcher/html/page_url.h"
#include "searcher/request/filters.h"

#include <cstddef>
#include <string>
#include <vector>

namespace smallprint::html {
namespace {

PageUrl url_of(const std::string& path, const SearchState& state) {
    PageUrl url(path);
    return add_filters(url.add("q", state.q), state.filters)
        .add("per_vendor", state.per_vendor)
        .add("all_copies", state.all_copies ? "true" : "")
        .add("synonyms", state.no_synonyms ? "false" : "")
        .add("plain", state.plain ? "true" : "");
}

}  // namespace

std::string FilterTexts::first(request::Filter filter) const {
    const std::vector<std::string>& texts = (*this)[filter];
    return texts.empty() ? std::string() : texts.front();
}

std::size_t FilterTexts::count() const {
    std::size_t count = 0;
    for (const std::vector<std::string>& texts : m_texts) {
        count += texts.size();
    }
    return count;
}

PageUrl& add_filters(PageUrl& url, const FilterTexts& filters) {
    for (const request::FilterRow& row : request::k_filters) {
        url.add_all(row.parameter, filters[row.filter]);
    }
    return url;
}

std::string search_url(const SearchState& state) {
    return url_of("/", state)
        .add("sort", state.sort)
        .add("page", state.page > 1 ? std::to_string(state.page) : "")
        .add("cursor", state.page > 1 ? state.cursor : "")
        .text();
}

std::string feed_url(const SearchState& state) {
    return url_of("/feed.atom", state).text();
}

}  // namespace smallprint::html
