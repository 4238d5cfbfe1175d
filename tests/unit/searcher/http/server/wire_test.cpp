// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/model/date.h"
#include "searcher/http/http_date.h"
#include "searcher/http/memento.h"
#include "searcher/http/problem.h"
#include "searcher/http/response.h"
#include "searcher/http/server/wire.h"
#include "searcher/index/clause_view.h"

#include <doctest/doctest.h>

#include <chrono>
#include <optional>
#include <string>

namespace smallprint {
namespace {

using namespace std::chrono_literals;

constexpr CaptureTime k_then =
    std::chrono::sys_days(std::chrono::year(1994) / 11 / 6) + 8h + 49min + 37s;

}  // namespace

TEST_CASE("a date is written as HTTP wants it") {
    CHECK(http::http_date(k_then) == "Sun, 06 Nov 1994 08:49:37 GMT");
    CHECK(http::http_date(CaptureTime{}) == "Thu, 01 Jan 1970 00:00:00 GMT");
}

TEST_CASE("the head of an answer names what is needed to read it") {
    const http::Response response = {.status = 404, .content_type = "text/plain", .body = "x"};
    const std::string head =
        http::head_of(response, {.length = 1, .fate = http::Fate::close}, k_then);
    CHECK(head.starts_with("HTTP/1.1 404 Not Found\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"));
    CHECK(head.find("\r\nContent-Length: 1\r\n") != std::string::npos);
    CHECK(head.find("\r\nConnection: close\r\n") != std::string::npos);
    CHECK(head.find("\r\nContent-Security-Policy: default-src 'none';") != std::string::npos);
    CHECK(head.ends_with("\r\n\r\n"));
    const std::string chunked =
        http::head_of(response, {.length = std::nullopt, .chunked = true}, k_then);
    CHECK(chunked.find("\r\nTransfer-Encoding: chunked\r\n") != std::string::npos);
    CHECK(chunked.find("Content-Length") == std::string::npos);
    CHECK(chunked.find("Connection") == std::string::npos);
}

TEST_CASE("a line break in a field does not begin another one") {
    const http::Response response = {
        .content_type = {}, .body = {}, .fields = {{"Link", "<a>\r\nSet-Cookie: b"}}};
    const std::string head = http::head_of(response, {.length = 0}, k_then);
    CHECK(head.find("\nSet-Cookie") == std::string::npos);
    CHECK(head.find("Link: <a>  Set-Cookie: b\r\n") != std::string::npos);
}

TEST_CASE("a chunk says its size") {
    CHECK(http::chunk_of("") == "0\r\n\r\n");
    CHECK(http::chunk_of(std::string(26, 'x')) == "1a\r\n" + std::string(26, 'x') + "\r\n");
}

TEST_CASE("a snapshot says when it was captured and where its kin are") {
    index::PolicyView view;
    view.policy.id = "abc";
    view.captured = k_then;
    view.source_url = "https://a.example/privacy";
    view.archive_url = "javascript:alert(1)";
    const auto fields = http::memento_fields(view, "https://host");
    REQUIRE(fields.size() == 2);
    CHECK(fields[0].value == "Sun, 06 Nov 1994 08:49:37 GMT");
    CHECK(fields[1].value == "<https://a.example/privacy>; rel=\"original\", "
                             "<https://host/api/v1/policies/abc>; rel=\"timemap\"; "
                             "type=\"application/json\"");
    view.captured.reset();
    view.source_url = "https://a.example/>; rel=\"x";
    CHECK(http::memento_fields(view, "").size() == 1);
}

TEST_CASE("errors have the statuses of their table") {
    CHECK(http::problem_of(Error{ErrorCode::query, "m", "h", 3}).status == 400);
    CHECK(http::problem_of(Error{ErrorCode::query, "m", "h", 3}).position == 3);
    CHECK(http::problem_of(Error{ErrorCode::not_found, "m"}).status == 404);
    CHECK(http::problem_of(Error{ErrorCode::damaged, "m"}).status == 500);
    CHECK(http::problem_of(Error{ErrorCode::limit, "m"}).status == 503);
    CHECK(http::problem_of(Error{ErrorCode::limit, "m", "h", 3}).status == 400);
    const http::Problem busy = http::problem_of(http::Refusal::busy);
    CHECK(busy.status == 503);
    REQUIRE(busy.fields.size() == 1);
    CHECK(busy.fields[0].name == "Retry-After");
    CHECK(http::problem_response(busy).body.find("\"code\":\"busy\"") != std::string::npos);
}

}  // namespace smallprint
