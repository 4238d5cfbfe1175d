// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/runs/lone_headings.h"

#include "common/model/policy.h"
#include "common/model/section.h"
#include "indexer/runs/run_builder.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace smallprint::runs {
namespace {

using Texts = std::unordered_set<std::string_view>;

class LoneHeadings {
public:
    explicit LoneHeadings(const PolicyHistory& history)
        : m_policy(history.policy), m_first(history.passages.size() + 1) {
        for (const Passage& passage : history.passages) {
            m_told.insert(passage.text);
            for (const std::uint32_t heading : passage.heading_path) {
                (stands_aside(passage.kind) ? m_aside : m_told)
                    .insert(m_policy.headings[heading].text);
            }
        }
    }

    std::vector<Passage> find() {
        for (std::size_t i = 0; i < m_policy.snapshots.size(); ++i) {
            walk(static_cast<std::uint32_t>(i));
        }
        return std::move(m_found);
    }

private:
    void walk(std::uint32_t snapshot) {
        const std::vector<Step>& order = m_policy.snapshots[snapshot].order;
        std::vector<std::uint32_t> path;
        for (std::size_t i = 0; i < order.size(); ++i) {
            if (!order[i].is_heading) {
                continue;
            }
            enter_heading(m_policy, order[i].number, path);
            const Heading& heading = m_policy.headings[order[i].number];
            // The words of a run-in heading stand in the clause behind it as well.
            if (heading.level != k_run_in_level && !m_told.contains(heading.text)) {
                add(snapshot, static_cast<std::uint32_t>(i), path);
            }
        }
    }

    void add(std::uint32_t snapshot, std::uint32_t step, const std::vector<std::uint32_t>& path) {
        const std::uint32_t number = m_policy.snapshots[snapshot].order[step].number;
        const Heading& heading = m_policy.headings[number];
        Passage& passage = passage_of(heading);
        if (passage.kind == PieceKind::title) {
            passage.kind = heading.level == 0               ? PieceKind::title
                           : m_aside.contains(heading.text) ? PieceKind::boilerplate
                                                            : PieceKind::heading;
        }
        if (!passage.runs.empty() && passage.runs.back().last == snapshot) {
            return;
        }
        const bool continues =
            snapshot > 0 && m_policy.snapshots[snapshot - 1].captured.has_value();
        extend_runs(passage.runs, snapshot, continues);
        passage.heading_path = path;
        if (!path.empty() && path.back() == number) {
            passage.heading_path.pop_back();
        }
        passage.step = step;
    }

    Passage& passage_of(const Heading& heading) {
        const auto [entry, is_new] = m_index.try_emplace(heading.text, m_found.size());
        if (is_new) {
            Passage passage;
            passage.number = static_cast<std::uint32_t>(m_first + m_found.size());
            passage.kind = PieceKind::title;
            passage.text = heading.text;
            m_found.push_back(std::move(passage));
        }
        return m_found[entry->second];
    }

    const Policy& m_policy;
    std::size_t m_first;
    Texts m_told;
    Texts m_aside;
    std::unordered_map<std::string_view, std::size_t> m_index;
    std::vector<Passage> m_found;
};

}  // namespace

void add_lone_headings(PolicyHistory& history) {
    for (Passage& passage : LoneHeadings(history).find()) {
        history.passages.push_back(std::move(passage));
    }
}

}  // namespace smallprint::runs
