// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "searcher/request/deadline.h"

#include <doctest/doctest.h>

#include <chrono>
#include <optional>

namespace smallprint {

TEST_CASE("what takes longer than it may ends with a limit") {
    using namespace std::chrono_literals;
    const auto late = request::Deadline(-1ms).check();
    REQUIRE(!late);
    CHECK(late.error().code == ErrorCode::limit);
    CHECK(request::Deadline(1h).check());
    CHECK(request::Deadline(std::nullopt).check());
}

}  // namespace smallprint
