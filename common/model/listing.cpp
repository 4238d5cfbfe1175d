// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/listing.h"

#include "common/base/error.h"

#include <array>
#include <cstddef>
#include <string_view>

namespace smallprint {

std::string_view name_of(SkipKind kind) {
    constexpr std::array<std::string_view, 5> k_names = {"aside", "duplicate", "empty", "limit",
                                                         "unreadable"};
    return k_names[static_cast<std::size_t>(kind)];
}

SkipKind skip_kind(const Error& error) {
    return error.code == ErrorCode::limit ? SkipKind::limit : SkipKind::unreadable;
}

}  // namespace smallprint
