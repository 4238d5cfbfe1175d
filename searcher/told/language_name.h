// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace smallprint {

// "English" for "en". The code itself where it is none of the common ones.
std::string language_name(std::string_view code);

}  // namespace smallprint
