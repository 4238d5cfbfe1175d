// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace smallprint {

// The keys of the JSON object that the first line of `head` is, as far as `head` has it: a line is
// often longer than what one reads to tell a format. Empty if it is no object. Escapes in keys are
// left as they are.
std::vector<std::string> keys_of_first_line(std::string_view head);

}  // namespace smallprint
