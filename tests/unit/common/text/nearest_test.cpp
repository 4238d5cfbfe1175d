// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/text/nearest.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace smallprint {

TEST_CASE("a slip is told from another word") {
    const std::vector<std::string> known = {"index", "search", "show", "info"};
    CHECK(text::nearest("serach", known) == "search");
    CHECK(text::nearest("inof", known) == "info");
    CHECK(text::nearest("sea", known) == "search");
    CHECK(text::nearest("zebra", known).empty());
    CHECK(text::nearest("", known).empty());
}

}  // namespace smallprint
