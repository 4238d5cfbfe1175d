// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace smallprint {

// SHA-1 (RFC 3174) as 40 lower-case hexadecimal digits: what archives name payloads by.
std::string sha1(std::string_view bytes);

}  // namespace smallprint
