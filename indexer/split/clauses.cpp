// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/split/clauses.h"

#include "common/model/section.h"
#include "indexer/split/block.h"
#include "indexer/split/headings.h"
#include "indexer/split/long_text.h"
#include "indexer/split/markdown_blocks.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

constexpr std::size_t k_short_list = 120;    // words of a list that stays one clause
constexpr std::size_t k_short_lead_in = 60;  // words of a lead-in that goes with it
constexpr std::size_t k_stray_fragment = 4;  // fewer words than this join a neighbour
constexpr std::size_t k_short_item = 6;      // fewer words than this join the item before

// A part of a block's text that is to become a piece, or part of one.
struct Part {
    const PlacedBlock* placed = nullptr;
    std::uint32_t begin = 0;  // offsets into the block's text
    std::uint32_t end = 0;
    std::size_t words = 0;

    std::string_view text() const {
        return std::string_view(placed->block->inside.text).substr(begin, end - begin);
    }
};

Part whole(const PlacedBlock& placed) {
    return {&placed, 0, static_cast<std::uint32_t>(placed.block->inside.text.size()),
            placed.block->words};
}

std::uint32_t source_begin(const Part& part) {
    const std::uint32_t offset =
        part.begin == 0 ? 0 : part.placed->block->inside.source_offset(part.begin);
    return std::min(part.placed->begin + offset, part.placed->end);
}

std::uint32_t source_end(const Part& part) {
    const InlineText& inside = part.placed->block->inside;
    const bool to_the_end = part.end == inside.text.size();
    const std::uint32_t end =
        to_the_end ? part.placed->end : part.placed->begin + inside.source_offset(part.end);
    return std::min(end, part.placed->end);
}

// Adds a part to a piece that may hold others already, on a line of its own.
void append(Piece& piece, const Part& part) {
    if (piece.text.empty()) {
        piece.source_begin = source_begin(part);
    } else {
        piece.text += '\n';
    }
    const auto shift = static_cast<std::uint32_t>(piece.text.size()) - part.begin;
    piece.text += part.text();
    piece.source_end = source_end(part);
    for (const Link& link : part.placed->block->inside.links) {
        if (link.begin >= part.begin && link.end <= part.end && link.begin < link.end) {
            piece.links.push_back({link.begin + shift, link.end + shift, link.target});
        }
    }
}

bool is_lead_in(std::string_view text) {
    const char last = text.back();
    return last == ':' || last == ',' || last == '-' || text.ends_with("—") ||
           text.ends_with("–") || text.ends_with("…") || text.ends_with("：") ||
           (last != '.' && last != '!' && last != '?' && last != ';' &&
            static_cast<signed char>(last) >= 0 && last != ')' && last != '"');
}

class Assembler {
public:
    Assembler(std::span<const PlacedBlock> blocks, const std::vector<bool>& boilerplate,
              const std::vector<HeadingMark>& headings)
        : m_blocks(blocks), m_boilerplate(boilerplate), m_headings(headings) {}

    std::vector<Piece> assemble() {
        while (m_at < m_blocks.size()) {
            const BlockType type = m_blocks[m_at].block->type;
            const bool heads = m_headings[m_at].role != HeadingRole::none;
            if (m_blocks[m_at].block->inside.text.empty()) {
                ++m_at;
            } else if (m_boilerplate[m_at]) {
                take_boilerplate();
            } else if (heads) {
                take_heading();
            } else if (type == BlockType::list_item) {
                take_list();
            } else if (type == BlockType::table_row || type == BlockType::table_header) {
                take_table();
            } else {
                take_text(whole(m_blocks[m_at]));
                ++m_at;
            }
        }
        close_section();
        return std::move(m_pieces);
    }

private:
    void take_boilerplate() {
        Piece piece{PieceKind::boilerplate, 0, {}};
        for (; m_at < m_blocks.size() && m_boilerplate[m_at]; ++m_at) {
            if (!m_blocks[m_at].block->inside.text.empty()) {
                append(piece, whole(m_blocks[m_at]));
            }
        }
        start_section(std::move(piece));
    }

    void take_heading() {
        const PlacedBlock& placed = m_blocks[m_at];
        const HeadingMark& mark = m_headings[m_at];
        Part part = whole(placed);
        if (mark.role == HeadingRole::run_in) {
            part.end = mark.run_in_end;
        }
        const bool titles = mark.role == HeadingRole::title;
        Piece piece{titles ? PieceKind::title : PieceKind::heading, mark.level, {}};
        append(piece, part);
        start_section(std::move(piece));
        if (mark.role == HeadingRole::run_in) {
            Part rest = whole(placed);
            rest.begin = static_cast<std::uint32_t>(std::min<std::size_t>(
                placed.block->inside.text.find_first_not_of(" \n", mark.run_in_end), rest.end));
            rest.words = count_words(rest.text());
            take_text(rest);
        }
        ++m_at;
    }

    // A paragraph or a part of one: a clause, several, or a fragment.
    void take_text(const Part& part) {
        m_lead_in_ends = false;
        if (part.words < k_stray_fragment) {
            take_fragment(part);
        } else if (part.words > k_longest_clause) {
            add_cut(part, k_no_piece);
        } else {
            add_clause(part, k_no_piece);
        }
        m_lead_in_ends =
            !m_fragment && m_section_begin < m_pieces.size() && is_lead_in(part.text());
    }

