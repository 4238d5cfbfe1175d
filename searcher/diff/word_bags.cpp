// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/diff/word_bags.h"

#include "common/text/stemmer.h"
#include "common/text/tokenizer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace smallprint::diff {
namespace {

constexpr std::uint32_t k_stop_word_weight = 1;
constexpr std::uint32_t k_word_weight = 3;
constexpr std::size_t k_most_comparisons = 20'000;  // comparing every text with every other
constexpr std::size_t k_rare = 8;                   // texts with a pair of words
constexpr std::size_t k_most_candidates = 4;        // texts that one text is compared with

using Bags = std::vector<const WordBag*>;

// Finds the texts to compare an item of `before` with: those with which it shares most rare pairs.
class Candidates {
public:
    explicit Candidates(const Bags& after) {
        for (std::uint32_t i = 0; i < after.size(); ++i) {
            for (const std::uint32_t pair : after[i]->pairs) {
                m_places.emplace_back(pair, i);
            }
        }
        std::ranges::sort(m_places);
        m_places.erase(std::ranges::unique(m_places).begin(), m_places.end());
    }

    std::vector<std::size_t> of(const WordBag& bag) const {
        std::vector<std::uint32_t> shared;
        for (const std::uint32_t pair : bag.pairs) {
            const auto found = std::ranges::equal_range(m_places, pair, {}, &Place::first);
            if (found.size() <= k_rare) {
                std::ranges::transform(found, std::back_inserter(shared), &Place::second);
            }
        }
        std::ranges::sort(shared);
        std::vector<std::tuple<std::size_t, std::size_t>> ranked;  // those with most pairs first
        for (std::size_t i = 0; i < shared.size();) {
            const std::size_t begin = i;
            while (i < shared.size() && shared[i] == shared[begin]) {
                ++i;
            }
            ranked.emplace_back(~(i - begin), shared[begin]);
        }
        std::ranges::sort(ranked);
        std::vector<std::size_t> places;
        for (const auto& [count, place] : ranked) {
            if (places.size() < k_most_candidates) {
                places.push_back(place);
            }
        }
        return places;
    }

private:
    using Place = std::pair<std::uint32_t, std::uint32_t>;  // pair of words, text

    std::vector<Place> m_places;  // sorted
};

// No text can be like another of less than half its weight, or the like.
bool may_reach(const WordBag& a, const WordBag& b, double least) {
    const auto total = static_cast<double>(a.weight + b.weight);
    return 2 * static_cast<double>(std::min(a.weight, b.weight)) >= least * total;
}

std::vector<Likeness> all_like(const Bags& before, const Bags& after, const WordBags& bags,
                               double least) {
    std::vector<Likeness> found;
    const auto compare = [&](std::size_t i, std::size_t j) {
        if (!may_reach(*before[i], *after[j], least)) {
            return;
        }
        const double score = bags.likeness(*before[i], *after[j]);
        if (score >= least) {
            found.push_back({i, j, score});
        }
    };
    if (before.size() * after.size() <= k_most_comparisons) {
        for (std::size_t i = 0; i < before.size(); ++i) {
            for (std::size_t j = 0; j < after.size(); ++j) {
                compare(i, j);
            }
        }
        return found;
    }
    const Candidates candidates(after);
    for (std::size_t i = 0; i < before.size(); ++i) {
        for (const std::size_t j : candidates.of(*before[i])) {
            compare(i, j);
        }
    }
    return found;
}

std::size_t apart(const Likeness& pair) {
    return std::max(pair.before, pair.after) - std::min(pair.before, pair.after);
}

}  // namespace

WordBag WordBags::bag(std::string_view text) {
    constexpr std::uint32_t multiplier = 0x9E3779B1U;
    WordBag bag;
    std::uint32_t previous = 0;
    for (const text::Token& token : m_tokenizer.tokenize(text)) {
        if (token.width > 1) {
            continue;  // a joined form, besides its parts
        }
        const auto [at, is_new] = m_numbers.emplace(std::string(token.word),
                                                    static_cast<std::uint32_t>(m_numbers.size()));
        if (is_new) {
            m_weights.push_back(text::is_stop_word(token.word) ? k_stop_word_weight
                                                               : k_word_weight);
        }
        bag.pairs.push_back((previous * multiplier) ^ at->second);
        previous = at->second + 1;
        bag.words.push_back(at->second);
        bag.weight += m_weights[at->second];
    }
    std::ranges::sort(bag.words);
    return bag;
}

double WordBags::likeness(const WordBag& a, const WordBag& b) const {
    if (a.weight + b.weight == 0) {
        return 1;
    }
    std::uint64_t common = 0;
    for (std::size_t i = 0, j = 0; i < a.words.size() && j < b.words.size();) {
        if (a.words[i] == b.words[j]) {
            common += m_weights[a.words[i]];
            ++i;
            ++j;
        } else if (a.words[i] < b.words[j]) {
            ++i;
        } else {
            ++j;
        }
    }
    return 2 * static_cast<double>(common) / static_cast<double>(a.weight + b.weight);
}

std::vector<const WordBag*> pointers_to(const std::vector<WordBag>& bags) {
    std::vector<const WordBag*> pointers;
    pointers.reserve(bags.size());
    for (const WordBag& bag : bags) {
        pointers.push_back(&bag);
    }
    return pointers;
}

std::vector<Likeness> find_alike(const Bags& before, const Bags& after, const WordBags& bags,
                                 double least) {
    std::vector<Likeness> found = all_like(before, after, bags, least);
    std::ranges::sort(found, [](const Likeness& a, const Likeness& b) {
        return std::tuple(-a.score, apart(a), a.before, a.after) <
               std::tuple(-b.score, apart(b), b.before, b.after);
    });
    std::vector<bool> before_taken(before.size(), false);
    std::vector<bool> after_taken(after.size(), false);
    std::vector<Likeness> chosen;
    for (const Likeness& pair : found) {
        if (!before_taken[pair.before] && !after_taken[pair.after]) {
            before_taken[pair.before] = true;
            after_taken[pair.after] = true;
            chosen.push_back(pair);
        }
    }
    return chosen;
}

}  // namespace smallprint::diff
