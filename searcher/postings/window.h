// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/index_format/directory.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace smallprint::postings {

// A set of neighbouring documents, numbered from the first one.
class DocumentSet {
public:
    static constexpr std::uint32_t k_size = 2048;

    bool contains(std::uint32_t number) const {
        return (m_bits[number / k_bits] >> (number % k_bits) & 1U) != 0;
    }

    void insert(std::uint32_t number) {
        m_bits[number / k_bits] |= std::uint64_t{1} << (number % k_bits);
    }

    void erase(std::uint32_t number) {
        m_bits[number / k_bits] &= ~(std::uint64_t{1} << (number % k_bits));
    }

    void clear() { m_bits.fill(0); }

    std::uint32_t count() const {
        std::uint32_t count = 0;
        for (const std::uint64_t bits : m_bits) {
            count += static_cast<std::uint32_t>(std::popcount(bits));
        }
        return count;
    }

    bool empty() const { return m_bits == Bits{}; }

    // The first that is not before a number; k_size if there is none.
    std::uint32_t next(std::uint32_t from) const {
        for (std::uint32_t i = from / k_bits; i < m_bits.size(); ++i) {
            const std::uint64_t bits =
                i == from / k_bits ? m_bits[i] >> (from % k_bits) << (from % k_bits) : m_bits[i];
            if (bits != 0) {
                return i * k_bits + static_cast<std::uint32_t>(std::countr_zero(bits));
            }
        }
        return k_size;
    }

    // Calls `visit` with the number of each, in order. It may erase that one.
    template <typename Visit> void visit(Visit visit) const {
        for (std::uint32_t i = 0; i < m_bits.size(); ++i) {
            for (std::uint64_t bits = m_bits[i]; bits != 0; bits &= bits - 1) {
                visit(i * k_bits + static_cast<std::uint32_t>(std::countr_zero(bits)));
            }
        }
    }

private:
    static constexpr std::uint32_t k_bits = 64;
    using Bits = std::array<std::uint64_t, k_size / k_bits>;

    Bits m_bits{};
};

// Some neighbouring documents, which of them match, and their scores. Small enough for a cache of
// the first level, so that terms are added to it one after the other without a heap of cursors.
struct Window {
    index_format::DocumentId first = 0;  // documents are numbered from it
    DocumentSet matches;
    std::array<double, DocumentSet::k_size> scores{};  // 0 for those that do not match

    void add(std::uint32_t number, double score) {
        matches.insert(number);
        scores[number] += score;
    }

    void remove(std::uint32_t number) {
        matches.erase(number);
        scores[number] = 0;
    }

    // Moves to other documents, of which none matches.
    void restart(index_format::DocumentId at) {
        matches.visit([&](std::uint32_t number) { scores[number] = 0; });
        matches.clear();
        first = at;
    }
};

}  // namespace smallprint::postings