    void take_fragment(const Part& part) {
        if (m_fragment) {
            append(*m_fragment, part);
        } else if (m_section_begin < m_pieces.size()) {
            append(m_pieces.back(), part);
        } else {
            m_fragment = Piece{};
            append(*m_fragment, part);
        }
    }

    void add_clause(const Part& part, std::uint32_t lead_in) {
        Piece piece = m_fragment ? std::move(*m_fragment) : Piece{};
        m_fragment.reset();
        append(piece, part);
        piece.lead_in = lead_in;
        m_pieces.push_back(std::move(piece));
    }

    void add_cut(const Part& part, std::uint32_t lead_in) {
        std::uint32_t begin = part.begin;
        for (const std::uint32_t end : cut_long_text(part.text())) {
            Part cut = part;
            cut.begin = begin;
            cut.end = part.begin + end;
            begin = cut.end;
            while (cut.end > cut.begin &&
                   std::string_view(" \n").find(cut.text().back()) != std::string_view::npos) {
                --cut.end;
            }
            if (cut.begin < cut.end) {
                add_clause(cut, lead_in);
            }
        }
    }

    void add_long_or_short(const Part& part, std::uint32_t lead_in) {
        if (part.words > k_longest_clause) {
            add_cut(part, lead_in);
        } else {
            add_clause(part, lead_in);
        }
    }

    // Blocks from m_at on that `belongs` holds for; moves m_at past them.
    template <typename Belongs> std::vector<Part> take_group(Belongs belongs) {
        std::vector<Part> parts;
        for (; m_at < m_blocks.size() && belongs(*m_blocks[m_at].block) && !m_boilerplate[m_at] &&
               m_headings[m_at].role == HeadingRole::none;
             ++m_at) {
            if (!m_blocks[m_at].block->inside.text.empty()) {
                parts.push_back(whole(m_blocks[m_at]));
            }
        }
        return parts;
    }

    void take_list() {
        const std::vector<Part> items = take_group([](const Block& block) {
            return block.type == BlockType::list_item || block.continues_item;
        });
        const bool led = m_lead_in_ends && m_section_begin < m_pieces.size();
        add_rows(items, led ? last_piece() : k_no_piece);
    }

    void take_table() {
        std::uint32_t lead_in = k_no_piece;
        const std::vector<Part> header =
            take_group([](const Block& block) { return block.type == BlockType::table_header; });
        const std::vector<Part> rows =
            take_group([](const Block& block) { return block.type == BlockType::table_row; });
        if (!header.empty()) {
            add_rows(header, k_no_piece);
            lead_in = last_piece();
        }
        if (!rows.empty()) {
            add_rows(rows, lead_in);
        }
    }

    std::uint32_t last_piece() const { return static_cast<std::uint32_t>(m_pieces.size() - 1); }

    // Items or rows: one clause if they are short, with their lead-in if that is short as well;
    // else a clause each.
    void add_rows(const std::vector<Part>& rows, std::uint32_t lead_in) {
        m_lead_in_ends = false;
        std::size_t words = 0;
        for (const Part& row : rows) {
            words += row.words;
        }
        if (words <= k_short_list) {
            const bool joins = lead_in != k_no_piece && m_pieces[lead_in].lead_in == k_no_piece &&
                               count_words(m_pieces[lead_in].text) <= k_short_lead_in;
            add_as_one(rows, lead_in, joins);
            return;
        }
        for (const Part& row : rows) {
            const bool stray = row.words < k_short_item && lead_in != last_piece() &&
                               m_section_begin < m_pieces.size() &&
                               m_pieces.back().lead_in == lead_in && !m_fragment &&
                               &row != rows.data();
            if (stray) {
                append(m_pieces.back(), row);
            } else {
                add_long_or_short(row, lead_in);
            }
        }
    }

    void add_as_one(const std::vector<Part>& rows, std::uint32_t lead_in, bool joins) {
        for (const Part& row : rows) {
            if (joins || &row != rows.data()) {
                append(m_pieces.back(), row);
            } else {
                add_clause(row, lead_in);
            }
        }
    }

    // A fragment with no neighbour in its section is a clause by itself.
    void close_section() {
        if (m_fragment) {
            m_pieces.push_back(std::move(*m_fragment));
            m_fragment.reset();
        }
    }

    // Nothing joins what stands before `opening`, a heading or boilerplate.
    void start_section(Piece opening) {
        close_section();
        m_pieces.push_back(std::move(opening));
        m_section_begin = m_pieces.size();
        m_lead_in_ends = false;
    }

    std::span<const PlacedBlock> m_blocks;
    const std::vector<bool>& m_boilerplate;
    const std::vector<HeadingMark>& m_headings;
    std::vector<Piece> m_pieces;
    std::size_t m_at = 0;
    std::size_t m_section_begin = 0;  // first piece of the section's text
    bool m_lead_in_ends = false;      // the last piece ends like the lead-in of a list
    std::optional<Piece> m_fragment;  // a few words waiting for a neighbour
};

}  // namespace

std::vector<Piece> assemble_pieces(std::span<const PlacedBlock> blocks,
                                   const std::vector<bool>& boilerplate,
                                   const std::vector<HeadingMark>& headings) {
    return Assembler(blocks, boilerplate, headings).assemble();
}

}  // namespace smallprint
