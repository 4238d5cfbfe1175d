// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/csv/csv.h"
#include "tests/support/sample_results.h"

#include <doctest/doctest.h>

#include <string>

namespace smallprint {

TEST_CASE("fields are quoted where RFC 4180 wants it") {
    CHECK(csv::csv_line({"a", "", "b c"}) == "a,,b c\r\n");
    CHECK(csv::csv_line({"a,b", "say \"it\"", "two\nlines"}) ==
          "\"a,b\",\"say \"\"it\"\"\",\"two\nlines\"\r\n");
    CHECK(csv::csv_line({}) == "\r\n");
}

TEST_CASE("a field cannot control a terminal") {
    std::string line = csv::csv_line({std::string(k_hostile)});
    line.resize(line.size() - 2);
    CHECK(is_harmless(line));
}

}  // namespace smallprint
