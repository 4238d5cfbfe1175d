// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/runs/run_builder.h"

#include "common/model/policy.h"
#include "common/model/section.h"
#include "indexer/runs/lone_headings.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace smallprint::runs {
namespace {

// A title stands outside of heading paths; as a heading it would be above all others.
constexpr std::uint8_t k_title_level = 0;

Piece make_piece(const Heading& heading) {
    Piece piece;
    piece.kind = heading.level == 0 ? PieceKind::title : PieceKind::heading;
    piece.level = heading.level;
    piece.text = heading.text;
    return piece;
}

Piece make_piece(const Passage& passage) {
    Piece piece;
    piece.kind = passage.kind;
    piece.text = passage.text;
    piece.source_begin = passage.source_begin;
    piece.source_end = passage.source_end;
    piece.links = passage.links;
    return piece;
}

}  // namespace

void extend_runs(std::vector<Run>& runs, std::uint32_t snapshot, bool continues) {
    if (continues && !runs.empty() && runs.back().last + 1 == snapshot) {
        runs.back().last = snapshot;
    } else {
        runs.push_back({snapshot, snapshot});
    }
}

RunBuilder::RunBuilder(Policy policy) : m_history{std::move(policy), {}} {}

void RunBuilder::add(Snapshot snapshot, const std::vector<Piece>& pieces) {
    const auto number = static_cast<std::uint32_t>(m_history.policy.snapshots.size());
    const bool continues = number > 0 && m_history.policy.snapshots.back().captured.has_value();
    std::vector<std::uint32_t> path;
    std::vector<std::uint32_t> passage_of_piece(pieces.size(), 0);
    snapshot.order.reserve(pieces.size());
    std::uint32_t previous = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const Piece& piece = pieces[i];
        if (piece.kind == PieceKind::heading || piece.kind == PieceKind::title) {
            snapshot.order.push_back(heading_step(piece, path));
            continue;
        }
        const std::uint32_t passage_id = passage_number(piece, previous);
        previous = passage_id;
        passage_of_piece[i] = passage_id;
        Passage& passage = m_history.passages[passage_id - 1];
        const bool repeated = !passage.runs.empty() && passage.runs.back().last == number;
        if (!repeated) {
            extend_runs(passage.runs, number, continues);
            passage.kind = piece.kind;
            passage.heading_path = path;
            passage.lead_in = piece.lead_in == k_no_piece ? 0 : passage_of_piece[piece.lead_in];
            passage.step = static_cast<std::uint32_t>(snapshot.order.size());
            passage.source_begin = piece.source_begin;
            passage.source_end = piece.source_end;
            passage.links = piece.links;
        }
        snapshot.order.push_back({false, passage_id});
    }
    m_history.policy.snapshots.push_back(std::move(snapshot));
}

void RunBuilder::repeat(Snapshot snapshot) {
    const Snapshot& before = m_history.policy.snapshots.back();
    const auto number = static_cast<std::uint32_t>(m_history.policy.snapshots.size());
    snapshot.order = before.order;
    for (const Step& step : before.order) {
        if (step.is_heading) {
            continue;
        }
        std::vector<Run>& runs = m_history.passages[step.number - 1].runs;
        if (runs.back().last != number) {
            extend_runs(runs, number, before.captured.has_value());
        }
    }
    m_history.policy.snapshots.push_back(std::move(snapshot));
}

PolicyHistory RunBuilder::take() {
    renumber();
    add_lone_headings(m_history);
    m_history.policy.clause_count = static_cast<std::uint32_t>(
        std::ranges::count(m_history.passages, false,
                           [](const Passage& passage) { return stands_aside(passage.kind); }));
    m_history.policy.passage_count = static_cast<std::uint32_t>(m_history.passages.size());
    return std::move(m_history);
}

Step RunBuilder::heading_step(const Piece& piece, std::vector<std::uint32_t>& path) {
    const bool titles = piece.kind == PieceKind::title;
    const std::uint8_t level = titles ? k_title_level : piece.level;
    auto& headings = m_history.policy.headings;
    const auto [entry, is_new] = m_headings.try_emplace(
        static_cast<char>(level) + piece.text, static_cast<std::uint32_t>(headings.size()));
    if (is_new) {
        headings.push_back({level, piece.text});
    }
    if (titles) {
        m_history.policy.title = piece.text;
    }
    enter_heading(m_history.policy, entry->second, path);
    return {true, entry->second};
}

std::uint32_t RunBuilder::passage_number(const Piece& piece, std::uint32_t previous) {
    const auto next = static_cast<std::uint32_t>(m_history.passages.size() + 1);
    const auto [entry, is_new] = m_passages.try_emplace(piece.text, next);
    if (is_new) {
        Passage passage;
        passage.number = next;
        passage.text = piece.text;
        m_history.passages.push_back(std::move(passage));
        m_next.push_back(m_next[previous]);
        m_next[previous] = next;
    }
    return entry->second;
}

void RunBuilder::renumber() {
    std::vector<std::uint32_t> number_of(m_next.size(), 0);
    std::uint32_t number = 0;
    for (std::uint32_t at = m_next[0]; at != 0; at = m_next[at]) {
        number_of[at] = ++number;
    }
    std::vector<Passage> ordered(m_history.passages.size());
    for (Passage& passage : m_history.passages) {
        passage.number = number_of[passage.number];
        passage.lead_in = number_of[passage.lead_in];
        ordered[passage.number - 1] = std::move(passage);
    }
    m_history.passages = std::move(ordered);
    for (Snapshot& snapshot : m_history.policy.snapshots) {
        for (Step& step : snapshot.order) {
            step.number = step.is_heading ? step.number : number_of[step.number];
        }
    }
}

std::vector<Piece> restore_pieces(const PolicyHistory& history, std::size_t snapshot) {
    std::vector<Piece> pieces;
    std::unordered_map<std::uint32_t, std::uint32_t> piece_of_passage;  // its last one so far
    for (const Step& step : history.policy.snapshots[snapshot].order) {
        if (step.is_heading) {
            pieces.push_back(make_piece(history.policy.headings[step.number]));
            continue;
        }
        const Passage& passage = history.passages[step.number - 1];
        Piece piece = make_piece(passage);
        if (const auto lead_in = piece_of_passage.find(passage.lead_in);
            lead_in != piece_of_passage.end()) {
            piece.lead_in = lead_in->second;
        }
        piece_of_passage[step.number] = static_cast<std::uint32_t>(pieces.size());
        pieces.push_back(std::move(piece));
    }
    return pieces;
}

}  // namespace smallprint::runs
