// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/text/analyzer.h"
#include "common/text/stemmer.h"
#include "common/text/thesaurus.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace smallprint::search {

// A thesaurus by the stems of its words.
class SynonymIndex {
public:
    SynonymIndex() = default;

    // ErrorCode::input, with the line, where a word is in two groups, has two lines of related
    // ones, or is made of stop words only.
    static Result<SynonymIndex> build(const text::Thesaurus& thesaurus, text::Tokenizer& tokenizer,
                                      text::Stemmer& stemmer);

    struct Match {
        std::size_t words = 0;  // taken from the start of the words given; 0 if there is no match
        std::vector<std::string> synonyms;  // mean the same
        std::vector<std::string> related;   // go together with them
    };

    // The longest word or phrase that the stems begin with, and what is known of it.
    Match match(std::span<const std::string> stems) const;

    // Words of the longest one that is known.
    std::size_t longest() const { return m_longest; }

    // The digest of the thesaurus.
    std::uint64_t digest() const { return m_digest; }

private:
    struct Entry {
        std::vector<std::string> synonyms;
        std::vector<std::string> related;
        int group_line = 0;  // line of its group in the thesaurus, 0 for none
        int related_line = 0;
    };

    class Builder;

    std::unordered_map<std::string, Entry> m_entries;  // by stems joined with blanks
    std::size_t m_longest = 0;                         // words of one
    std::uint64_t m_digest = 0;
};

// Compounds that are written with a hyphen, as two words and as one. The index knows that "opt-out"
// may be "optout"; that "optout" may be "opt out" it cannot know.

// "opt-out" for "optout", in any of its forms; empty for what is no such word.
std::string parted_compound(std::string_view word, text::Stemmer& stemmer);

// True if two words that follow one another are often written as one.
bool makes_compound(std::string_view first, std::string_view second, text::Stemmer& stemmer);

}  // namespace smallprint::search
