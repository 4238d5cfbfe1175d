// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/split/clauses.h"

#include "common/base/strings.h"
#include "common/model/section.h"
#include "common/text/sentences.h"
#include "common/text/utf8.h"
#include "indexer/split/block.h"
#include "indexer/split/headings.h"
#include "indexer/split/markdown_blocks.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::split {
namespace {

constexpr std::size_t k_longest_clause = 250;  // words; a longer one is cut
// A part without any blank is cut after so many bytes...
constexpr std::size_t k_longest_unspaced = 1500;
// ...and a sentence that is too long by itself after so many words.
constexpr std::size_t k_unit_words = 25;

// A sentence, or a piece of one that is too long by itself.
struct Unit {
    std::uint32_t end = 0;
    std::size_t words = 0;
};

// The offset behind the first k_unit_words words of `text`, the blank after them included.
std::size_t end_of_words(std::string_view text) {
    std::size_t end = 0;
    for (std::size_t words = 0; words < k_unit_words && end < text.size(); ++words) {
        end = std::min(text.find_first_of(" \n", end), text.size() - 1) + 1;
    }
    return end;
}

void add_pieces(std::string_view text, std::size_t begin, std::size_t end,
                std::vector<Unit>& units) {
    while (begin < end) {
        const std::string_view rest = text.substr(begin, end - begin);
        std::string_view piece = text::utf8_prefix(rest, k_longest_unspaced);
        if (const std::size_t blank = piece.find_last_of(" \n");
            piece.size() < rest.size() && blank != std::string_view::npos) {
            piece = piece.substr(0, blank + 1);
        }
        piece = piece.substr(0, end_of_words(piece));
        begin += std::max<std::size_t>(piece.size(), 1);
        units.push_back({static_cast<std::uint32_t>(begin), count_words(piece)});
    }
}

std::vector<Unit> split_units(std::string_view text) {
    std::vector<Unit> units;
    std::size_t begin = 0;
    for (const std::uint32_t end : text::sentence_ends(text)) {
        const std::size_t words = count_words(text.substr(begin, end - begin));
        if (words > k_longest_clause || end - begin > 4 * k_longest_unspaced) {
            add_pieces(text, begin, end, units);
        } else {
            units.push_back({end, words});
        }
        begin = end;
    }
    return units;
}

constexpr std::size_t k_short_list = 120;    // words of a list that stays one clause
constexpr std::size_t k_short_lead_in = 60;  // words of a lead-in that goes with it
constexpr std::size_t k_stray_fragment = 4;  // fewer words than this join a neighbour
constexpr std::size_t k_short_item = 6;      // fewer words than this join the item before
constexpr std::size_t k_broken_line = 12;    // words of a paragraph that another one can go on

// Cuts a text of more than k_longest_clause words into parts of about equal length, each at most
// that long, at ends of sentences; a sentence that is itself too long is cut between words, and
// text without blanks between characters. Returns the end offset of every part, the last of which
// is text.size(). Linear time.
std::vector<std::uint32_t> cut_long_text(std::string_view text) {
    const std::vector<Unit> units = split_units(text);
    std::size_t total = 0;
    for (const Unit& unit : units) {
        total += unit.words;
    }
    const std::size_t parts = (total + k_longest_clause - 1) / k_longest_clause;
    const std::size_t wanted = total / std::max<std::size_t>(parts, 1) + 1;
    std::vector<std::uint32_t> ends;
    std::size_t words = 0;
    for (std::size_t i = 0; i < units.size(); ++i) {
        words += units[i].words;
        const bool last = i + 1 == units.size();
        if (last || words >= wanted || words + units[i + 1].words > k_longest_clause) {
            ends.push_back(units[i].end);
            words = 0;
        }
    }
    return ends;
}

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

// Without the white space around it.
Part trimmed(Part part) {
    constexpr std::string_view blanks = " \n";
    while (part.begin < part.end && is_one_of(part.text().front(), blanks)) {
        ++part.begin;
    }
    while (part.begin < part.end && is_one_of(part.text().back(), blanks)) {
        --part.end;
    }
    part.words = count_words(part.text());
    return part;
}

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
    if (to_the_end) {
        return part.placed->end;
    }
    const std::uint32_t behind_last =
        std::min(inside.source_offset(part.end - 1) + 1, inside.source_offset(part.end));
    return std::min(part.placed->begin + behind_last, part.placed->end);
}

