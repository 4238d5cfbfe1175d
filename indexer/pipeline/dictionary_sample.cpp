// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/pipeline/dictionary_sample.h"

#include "common/index_format/record_codec.h"
#include "common/io/zstd.h"
#include "common/model/policy.h"
#include "indexer/catalog/catalog.h"
#include "indexer/pipeline/plan.h"
#include "indexer/pipeline/policy_loader.h"
#include "indexer/pipeline/previous_index.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace smallprint {
namespace {

constexpr std::size_t k_largest_dictionary = std::size_t{112} << 10U;
constexpr std::uint64_t k_sampled_bytes = std::uint64_t{5} << 20U;
// A dictionary is stored as it is, so a small archive gets a small one.
constexpr std::size_t k_samples_per_dictionary = 16;
constexpr std::size_t k_smallest_dictionary = 4096;

bool most_is_new(std::span<const PolicyTask> tasks, const PreviousIndex& previous) {
    std::uint64_t fresh = 0;
    for (const PolicyTask& task : tasks) {
        fresh += task.has_news && task.previous == nullptr ? task.found->size : 0;
    }
    return fresh > previous.generation().meta.counts.source_bytes;
}

std::string train_on(std::span<const CatalogPolicy* const> policies, const Archives& archives) {
    std::uint64_t newest_bytes = 0;
    for (const CatalogPolicy* policy : policies) {
        newest_bytes += policy->entries.back().snapshot.size;
    }
    const std::size_t stride = static_cast<std::size_t>(newest_bytes / k_sampled_bytes) + 1;
    std::vector<std::string> samples;
    std::size_t sampled = 0;
    for (std::size_t i = 0; i < policies.size(); i += stride) {
        const auto newest = std::span(policies[i]->entries).last(1);
        const LoadedPolicy loaded = load_policy(*policies[i], newest, archives);
        for (const Passage& passage : loaded.history.passages) {
            samples.push_back(encode_passage(passage));
            sampled += samples.back().size();
        }
    }
    const std::size_t size = std::min(k_largest_dictionary, sampled / k_samples_per_dictionary);
    return size < k_smallest_dictionary ? std::string() : train_dictionary(samples, size);
}

}  // namespace

std::string make_dictionary(std::span<const PolicyTask> tasks, const Archives& archives,
                            const PreviousIndex* previous) {
    if (previous != nullptr && !most_is_new(tasks, *previous)) {
        return previous->generation().dictionary;
    }
    std::vector<const CatalogPolicy*> found;
    for (const PolicyTask& task : tasks) {
        if (task.found != nullptr) {
            found.push_back(task.found);
        }
    }
    return train_on(found, archives);
}

}  // namespace smallprint
