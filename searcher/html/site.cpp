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

namespace smallprint {
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
    View list = list_view();
    for (const NavigationRow& row : k_navigation) {
        View item;
        item["url"] = text_view(row.url);
        item["label"] = text_view(row.label);
        item["current"] = row.section == current;
        list.push_back(item);
    }
    return list;
}

}  // namespace

ArchiveFacts archive_facts(const IndexOverview& overview) {
    constexpr std::size_t most_names = 500;
    ArchiveFacts facts;
    facts.vendors = overview.vendors;
    facts.policies = overview.policies;
    facts.snapshots = overview.snapshots;
    facts.clauses = overview.clauses;
    std::set<std::string> names;
    std::set<std::string> types;
    std::set<std::string> languages;
    for (const PolicyOverview& listed : overview.listed) {
        names.insert(listed.policy.vendor);
        types.insert(listed.policy.type);
        languages.insert(listed.policy.language);
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

std::string framed(const Site& site, const Frame& frame) {
    View view;
    view["title"] = text_view(frame.title);
    view["version"] = text_view(k_version);
    view["navigation"] = navigation_view(frame.section);
    view["head_search"] = frame.section != "search";
    view["query"] = text_view(frame.query);
    view["has_feed"] = !frame.feed.empty();
    view["feed"] = text_view(frame.feed);
    view["style"] = text_view(site.files.address_of("style.css"));
    view["theme"] = text_view(site.files.address_of("theme.js"));
    view["app"] = text_view(site.files.address_of("app.js"));
    view["icon"] = text_view(site.files.address_of("icon.svg"));
    view["main"] = html_view(frame.main);
    return rendered(site.files, "layout", view);
}

}  // namespace smallprint
