// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/engine_pool.h"

#include "common/base/result.h"
#include "searcher/engine/engine.h"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace smallprint::http {
namespace {

constexpr std::chrono::milliseconds k_look_every{500};

using Engines = std::vector<std::unique_ptr<engine::Engine>>;

Result<Engines> open_engines(const std::filesystem::path& index, std::size_t count) {
    Engines engines;
    for (std::size_t i = 0; i < count; ++i) {
        TRY_ASSIGN(engine::Engine engine, engine::Engine::open(index));
        TRY(engine.warm_up());
        engines.push_back(std::make_unique<engine::Engine>(std::move(engine)));
    }
    return engines;
}

}  // namespace

Result<std::unique_ptr<EnginePool>> EnginePool::open(const std::filesystem::path& index,
                                                     std::size_t workers, Preparation prepare) {
    TRY_ASSIGN(Engines engines, open_engines(index, workers));
    return std::unique_ptr<EnginePool>(
        new EnginePool(index, std::move(engines), std::move(prepare)));
}

EnginePool::EnginePool(std::filesystem::path index, Engines engines, Preparation prepare)
    : m_index(std::move(index)), m_prepare(std::move(prepare)),
      m_generation(engines.front()->generation()) {
    for (std::unique_ptr<engine::Engine>& engine : engines) {
        m_slots.push_back(std::make_unique<Slot>());
        m_slots.back()->current = std::move(engine);
    }
    m_thread = std::thread([this] { watch(); });
}

EnginePool::~EnginePool() {
    {
        const std::scoped_lock lock(m_mutex);
        m_stopped = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

engine::Engine& EnginePool::engine(std::size_t worker) {
    Slot& slot = *m_slots.at(worker);
    if (slot.has_next) {
        const std::scoped_lock lock(m_mutex);
        slot.current = std::move(slot.next);
        slot.has_next = false;
    }
    return *slot.current;
}

std::string EnginePool::generation() const {
    const std::scoped_lock lock(m_mutex);
    return m_generation;
}

void EnginePool::reload() {
    {
        const std::scoped_lock lock(m_mutex);
        m_reload_wanted = true;
    }
    m_wake.notify_all();
}

// With an engine of its own, for the others are asked already.
void EnginePool::prepare_first() {
    if (auto engine = engine::Engine::open(m_index)) {
        m_prepare(*engine);
    }
}

void EnginePool::watch() {
    prepare_first();
    while (true) {
        bool wanted = false;
        std::string known;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait_for(lock, k_look_every, [this] { return m_stopped || m_reload_wanted; });
            if (m_stopped) {
                return;
            }
            wanted = std::exchange(m_reload_wanted, false);
            known = m_generation;
        }
        const auto published = engine::Engine::published_generation(m_index);
        // While the folder is being replaced there may be no generation: the old one goes on.
        if (published && (wanted || (*published != known && *published != m_failed))) {
            m_failed = *published;
            take_up();
        }
    }
}

void EnginePool::take_up() {
    auto engines = open_engines(m_index, m_slots.size());
    if (!engines) {
        ++m_failed_reloads;
        return;
    }
    m_failed.clear();
    m_prepare(*engines->front());
    const std::scoped_lock lock(m_mutex);
    m_generation = engines->front()->generation();
    for (std::size_t i = 0; i < m_slots.size(); ++i) {
        m_slots[i]->next = std::move((*engines)[i]);
        m_slots[i]->has_next = true;
    }
    ++m_reloads;
}

}  // namespace smallprint::http
