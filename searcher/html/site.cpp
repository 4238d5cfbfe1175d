// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/html/site.h"

#include "common/base/version.h"
#include "searcher/html/page_template.h"
#include "searcher/index/clause_view.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::html {
namespace {

struct NavigationRow {
    std::string_view section;
    std::string_view url;
    std::string_view label;
};

constexpr std::array k_navigation = {
    NavigationRow{"search", "/", "Search"},
    NavigationRow{"trend", "/trend", "Trends"},
    NavigationRow{"vendors", "/vendors", "Vendors"},
    NavigationRow{"about", "/about", "Help"},
};

View navigation_view(std::string_view current) {
    return list_of(k_navigation, [&](const NavigationRow& row) {
        return make_view(
            {{"url", row.url}, {"label", row.label}, {"current", row.section == current}});
    });
}

}  // namespace

ArchiveFacts archive_facts(const index::IndexOverview& overview) {
    constexpr std::size_t most_names = 500;
    ArchiveFacts facts;
    facts.vendors = overview.vendors;
    facts.policies = overview.policies;
    facts.snapshots = overview.snapshots;
    facts.clauses = overview.clauses;
    std::set<std::string> names;
    std::set<std::string> types;
    std::set<std::string> languages;
    for (const index::PolicyOverview& listed : overview.listed) {
        names.insert(listed.policy.vendor);
        types.insert(listed.policy.type);
        languages.insert(listed.languages.begin(), listed.languages.end());
        if (listed.first) {
            facts.first = facts.first ? std::min(*facts.first, *listed.first) : *listed.first;
        }
        if (listed.last) {
            facts.last = facts.last ? std::max(*facts.last, *listed.last) : *listed.last;
        }
    }
    for (std::set<std::string>* set : {&names, &types, &languages}) {
        set->erase("");
    }
    facts.types.assign(types.begin(), types.end());
    facts.languages.assign(languages.begin(), languages.end());
    for (const std::string& name : names) {
        if (facts.vendor_names.size() < most_names) {
            facts.vendor_names.push_back(name);
        }
    }
    return facts;
}

std::string make_page(const Site& site, std::string_view name, const View& content,
                      const Frame& frame) {
    const View view = make_view({{"title", frame.title},
                                 {"version", k_version},
                                 {"navigation", navigation_view(frame.section)},
                                 {"head_search", frame.section != "search"},
                                 {"has_feed", !frame.feed.empty()},
                                 {"feed", frame.feed},
                                 {"style", site.files.address_of("style.css")},
                                 {"theme", site.files.address_of("theme.js")},
                                 {"app", site.files.address_of("app.js")},
                                 {"icon", site.files.address_of("icon.svg")},
                                 {"main", rendered(site.files, name, content)}});
    return rendered(site.files, "layout", view);
}

}  // namespace smallprint::html
