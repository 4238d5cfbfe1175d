// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "indexer/catalog/catalog.h"
#include "indexer/pipeline/previous_index.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {

// One policy of the generation to be made: in the archives, in the previous index, or in both.
struct PolicyTask {
    const CatalogPolicy* found = nullptr;
    const PreviousPolicy* previous = nullptr;
    bool has_news = true;  // else it is carried over as it was

    std::uint64_t size() const {  // bytes of text
        return (found == nullptr ? 0 : found->size) +
               (previous == nullptr ? 0 : previous->text_bytes);
    }
};

// All policies in order of their identity. The tasks point into both arguments.
std::vector<PolicyTask> make_tasks(const std::vector<CatalogPolicy>& catalog,
                                   const PreviousIndex* previous);

// Policies are handed to workers in stretches of about so much text: small enough to keep all busy
// to the end, large enough to fill shards. Depends on nothing but the tasks.
std::vector<std::span<const PolicyTask>> make_batches(std::span<const PolicyTask> tasks);

// A digest of all that the shards depend on. Where it is the same, what a run that did not finish
// left can be used. `fingerprint` is that of the listings.
std::string plan_digest(std::span<const PolicyTask> tasks, std::uint64_t fingerprint,
                        std::string_view dictionary);

}  // namespace smallprint
