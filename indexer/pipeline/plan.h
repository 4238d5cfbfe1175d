// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/model/listing.h"
#include "indexer/catalog/catalog.h"
#include "indexer/pipeline/pipeline.h"
#include "indexer/pipeline/policy_loader.h"
#include "indexer/pipeline/previous_index.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::pipeline {

// One policy of the generation to be made: in the archives, in the previous index, or in both.
struct PolicyTask {
    const catalog::CatalogPolicy* found = nullptr;
    const PreviousPolicy* previous = nullptr;
    bool has_news = true;  // else it is carried over as it was

    std::uint64_t size() const {  // bytes of text
        return (found == nullptr ? 0 : found->size) +
               (previous == nullptr ? 0 : previous->text_bytes());
    }
};

// All policies in order of their identity, in which both arguments are. The tasks point into these.
std::vector<PolicyTask> make_tasks(const std::vector<catalog::CatalogPolicy>& catalog,
                                   std::span<const PreviousPolicy> known);

// Policies are handed to workers in stretches of about so much text: small enough to keep all busy
// to the end, large enough to fill shards. Depends on nothing but the tasks.
std::vector<std::span<const PolicyTask>> make_batches(std::span<const PolicyTask> tasks);

// A digest of all that the shards depend on. Where it is the same, what a run that did not finish
// left can be used. `fingerprint` is that of the listings.
std::string plan_digest(std::span<const PolicyTask> tasks, std::uint64_t fingerprint,
                        std::string_view dictionary);

struct SurveyContext {
    const PipelineOptions& options;
    const Archives& archives;
    const PreviousIndex& previous;
};

// What there is to say of policies without news; the others will be read again.
struct Known {
    std::uint64_t snapshots = 0;   // that the previous index has
    std::vector<Skipped> skipped;  // all others
};

// Finds out which of the policies that the previous index has got new snapshots, and notes it in
// the tasks. Texts are read and hashed, since only that tells honestly; they are not split.
Result<Known> find_news(std::span<PolicyTask> tasks, const SurveyContext& context);

// The zstd dictionary for a generation: that of the previous one, unless most of the text is new;
// else trained on the records of the newest snapshots, taken evenly over the archives. Depends on
// the tasks alone, never on threads or time.
std::string make_dictionary(std::span<const PolicyTask> tasks, const Archives& archives,
                            const PreviousIndex* previous);

}  // namespace smallprint::pipeline
