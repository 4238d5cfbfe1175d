// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/strings.h"

#include <fmt/format.h>

#include <span>
#include <string>
#include <string_view>

namespace smallprint {

std::string join(std::span<const std::string> texts, std::string_view between) {
    return fmt::format("{}", fmt::join(texts, between));
}

}  // namespace smallprint
