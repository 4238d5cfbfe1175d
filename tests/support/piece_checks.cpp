// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/support/piece_checks.h"

#include "common/model/section.h"
#include "common/text/utf8.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace smallprint {
namespace {

constexpr std::size_t k_most_words = 250;

std::size_t words_in(const std::string& text) {
    std::istringstream stream(text);
    std::size_t words = 0;
    for (std::string word; stream >> word;) {
        ++words;
    }
    return words;
}

bool has_control(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const char32_t c = text::next_character(text, i);
        if ((c < 0x20 && c != '\n') || (c >= 0x7F && c < 0xA0)) {
            return true;
        }
    }
    return false;
}

std::string_view text_fault(const Piece& piece) {
    const std::string& text = piece.text;
    if (text.empty()) {
        return "is empty";
    }
    if (!text::is_valid_utf8(text) || has_control(text)) {
        return "is not clean text";
    }
    const std::string_view ends{" \n"};
    if (ends.find(text.front()) != ends.npos || ends.find(text.back()) != ends.npos) {
        return "has white space around it";
    }
    const bool over_long = piece.kind == PieceKind::clause && words_in(text) > k_most_words;
    return over_long ? "is over-long" : "";
}

std::string_view place_fault(const Piece& piece, std::size_t number, std::size_t source_size) {
    if (piece.source_begin > piece.source_end || piece.source_end > source_size) {
        return "has a range outside of the source";
    }
    if (piece.lead_in != k_no_piece && piece.lead_in >= number) {
        return "has a lead-in that does not come before it";
    }
    std::uint32_t end = 0;
    for (const Link& link : piece.links) {
        if (link.begin < end || link.begin >= link.end || link.end > piece.text.size()) {
            return "has a link that is not inside its text";
        }
        end = link.end;
    }
    return "";
}

}  // namespace

bool stands_in_next(const std::vector<Piece>& pieces, std::size_t number) {
    return pieces[number].kind == PieceKind::heading && number + 1 < pieces.size() &&
           pieces[number + 1].source_begin == pieces[number].source_begin;
}

std::string complaint_about(const std::vector<Piece>& pieces, std::string_view source) {
    std::uint32_t end = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const Piece& piece = pieces[i];
        std::string_view fault = text_fault(piece);
        fault = fault.empty() ? place_fault(piece, i, source.size()) : fault;
        fault =
            fault.empty() && piece.source_begin < end ? "begins before the last one ends" : fault;
        const bool doubled = stands_in_next(pieces, i);
        if (fault.empty() && doubled && !pieces[i + 1].text.starts_with(piece.text)) {
            fault = "is not how the clause from the same place begins";
        }
        if (!fault.empty()) {
            return fmt::format("piece {} {}: {}", i, fault, piece.text.substr(0, 200));
        }
        end = doubled ? piece.source_begin : piece.source_end;
    }
    return "";
}

std::string joined_texts(const std::vector<Piece>& pieces) {
    std::string all;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        all += stands_in_next(pieces, i) ? "" : pieces[i].text + '\n';
    }
    return all;
}

bool operator==(const Piece& a, const Piece& b) {
    const auto facts = [](const Piece& piece) {
        return std::tie(piece.kind, piece.level, piece.text, piece.source_begin, piece.source_end,
                        piece.lead_in, piece.links);
    };
    return facts(a) == facts(b);
}

}  // namespace smallprint
