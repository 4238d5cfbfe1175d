// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/pipeline/survey.h"

#include "common/base/result.h"
#include "common/index_format/record_file.h"
#include "common/model/listing.h"
#include "common/model/policy.h"
#include "indexer/pipeline/pipeline.h"
#include "indexer/pipeline/plan.h"
#include "indexer/pipeline/policy_loader.h"
#include "indexer/pipeline/stop.h"
#include "indexer/pipeline/workers.h"

#include <cstddef>
#include <iterator>
#include <memory>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

class Survey {
public:
    Survey(std::span<PolicyTask> tasks, const SurveyContext& context) : m_context(context) {
        m_progress.stage = Stage::comparing;
        for (PolicyTask& task : tasks) {
            if (task.found != nullptr && task.previous != nullptr) {
                m_shared.push_back(&task);
                m_progress.snapshots += task.found->entries.size();
                m_progress.bytes += task.found->size;
            }
        }
    }

    Result<std::vector<Skipped>> run() {
        TRY(run_workers(m_context.options.threads, m_shared.size(), [this]() -> Result<Worker> {
            TRY_ASSIGN(RecordStore opened, m_context.previous.records());
            auto records = std::make_shared<RecordStore>(std::move(opened));
            return Worker(
                [this, records](std::size_t i) { return compare(*m_shared[i], *records); });
        }));
        return std::move(m_skipped);
    }

private:
    Result<void> compare(PolicyTask& task, RecordStore& records) {
        TRY(check_not_stopped(m_context.options, "start over"));
        TRY_ASSIGN(const Policy policy, records.policy(task.previous->document));
        std::vector<Skipped> skipped;
        task.has_news = has_news(task.found->entries, m_context.archives, policy, skipped);
        const std::lock_guard lock(m_mutex);
        if (!task.has_news) {
            m_skipped.insert(m_skipped.end(), std::make_move_iterator(skipped.begin()),
                             std::make_move_iterator(skipped.end()));
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
    std::vector<Skipped> m_skipped;
    Progress m_progress;
};

}  // namespace

Result<std::vector<Skipped>> find_news(std::span<PolicyTask> tasks, const SurveyContext& context) {
    return Survey(tasks, context).run();
}

}  // namespace smallprint
