// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/model/listing.h"

#include <fmt/format.h>

#include <cstdint>
#include <span>

namespace smallprint {

// What becomes of a run when something in its archives cannot be read.
enum class Strictness : std::uint8_t {
    lenient,  // it is skipped and listed
    strict,   // the run ends
};

// The error that a strict run ends with, if any of the items is a fault of its archive.
inline Result<void> check_strictly(Strictness strictness, std::span<const Skipped> skipped) {
    for (const Skipped& item : skipped) {
        if (strictness == Strictness::strict && !is_expected(item.kind)) {
            return fail(ErrorCode::input, fmt::format("{}: {}", item.place, item.reason),
                        "without --strict, what cannot be read is skipped and listed");
        }
    }
    return {};
}

}  // namespace smallprint
