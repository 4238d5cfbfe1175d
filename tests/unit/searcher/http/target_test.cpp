// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/target.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace smallprint {
namespace {

std::vector<std::string> segments(const char* target) {
    const auto parsed = http::parse_target(target);
    return parsed ? parsed->segments : std::vector<std::string>{"<", parsed.error().message, ">"};
}

std::vector<http::NameValue> query(const char* target) {
    const auto parsed = http::parse_target(target);
    return parsed ? parsed->query : std::vector<http::NameValue>{{"error", parsed.error().message}};
}

using Strings = std::vector<std::string>;
using Pairs = std::vector<http::NameValue>;

}  // namespace

TEST_CASE("a path is decoded after it is taken apart") {
    CHECK(segments("/").empty());
    CHECK(segments("/a/b") == Strings{"a", "b"});
    CHECK(segments("/a/b/") == Strings{"a", "b", ""});
    CHECK(segments("//a") == Strings{"", "a"});
    CHECK(segments("/a%2Fb/%c3%a9+x") == Strings{"a/b", "é+x"});
    CHECK(segments("/a#b?c") == Strings{"a"});
}

TEST_CASE("a query is read as forms write it") {
    CHECK(query("/?a=1&b=x+y%20z&a=2") == Pairs{{"a", "1"}, {"b", "x y z"}, {"a", "2"}});
    CHECK(query("/?a&b=&=c&&") == Pairs{{"a", ""}, {"b", ""}, {"", "c"}});
    CHECK(query("/?q=a%26b%3Dc=d?e") == Pairs{{"q", "a&b=c=d?e"}});
    CHECK(query("/?a=%0A%09") == Pairs{{"a", "\n\t"}});
}

TEST_CASE("what no address may have is refused") {
    for (const char* target : {"", "a", "*", "/a b", "/\x7F", "/\xC3\xA9", "/%", "/%4", "/%4g",
                               "/%00", "/%1b", "/%7F", "/%ff", "/?a=%ed%a0%80", "/?%00"}) {
        CAPTURE(target);
        CHECK_FALSE(http::parse_target(target).has_value());
    }
}

TEST_CASE("what is encoded is decoded to what it was") {
    const std::string text = "a b/c?d=é&%+~-._\n";
    CHECK(http::percent_encoded("a b/é") == "a%20b%2F%C3%A9");
    CHECK(segments(("/" + http::percent_encoded(text)).c_str()) == Strings{text});
    CHECK(query(("/?x=" + http::percent_encoded(text)).c_str()) == Pairs{{"x", text}});
}

}  // namespace smallprint
