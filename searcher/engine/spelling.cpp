// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/engine/spelling.h"

#include "common/base/ascii.h"
#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "common/index_format/xapian_guard.h"
#include "common/text/analyzer.h"
#include "common/text/edit_distance.h"
#include "searcher/engine/index.h"
#include "searcher/engine/results.h"
#include "searcher/query/ast.h"

#include <xapian.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

constexpr std::size_t k_shortest = 4;  // letters; shorter words are too much like others
constexpr std::size_t k_longest = 32;
constexpr std::size_t k_most_terms = 60'000;  // looked at for one word
constexpr std::size_t k_most_words = 4;       // looked into in one query
constexpr std::size_t k_most_texts = 12;      // read to see how a stem is written

std::size_t most_slips(std::size_t letters) {
    constexpr std::size_t long_word = 7;
    return letters < long_word ? 1 : 2;
}

bool can_be_a_slip(std::string_view word) {
    return word.size() >= k_shortest && word.size() <= k_longest &&
           std::ranges::all_of(word, is_lower);
}

// The stem of the index that comes nearest to a stem, of equally near ones the most frequent. Slips
// at the very first letter are looked for only where it was swapped with the second.
std::string nearest_stem(std::string_view stem, const Xapian::Database& postings) {
    const std::size_t most = most_slips(stem.size());
    std::size_t least = most + 1;
    Xapian::doccount most_clauses = 0;
    std::string nearest;
    std::size_t looked_at = 0;
    for (const char first : {stem[0], stem[1]}) {
        const std::string begin(1, first);
        for (auto at = postings.allterms_begin(begin); at != postings.allterms_end(begin); ++at) {
            const std::string term = *at;
            if (++looked_at > k_most_terms) {
                return nearest;
            }
            if (term.size() + most < stem.size() || stem.size() + most < term.size()) {
                continue;
            }
            const std::size_t slips = edit_distance(stem, term);
            const Xapian::doccount clauses = at.get_termfreq();
            if (slips < least || (slips == least && slips <= most && clauses > most_clauses)) {
                least = slips;
                most_clauses = clauses;
                nearest = term;
            }
        }
    }
    return nearest;
}

// How a stem is written in the first clauses that have it: most often, or most like the word.
Result<std::string> word_of_stem(const std::string& stem, std::string_view like, Index& index) {
    std::map<std::string, std::size_t> forms;
    std::size_t read = 0;
    const Xapian::Database& postings = index.postings();
    for (auto at = postings.postlist_begin(stem);
         at != postings.postlist_end(stem) && read < k_most_texts; ++at, ++read) {
        TRY_ASSIGN(const std::string_view text, index.text(*at));
        for (const Token& token : index.tokenizer().tokenize(text)) {
            if (index.stemmer().stem(token.word) == stem) {
                ++forms[std::string(token.word)];
            }
        }
    }
    std::string best;
    std::pair<std::size_t, std::size_t> least{SIZE_MAX, 0};
    for (const auto& [form, count] : forms) {
        const std::pair<std::size_t, std::size_t> rank{edit_distance(like, form), SIZE_MAX - count};
        if (rank < least) {
            least = rank;
            best = form;
        }
    }
    return best;
}

bool is_nowhere(const std::string& stem, const Xapian::Database& postings) {
    return postings.get_termfreq(make_term(Field::text, stem)) == 0 &&
           postings.get_termfreq(make_term(Field::heading, stem)) == 0;
}

using Meant = std::unordered_map<std::string, std::string>;  // by the word as it was written

Result<Meant> meant_words(const std::vector<WordCount>& words, Index& index) {
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
        if (const std::string near = nearest_stem(stem, index.postings()); !near.empty()) {
            TRY_ASSIGN(std::string word, word_of_stem(near, count.word, index));
            if (!word.empty()) {
                meant.emplace(count.word, std::move(word));
            }
        }
    }
    return meant;
}

std::string with_words(std::string_view text, const Meant& meant, Tokenizer& tokenizer) {
    std::string changed;
    std::size_t at = 0;
    for (const Token& token : tokenizer.tokenize(text)) {
        const auto found = meant.find(std::string(token.word));
        if (found != meant.end() && token.begin >= at && token.width == 1) {
            changed += std::string(text.substr(at, token.begin - at)) + found->second;
            at = token.end;
        }
    }
    return changed + std::string(text.substr(at));
}

}  // namespace

Result<std::optional<std::string>>
suggestion_for(const Query& query, const std::vector<WordCount>& words, Index& index) {
    TRY_ASSIGN(const Result<Meant> meant, guard_xapian([&] { return meant_words(words, index); }));
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

}  // namespace smallprint
