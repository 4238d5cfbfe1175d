// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::text {

// Words and phrases of the domain that mean the same ("personal data", "personal information"), or
// go together ("retain", "as long as").
class Thesaurus {
public:
    // Each member stands for every other.
    struct Group {
        std::vector<std::string> members;
        int line = 0;  // of the file, from 1
    };

    // Whoever asks for `word`, or for one that means the same, also means these, if less so. Not
    // the other way round.
    struct Related {
        std::string word;
        std::vector<std::string> members;
        int line = 0;
    };

    // Lines of `member | member | ...<TAB>reason` and `word > member | ...<TAB>reason`; empty lines
    // and lines that start with # do not count. A mistake is ErrorCode::input with its line.
    static Result<Thesaurus> parse(std::string_view text);

    // The one in data/thesaurus.tsv, compiled in.
    static const Thesaurus& standard();

    const std::vector<Group>& groups() const { return m_groups; }

    const std::vector<Related>& related() const { return m_related; }

    // The digest is that of the text it was read from.
    std::uint64_t digest() const { return m_digest; }

private:
    std::vector<Group> m_groups;
    std::vector<Related> m_related;
    std::uint64_t m_digest = 0;
};

}  // namespace smallprint::text
