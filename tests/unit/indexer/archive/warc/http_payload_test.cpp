// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "indexer/archive/limits.h"
#include "indexer/archive/warc/http_payload.h"
#include "tests/support/warc_files.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

using namespace std::string_view_literals;

const std::string k_html = "<html><body><p>We never sell your data.</p></body></html>";

archive::HttpPayload read(std::string_view fields, std::string_view body) {
    const auto payload =
        archive::read_http_payload(fmt::format("HTTP/1.1 200 OK\r\n{}\r\n{}", fields, body));
    REQUIRE(payload.has_value());
    return *payload;
}

Error error_of(std::string_view fields, std::string_view body) {
    const auto payload =
        archive::read_http_payload(fmt::format("HTTP/1.1 200 OK\r\n{}\r\n{}", fields, body));
    REQUIRE_FALSE(payload.has_value());
    return payload.error();
}

std::string chunked(std::string_view body) {
    return fmt::format("{:x};a=b\r\n{}\r\n{:X}\r\n{}\r\n0\r\n\r\n", 10, body.substr(0, 10),
                       body.size() - 10, body.substr(10));
}

}  // namespace

TEST_CASE("a plain response gives status, type, charset and body") {
    const archive::HttpPayload payload =
        read("Server: x\r\ncontent-TYPE:  Text/HTML ; a=b; Charset=\"Shift_JIS\"\r\n", k_html);
    CHECK(payload.head.status == 200);
    CHECK(payload.head.content_type.type == "text/html");
    CHECK(payload.head.content_type.charset == "Shift_JIS");
    CHECK(payload.body.bytes == k_html);
    CHECK(payload.body.note == "");
}

TEST_CASE("headers may have bare line feeds, folded lines, no value and no colon") {
    const auto payload = archive::read_http_payload(
        "HTTP/1.0 404\nContent-Type: text/html;\n charset=utf-8\nX-Empty:\nnonsense\n\nbody");
    REQUIRE(payload.has_value());
    CHECK(payload->head.status == 404);
    CHECK(payload->head.content_type.charset == "utf-8");
    CHECK(payload->body.bytes == "body");
}

TEST_CASE("a message without a status line is all body, one without a blank line all header") {
    const auto bare = archive::read_http_payload(k_html);
    REQUIRE(bare.has_value());
    CHECK(bare->head.status == 200);
    CHECK(bare->body.bytes == k_html);
    const auto header = archive::read_http_payload("HTTP/1.1 301 Moved\r\nContent-Type: text/html");
    REQUIRE(header.has_value());
    CHECK(header->head.status == 301);
    CHECK(header->head.content_type.type == "text/html");
    CHECK(header->body.bytes.empty());
    CHECK(archive::read_http_payload("")->body.bytes.empty());
    CHECK(archive::read_http_payload("HTTP/")->head.status == 0);
}

TEST_CASE("chunks and codings are undone, one upon the other as well") {
    CHECK(read("Transfer-Encoding: chunked\r\n", chunked(k_html)).body.bytes == k_html);
    CHECK(read("Content-Encoding: gzip\r\n", gzipped(k_html)).body.bytes == k_html);
    CHECK(read("Content-Encoding: X-GZip\r\n", gzipped(k_html)).body.bytes == k_html);
    CHECK(read("Content-Encoding: deflate\r\n", zlib_compressed(k_html)).body.bytes == k_html);
    CHECK(read("Content-Encoding: deflate\r\n", raw_deflated(k_html)).body.bytes == k_html);
    CHECK(read("Content-Encoding: zstd\r\n", zstd_frame(k_html)).body.bytes == k_html);
    CHECK(read("Content-Encoding: identity\r\n", k_html).body.bytes == k_html);
    CHECK(read("Content-Encoding: utf-8\r\n", k_html).body.bytes == k_html);
    const std::string both = chunked(gzipped(k_html));
    CHECK(read("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", both).body.bytes ==
          k_html);
    CHECK(read("Transfer-Encoding: gzip, chunked\r\n", both).body.bytes == k_html);
    CHECK(
        read("Content-Encoding: deflate, gzip\r\n", gzipped(zlib_compressed(k_html))).body.bytes ==
        k_html);
    CHECK(read("Content-Encoding: gzip\r\n", gzipped("<p>a") + gzipped("</p>")).body.bytes ==
          "<p>a</p>");
}

TEST_CASE("a body that is not coded as declared is taken as it is, with a note") {
    for (const std::string_view field :
         {"Transfer-Encoding: chunked\r\n", "Content-Encoding: gzip\r\n",
          "Content-Encoding: deflate\r\n", "Content-Encoding: zstd\r\n",
          "Content-Encoding: compress\r\n", "Content-Encoding: dcb\r\n"}) {
        CAPTURE(field);
        const archive::HttpPayload payload = read(field, k_html);
        CHECK(payload.body.bytes == k_html);
        CHECK(payload.body.note.find("but is not") != std::string::npos);
    }
}

TEST_CASE("of a body that breaks off, what there is is kept, with a note") {
    const std::string chunks = chunked(k_html);
    const archive::HttpPayload cut = read("Transfer-Encoding: chunked\r\n", chunks.substr(0, 40));
    CHECK(k_html.starts_with(cut.body.bytes));
    CHECK(cut.body.bytes.size() > 10);
    CHECK(cut.body.missing == "the last chunk is cut off");
    const archive::HttpPayload unended =
        read("Transfer-Encoding: chunked\r\n", chunks.substr(0, chunks.size() - 5));
    CHECK(unended.body.bytes == k_html);
    CHECK(unended.body.missing == "the last chunk is missing");
    const archive::HttpPayload lost =
        read("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\nzzz\r\ndef");
    CHECK(lost.body.bytes == "abc");
    CHECK(lost.body.missing != "");
    CHECK(read("Transfer-Encoding: chunked\r\n", "ffffffffffffffff\r\nabc").body.bytes == "abc");
    const std::string packed = gzipped(k_html);
    const archive::HttpPayload half =
        read("Content-Encoding: gzip\r\n", packed.substr(0, packed.size() - 12));
    CHECK(k_html.starts_with(half.body.bytes));
    CHECK(half.body.missing == "compressed data that is cut off");
}

