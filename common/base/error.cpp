// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"

#include "common/base/enum_names.h"

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

struct ErrorRow {
    ErrorCode code;
    std::string_view name;
    int exit_status;
    int http_status;
};

constexpr std::array k_rows = {
    ErrorRow{ErrorCode::usage, "usage", 2, 400},
    ErrorRow{ErrorCode::query, "query", 2, 400},
    ErrorRow{ErrorCode::input, "input", 3, 400},
    ErrorRow{ErrorCode::io, "io", 4, 500},
    ErrorRow{ErrorCode::no_space, "no_space", 4, 500},
    ErrorRow{ErrorCode::machine, "machine", 4, 500},
    ErrorRow{ErrorCode::locked, "locked", 5, 503},
    ErrorRow{ErrorCode::no_index, "no_index", 6, 503},
    ErrorRow{ErrorCode::index_version, "index_version", 6, 503},
    ErrorRow{ErrorCode::damaged, "damaged", 7, 500},
    ErrorRow{ErrorCode::limit, "limit", 8, 503},
    ErrorRow{ErrorCode::interrupted, "interrupted", 130, 503},
    ErrorRow{ErrorCode::not_found, "not_found", 1, 404},
};

static_assert(has_row_for_each(k_rows, &ErrorRow::code));

}  // namespace

std::string_view name_of(ErrorCode code) {
    return k_rows[static_cast<std::size_t>(code)].name;
}

int exit_status(ErrorCode code) {
    return k_rows[static_cast<std::size_t>(code)].exit_status;
}

int http_status(ErrorCode code) {
    return k_rows[static_cast<std::size_t>(code)].http_status;
}

std::vector<ErrorCode> every_error_code() {
    std::vector<ErrorCode> codes;
    codes.reserve(k_rows.size());
    for (const ErrorRow& row : k_rows) {
        codes.push_back(row.code);
    }
    return codes;
}

}  // namespace smallprint
