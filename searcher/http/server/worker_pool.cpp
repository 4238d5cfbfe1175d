// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/server/worker_pool.h"

#include <cstddef>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

namespace smallprint::http {

WorkerPool::WorkerPool(std::size_t workers, std::size_t most_queued) : m_most_queued(most_queued) {
    for (std::size_t i = 0; i < workers; ++i) {
        m_threads.emplace_back([this, i] { run(i); });
    }
}

WorkerPool::~WorkerPool() {
    stop();
}

WorkerPool::Submitted WorkerPool::submit(Task task) {
    {
        const std::scoped_lock lock(m_mutex);
        // An idle thread takes a task at once, so as many as are idle do not count as queued.
        if (m_stopped || m_queue.size() >= m_most_queued + m_idle) {
            return Submitted::full;
        }
        m_queue.push_back(std::move(task));
    }
    m_wake.notify_one();
    return Submitted::yes;
}

std::size_t WorkerPool::queued() const {
    const std::scoped_lock lock(m_mutex);
    return m_queue.size();
}

void WorkerPool::stop() {
    std::deque<Task> dropped;
    {
        const std::scoped_lock lock(m_mutex);
        m_stopped = true;
        dropped.swap(m_queue);
    }
    m_wake.notify_all();
    for (std::thread& thread : m_threads) {
        if (thread.joinable()) {
            thread.join();
        }
    }
}

void WorkerPool::run(std::size_t worker) {
    std::unique_lock lock(m_mutex);
    while (true) {
        ++m_idle;
        m_wake.wait(lock, [this] { return m_stopped || !m_queue.empty(); });
        --m_idle;
        if (m_stopped) {
            return;
        }
        Task task = std::move(m_queue.front());
        m_queue.pop_front();
        lock.unlock();
        task(worker);
        task = nullptr;
        lock.lock();
    }
}

}  // namespace smallprint::http
