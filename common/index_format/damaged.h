// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/error.h"
#include "common/base/result.h"

#include <string>
#include <string_view>
#include <utility>

namespace smallprint {

inline constexpr std::string_view k_rebuild_hint = "index the archive again to rebuild the index";

// Bytes of an index are not what was written.
inline Failure damaged_index(std::string message) {
    return fail(ErrorCode::damaged, std::move(message), std::string(k_rebuild_hint));
}

}  // namespace smallprint
