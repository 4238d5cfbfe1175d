// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/text/stop_words.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace smallprint {
namespace {

constexpr auto k_stop_words = std::to_array<std::string_view>(
    {"a",     "about", "am",   "an",   "and",   "any",   "are",  "as",   "at",    "be",     "been",
     "being", "but",   "by",   "can",  "could", "did",   "do",   "does", "for",   "from",   "had",
     "has",   "have",  "how",  "i",    "if",    "in",    "into", "is",   "it",    "its",    "may",
     "me",    "might", "my",   "of",   "on",    "or",    "our",  "ours", "shall", "should", "so",
     "some",  "such",  "than", "that", "the",   "their", "them", "then", "there", "these",  "they",
     "this",  "those", "to",   "was",  "we",    "were",  "what", "when", "where", "which",  "who",
     "whom",  "whose", "why",  "will", "with",  "would", "you",  "your", "yours"});
static_assert(std::ranges::is_sorted(k_stop_words));

}  // namespace

bool is_stop_word(std::string_view folded_word) {
    return std::ranges::binary_search(k_stop_words, folded_word);
}

std::span<const std::string_view> stop_words() {
    return k_stop_words;
}

}  // namespace smallprint