TEST_CASE("compression under the wrong label, under none and once more than said is undone") {
    const std::string twice = gzipped(gzipped(k_html));
    for (const std::string_view label :
         {"", "Content-Encoding: gzip\r\n", "Content-Encoding: deflate\r\n",
          "Content-Encoding: zstd\r\n", "Content-Encoding: compress\r\n"}) {
        for (const std::string& body :
             {gzipped(k_html), zlib_compressed(k_html), zstd_frame(k_html), twice}) {
            CAPTURE(label);
            CHECK(read(label, body).body.bytes == k_html);
            CHECK(read(label, body.substr(0, body.size() - 12)).body.missing != "");
        }
    }
    CHECK(read("", "x^2 is a square").body.bytes == "x^2 is a square");
    std::string deep = gzipped(k_html);
    for (int i = 0; i < 5; ++i) {
        deep = gzipped(deep);
    }
    CHECK(error_of("", deep).code == ErrorCode::limit);
}

TEST_CASE("a body shorter than its header says is not whole, unless its coding was undone") {
    CHECK(read("Content-Length: 500\r\n", k_html).body.missing.find("of its 500 bytes") !=
          std::string::npos);
    CHECK(read("Content-Length: 5\r\n", k_html).body.missing == "");
    CHECK(read("Content-Length: 500\r\nContent-Encoding: gzip\r\n", k_html).body.missing == "");
    CHECK(read("Content-Length: 500\r\nTransfer-Encoding: chunked\r\n", chunked(k_html))
              .body.missing == "");
}

TEST_CASE("codings that cannot be undone, and damage, are errors") {
    CHECK(error_of("Content-Encoding: compress\r\n", "\x1F\x9D\x90\x01").message ==
          "Content-Encoding compress is not supported");
    std::string packed = gzipped(k_html);
    packed[packed.size() - 6] = static_cast<char>(packed[packed.size() - 6] ^ 1);
    CHECK(error_of("Content-Encoding: gzip\r\n", packed).code == ErrorCode::input);
    CHECK(error_of("Content-Encoding: gzip,gzip,gzip,gzip,gzip\r\n", "").code == ErrorCode::limit);
}

// Made with the brotli command at quality 11 of `k_html`, and of 4 MiB of zeros.
constexpr std::string_view k_brotli_html =
    "\037\070\000\010\214\223\124\375\366\250\135\136\174\340\024\317\025\114\344\200\275\025\321\335\016\033\160\342\351\162\002\337\217\306\202\346\216\215\120\240\046\300\201\027\001"sv;
constexpr std::string_view k_brotli_zeros =
    "\237\377\377\077\370\047\000\342\261\100\040\367\376\007"sv;

TEST_CASE("brotli is undone; cut off or damaged it is said, and what only says so is text") {
    CHECK(read("Content-Encoding: br\r\n", k_brotli_html).body.bytes == k_html);
    const archive::HttpPayload half =
        read("Content-Encoding: br\r\n", k_brotli_html.substr(0, k_brotli_html.size() - 8));
    CHECK(k_html.starts_with(half.body.bytes));
    CHECK(half.body.missing == "compressed data that is cut off");
    std::string damaged(k_brotli_html);
    damaged.replace(4, 12, std::string(12, '\xFF'));
    CHECK(error_of("Content-Encoding: br\r\n", damaged).code == ErrorCode::input);
    CHECK(error_of("Content-Encoding: br\r\n", k_brotli_zeros).code == ErrorCode::limit);
    const archive::HttpPayload plain = read("Content-Encoding: br\r\n", k_html);
    CHECK(plain.body.bytes == k_html);
    CHECK(plain.body.note == "declared as br, but is not");
}

TEST_CASE("bombs, large texts and large headers end at a limit") {
    const std::string zeros(4U << 20U, '\0');
    CHECK(error_of("Content-Encoding: gzip\r\n", gzipped(zeros)).code == ErrorCode::limit);
    CHECK(error_of("Content-Encoding: zstd\r\n", zstd_frame(zeros)).code == ErrorCode::limit);
    CHECK(error_of("Content-Encoding: gzip, gzip\r\n", gzipped(gzipped(zeros))).code ==
          ErrorCode::limit);
    CHECK(error_of("", std::string(archive::k_largest_text + 1, 'a')).code == ErrorCode::limit);
    CHECK(read("", std::string(archive::k_largest_text, 'a')).body.bytes.size() ==
          archive::k_largest_text);
    const std::string field = "X-Long: " + std::string(archive::k_largest_http_head, 'a') + "\r\n";
    CHECK(error_of(field, "").code == ErrorCode::limit);
}

TEST_CASE("no message whatever is more than an error") {
    const std::string message =
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n" +
        chunked(gzipped(k_html));
    for (std::size_t i = 0; i < message.size(); ++i) {
        for (const char c : {'\0', '\n', 'f', '\xFF'}) {
            std::string changed = message;
            changed[i] = c;
            const auto payload = archive::read_http_payload(changed);
            CHECK((payload.has_value() || !payload.error().message.empty()));
        }
        CHECK((archive::read_http_payload(message.substr(0, i)).has_value() || i > 0));
    }
}

}  // namespace smallprint
