// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/text/tokenizer.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace smallprint::diff {

// A text as the words in it, in no order, case and accents folded.
struct WordBag {
    std::vector<std::uint32_t> words;  // numbers of WordBags, sorted
    std::vector<std::uint32_t> pairs;  // hashes of words that stand side by side
    std::uint64_t weight = 0;          // words that say little count little
};

// Makes bags whose words can be compared: those of one maker. Not for several threads.
class WordBags {
public:
    WordBag bag(std::string_view text);

    // Dice's coefficient of the words of two texts: 0 if they share none, 1 if they share all or
    // both are empty.
    double likeness(const WordBag& a, const WordBag& b) const;

private:
    text::Tokenizer m_tokenizer;
    std::unordered_map<std::string, std::uint32_t> m_numbers;
    std::vector<std::uint32_t> m_weights;
};

// Two texts that are like each other, by their places in two lists.
struct Likeness {
    std::size_t before = 0;
    std::size_t after = 0;
    double score = 0;
};

std::vector<const WordBag*> pointers_to(const std::vector<WordBag>& bags);

// Pairs with at least this likeness, best first, each text in one pair at most. Of long lists only
// texts that share a rare pair of words are compared.
std::vector<Likeness> find_alike(const std::vector<const WordBag*>& before,
                                 const std::vector<const WordBag*>& after, const WordBags& bags,
                                 double least);

}  // namespace smallprint::diff
