// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/error.h"
#include "searcher/http/request.h"
#include "searcher/http/response.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::http {

// The reasons for which the server turns a request away before anything is looked up. One row each
// in problem.cpp's table; what the engine says has its status in the table of
// common/base/error.cpp.
enum class Refusal : std::uint8_t {
    malformed,  // not HTTP/1.x
    version,    // another HTTP
    host,       // none, two, or one that is not ours
    method,     // not GET or HEAD
    body,       // requests have none
    target_too_long,
    header_too_large,
    no_such_address,
    too_many_requests,
    too_many_connections,
    busy,  // no worker in time
    stopping,
    failed,  // our mistake
};

// An error on its way to a client (RFC 9457).
struct Problem {
    int status = 500;
    std::string code;
    std::string message;
    std::string hint = {};
    std::optional<std::size_t> position = {};  // byte offset into the query
    std::vector<HeaderField> fields = {};      // Allow, Retry-After
};

Problem problem_of(const Error& error);
Problem problem_of(Refusal refusal, std::string message = {}, std::string hint = {});

// All codes that a problem may have, those of errors first.
std::vector<std::string_view> problem_codes();

// application/problem+json.
Response problem_response(const Problem& problem);

// "Not Found"; the standard's words.
std::string_view reason_of(int status);

}  // namespace smallprint::http
