// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/problem.h"

#include "common/base/enum_names.h"
#include "common/base/error.h"
#include "searcher/http/response.h"
#include "searcher/json/json.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::http {
namespace {

struct RefusalRow {
    Refusal refusal;
    std::string_view code;
    int status;
    std::string_view message;
    std::string_view hint;
};

constexpr std::array k_refusals = {
    RefusalRow{Refusal::malformed, "malformed", 400, "the request is not well-formed HTTP", ""},
    RefusalRow{Refusal::version, "version", 505, "only HTTP/1.0 and HTTP/1.1 are spoken here", ""},
    RefusalRow{Refusal::host, "host", 421, "this server does not answer to that host name",
               "whoever runs it can name more with --allowed-host"},
    RefusalRow{Refusal::method, "method", 405, "only GET and HEAD are answered", ""},
    RefusalRow{Refusal::body, "body", 413, "a request has no body here", ""},
    RefusalRow{Refusal::target_too_long, "target_too_long", 414,
               "the address of the request is longer than 2048 bytes", ""},
    RefusalRow{Refusal::header_too_large, "header_too_large", 431,
               "the header of the request is larger than 8192 bytes", ""},
    RefusalRow{Refusal::no_such_address, "not_found", 404, "there is nothing at this address",
               "/api/v1/openapi.json lists what there is"},
    RefusalRow{Refusal::too_many_requests, "too_many_requests", 429,
               "too many requests from this address", "wait as long as Retry-After says"},
    RefusalRow{Refusal::too_many_connections, "too_many_connections", 503,
               "too many connections are open", "try again in a moment"},
    RefusalRow{Refusal::busy, "busy", 503, "too many requests are waiting",
               "try again in a moment"},
    RefusalRow{Refusal::stopping, "stopping", 503, "the server is about to stop",
               "try again in a moment"},
    RefusalRow{Refusal::failed, "failed", 500, "the server made a mistake", ""},
};

static_assert(has_row_for_each(k_refusals, &RefusalRow::refusal));

struct Reason {
    int status;
    std::string_view words;
};

constexpr std::array k_reasons = {
    Reason{200, "OK"},
    Reason{301, "Moved Permanently"},
    Reason{302, "Found"},
    Reason{303, "See Other"},
    Reason{304, "Not Modified"},
    Reason{400, "Bad Request"},
    Reason{404, "Not Found"},
    Reason{405, "Method Not Allowed"},
    Reason{413, "Content Too Large"},
    Reason{414, "URI Too Long"},
    Reason{421, "Misdirected Request"},
    Reason{429, "Too Many Requests"},
    Reason{431, "Request Header Fields Too Large"},
    Reason{500, "Internal Server Error"},
    Reason{503, "Service Unavailable"},
    Reason{505, "HTTP Version Not Supported"},
};

constexpr int k_unavailable = 503;
constexpr int k_bad_request = 400;

}  // namespace

Problem problem_of(const Error& error) {
    Problem problem = {.status = http_status(error.code),
                       .code = std::string(name_of(error.code)),
                       .message = error.message,
                       .hint = error.hint,
                       .position = error.position};
    // A limit that the words of a query are over is theirs: trying again would not help.
    if (error.code == ErrorCode::limit && error.position) {
        problem.status = k_bad_request;
    }
    if (problem.status == k_unavailable) {
        problem.fields.push_back({"Retry-After", "1"});
    }
    return problem;
}

Problem problem_of(Refusal refusal, std::string message, std::string hint) {
    const RefusalRow& row = k_refusals.at(static_cast<std::size_t>(refusal));
    Problem problem = {.status = row.status,
                       .code = std::string(row.code),
                       .message = message.empty() ? std::string(row.message) : std::move(message),
                       .hint = hint.empty() ? std::string(row.hint) : std::move(hint)};
    if (row.status == k_unavailable) {
        problem.fields.push_back({"Retry-After", "1"});
    }
    if (refusal == Refusal::method) {
        problem.fields.push_back({"Allow", "GET, HEAD"});
    }
    return problem;
}

std::vector<std::string_view> problem_codes() {
    std::vector<std::string_view> codes;
    for (const ErrorCode code : every_error_code()) {
        codes.push_back(name_of(code));
    }
    for (const RefusalRow& row : k_refusals) {
        if (std::ranges::find(codes, row.code) == codes.end()) {
            codes.push_back(row.code);
        }
    }
    return codes;
}

Response problem_response(const Problem& problem) {
    return {.status = problem.status,
            .content_type = "application/problem+json",
            .body = json::problem_json({.status = problem.status,
                                        .title = reason_of(problem.status),
                                        .code = problem.code,
                                        .message = problem.message,
                                        .hint = problem.hint,
                                        .position = problem.position}),
            .fields = problem.fields};
}

std::string_view reason_of(int status) {
    const auto found = std::ranges::find(k_reasons, status, &Reason::status);
    return found == k_reasons.end() ? "Unknown" : found->words;
}

}  // namespace smallprint::http
