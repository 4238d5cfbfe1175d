// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace smallprint {

// Whether this UTF-8 was once taken for windows-1252 or ISO-8859-1 and encoded again, so that it
// says "â€™" for an apostrophe: at least three such sequences, and not as an exception among
// letters that are as they should be.
bool is_mojibake(std::string_view text);

}  // namespace smallprint
