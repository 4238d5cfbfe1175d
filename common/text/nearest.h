// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace smallprint {

// The candidate that `word` is most likely a slip of, or nothing.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace smallprint
