// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/listing.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstddef>

namespace smallprint {

TEST_CASE("reasons are alike if numbers, ids and quoted names tell them apart") {
    CHECK(generalize_reason("16777217 bytes, over the limit of 16777216") ==
          "... bytes, over the limit of ...");
    CHECK(generalize_reason("the object 25e5e01a is missing") == "the object ... is missing");
    CHECK(generalize_reason("the same text as 'a b/c.md'") == "the same text as ...");
    CHECK(generalize_reason("don't know") == "don't know");
    CHECK(generalize_reason("'") == "'");
    CHECK(generalize_reason("") == "");
}

TEST_CASE("a fault that an archive repeats without end takes a line a thousand times") {
    SkippedItems items;
    for (int i = 0; i < 5000; ++i) {
        items.push_back({fmt::format("{}", i), fmt::format("has {} fields", i)});
    }
    items.push_back({"last", "damaged"});
    for (int i = 0; i < 5000; ++i) {
        items.push_back({fmt::format("aside {}", i), "an image", SkipKind::aside});
    }
    REQUIRE(items.size() == 6001);
    CHECK(items[998].count == 1);
    CHECK(items[999].place == "999");
    CHECK(items[999].count == 4001);
    CHECK(items[1000].place == "last");
    CHECK(count_items(items) == 10'001);
    const SkipCounts counts = count_by_kind(items);
    CHECK(counts.at(static_cast<std::size_t>(SkipKind::unreadable)) == 5001);
    CHECK(counts.at(static_cast<std::size_t>(SkipKind::aside)) == 5000);
}

}  // namespace smallprint
