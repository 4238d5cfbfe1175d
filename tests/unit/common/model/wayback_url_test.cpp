// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/date.h"
#include "common/model/wayback_url.h"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

// "digits original", or "none".
std::string read(std::string_view url) {
    const std::optional<WaybackUrl> wayback = parse_wayback_url(url);
    return wayback ? format_timestamp(wayback->captured) + " " + wayback->original_url : "none";
}

}  // namespace

TEST_CASE("an address of a capture gives the time and the page") {
    CHECK(read("https://web.archive.org/web/20141113222236id_/http://a.example/p?q=1") ==
          "20141113222236 http://a.example/p?q=1");
    CHECK(read("http://web.archive.org/web/20141113222236/https://a.example") ==
          "20141113222236 https://a.example");
}

TEST_CASE("an address that was escaped as a whole is unescaped, one that was not keeps its own") {
    CHECK(read("https://web.archive.org/web/20141113222236id_/http%3A//a.example/a%20b") ==
          "20141113222236 http://a.example/a b");
    CHECK(read("https://web.archive.org/web/20141113222236id_/http://a.example/a%20b") ==
          "20141113222236 http://a.example/a%20b");
    CHECK(read("https://web.archive.org/web/20141113222236id_/http%3A//a.example/50%zz%4") ==
          "20141113222236 http://a.example/50%zz%4");
}

TEST_CASE("other addresses are no captures") {
    for (const std::string_view url :
         {"", "http://a.example/", "https://web.archive.org/", "https://web.archive.org/web/",
          "https://web.archive.org/web/20141113222236",
          "https://web.archive.org/web/*/http://a.example",
          "https://web.archive.org/web/20149913222236id_/http://a.example",
          "https://web.archive.org/web/201/http://a.example",
          "https://web.archive.org/web/201413/http://a.example"}) {
        CAPTURE(url);
        CHECK(read(url) == "none");
    }
}

TEST_CASE("what is sound in the address of a capture counts, in any web archive") {
    const auto archived = [](std::string_view url) {
        const auto page = parse_archived_page(url);
        return page ? (page->captured ? format_timestamp(*page->captured) : "undated") + " " +
                          page->original_url
                    : std::string("none");
    };
    CHECK(archived("https://web.archive.org/web/2014/https://a.example/p") ==
          "20140101000000 https://a.example/p");
    CHECK(archived("https://web.archive.org/web/201411/https://a.example/p") ==
          "20141101000000 https://a.example/p");
    CHECK(archived("https://web.archive.org/web/201411132222/https://a.example/p") ==
          "20141113222200 https://a.example/p");
    CHECK(archived("https://web.archive.org/web/20141100222236/https://a.example/p") ==
          "undated https://a.example/p");
    CHECK(archived("https://archive.today/20141113222236/http://a.example/p") ==
          "20141113222236 http://a.example/p");
    CHECK(archived("https://arquivo.example/wayback/20141113222236if_/http://a.example/2014/") ==
          "20141113222236 http://a.example/2014/");
    CHECK(archived("http://web.archive.org/web/20141113222236/https:/a.example/p") ==
          "20141113222236 https://a.example/p");
    CHECK(archived("https://a.example/2014/11/13/privacy") == "none");
    CHECK(archived("https://a.example/login?next=/20141113222236/https://b.example/") == "none");
}

TEST_CASE("the address of a capture is read back") {
    const CaptureTime time = parse_timestamp("20141113222236").value_or(CaptureTime());
    for (const std::string_view page : {"http://a.example/", "https://b.example/p(1)?x=%20&y#z"}) {
        const std::string address = wayback_address(time, page);
        CHECK(address == "https://web.archive.org/web/20141113222236id_/" + std::string(page));
        CHECK(read(address) == "20141113222236 " + std::string(page));
    }
}

TEST_CASE("the host of an address has no port and no user and is in lower case") {
    CHECK(host_of("http://WWW.Shop.example:8080/p") == "www.shop.example");
    CHECK(host_of("https://user:word@shop.example/") == "shop.example");
    CHECK(host_of("https://shop.example?at=a@b") == "shop.example");
    CHECK(host_of("https://shop.example#top") == "shop.example");
    CHECK(host_of("https://shop.example./p") == "shop.example");
    CHECK(host_of("https://[2001:DB8::1]:8080/p") == "[2001:db8::1]");
    CHECK(host_of("https://[2001:db8") == "[2001");
    CHECK(host_of("shop.example/p") == "");
    CHECK(host_of("http://") == "");
    CHECK(host_of("") == "");
}

}  // namespace smallprint
