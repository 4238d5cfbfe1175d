// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/pipeline/dictionary_sample.h"

#include "common/index_format/record_codec.h"
#include "common/io/zstd.h"
#include "common/model/policy.h"
#include "indexer/catalog/catalog.h"
#include "indexer/pipeline/policy_loader.h"

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

}  // namespace

std::string make_dictionary(const std::vector<CatalogPolicy>& catalog, const Archives& archives) {
    std::uint64_t newest_bytes = 0;
    for (const CatalogPolicy& policy : catalog) {
        newest_bytes += policy.entries.back().snapshot.size;
    }
    const std::size_t stride = static_cast<std::size_t>(newest_bytes / k_sampled_bytes) + 1;
    std::vector<std::string> samples;
    std::size_t sampled = 0;
    for (std::size_t i = 0; i < catalog.size(); i += stride) {
        const auto newest = std::span(catalog[i].entries).last(1);
        for (const Passage& passage : load_policy(catalog[i], newest, archives).history.passages) {
            samples.push_back(encode_passage(passage));
            sampled += samples.back().size();
        }
    }
    const std::size_t size = std::min(k_largest_dictionary, sampled / k_samples_per_dictionary);
    return size < k_smallest_dictionary ? std::string() : train_dictionary(samples, size);
}

}  // namespace smallprint
