// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/pipeline/workers.h"

#include "common/base/error.h"
#include "common/base/result.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <vector>

namespace smallprint::pipeline {
namespace {

// Holds what the threads share.
class Team {
public:
    Team(std::size_t count, const std::function<Result<Worker>()>& make_worker)
        : m_count(count), m_make_worker(make_worker) {}

    // An exception must not leave a thread; what is left to throw is running out of memory.
    void work() {
        try {
            if (const auto done = do_pieces(); !done) {
                stop(done.error());
            }
        } catch (const std::exception&) {
            m_out_of_memory = true;  // which is no time to make an Error
            m_stopped = true;
        }
    }

    Result<void> result() const {
        if (m_error) {
            return fail(*m_error);
        }
        if (m_out_of_memory) {
            return fail(ErrorCode::machine, "not enough memory",
                        "use fewer threads with --jobs; the index is as it was before");
        }
        return {};
    }

private:
    Result<void> do_pieces() {
        TRY_ASSIGN(const Worker worker, m_make_worker());
        for (std::size_t i = m_next++; i < m_count && !m_stopped; i = m_next++) {
            TRY(worker(i));
        }
        return {};
    }

    void stop(const Error& error) {
        const std::lock_guard lock(m_mutex);
        m_error = m_error ? m_error : error;
        m_stopped = true;
    }

    std::size_t m_count;
    const std::function<Result<Worker>()>& m_make_worker;
    std::atomic<std::size_t> m_next = 0;
    std::atomic<bool> m_stopped = false;
    std::atomic<bool> m_out_of_memory = false;
    std::mutex m_mutex;
    std::optional<Error> m_error;
};

}  // namespace

Result<void> run_workers(unsigned threads, std::size_t count,
                         const std::function<Result<Worker>()>& make_worker) {
    Team team(count, make_worker);
    {
        // This thread works as well, so that something gets done where no other can be had.
        std::vector<std::jthread> running;
        const std::size_t wanted = std::min<std::size_t>(threads, count);
        running.reserve(wanted);
        try {
            for (std::size_t i = 1; i < wanted; ++i) {
                running.emplace_back([&] { team.work(); });
            }
        } catch (const std::system_error&) {  // NOLINT(bugprone-empty-catch)
            // The system has no more threads to give; those there are do the work.
        }
        team.work();
    }
    return team.result();
}

}  // namespace smallprint::pipeline
