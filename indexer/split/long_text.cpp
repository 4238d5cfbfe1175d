// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/split/long_text.h"

#include "common/text/sentences.h"
#include "common/text/utf8.h"
#include "indexer/split/block.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

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
        std::string_view piece = utf8_prefix(rest, k_longest_unspaced);
        if (const std::size_t blank = piece.find_last_of(" \n");
            piece.size() < rest.size() && blank != std::string_view::npos) {
            piece = piece.substr(0, blank + 1);
        }
        piece = piece.substr(0, end_of_words(piece));
        begin += std::max<std::size_t>(piece.size(), 1);
        units.push_back({static_cast<std::uint32_t>(begin), count_words(piece)});
    }
}

std::vector<Unit> units_of(std::string_view text) {
    std::vector<Unit> units;
    std::size_t begin = 0;
    for (const std::uint32_t end : sentence_ends(text)) {
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

}  // namespace

std::vector<std::uint32_t> cut_long_text(std::string_view text) {
    const std::vector<Unit> units = units_of(text);
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

}  // namespace smallprint
