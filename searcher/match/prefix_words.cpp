// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/match/prefix_words.h"

#include "common/base/strings.h"
#include "searcher/match/condition.h"
#include "searcher/match/word_places.h"
#include "searcher/postings/postings.h"
#include "searcher/query/ast.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::match {
namespace {

// The letters that all stems share with the words that begin so: two, but for "die" of "dying" and
// its like.
std::string_view shared_letters(std::string_view prefix) {
    const bool may_change = prefix.size() > 1 && prefix[1] == 'y';
    return prefix.substr(0, may_change ? 1 : 2);
}

bool is_field_term(std::string_view term) {
    return is_upper(term.front());
}

// How the ends begin that the stemmer cuts off.
constexpr std::array<std::string_view, 64> k_ends = {
    "able", "ably", "ability", "abiliti", "al",    "ally",  "ance",    "anc",
    "ant",  "ate",  "ating",   "ation",   "ative", "ator",  "bility",  "biliti",
    "bly",  "e",    "ed",      "edly",    "eed",   "ement", "ence",    "enc",
    "ent",  "er",   "es",      "ful",     "ible",  "ibly",  "ibility", "ibiliti",
    "ic",   "ied",  "ies",     "ing",     "ion",   "ism",   "ist",     "ity",
    "iti",  "ive",  "iviti",   "ivity",   "ize",   "ized",  "izing",   "ization",
    "less", "li",   "ly",      "ment",    "ness",  "og",    "olog",    "or",
    "ous",  "s",    "ses",     "tional",  "us",    "y",     "ying",    "zes"};

bool begins_an_end(std::string_view rest) {
    return rest.empty() || std::ranges::any_of(k_ends, [&](std::string_view end) {
               return end.starts_with(rest) || (end.size() > 1 && rest.starts_with(end));
           });
}

}  // namespace

// Behind the letters that are sure there may be up to two that the stemmer rewrites ("policy"), or
// one that was doubled ("hopping") or an e or y that it drops ("absolutely",
// "technologys"); then an end begins.
bool may_begin_with(std::string_view stem, std::string_view prefix) {
    const std::string known = common_start(stem);
    if (known.empty()) {
        return stem.starts_with(prefix) || prefix.starts_with(stem);
    }
    if (!prefix.starts_with(known) || prefix.size() == known.size()) {
        return known.starts_with(prefix);
    }
    const std::string_view rest = prefix.substr(known.size());
    const bool doubled = rest.front() == known.back();
    const bool dropped = rest.front() == 'e' || rest.front() == 'y';
    const std::size_t loose = known.size() < stem.size() ? 3 : doubled || dropped ? 1 : 0;
    for (std::size_t skipped = 0; skipped <= std::min(loose, rest.size()); ++skipped) {
        if (begins_an_end(rest.substr(skipped))) {
            return true;
        }
    }
    return false;
}

// Snowball's English stemmer cuts off ends, and rewrites some: "rate" is the stem of "rating",
// "polici" of "policy", "die" of "dying", "portabl" of "portability". A test holds this to many
// words.
std::string common_start(std::string_view stem) {
    constexpr std::size_t k_changed = 2;
    if (stem.empty() || !std::ranges::all_of(stem, is_lower)) {
        return {};
    }
    const bool changed = is_one_of(stem.back(), "eiy") || stem.ends_with("bl");
    return std::string(changed ? stem.substr(0, std::max(stem.size(), k_changed + 1) - k_changed)
                               : stem);
}

PrefixWords stems_of_prefix(std::string_view prefix, query::Scope scope,
                            const postings::Postings& postings) {
    std::map<std::string, std::uint64_t> frequencies;
    for (const WordPlace& place : word_places(Place::anywhere, scope)) {
        const std::string begin = place.prefix + std::string(shared_letters(prefix));
        postings.visit_terms(begin, [&](const std::string& term, std::uint64_t frequency) {
            const std::string stem = term.substr(place.prefix.size());
            if (!is_field_term(stem) && may_begin_with(stem, prefix)) {
                frequencies[stem] += frequency;
            }
            return true;
        });
    }
    std::vector<std::pair<std::uint64_t, std::string>> found;
    found.reserve(frequencies.size());
    for (const auto& [stem, frequency] : frequencies) {
        found.emplace_back(frequency, stem);
    }
    PrefixWords words;
    words.all = found.size();
    if (found.size() > k_most_expansions) {
        std::ranges::sort(found, [](const auto& a, const auto& b) {
            return std::pair(b.first, std::string_view(a.second)) <
                   std::pair(a.first, std::string_view(b.second));
        });
        found.resize(k_most_expansions);
    }
    for (auto& [frequency, stem] : found) {
        words.stems.push_back(std::move(stem));
    }
    std::ranges::sort(words.stems);
    return words;
}

}  // namespace smallprint::match
