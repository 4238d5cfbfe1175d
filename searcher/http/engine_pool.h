// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/engine/engine.h"

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace smallprint::http {

// One engine for each worker. A thread of its own looks whether another generation is published; if
// so it opens engines of it, aside, and each worker takes its new one up between two requests. No
// request waits for that, and none is dropped.
class EnginePool {
public:
    // Makes a new engine ready before it is asked; runs on the thread of the pool, not of a worker.
    using Preparation = std::function<void(engine::Engine& engine)>;

    static Result<std::unique_ptr<EnginePool>> open(const std::filesystem::path& index,
                                                    std::size_t workers, Preparation prepare);
    ~EnginePool();
    EnginePool(const EnginePool&) = delete;
    EnginePool& operator=(const EnginePool&) = delete;
    EnginePool(EnginePool&&) = delete;
    EnginePool& operator=(EnginePool&&) = delete;

    // The engine of a worker, for that worker alone and until it asks again.
    engine::Engine& engine(std::size_t worker);

    // The generation that workers answer from when they next ask for their engine.
    std::string generation() const;

    // Looks now, and opens even what has the same name.
    void reload();

    std::uint64_t reloads() const { return m_reloads; }

    std::uint64_t failed_reloads() const { return m_failed_reloads; }

private:
    struct Slot {
        std::unique_ptr<engine::Engine> current;  // the worker's
        std::unique_ptr<engine::Engine> next;     // ours until it is taken; guarded by m_mutex
        std::atomic<bool> has_next = false;
    };

    EnginePool(std::filesystem::path index, std::vector<std::unique_ptr<engine::Engine>> engines,
               Preparation prepare);

    void prepare_first();
    void watch();
    void take_up();

    std::filesystem::path m_index;
    Preparation m_prepare;
    std::vector<std::unique_ptr<Slot>> m_slots;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::string m_generation;  // guarded by m_mutex, as the next two
    bool m_reload_wanted = false;
    bool m_stopped = false;
    std::string m_failed;  // the generation that could not be opened; of the thread alone
    std::atomic<std::uint64_t> m_reloads = 0;
    std::atomic<std::uint64_t> m_failed_reloads = 0;
    std::thread m_thread;
};

}  // namespace smallprint::http
