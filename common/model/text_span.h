// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>

namespace smallprint {

struct TextSpan {
    std::uint32_t begin = 0;  // byte offsets, end exclusive
    std::uint32_t end = 0;

    friend bool operator==(const TextSpan&, const TextSpan&) = default;
};

}  // namespace smallprint
