// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

namespace smallprint {

// A record of RFC 4180, ended by CR LF. A field is quoted where it has to be. It comes out as UTF-8
// that is safe for terminals: whatever would control one is a visible escape.
std::string csv_line(const std::vector<std::string>& fields);

}  // namespace smallprint
