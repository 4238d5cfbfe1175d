// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/engine/synonyms.h"

#include "common/text/analyzer.h"
#include "common/text/thesaurus.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace smallprint {

SynonymIndex::SynonymIndex(const Thesaurus& thesaurus, Tokenizer& tokenizer, Stemmer& stemmer)
    : m_groups(thesaurus.groups()) {
    for (std::size_t group = 0; group < m_groups.size(); ++group) {
        for (std::size_t number = 0; number < m_groups[group].size(); ++number) {
            std::string key;
            std::size_t words = 0;
            for (const Token& token : tokenizer.tokenize(m_groups[group][number])) {
                if (token.width == 1) {
                    key += (key.empty() ? "" : " ") + std::string(stemmer.stem(token.word));
                    ++words;
                }
            }
            m_members.emplace(std::move(key), Member{group, number});
            m_longest = std::max(m_longest, words);
        }
    }
}

SynonymIndex::Match SynonymIndex::match(std::span<const std::string> stems) const {
    Match found;
    std::string key;
    for (std::size_t words = 1; words <= std::min(m_longest, stems.size()); ++words) {
        key += (words == 1 ? "" : " ") + stems[words - 1];
        const auto member = m_members.find(key);
        if (member == m_members.end()) {
            continue;
        }
        found = {words, m_groups[member->second.group]};
        found.synonyms.erase(found.synonyms.begin() +
                             static_cast<std::ptrdiff_t>(member->second.number));
    }
    return found;
}

}  // namespace smallprint
