// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/policy.h"
#include "common/text/tokenizer.h"

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace smallprint {

// How alike the texts of a policy's passages are. Policies flap between two forms for years, so
// what was compared once is remembered; and since an archive may hold anything, the work is
// limited.
class Wordings {
public:
    // `passages` must outlive this; passages[i].number is i + 1.
    explicit Wordings(const std::vector<Passage>& passages);

    // Of the words of two passages those they share, 0 to 1; order and case do not count. Exact
    // only above `least`. 0 once the limit is reached.
    double similarity(std::uint32_t one, std::uint32_t other, double least);

    bool limit_reached() const { return m_limit_reached; }

private:
    using Words = std::vector<std::uint64_t>;  // hashes, sorted

    const Words& sorted_words(std::uint32_t passage);

    const std::vector<Passage>& m_passages;
    Tokenizer m_tokenizer;
    std::unordered_map<std::uint32_t, Words> m_words;
    std::unordered_map<std::uint64_t, double> m_known;  // by both numbers, the smaller one high
    std::size_t m_steps = 0;
    bool m_limit_reached = false;
};

}  // namespace smallprint
