// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/enum_names.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace smallprint {

enum class PieceKind : std::uint8_t {
    title,        // names the whole document; not part of heading paths
    heading,      // opens a section
    clause,       // the unit of retrieval
    boilerplate,  // navigation, footers: kept and shown, never ranked
};

constexpr auto enum_names(PieceKind /*value*/) {
    return std::array{EnumName{PieceKind::title, "title"}, EnumName{PieceKind::heading, "heading"},
                      EnumName{PieceKind::clause, "clause"},
                      EnumName{PieceKind::boilerplate, "boilerplate"}};
}

// True of passages that are no clauses.
constexpr bool stands_aside(PieceKind kind) {
    return kind == PieceKind::boilerplate || kind == PieceKind::title;
}

// Levels of headings that no markup announces, below the six of Markdown and HTML.
inline constexpr std::uint8_t k_bold_level = 7;    // **Cookies** on a line of its own
inline constexpr std::uint8_t k_bare_level = 8;    // Cookies
inline constexpr std::uint8_t k_run_in_level = 9;  // **Cookies:** We use ...

// A link's words stay in the text; the target is kept apart. Offsets are bytes of the text.
struct Link {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::string target;

    friend bool operator==(const Link&, const Link&) = default;
};

inline constexpr std::uint32_t k_no_piece = UINT32_MAX;

// A stretch of one snapshot, in the order of the source. All pieces of a snapshot together hold
// every word of it. The words of a run-in heading stand in the clause behind it as well, and so do
// those of a heading with nothing under it.
struct Piece {
    PieceKind kind = PieceKind::clause;
    std::uint8_t level = 0;          // of a heading: 1 to 6 as marked up, more for others
    std::string text;                // plain: markup gone, white space collapsed, valid UTF-8
    std::uint32_t source_begin = 0;  // byte offsets into the snapshot's source
    std::uint32_t source_end = 0;
    std::uint32_t lead_in =
        k_no_piece;  // of a list item or table row: the piece that introduces it
    std::vector<Link> links = {};
};

}  // namespace smallprint
