// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/http/parameters.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::http {

struct HeaderField {
    std::string name;  // as sent; the case of names does not matter
    std::string value;
};

// A request as it was sent, before any of it is checked.
struct RawRequest {
    std::string method;
    std::string target;
    std::vector<HeaderField> fields;
    std::string peer;            // address of the other end; empty of a unix socket
    std::uint8_t minor = 1;      // HTTP/1.minor
    std::string authority = {};  // "localhost:8080", once it is known to be ours

    // The first field of that name.
    std::optional<std::string_view> field(std::string_view name) const;

    std::size_t count(std::string_view name) const;
};

// A request as handlers see it: the path and the parameters that their route declares, all checked.
struct Request {
    std::vector<std::string> path;  // values of the {parts} of the pattern, in order
    Parameters parameters;
    std::string origin = {};  // where the client finds us: "http://localhost:8080", no slash behind
};

}  // namespace smallprint::http
