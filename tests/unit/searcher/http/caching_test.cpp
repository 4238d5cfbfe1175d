// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/io/zstd.h"
#include "searcher/http/content_encoding.h"
#include "searcher/http/etag.h"
#include "searcher/http/response.h"
#include "searcher/http/response_cache.h"

#include <doctest/doctest.h>

#include <zlib.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint {
namespace {

http::SharedResponse response_of(std::string body) {
    return std::make_shared<const http::Response>(http::json_response(std::move(body)));
}

std::string unzipped(std::string bytes) {
    z_stream stream = {};
    REQUIRE(::inflateInit2(&stream, 15 + 16) == Z_OK);
    std::string out(1 << 20, '\0');
    stream.next_in = reinterpret_cast<unsigned char*>(bytes.data());
    stream.avail_in = static_cast<unsigned>(bytes.size());
    stream.next_out = reinterpret_cast<unsigned char*>(out.data());
    stream.avail_out = static_cast<unsigned>(out.size());
    CHECK(::inflate(&stream, Z_FINISH) == Z_STREAM_END);
    CHECK(stream.avail_in == 0);
    out.resize(out.size() - stream.avail_out);
    ::inflateEnd(&stream);
    return out;
}

}  // namespace

TEST_CASE("a tag tells generations and questions apart") {
    const std::string tag = http::weak_etag("gen-000001", "search?q=a");
    CHECK(tag == http::weak_etag("gen-000001", "search?q=a"));
    CHECK(tag != http::weak_etag("gen-000002", "search?q=a"));
    CHECK(tag != http::weak_etag("gen-000001", "search?q=b"));
    CHECK(tag.starts_with("W/\""));
    CHECK(http::strong_etag("x").starts_with('"'));
}

TEST_CASE("If-None-Match names tags in any of its forms") {
    CHECK(http::names_etag("W/\"a\"", "W/\"a\""));
    CHECK(http::names_etag("\"a\"", "W/\"a\""));
    CHECK(http::names_etag("\"b\" ,\tW/\"a\"", "\"a\""));
    CHECK(http::names_etag("*", "\"a\""));
    CHECK_FALSE(http::names_etag("", "\"a\""));
    CHECK_FALSE(http::names_etag("a", "\"a\""));
    CHECK_FALSE(http::names_etag(" , ,", "\"a\""));
    CHECK_FALSE(http::names_etag("\"ab\"", "\"a\""));
}

TEST_CASE("the encoding is what the client likes best") {
    CHECK(http::preferred_encoding("") == http::Encoding::identity);
    CHECK(http::preferred_encoding("br, deflate") == http::Encoding::identity);
    CHECK(http::preferred_encoding("gzip, deflate, br") == http::Encoding::gzip);
    CHECK(http::preferred_encoding("gzip, zstd") == http::Encoding::zstd);
    CHECK(http::preferred_encoding("gzip;q=1.0, zstd;q=0.5") == http::Encoding::gzip);
    CHECK(http::preferred_encoding("GZIP ; Q=0.001") == http::Encoding::gzip);
    CHECK(http::preferred_encoding("zstd;q=0, gzip;q=0") == http::Encoding::identity);
    CHECK(http::preferred_encoding("*") == http::Encoding::zstd);
    CHECK(http::preferred_encoding("*;q=0.1, zstd;q=0") == http::Encoding::gzip);
    CHECK(http::preferred_encoding("identity, gzip;q=0.5") == http::Encoding::identity);
    CHECK(http::preferred_encoding("gzip;q=abc") == http::Encoding::gzip);
    CHECK(http::preferred_encoding(",,;q=1,") == http::Encoding::identity);
    CHECK(http::preferred_stream_encoding("gzip;q=0.1, zstd") == http::Encoding::gzip);
    CHECK(http::preferred_stream_encoding("zstd") == http::Encoding::identity);
}

TEST_CASE("what is encoded can be decoded") {
    std::string body;
    for (int i = 0; i < 10'000; ++i) {
        body += "line " + std::to_string(i) + '\n';
    }
    for (const std::string& text : {std::string(), std::string("x"), body}) {
        CHECK(unzipped(http::encoded(text, http::Encoding::gzip)) == text);
        io::Decompressor decompressor("");
        CHECK(decompressor.decompress(http::encoded(text, http::Encoding::zstd), 1 << 20).value() ==
              text);
        CHECK(http::encoded(text, http::Encoding::identity) == text);
    }
    http::GzipStream stream;
    std::string zipped;
    for (std::size_t at = 0; at < body.size(); at += 777) {
        zipped += stream.add(std::string_view(body).substr(at, 777));
    }
    zipped += stream.finish();
    CHECK(unzipped(zipped) == body);
}

TEST_CASE("answers are kept until others are asked for more lately") {
    http::ResponseCache cache(4000, 3000);
    cache.store("g1", "a", response_of(std::string(1000, 'a')));
    cache.store("g1", "b", response_of(std::string(1000, 'b')));
    CHECK(cache.find("g1", "a") != nullptr);
    cache.store("g1", "c", response_of(std::string(1000, 'c')));
    CHECK(cache.find("g1", "a") != nullptr);
    CHECK(cache.find("g1", "b") == nullptr);
    CHECK(cache.find("g1", "c")->body == std::string(1000, 'c'));
    CHECK(cache.bytes() <= 4000);
    cache.store("g1", "d", response_of(std::string(3000, 'd')));
    CHECK(cache.find("g1", "d") == nullptr);
}

TEST_CASE("another generation begins with nothing kept") {
    http::ResponseCache cache(4000, 3000);
    cache.store("g1", "a", response_of("old"));
    CHECK(cache.find("g2", "a") == nullptr);
    cache.store("g2", "a", response_of("new"));
    CHECK(cache.find("g2", "a")->body == "new");
    CHECK(cache.find("g1", "a") == nullptr);
}

}  // namespace smallprint
