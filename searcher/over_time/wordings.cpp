// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/over_time/wordings.h"

#include "common/base/hash.h"
#include "common/model/policy.h"
#include "common/text/tokenizer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

// Words looked at, all pairs together; about a fifth of a second.
constexpr std::size_t k_most_steps = 60'000'000;

std::size_t shared(const std::vector<std::uint64_t>& one, const std::vector<std::uint64_t>& other) {
    std::size_t count = 0;
    auto left = one.begin();
    auto right = other.begin();
    while (left != one.end() && right != other.end()) {
        const bool equal = *left == *right;
        const bool left_behind = *left <= *right;
        const bool right_behind = *right <= *left;
        count += equal ? 1U : 0U;
        left += left_behind ? 1 : 0;
        right += right_behind ? 1 : 0;
    }
    return count;
}

}  // namespace

Wordings::Wordings(const std::vector<Passage>& passages) : m_passages(passages) {}

const Wordings::Words& Wordings::sorted_words(std::uint32_t passage) {
    const auto [at, is_new] = m_words.try_emplace(passage);
    if (is_new) {
        for (const Token& token : m_tokenizer.tokenize(m_passages[passage - 1].text)) {
            if (token.width == 1) {  // the joined forms of a compound would count it twice
                at->second.push_back(hash64(token.word));
            }
        }
        std::ranges::sort(at->second);
        m_steps += at->second.size();
    }
    return at->second;
}

double Wordings::similarity(std::uint32_t one, std::uint32_t other, double least) {
    const Words& left = sorted_words(one);
    const Words& right = sorted_words(other);
    const std::size_t both = left.size() + right.size();
    const std::size_t most = 2 * std::min(left.size(), right.size());
    if (both == 0 || static_cast<double>(most) < least * static_cast<double>(both)) {
        return 0;
    }
    const std::uint64_t key = (std::uint64_t{std::min(one, other)} << 32U) | std::max(one, other);
    const auto [at, is_new] = m_known.try_emplace(key, 0.0);
    if (!is_new) {
        return at->second;
    }
    m_steps += both;
    if (m_steps > k_most_steps) {
        m_limit_reached = true;
        m_known.erase(at);
        return 0;
    }
    at->second = 2 * static_cast<double>(shared(left, right)) / static_cast<double>(both);
    return at->second;
}

}  // namespace smallprint
