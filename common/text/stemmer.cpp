// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/text/stemmer.h"

#include "common/base/hash.h"
#include "common/base/owned.h"
#include "common/base/strings.h"
#include "common/text/word_arena.h"

#include <libstemmer.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <vector>

namespace smallprint::text {
namespace {

constexpr std::size_t k_first_slots = 4096;  // a power of two, as all numbers of slots
constexpr std::size_t k_large_cache = 200'000;

bool is_stemmed(std::string_view word) {
    return std::ranges::all_of(word, [](char c) {
        const auto byte = static_cast<std::uint8_t>(c);
        return byte >= 0x80 || is_lower(c);
    });
}

using Snowball = Owned<sb_stemmer, sb_stemmer_delete>;

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

// An open hash table, probed linearly and at most half full.
class Stemmer::Implementation {
public:
    std::string_view stem(std::string_view word) {
        const std::uint64_t hash = hash64(word);
        Slot& slot = find_slot(word, hash);
        if (slot.word.data() != nullptr) {
            return slot.stem;
        }
        const std::string_view kept = keep(word);
        const std::string_view stem = stem_of(kept);
        slot = {hash, kept, stem};
        if (++m_size * 2 > m_slots.size()) {
            grow();
        }
        return stem;
    }

    void drop_if_large() {
        if (m_size > k_large_cache) {
            m_slots.assign(k_first_slots, {});
            m_slots.shrink_to_fit();
            m_size = 0;
            m_arena.clear();
        }
    }

private:
    struct Slot {
        std::uint64_t hash = 0;
        std::string_view word;  // no data: the slot is free
        std::string_view stem;
    };

    Slot& find_slot(std::string_view word, std::uint64_t hash) {
        const std::size_t mask = m_slots.size() - 1;
        std::size_t i = hash & mask;
        while (m_slots[i].word.data() != nullptr &&
               (m_slots[i].hash != hash || m_slots[i].word != word)) {
            i = (i + 1) & mask;
        }
        return m_slots[i];
    }

    void grow() {
        std::vector<Slot> old(m_slots.size() * 2);
        old.swap(m_slots);
        for (const Slot& slot : old) {
            if (slot.word.data() != nullptr) {
                find_slot(slot.word, slot.hash) = slot;
            }
        }
    }

    std::string_view keep(std::string_view bytes) {
        char* const copy = m_arena.room(bytes.size() + 1);  // never empty: see Slot::word
        std::ranges::copy(bytes, copy);
        return m_arena.keep(bytes.size());
    }

    // The stem of a kept word; shares its bytes where it can.
    std::string_view stem_of(std::string_view word) {
        if (!is_stemmed(word) || word.size() > k_longest_word) {
            return word;
        }
        const auto* letters = reinterpret_cast<const sb_symbol*>(word.data());
        const sb_symbol* found =
            sb_stemmer_stem(m_snowball.get(), letters, static_cast<int>(word.size()));
        if (found == nullptr) {
            throw std::bad_alloc();
        }
        const std::string_view stem(reinterpret_cast<const char*>(found),
                                    static_cast<std::size_t>(sb_stemmer_length(m_snowball.get())));
        if (stem.empty()) {
            return word;
        }
        return word.starts_with(stem) ? word.substr(0, stem.size()) : keep(stem);
    }

    // English is part of every libstemmer.
    Snowball m_snowball = own<sb_stemmer_delete>(sb_stemmer_new("english", "UTF_8"));
    std::vector<Slot> m_slots = std::vector<Slot>(k_first_slots);
    std::size_t m_size = 0;
    WordArena m_arena;
};

Stemmer::Stemmer() : m_implementation(std::make_unique<Implementation>()) {}

Stemmer::~Stemmer() = default;
Stemmer::Stemmer(Stemmer&&) noexcept = default;
Stemmer& Stemmer::operator=(Stemmer&&) noexcept = default;

std::string_view Stemmer::stem(std::string_view word) {
    return m_implementation->stem(word);
}

void Stemmer::drop_cache_if_large() {
    m_implementation->drop_if_large();
}

bool is_stop_word(std::string_view folded_word) {
    return std::ranges::binary_search(k_stop_words, folded_word);
}

std::span<const std::string_view> stop_words() {
    return k_stop_words;
}

}  // namespace smallprint::text
