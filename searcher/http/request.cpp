// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/request.h"

#include "common/base/ascii.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

namespace smallprint {
namespace {

bool same_name(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, to_lower, to_lower);
}

}  // namespace

std::optional<std::string_view> RawRequest::field(std::string_view name) const {
    for (const HeaderField& given : fields) {
        if (same_name(given.name, name)) {
            return given.value;
        }
    }
    return std::nullopt;
}

std::size_t RawRequest::count(std::string_view name) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        fields, [name](const HeaderField& given) { return same_name(given.name, name); }));
}

}  // namespace smallprint
