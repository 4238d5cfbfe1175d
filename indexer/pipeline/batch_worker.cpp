// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/pipeline/batch_worker.h"

#include "common/base/result.h"
#include "common/base/stage_timer.h"
#include "common/index_format/generation.h"
#include "common/index_format/record_file.h"
#include "common/io/file.h"
#include "common/model/policy.h"
#include "common/model/section.h"
#include "indexer/pipeline/pipeline.h"
#include "indexer/pipeline/plan.h"
#include "indexer/pipeline/policy_loader.h"
#include "indexer/pipeline/previous_index.h"
#include "indexer/pipeline/workers.h"
#include "indexer/write/batch_outcome.h"
#include "indexer/write/shard_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace smallprint::pipeline {
namespace {

namespace fs = std::filesystem;

void count(const PolicyHistory& history, write::Tally& tally) {
    const Policy& policy = history.policy;
    index_format::Counts& counts = tally.counts;
    ++counts.policies;
    counts.snapshots += policy.snapshots.size();
    for (const Snapshot& snapshot : policy.snapshots) {
        counts.source_bytes += snapshot.text_bytes;
        tally.undated += snapshot.captured ? 0U : 1U;
        tally.without_vendor += policy.vendor.empty() ? 1U : 0U;
    }
    for (const Passage& passage : history.passages) {
        ++(stands_aside(passage.kind) ? counts.boilerplate : counts.clauses);
        if (!stands_aside(passage.kind)) {
            for (const Run& run : passage.runs) {
                counts.clause_occurrences += run.last - run.first + 1;
            }
        }
    }
    if (!policy.vendor.empty()) {
        tally.vendors.insert(policy.vendor);
    }
}

// Holds what one thread has for itself.
class BatchWorker {
public:
    BatchWorker(const BuildContext& context, std::optional<index_format::RecordStore> records)
        : m_context(context), m_records(std::move(records)), m_writer(context.dictionary) {}

    Result<write::BatchOutcome> make(std::size_t number, std::span<const PolicyTask> tasks,
                                     StageTimes& times) {
        m_writer.begin(m_context.shard_folder / fmt::format("{:06}", number));
        write::BatchOutcome outcome;
        const std::uint64_t analysed = m_writer.analysis_time();
        std::uint64_t written = 0;
        for (const PolicyTask& task : tasks) {
            TRY(check_not_stopped(m_context.options, "go on from here"));
            TRY_ASSIGN(LoadedPolicy made, make_policy(task));
            TRY(check_skipped(m_context.options.strictness, made.tally.skipped));
            if (!made.history.policy.snapshots.empty()) {
                const StageTimer timer(written);
                TRY(m_writer.add(made.history));
                count(made.history, made.tally);
            }
            times += made.times;
            outcome.tally.add(std::move(made.tally));
        }
        {
            const StageTimer timer(written);
            TRY_ASSIGN(outcome.shards, m_writer.finish());
        }
        times.analyse += m_writer.analysis_time() - analysed;
        times.store += written - (m_writer.analysis_time() - analysed);
        return outcome;
    }

private:
    Result<LoadedPolicy> make_policy(const PolicyTask& task) {
        LoadedPolicy made;
        KnownSnapshots known;
        if (task.previous != nullptr && m_records) {
            const StageTimer timer(made.times.read);
            TRY_ASSIGN(known, read_known(*m_records, *task.previous));
        }
        if (!task.has_news) {
            made.history = std::move(known.histories.front());
            return made;
        }
        LoadedPolicy loaded =
            load_policy(*task.found, task.found->entries, m_context.archives, known);
        loaded.times += made.times;
        return loaded;
    }

    const BuildContext& m_context;
    std::optional<index_format::RecordStore> m_records;
    write::ShardWriter m_writer;
};

// Holds what all threads share.
class Builder {
public:
    Builder(std::span<const PolicyTask> tasks, const BuildContext& context)
        : m_context(context), m_batches(make_batches(tasks)), m_outcomes(m_batches.size()) {
        m_progress.stage = Stage::indexing;
        for (const PolicyTask& task : tasks) {
            m_progress.snapshots += task.found == nullptr ? 0 : task.found->entries.size();
            m_progress.bytes += task.size();
        }
    }

    Result<BuiltBatches> build() {
        TRY(run_workers(m_context.options.threads, m_batches.size(), [this] { return hire(); }));
        for (write::BatchOutcome& outcome : m_outcomes) {
            std::ranges::move(outcome.shards, std::back_inserter(m_built.shards));
            m_built.tally.add(std::move(outcome.tally));
        }
        return std::move(m_built);
    }

private:
    Result<Worker> hire() {
        std::optional<index_format::RecordStore> records;
        if (m_context.previous != nullptr) {
            TRY_ASSIGN(records, m_context.previous->records());
        }
        auto worker = std::make_shared<BatchWorker>(m_context, std::move(records));
        return Worker([this, worker](std::size_t i) { return work_on(i, *worker); });
    }

    Result<void> work_on(std::size_t number, BatchWorker& worker) {
        const fs::path note = m_context.shard_folder / fmt::format("{:06}.done", number);
        StageTimes times;
        auto outcome = write::read_outcome(note);
        const bool is_resumed = outcome.has_value();
        if (is_resumed) {  // perhaps of a run that was not strict
            TRY(check_skipped(m_context.options.strictness, outcome->tally.skipped));
        } else {
            TRY_ASSIGN(outcome, worker.make(number, m_batches[number], times));
            TRY(io::check_faults());  // before another run could go on from it
            TRY(write::write_outcome(note, *outcome));
        }
        m_outcomes[number] = std::move(*outcome);
        const std::lock_guard lock(m_mutex);
        m_built.times += times;
        m_built.resumed += is_resumed ? m_batches[number].size() : 0;
        for (const PolicyTask& task : m_batches[number]) {
            m_progress.snapshots_done += task.found == nullptr ? 0 : task.found->entries.size();
            m_progress.bytes_done += task.size();
        }
        if (m_context.options.on_progress) {
            m_context.options.on_progress(m_progress);
        }
        return {};
    }

    const BuildContext& m_context;
    std::vector<std::span<const PolicyTask>> m_batches;
    std::vector<write::BatchOutcome> m_outcomes;
    std::mutex m_mutex;
    BuiltBatches m_built;
    Progress m_progress;
};

}  // namespace

Result<BuiltBatches> build_batches(std::span<const PolicyTask> tasks, const BuildContext& context) {
    return Builder(tasks, context).build();
}

}  // namespace smallprint::pipeline
