// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/support/piece_rendering.h"

#include "common/model/section.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

std::string kind_of(const Piece& piece) {
    switch (piece.kind) {
    case PieceKind::title:
        return "title";
    case PieceKind::heading:
        return fmt::format("heading {}", piece.level);
    case PieceKind::clause:
        return "clause";
    case PieceKind::boilerplate:
        return "boilerplate";
    }
    return "?";
}

std::string in_one_line(std::string_view text) {
    std::string line;
    for (const char c : text) {
        if (c == '\n') {
            line += "⏎";
        } else {
            line += c;
        }
    }
    return line;
}

// The headings that a piece stands under; `path` holds the levels of those that are open.
std::size_t depth_of(const Piece& piece, std::vector<std::uint8_t>& path) {
    if (piece.kind == PieceKind::title) {
        path.clear();
    }
    if (piece.kind == PieceKind::heading) {
        while (!path.empty() && path.back() >= piece.level) {
            path.pop_back();
        }
        path.push_back(piece.level);
        return path.size() - 1;
    }
    return path.size();
}

}  // namespace

std::string render_pieces(const std::vector<Piece>& pieces) {
    std::string out;
    std::vector<std::uint8_t> path;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const Piece& piece = pieces[i];
        const std::string lead_in =
            piece.lead_in == k_no_piece ? "" : fmt::format("<{}", piece.lead_in);
        out += fmt::format("{:>2} {:<11} {:>9} {:<3} {:{}}{}", i, kind_of(piece),
                           fmt::format("{}-{}", piece.source_begin, piece.source_end), lead_in, "",
                           2 * depth_of(piece, path), in_one_line(piece.text));
        for (const Link& link : piece.links) {
            const std::string_view words =
                std::string_view(piece.text).substr(link.begin, link.end - link.begin);
            out += fmt::format(" {{{} -> {}}}", in_one_line(words), link.target);
        }
        out += '\n';
    }
    return out;
}

}  // namespace smallprint
