// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/spelling.h"

#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/fields/field_table.h"
#include "common/index_format/xapian_guard.h"
#include "common/text/analyzer.h"
#include "common/text/nearest.h"
#include "searcher/index/index.h"
#include "searcher/postings/postings.h"
#include "searcher/query/ast.h"
#include "searcher/search/results.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace smallprint::search {
namespace {

constexpr std::size_t k_shortest = 4;  // letters; shorter words are too much like others
constexpr std::size_t k_longest = 32;
constexpr std::size_t k_most_terms = 60'000;  // looked at for one word
constexpr std::size_t k_most_words = 4;       // looked into in one query
constexpr std::size_t k_most_stems = 8;       // whose words are compared
constexpr std::size_t k_most_texts = 12;      // read to see how a stem is written

std::size_t most_slips(std::size_t letters) {
    constexpr std::size_t long_word = 7;
    return letters < long_word ? 1 : 2;
}

bool can_be_a_slip(std::string_view word) {
    return word.size() >= k_shortest && word.size() <= k_longest &&
           std::ranges::all_of(word, is_lower);
}

struct Near {
    std::size_t slips = 0;
    std::uint64_t clauses = 0;
    std::string stem;
};

// How far a word is from one that begins as a stem does: stems lack the ends of words.
std::size_t slips_at_start(std::string_view word, std::string_view stem) {
    std::size_t least = SIZE_MAX;
    for (std::size_t size = stem.size() - 1; size <= stem.size() + 1; ++size) {
        least = std::min(least, text::edit_distance(word.substr(0, size), stem));
    }
    return least;
}

// Stems of the index that the word may be a slip of, the nearest first, of equally near ones the
// most frequent. Slips at the very first letter are looked for only where it was swapped with the
// second.
std::vector<Near> near_stems(std::string_view word, const postings::Postings& postings) {
    const std::size_t most = most_slips(word.size());
    std::vector<Near> near;
    std::size_t looked_at = 0;
    for (const char first : {word[0], word[1]}) {
        const std::string begin(1, first);
        postings.visit_terms(begin, [&](const std::string& stem, std::uint64_t clauses) {
            if (stem.size() >= 3 && stem.size() <= word.size() + most) {
                const std::size_t slips = slips_at_start(word, stem);
                if (slips <= most) {
                    near.push_back({slips, clauses, stem});
                }
            }
            return ++looked_at < k_most_terms;
        });
    }
    const auto rank = [](const Near& one) { return std::pair(one.slips, ~one.clauses); };
    std::ranges::sort(near, {}, rank);
    near.resize(std::min(near.size(), k_most_stems));
    return near;
}

// How often each of the words with a stem occurs in the first clauses that have it.
Result<std::map<std::string, std::size_t>> count_forms(const std::string& stem,
                                                       index::Index& index) {
    std::map<std::string, std::size_t> forms;
    std::size_t read = 0;
    for (postings::Cursor at = index.postings().cursor(stem);
         at.document() != postings::k_no_document && read < k_most_texts; at.next(), ++read) {
        TRY_ASSIGN(const std::string_view text, index.text(at.document()));
        for (const text::Token& token : index.tokenizer().tokenize(text)) {
            if (index.stemmer().stem(token.word) == stem) {
                ++forms[std::string(token.word)];
            }
        }
    }
    return forms;
}

// The word of the index that the given one is a slip of: the one that takes the fewest slips, of
// several the one in most clauses. Empty if there is none.
Result<std::string> meant_word(std::string_view slip, index::Index& index) {
    std::string best;
    auto least = std::tuple(most_slips(slip.size()) + 1, std::uint64_t{0}, std::size_t{0});
    for (const Near& near : near_stems(slip, index.postings())) {
        TRY_ASSIGN(const auto forms, count_forms(near.stem, index));
        for (const auto& [form, count] : forms) {
            const auto rank = std::tuple(text::edit_distance(slip, form), ~near.clauses, ~count);
            if (rank < least) {
                least = rank;
                best = form;
            }
        }
    }
    return best;
}

bool is_nowhere(const std::string& stem, const postings::Postings& postings) {
    return postings.frequency(make_term(Field::text, stem)) == 0 &&
           postings.frequency(make_term(Field::heading, stem)) == 0;
}

using Meant = std::unordered_map<std::string, std::string>;  // by the word as it was written

Result<Meant> meant_words(const std::vector<WordCount>& words, index::Index& index) {
    Meant meant;
    std::size_t looked_into = 0;
    for (const WordCount& count : words) {
        if (count.ignored || count.clauses > 0 || !can_be_a_slip(count.word)) {
            continue;
        }
        const std::string stem(index.stemmer().stem(count.word));
        if (stem.size() < 2 || !is_nowhere(stem, index.postings())) {
            continue;
        }
        if (++looked_into > k_most_words) {
            break;
        }
        TRY_ASSIGN(std::string word, meant_word(count.word, index));
        if (!word.empty()) {
            meant.emplace(count.word, std::move(word));
        }
    }
    return meant;
}

std::string with_words(std::string_view text, const Meant& meant, text::Tokenizer& tokenizer) {
    std::string changed;
    std::size_t at = 0;
    for (const text::Token& token : tokenizer.tokenize(text)) {
        const auto found = meant.find(std::string(token.word));
        if (found != meant.end() && token.begin >= at && token.width == 1) {
            changed += std::string(text.substr(at, token.begin - at)) + found->second;
            at = token.end;
        }
    }
    return changed + std::string(text.substr(at));
}

}  // namespace

Result<std::optional<std::string>> correct_spelling(const query::Query& query,
                                                    const std::vector<WordCount>& words,
                                                    index::Index& index) {
    TRY_ASSIGN(const Result<Meant> meant,
               index_format::guard_xapian([&] { return meant_words(words, index); }));
    if (!meant) {
        return fail(meant.error());
    }
    const Meant& known = *meant;
    if (known.empty()) {
        return std::optional<std::string>();
    }
    std::string suggestion = with_words(query.text, known, index.tokenizer());
    return suggestion == query.text ? std::nullopt
                                    : std::optional<std::string>(std::move(suggestion));
}

}  // namespace smallprint::search
