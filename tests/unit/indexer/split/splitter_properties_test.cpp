// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/section.h"
#include "indexer/split/splitter.h"
#include "tests/support/piece_checks.h"
#include "tests/support/random_markdown.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

constexpr std::uint32_t k_documents = 800;

// The numbers of the words w1, W2 ... in order.
std::vector<std::size_t> numbers_in(std::string_view text) {
    std::vector<std::size_t> numbers;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        if ((text[i] != 'w' && text[i] != 'W') || text[i + 1] < '1' || text[i + 1] > '9') {
            continue;
        }
        std::size_t number = 0;
        while (i + 1 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '9') {
            number = number * 10 + static_cast<std::size_t>(text[++i] - '0');
        }
        numbers.push_back(number);
    }
    return numbers;
}

// Which word is missing, doubled or out of order; 0 if none is.
std::size_t first_misplaced_word(const std::vector<Piece>& pieces, std::size_t words) {
    const std::vector<std::size_t> numbers = numbers_in(joined_texts(pieces));
    for (std::size_t i = 0; i < std::max(words, numbers.size()); ++i) {
        if (i >= numbers.size() || numbers[i] != i + 1) {
            return i + 1;
        }
    }
    return 0;
}

bool range_holds_ends(const Piece& piece, std::string_view source) {
    const std::vector<std::size_t> shown = numbers_in(piece.text);
    const std::vector<std::size_t> held =
        numbers_in(source.substr(piece.source_begin, piece.source_end - piece.source_begin));
    return shown.empty() ||
           (!held.empty() && held.front() == shown.front() && held.back() == shown.back());
}

}  // namespace

TEST_CASE("every word of a document is in its pieces once and in order") {
    for (std::uint32_t seed = 0; seed < k_documents; ++seed) {
        const RandomMarkdown document = random_markdown(seed);
        const std::vector<Piece> pieces = split::Splitter().split_markdown(document.source);
        const std::size_t misplaced = first_misplaced_word(pieces, document.words);
        INFO("seed ", seed, "\n", document.source, "\n---\n", joined_texts(pieces));
        REQUIRE(misplaced == 0);
    }
}

TEST_CASE("the pieces of a document are sound") {
    for (std::uint32_t seed = 0; seed < k_documents; ++seed) {
        const RandomMarkdown document = random_markdown(seed);
        CAPTURE(seed);
        REQUIRE(complaint_about(split::Splitter().split_markdown(document.source),
                                document.source) == "");
    }
}

TEST_CASE("the source range of a piece holds its first and its last word") {
    for (std::uint32_t seed = 0; seed < k_documents; ++seed) {
        const RandomMarkdown document = random_markdown(seed);
        for (const Piece& piece : split::Splitter().split_markdown(document.source)) {
            INFO("seed ", seed, ": ", piece.text);
            REQUIRE(range_holds_ends(piece, document.source));
        }
    }
}

TEST_CASE("what was split before does not change how a document is split") {
    split::Splitter used;
    for (std::uint32_t seed = 0; seed < k_documents; ++seed) {
        const RandomMarkdown document = random_markdown(seed % 300);
        CAPTURE(seed);
        REQUIRE(used.split_markdown(document.source) ==
                split::Splitter().split_markdown(document.source));
    }
}

}  // namespace smallprint
