// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/error.h"
#include "common/base/result.h"

#include <chrono>
#include <optional>

namespace smallprint::request {

// How long an answer may take, of those that are made part by part and looked at in between.

using TimeLimit = std::optional<std::chrono::milliseconds>;  // none: as long as it takes

class Deadline {
public:
    explicit Deadline(TimeLimit limit)
        : m_end(limit ? Clock::now() + *limit : Clock::time_point::max()) {}

    // ErrorCode::limit once it is over.
    Result<void> check() const {
        return Clock::now() <= m_end ? Result<void>()
                                     : fail(ErrorCode::limit, "that takes too long",
                                            "ask for less: one policy, or fewer days");
    }

private:
    using Clock = std::chrono::steady_clock;

    Clock::time_point m_end;
};

}  // namespace smallprint::request
