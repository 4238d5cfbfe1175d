// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/runs/history_pieces.h"

#include "common/model/policy.h"
#include "common/model/section.h"

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

Piece piece_of(const Heading& heading) {
    Piece piece;
    piece.kind = heading.level == 0 ? PieceKind::title : PieceKind::heading;
    piece.level = heading.level;
    piece.text = heading.text;
    return piece;
}

Piece piece_of(const Passage& passage) {
    Piece piece;
    piece.kind = passage.kind;
    piece.text = passage.text;
    piece.source_begin = passage.source_begin;
    piece.source_end = passage.source_end;
    piece.links = passage.links;
    return piece;
}

}  // namespace

std::vector<Piece> pieces_of(const PolicyHistory& history, std::size_t snapshot) {
    std::vector<Piece> pieces;
    std::unordered_map<std::uint32_t, std::uint32_t> piece_of_passage;  // its last one so far
    for (const Step& step : history.policy.snapshots[snapshot].order) {
        if (step.is_heading) {
            pieces.push_back(piece_of(history.policy.headings[step.number]));
            continue;
        }
        const Passage& passage = history.passages[step.number - 1];
        Piece piece = piece_of(passage);
        if (const auto lead_in = piece_of_passage.find(passage.lead_in);
            lead_in != piece_of_passage.end()) {
            piece.lead_in = lead_in->second;
        }
        piece_of_passage[step.number] = static_cast<std::uint32_t>(pieces.size());
        pieces.push_back(std::move(piece));
    }
    return pieces;
}

}  // namespace smallprint
