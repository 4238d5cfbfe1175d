// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/html/search_state.h"

#include "searcher/html/page_url.h"

#include <string>

namespace smallprint {
namespace {

PageUrl& add_filters(PageUrl& url, const SearchState& state) {
    return url.add("q", state.q)
        .add_all("vendor", state.vendors)
        .add_all("type", state.types)
        .add_all("host", state.hosts)
        .add_all("lang", state.languages)
        .add("heading", state.heading)
        .add("from", state.from)
        .add("to", state.to)
        .add("as_of", state.as_of)
        .add("changed", state.changed)
        .add("per_vendor", state.per_vendor)
        .add("all_copies", state.all_copies ? "true" : "")
        .add("synonyms", state.no_synonyms ? "false" : "")
        .add("plain", state.plain ? "true" : "");
}

}  // namespace

bool SearchState::is_filtered() const {
    return !vendors.empty() || !types.empty() || !hosts.empty() || !languages.empty() ||
           !heading.empty() || !from.empty() || !to.empty() || !as_of.empty() || !changed.empty();
}

std::string search_url(const SearchState& state) {
    PageUrl url("/");
    return add_filters(url, state)
        .add("sort", state.sort)
        .add("page", state.page > 1 ? std::to_string(state.page) : "")
        .add("cursor", state.page > 1 ? state.cursor : "")
        .text();
}

std::string feed_url(const SearchState& state) {
    PageUrl url("/feed.atom");
    return add_filters(url, state).text();
}

}  // namespace smallprint
