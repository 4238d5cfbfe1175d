// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/pipeline/plan.h"

#include "common/base/hash.h"
#include "common/base/result.h"
#include "common/base/version.h"
#include "common/index_format/generation.h"
#include "common/index_format/record_codec.h"
#include "common/index_format/record_file.h"
#include "common/io/zstd.h"
#include "common/model/listing.h"
#include "common/model/policy.h"
#include "common/model/snapshot.h"
#include "common/text/analyzer.h"
#include "indexer/catalog/catalog.h"
#include "indexer/pipeline/pipeline.h"
#include "indexer/pipeline/policy_loader.h"
#include "indexer/pipeline/previous_index.h"
#include "indexer/pipeline/workers.h"
#include "indexer/split/splitter.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::pipeline {
namespace {

constexpr std::uint64_t k_batch_bytes = std::uint64_t{3} << 20U;

PolicyIdentity identify(const catalog::CatalogPolicy& policy) {
    return {policy.vendor, policy.terms_type, policy.key};
}

void add_entry(Digest128& digest, const catalog::CatalogEntry& entry) {
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
        for (const catalog::CatalogEntry& entry : task.found->entries) {
            add_entry(digest, entry);
        }
    }
    if (task.previous != nullptr) {
        for (const PreviousPart& part : task.previous->parts) {
            digest.add(fmt::format("previous {} {} {}\n", part.document, part.begin, part.end));
        }
    }
}

class Survey {
public:
    Survey(std::span<PolicyTask> tasks, const SurveyContext& context) : m_context(context) {
        m_progress.stage = Stage::comparing;
        for (PolicyTask& task : tasks) {
            if (task.found != nullptr && task.previous != nullptr && !task.previous->regrouped) {
                m_shared.push_back(&task);
                m_progress.snapshots += task.found->entries.size();
                m_progress.bytes += task.found->size;
            }
        }
    }

    Result<Known> run() {
        TRY(run_workers(m_context.options.threads, m_shared.size(), [this]() -> Result<Worker> {
            TRY_ASSIGN(index_format::RecordStore opened, m_context.previous.records());
            auto records = std::make_shared<index_format::RecordStore>(std::move(opened));
            return Worker(
                [this, records](std::size_t i) { return compare(*m_shared[i], *records); });
        }));
        return std::move(m_known);
    }

private:
    Result<void> compare(PolicyTask& task, index_format::RecordStore& records) {
        TRY(check_not_stopped(m_context.options, "start over"));
        TRY_ASSIGN(const Policy policy, records.policy(task.previous->parts.front().document));
        std::vector<Skipped> skipped;
        task.has_news = has_news(task.found->entries, m_context.archives, policy, skipped);
        const std::lock_guard lock(m_mutex);
        if (!task.has_news) {
            m_known.snapshots += task.found->entries.size() - skipped.size();
            std::ranges::move(skipped, std::back_inserter(m_known.skipped));
        }
        m_progress.snapshots_done += task.found->entries.size();
        m_progress.bytes_done += task.found->size;
        if (m_context.options.on_progress) {
            m_context.options.on_progress(m_progress);
        }
        return {};
    }

    const SurveyContext& m_context;
    std::vector<PolicyTask*> m_shared;
    std::mutex m_mutex;
    Known m_known;
    Progress m_progress;
};

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

std::string train_on(std::span<const catalog::CatalogPolicy* const> policies,
                     const Archives& archives) {
    std::uint64_t newest_bytes = 0;
    for (const catalog::CatalogPolicy* policy : policies) {
        newest_bytes += policy->entries.back().snapshot.size;
    }
    const std::size_t stride = static_cast<std::size_t>(newest_bytes / k_sampled_bytes) + 1;
    std::vector<std::string> samples;
    std::size_t sampled = 0;
    for (std::size_t i = 0; i < policies.size(); i += stride) {
        const auto newest = std::span(policies[i]->entries).last(1);
        const LoadedPolicy loaded = load_policy(*policies[i], newest, archives);
        for (const Passage& passage : loaded.history.passages) {
            samples.push_back(index_format::encode_passage(passage));
            sampled += samples.back().size();
        }
    }
    const std::size_t size = std::min(k_largest_dictionary, sampled / k_samples_per_dictionary);
    return size < k_smallest_dictionary ? std::string() : io::train_dictionary(samples, size);
}

}  // namespace

std::vector<PolicyTask> make_tasks(const std::vector<catalog::CatalogPolicy>& catalog,
                                   std::span<const PreviousPolicy> known) {
    std::vector<PolicyTask> tasks;
    for (const catalog::CatalogPolicy& policy : catalog) {
        const PolicyIdentity identity = identify(policy);
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
    digest.add(fmt::format("{} {} {} {} {:x}\n", k_version, index_format::k_format_version,
                           text::k_analyzer_version, split::k_splitter_version, fingerprint));
    digest.add(dictionary);
    for (const PolicyTask& task : tasks) {
        add_task(digest, task);
    }
    return digest.value();
}

Result<Known> find_news(std::span<PolicyTask> tasks, const SurveyContext& context) {
    return Survey(tasks, context).run();
}

std::string make_dictionary(std::span<const PolicyTask> tasks, const Archives& archives,
                            const PreviousIndex* previous) {
    if (previous != nullptr && !most_is_new(tasks, *previous)) {
        return previous->generation().dictionary;
    }
    std::vector<const catalog::CatalogPolicy*> found;
    for (const PolicyTask& task : tasks) {
        if (task.found != nullptr && !task.found->entries.empty()) {
            found.push_back(task.found);
        }
    }
    return train_on(found, archives);
}

}  // namespace smallprint::pipeline
