// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/request.h"

#include "common/base/strings.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

namespace smallprint::http {
std::optional<std::string_view> RawRequest::field(std::string_view name) const {
    for (const HeaderField& given : fields) {
        if (equals_ignoring_case(given.name, name)) {
            return given.value;
        }
    }
    return std::nullopt;
}

std::size_t RawRequest::count(std::string_view name) const {
    return static_cast<std::size_t>(std::ranges::count_if(fields, [name](const HeaderField& given) {
        return equals_ignoring_case(given.name, name);
    }));
}

}  // namespace smallprint::http
