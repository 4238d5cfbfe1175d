// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/diff/alignment.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <random>
#include <vector>

using namespace smallprint;

namespace {

// The heaviest weight of matches in order, by trying every choice.
std::size_t heaviest(const std::vector<diff::AlignedPair>& matches) {
    std::size_t most = 0;
    for (std::size_t choice = 0; choice < (std::size_t{1} << matches.size()); ++choice) {
        std::size_t weight = 0;
        std::size_t next = 0;
        bool ordered = true;
        for (std::size_t i = 0; i < matches.size(); ++i) {
            if (((choice >> i) & 1U) != 0) {
                ordered = ordered && matches[i].after >= next;
                next = matches[i].after + 1;
                weight += matches[i].weight;
            }
        }
        most = ordered ? std::max(most, weight) : most;
    }
    return most;
}

// The length of the longest common subsequence, by the book.
std::size_t longest_common(const std::vector<std::uint32_t>& a,
                           const std::vector<std::uint32_t>& b) {
    std::vector<std::vector<std::size_t>> table(a.size() + 1,
                                                std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            table[i][j] = a[i - 1] == b[j - 1] ? table[i - 1][j - 1] + 1
                                               : std::max(table[i - 1][j], table[i][j - 1]);
        }
    }
    return table[a.size()][b.size()];
}

// Checks that what stands between the differences is equal; the value is how much that is.
std::size_t common_in(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
    std::size_t i = 0;
    std::size_t j = 0;
    std::size_t common = 0;
    std::vector<diff::Difference> list = diff::find_differences(a, b);
    list.push_back({a.size(), a.size(), b.size(), b.size()});
    for (const diff::Difference& next : list) {
        REQUIRE(next.before_begin - i == next.after_begin - j);
        for (; i < next.before_begin; ++i, ++j, ++common) {
            REQUIRE(a[i] == b[j]);
        }
        REQUIRE(next.before_end >= i);
        REQUIRE(next.after_end >= j);
        i = next.before_end;
        j = next.after_end;
    }
    return common;
}

}  // namespace

TEST_CASE("the heaviest matches stay, the others have moved") {
    CHECK(diff::keep_in_order({}).empty());
    CHECK(diff::keep_in_order({{0, 2, 1}, {1, 0, 1}, {2, 1, 1}}) ==
          std::vector<diff::AlignedPair>{{1, 0, 1}, {2, 1, 1}});
    CHECK(diff::keep_in_order({{0, 2, 5}, {1, 0, 1}, {2, 1, 1}}) ==
          std::vector<diff::AlignedPair>{{0, 2, 5}});
    std::mt19937 random(1);
    for (int round = 0; round < 300; ++round) {
        std::vector<std::size_t> places(random() % 10);
        std::iota(places.begin(), places.end(), 0U);
        std::ranges::shuffle(places, random);
        std::vector<diff::AlignedPair> matches;
        matches.reserve(places.size());
        for (std::size_t i = 0; i < places.size(); ++i) {
            matches.push_back({i, places[i], 1 + random() % 5});
        }
        const std::size_t most = heaviest(matches);
        std::ranges::shuffle(matches, random);
        const std::vector<diff::AlignedPair> chosen = diff::keep_in_order(matches);
        std::size_t weight = 0;
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            weight += chosen[i].weight;
            CHECK((i == 0 || (chosen[i - 1].before < chosen[i].before &&
                              chosen[i - 1].after < chosen[i].after)));
        }
        CHECK(weight == most);
    }
}

TEST_CASE("differences are as short as can be") {
    std::mt19937 random(2);
    for (int round = 0; round < 1000; ++round) {
        std::vector<std::uint32_t> a(random() % 30);
        std::vector<std::uint32_t> b(random() % 30);
        const std::uint_fast32_t alphabet = 1 + random() % 12;
        std::ranges::generate(a, [&] { return static_cast<std::uint32_t>(random() % alphabet); });
        std::ranges::generate(b, [&] { return static_cast<std::uint32_t>(random() % alphabet); });
        CHECK(common_in(a, b) == longest_common(a, b));
    }
}

TEST_CASE("long sequences are cut where an item is the only one of its kind") {
    std::vector<std::uint32_t> a(5000);
    std::iota(a.begin(), a.end(), 0U);
    std::vector<std::uint32_t> b;
    for (const std::uint32_t item : a) {
        if (item % 7 != 0) {
            b.push_back(item);
        }
        if (item % 100 == 0) {
            b.push_back(1'000'000 + item % 3);
        }
    }
    std::ranges::reverse(b.begin(), b.begin() + 50);
    CHECK(common_in(a, b) > 4200);
    CHECK(common_in(std::vector<std::uint32_t>(5000, 1), std::vector<std::uint32_t>(4000, 2)) == 0);
}
