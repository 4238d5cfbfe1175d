// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace smallprint {

// Words and phrases of the domain that mean the same: "personal data", "personal information".
class Thesaurus {
public:
    using Group = std::vector<std::string>;  // each member stands for every other

    // Lines of `member | member | ...<TAB>reason`; empty lines and lines that start with # do not
    // count. A mistake is ErrorCode::input with its line.
    static Result<Thesaurus> parse(std::string_view text);

    // The one in data/thesaurus.tsv, compiled in.
    static const Thesaurus& standard();

    const std::vector<Group>& groups() const { return m_groups; }

private:
    std::vector<Group> m_groups;
};

}  // namespace smallprint
