// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/html/web/web_data.h"
#include "searcher/http/router.h"
#include "searcher/http/routes.h"
#include "searcher/http/schema_data.h"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

constexpr std::array k_routes = {
    http::Route{.name = "root", .pattern = "/"},
    http::Route{.name = "list", .pattern = "/things"},
    http::Route{.name = "one", .pattern = "/things/{id}"},
    http::Route{.name = "at", .pattern = "/things/{id}/at/{date}"},
};

std::string route(const std::vector<std::string>& segments) {
    const http::Match match = http::match_route(k_routes, segments);
    std::string text(match.route == nullptr ? "none" : match.route->name);
    for (const std::string& part : match.path) {
        text += ":" + part;
    }
    return text;
}

std::string_view description() {
    for (const html::EmbeddedFile& file : http::embedded_schema_files()) {
        if (file.name == "openapi.json") {
            return file.bytes;
        }
    }
    return {};
}

std::size_t count_of(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos;
         at = text.find(part, at + part.size())) {
        ++count;
    }
    return count;
}

}  // namespace

TEST_CASE("a path finds its route and the values of its parts") {
    CHECK(route({}) == "root");
    CHECK(route({"things"}) == "list");
    CHECK(route({"things", "a/b"}) == "one:a/b");
    CHECK(route({"things", "x", "at", "2014"}) == "at:x:2014");
}

TEST_CASE("a path that is nearly one of a route is none") {
    for (const auto& segments :
         std::vector<std::vector<std::string>>{{"thing"},
                                               {"things", ""},
                                               {"things", "x", "at"},
                                               {"things", "x", "on", "y"},
                                               {"things", "x", "at", "y", "z"},
                                               {"", "things"},
                                               {""}}) {
        CHECK(route(segments) == "none");
    }
}

TEST_CASE("the parts of a pattern are known") {
    CHECK(http::parts_of("/things/{id}/at/{date}") == std::vector<std::string_view>{"id", "date"});
    CHECK(http::parts_of("/things").empty());
    CHECK(http::parts_of("/").empty());
}

TEST_CASE("the description of the API has every route and no other") {
    const std::string_view text = description();
    for (const http::Route& each : http::all_routes()) {
        CAPTURE(each.name);
        CHECK(count_of(text, "\"operationId\": \"" + std::string(each.name) + "\"") == 1);
        CHECK(count_of(text, "\"" + std::string(each.pattern) + "\": {") == 1);
    }
    CHECK(count_of(text, "\"operationId\"") == http::all_routes().size());
}

TEST_CASE("every route has a name of its own and one handler") {
    std::set<std::string_view> names;
    for (const http::Route& each : http::all_routes()) {
        CAPTURE(each.name);
        CHECK(names.insert(each.name).second);
        CHECK((each.handler == nullptr) != (each.plain == nullptr));
        CHECK(each.pattern.starts_with('/'));
    }
}

}  // namespace smallprint
