// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace smallprint::http {

// Threads that do what they are given, in order, from a queue that is never longer than allowed.
class WorkerPool {
public:
    // Is told which of the threads runs it, from 0.
    using Task = std::function<void(std::size_t worker)>;

    WorkerPool(std::size_t workers, std::size_t most_queued);
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;
    WorkerPool(WorkerPool&&) = delete;
    WorkerPool& operator=(WorkerPool&&) = delete;

    enum class Submitted : std::uint8_t { yes, full };

    // From any thread. A task must not throw.
    Submitted submit(Task task);

    std::size_t queued() const;

    // Waits for what is running; what is queued is not run any more.
    void stop();

private:
    void run(std::size_t worker);

    std::size_t m_most_queued;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Task> m_queue;
    std::size_t m_idle = 0;
    bool m_stopped = false;
    std::vector<std::thread> m_threads;
};

}  // namespace smallprint::http
