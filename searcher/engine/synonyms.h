// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/text/analyzer.h"
#include "common/text/thesaurus.h"

#include <cstddef>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace smallprint {

// A thesaurus by the stems of its members.
class SynonymIndex {
public:
    SynonymIndex() = default;
    SynonymIndex(const Thesaurus& thesaurus, Tokenizer& tokenizer, Stemmer& stemmer);

    struct Match {
        std::size_t words = 0;  // taken from the start of the words given; 0 if there is no match
        std::vector<std::string> synonyms;
    };

    // The longest member that the stems begin with, and the other members of its group.
    Match match(std::span<const std::string> stems) const;

private:
    struct Member {
        std::size_t group = 0;
        std::size_t number = 0;
    };

    std::vector<Thesaurus::Group> m_groups;
    std::unordered_map<std::string, Member> m_members;  // by stems joined with blanks
    std::size_t m_longest = 0;                          // words of a member
};

}  // namespace smallprint
