// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/pipeline/plan.h"

#include "common/base/hash.h"
#include "common/base/version.h"
#include "common/index_format/generation.h"
#include "common/model/listing.h"
#include "common/model/snapshot.h"
#include "common/text/analyzer.h"
#include "indexer/catalog/catalog.h"
#include "indexer/pipeline/previous_index.h"
#include "indexer/split/splitter.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

constexpr std::uint64_t k_batch_bytes = std::uint64_t{3} << 20U;

PolicyIdentity identity_of(const CatalogPolicy& policy) {
    return {policy.vendor, policy.terms_type, policy.key};
}

void add_entry(Digest128& digest, const CatalogEntry& entry) {
    const ListedSnapshot& snapshot = entry.snapshot;
    const SnapshotFacts& facts = snapshot.facts;
    digest.add(fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n", entry.archive,
                           snapshot.locator, snapshot.size,
                           facts.captured ? facts.captured->time_since_epoch().count() : 0,
                           facts.captured.has_value(), facts.reextracted, facts.source_url,
                           facts.archive_url, facts.language, snapshot.facts.place));
}

void add_task(Digest128& digest, const PolicyTask& task) {
    if (task.found != nullptr) {
        digest.add(fmt::format("found {}\n{}\n{}\n{}\n{}\n", task.found->vendor,
                               static_cast<int>(task.found->vendor_source), task.found->terms_type,
                               task.found->key, task.has_news));
        for (const CatalogEntry& entry : task.found->entries) {
            add_entry(digest, entry);
        }
    }
    if (task.previous != nullptr) {
        digest.add(fmt::format("previous {}\n", task.previous->document));
    }
}

}  // namespace

std::vector<PolicyTask> make_tasks(const std::vector<CatalogPolicy>& catalog,
                                   const PreviousIndex* previous) {
    std::vector<PolicyTask> tasks;
    std::span<const PreviousPolicy> known;
    if (previous != nullptr) {
        known = previous->policies();
    }
    for (const CatalogPolicy& policy : catalog) {
        const PolicyIdentity identity = identity_of(policy);
        for (; !known.empty() && known.front().identity < identity; known = known.subspan(1)) {
            tasks.push_back({nullptr, &known.front(), false});
        }
        const bool in_both = !known.empty() && known.front().identity == identity;
        tasks.push_back({&policy, in_both ? &known.front() : nullptr, true});
        known = known.subspan(in_both ? 1 : 0);
    }
    for (const PreviousPolicy& policy : known) {
        tasks.push_back({nullptr, &policy, false});
    }
    return tasks;
}

std::vector<std::span<const PolicyTask>> make_batches(std::span<const PolicyTask> tasks) {
    std::vector<std::span<const PolicyTask>> batches;
    std::size_t begin = 0;
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        bytes += tasks[i].size();
        if (bytes >= k_batch_bytes || i + 1 == tasks.size()) {
            batches.push_back(tasks.subspan(begin, i + 1 - begin));
            begin = i + 1;
            bytes = 0;
        }
    }
    return batches;
}

std::string plan_digest(std::span<const PolicyTask> tasks, std::uint64_t fingerprint,
                        std::string_view dictionary) {
    Digest128 digest;
    digest.add(fmt::format("{} {} {} {} {:x}\n", k_version, k_format_version, k_analyzer_version,
                           k_splitter_version, fingerprint));
    digest.add(dictionary);
    for (const PolicyTask& task : tasks) {
        add_task(digest, task);
    }
    return digest.value();
}

}  // namespace smallprint