// Adds a part to a piece that may hold others already, by default on a line of its own.
void append(Piece& piece, const Part& part, char parting = '\n') {
    if (piece.text.empty()) {
        piece.source_begin = source_begin(part);
    } else {
        piece.text += parting;
    }
    const auto shift = static_cast<std::uint32_t>(piece.text.size()) - part.begin;
    piece.text += part.text();
    piece.source_end = source_end(part);
    const std::vector<Link>& links = part.placed->block->inside.links;
    for (auto link = std::ranges::lower_bound(links, part.begin, {}, &Link::begin);
         link != links.end() && link->begin < part.end; ++link) {
        if (link->end <= part.end && link->begin < link->end) {
            piece.links.push_back({link->begin + shift, link->end + shift, link->target});
        }
    }
}

bool has_room(const Piece& piece, std::size_t words) {
    return count_words(piece.text) + words <= k_longest_clause;
}

// Does the sentence go on in the next paragraph? Some pages are archived with every line of a
// paragraph as a paragraph of its own.
bool breaks_off(const Part& part) {
    const char last = part.text().back();
    return part.placed->block->type == BlockType::paragraph && part.words >= k_broken_line &&
           (is_alphanumeric(last) || last == ',');
}

bool goes_on(const Part& part) {
    const char first = part.text().front();
    return part.placed->block->type == BlockType::paragraph && first >= 'a' && first <= 'z';
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
                add_boilerplate();
            } else if (heads) {
                add_heading();
            } else if (type == BlockType::list_item) {
                add_list();
            } else if (type == BlockType::table_row || type == BlockType::table_header) {
                add_table();
            } else {
                add_text(whole(m_blocks[m_at]));
                ++m_at;
            }
        }
        close_fragment();
        return std::move(m_pieces);
    }

