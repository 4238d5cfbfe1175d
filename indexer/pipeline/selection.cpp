// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/pipeline/selection.h"

#include "common/model/listing.h"
#include "common/model/snapshot.h"
#include "indexer/catalog/catalog.h"

#include <fmt/format.h>

#include <fnmatch.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace smallprint::pipeline {
namespace {

bool fits(const std::string& pattern, const std::string& text) {
    return ::fnmatch(pattern.c_str(), text.c_str(), FNM_CASEFOLD) == 0;
}

bool fits(const std::string& pattern, const std::string& vendor, const SnapshotFacts& facts) {
    const std::size_t scheme = facts.source_url.find("://");
    return fits(pattern, facts.place) || fits(pattern, vendor) ||
           fits(pattern, scheme == std::string::npos ? facts.source_url
                                                     : facts.source_url.substr(scheme + 3));
}

// Why a snapshot is left out; empty if it is not.
std::string reason_against(const Selection& selection, const std::string& vendor,
                           const SnapshotFacts& facts) {
    const auto fits_it = [&](const std::string& pattern) { return fits(pattern, vendor, facts); };
    if (!selection.only.empty() && std::ranges::none_of(selection.only, fits_it)) {
        return "not among what --only names";
    }
    const auto against = std::ranges::find_if(selection.exclude, fits_it);
    return against == selection.exclude.end() ? "" : fmt::format("--exclude {}", *against);
}

}  // namespace

std::vector<Skipped> select_snapshots(const Selection& selection,
                                      std::vector<catalog::CatalogPolicy>& catalog) {
    if (selection.only.empty() && selection.exclude.empty()) {
        return {};
    }
    std::map<std::string, Skipped> by_reason;
    for (catalog::CatalogPolicy& policy : catalog) {
        std::erase_if(policy.entries, [&](const catalog::CatalogEntry& entry) {
            const SnapshotFacts& facts = entry.snapshot.facts;
            const std::string reason = reason_against(selection, policy.vendor, facts);
            if (reason.empty()) {
                return false;
            }
            policy.size -= entry.snapshot.size;
            const auto [skipped, is_first] =
                by_reason.try_emplace(reason, Skipped{facts.place, reason, SkipKind::aside});
            skipped->second.count += is_first ? 0 : 1;
            return true;
        });
    }
    std::erase_if(catalog,
                  [](const catalog::CatalogPolicy& policy) { return policy.entries.empty(); });
    std::vector<Skipped> skipped;
    skipped.reserve(by_reason.size());
    for (auto& [reason, item] : by_reason) {
        skipped.push_back(std::move(item));
    }
    return skipped;
}

}  // namespace smallprint::pipeline
