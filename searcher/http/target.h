// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace smallprint::http {

struct NameValue {
    std::string name;
    std::string value;

    friend bool operator==(const NameValue&, const NameValue&) = default;
};

// The target of a request in parts (RFC 3986, and `+` is a blank in the query as forms have it).
// Parts are decoded after they are told apart: a %2F is a character of a segment.
struct Target {
    std::vector<std::string> segments;  // "/" has none
    std::vector<NameValue> query;
};

// ErrorCode::usage for what is no absolute path, is not encoded well, or holds NUL or other control
// characters or ill-formed UTF-8.
Result<Target> parse_target(std::string_view target);

// Writes everything but unreserved characters as %XX, for building addresses.
std::string percent_encoded(std::string_view text);

}  // namespace smallprint::http
