// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <boost/json.hpp>

#include <string>

namespace smallprint {

// A value on one line, ended by a newline. Numbers are written as people do: 12.3, where
// Boost.JSON's own serializer says 1.23E1. Strings must be valid UTF-8.
std::string json_line(const boost::json::value& value);

}  // namespace smallprint
