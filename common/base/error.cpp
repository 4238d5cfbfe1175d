// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"

#include <array>
#include <cstddef>
#include <string_view>

namespace smallprint {
namespace {

struct ErrorRow {
    ErrorCode code;
    std::string_view name;
    int exit_status;
};

constexpr std::array k_rows = {
    ErrorRow{ErrorCode::usage, "usage", 2},
    ErrorRow{ErrorCode::query, "query", 2},
    ErrorRow{ErrorCode::input, "input", 3},
    ErrorRow{ErrorCode::io, "io", 4},
    ErrorRow{ErrorCode::no_space, "no_space", 4},
    ErrorRow{ErrorCode::locked, "locked", 5},
    ErrorRow{ErrorCode::no_index, "no_index", 6},
    ErrorRow{ErrorCode::index_version, "index_version", 6},
    ErrorRow{ErrorCode::damaged, "damaged", 7},
    ErrorRow{ErrorCode::limit, "limit", 8},
    ErrorRow{ErrorCode::interrupted, "interrupted", 130},
    ErrorRow{ErrorCode::not_found, "not_found", 1},
};

constexpr bool rows_follow_the_enum() {
    for (std::size_t i = 0; i < k_rows.size(); ++i) {
        if (static_cast<std::size_t>(k_rows[i].code) != i) {
            return false;
        }
    }
    return true;
}

static_assert(rows_follow_the_enum());

}  // namespace

std::string_view name_of(ErrorCode code) {
    return k_rows[static_cast<std::size_t>(code)].name;
}

int exit_status(ErrorCode code) {
    return k_rows[static_cast<std::size_t>(code)].exit_status;
}

}  // namespace smallprint