private:
    void add_boilerplate() {
        Piece piece{PieceKind::boilerplate, 0, {}};
        for (; m_at < m_blocks.size() && m_boilerplate[m_at]; ++m_at) {
            if (!m_blocks[m_at].block->inside.text.empty()) {
                append(piece, whole(m_blocks[m_at]));
            }
        }
        start_section(std::move(piece));
    }

    void add_heading() {
        const PlacedBlock& placed = m_blocks[m_at];
        const HeadingMark& mark = m_headings[m_at];
        Part part = whole(placed);
        if (mark.role == HeadingRole::run_in) {
            part.end = mark.run_in_end;
            part = trimmed(part);
        }
        const bool titles = mark.role == HeadingRole::title;
        Piece piece{titles ? PieceKind::title : PieceKind::heading, mark.level, {}};
        append(piece, part);
        start_section(std::move(piece));
        if (mark.role == HeadingRole::run_in) {
            add_text(whole(placed));
        } else if (mark.role == HeadingRole::statement) {
            add_clause(part, k_no_piece);
        }
        ++m_at;
    }

    // A paragraph or a part of one: a clause, several, or a fragment.
    void add_text(const Part& part) {
        m_lead_in_ends = false;
        const bool goes_on_here = m_sentence_is_open && goes_on(part);
        m_sentence_is_open = false;
        if (goes_on_here && has_room(m_pieces.back(), part.words)) {
            append(m_pieces.back(), part, ' ');
        } else if (part.words < k_stray_fragment) {
            add_fragment(part);
        } else {
            add_long_or_short(part, k_no_piece);
        }
        const bool is_last = !m_fragment && m_section_begin < m_pieces.size();
        m_lead_in_ends = is_last && is_lead_in(part.text());
        m_sentence_is_open = is_last && breaks_off(part);
    }

    void add_fragment(const Part& part) {
        const bool has_neighbour = m_section_begin < m_pieces.size();
        if (m_fragment && has_room(*m_fragment, part.words)) {
            append(*m_fragment, part);
        } else if (!m_fragment && has_neighbour && has_room(m_pieces.back(), part.words)) {
            append(m_pieces.back(), part);
        } else {
            close_fragment();
            m_fragment = Piece{};
            append(*m_fragment, part);
        }
    }

    void add_clause(const Part& part, std::uint32_t lead_in) {
        make_room(part.words);
        Piece piece = m_fragment ? std::move(*m_fragment) : Piece{};
        m_fragment.reset();
        append(piece, part);
        piece.lead_in = lead_in;
        m_pieces.push_back(std::move(piece));
    }

    // A waiting fragment that cannot take so many words more becomes a clause.
    void make_room(std::size_t words) {
        if (m_fragment && !has_room(*m_fragment, words)) {
            close_fragment();
        }
    }

    void add_cut(const Part& part, std::uint32_t lead_in) {
        std::uint32_t begin = part.begin;
        for (const std::uint32_t end : cut_long_text(part.text())) {
            Part cut = part;
            cut.begin = begin;
            cut.end = part.begin + end;
            begin = cut.end;
            cut = trimmed(cut);
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
    template <typename Belongs> std::vector<Part> next_group(Belongs belongs) {
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

    void add_list() {
        const std::vector<Part> items = next_group([](const Block& block) {
            return block.type == BlockType::list_item || block.continues_item;
        });
        const bool led = m_lead_in_ends && m_section_begin < m_pieces.size();
        add_rows(items, led ? last_piece() : k_no_piece);
        m_sentence_is_open = false;
    }

    void add_table() {
        std::uint32_t lead_in = k_no_piece;
        const std::vector<Part> header =
            next_group([](const Block& block) { return block.type == BlockType::table_header; });
        const std::vector<Part> rows =
            next_group([](const Block& block) { return block.type == BlockType::table_row; });
        if (!header.empty()) {
            add_rows(header, k_no_piece);
            lead_in = last_piece();
        }
        if (!rows.empty()) {
            add_rows(rows, lead_in);
        }
        m_sentence_is_open = false;
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
            make_room(words);
            add_as_one(rows, lead_in, joins);
            return;
        }
        add_one_by_one(rows, lead_in);
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

    // Items that stand inside another one have that as their lead-in.
    void add_one_by_one(const std::vector<Part>& rows, std::uint32_t lead_in) {
        struct OpenItem {
            std::uint8_t level;
            std::uint32_t piece;
        };

        std::vector<OpenItem> open;
        for (const Part& row : rows) {
            const Block& block = *row.placed->block;
            while (!block.continues_item && !open.empty() && open.back().level >= block.level) {
                open.pop_back();
            }
            const bool is_first = &row == rows.data();
            if (block.continues_item && !is_first) {
                add_to_item(row);
                continue;
            }
            const std::uint32_t led_by = open.empty() ? lead_in : open.back().piece;
            const bool stray = row.words < k_short_item && !is_first && last_piece() != led_by &&
                               m_pieces.back().lead_in == led_by &&
                               has_room(m_pieces.back(), row.words);
            if (stray) {
                append(m_pieces.back(), row);
            } else {
                add_long_or_short(row, led_by);
            }
            open.push_back({block.level, last_piece()});
        }
    }

    // A further paragraph of the last item goes with it unless both are long.
    void add_to_item(const Part& row) {
        Piece& item = m_pieces.back();
        if (count_words(item.text) + row.words <= k_short_list) {
            append(item, row);
        } else {
            add_long_or_short(row, item.lead_in);
        }
    }

    // A fragment with no neighbour in its section is a clause by itself.
    void close_fragment() {
        if (m_fragment) {
            m_pieces.push_back(std::move(*m_fragment));
            m_fragment.reset();
        }
    }

    // Nothing joins what stands before `opening`, a heading or boilerplate.
    void start_section(Piece opening) {
        close_fragment();
        m_pieces.push_back(std::move(opening));
        m_section_begin = m_pieces.size();
        m_lead_in_ends = false;
        m_sentence_is_open = false;
    }

    std::span<const PlacedBlock> m_blocks;
    const std::vector<bool>& m_boilerplate;
    const std::vector<HeadingMark>& m_headings;
    std::vector<Piece> m_pieces;
    std::size_t m_at = 0;
    std::size_t m_section_begin = 0;  // first piece of the section's text
    bool m_lead_in_ends = false;      // the last piece ends like the lead-in of a list
    bool m_sentence_is_open = false;  // ...or like a paragraph whose sentence goes on in the next
    std::optional<Piece> m_fragment;  // a few words waiting for a neighbour
};

}  // namespace

std::vector<Piece> assemble_pieces(std::span<const PlacedBlock> blocks,
                                   const std::vector<bool>& boilerplate,
                                   const std::vector<HeadingMark>& headings) {
    return Assembler(blocks, boilerplate, headings).assemble();
}

}  // namespace smallprint::split
