// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/support/warc_files.h"

#include "common/io/file.h"
#include "common/io/scratch.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <zstd.h>

#include <zlib.h>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint {
namespace {

constexpr int k_window_bits = 15;

std::string deflated(std::string_view bytes, int window_bits) {
    z_stream stream = {};
    REQUIRE(deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, window_bits, 9, Z_DEFAULT_STRATEGY) ==
            Z_OK);
    std::string input(bytes);
    std::string out(deflateBound(&stream, bytes.size()) + 32, '\0');
    stream.next_in = reinterpret_cast<unsigned char*>(input.data());
    stream.avail_in = static_cast<unsigned>(input.size());
    stream.next_out = reinterpret_cast<unsigned char*>(out.data());
    stream.avail_out = static_cast<unsigned>(out.size());
    REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(out.size() - stream.avail_out);
    deflateEnd(&stream);
    return out;
}

}  // namespace

std::string warc_record(std::string_view fields, std::string_view block) {
    return fmt::format("WARC/1.0\r\n{}Content-Length: {}\r\n\r\n{}\r\n\r\n", fields, block.size(),
                       block);
}

std::string http_page(std::string_view html) {
    return fmt::format("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{}", html);
}

std::string warc_page(std::string_view name, std::string_view day, std::string_view html) {
    return warc_record(
        fmt::format("WARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{0}-{1}>\r\n"
                    "WARC-Target-URI: https://a.example/{0}\r\nWARC-Date: {1}T10:20:30Z\r\n"
                    "Content-Type: application/http;msgtype=response\r\n",
                    name, day),
        http_page(html));
}

std::string gzipped(std::string_view bytes) {
    return deflated(bytes, 16 + k_window_bits);
}

std::string zlib_compressed(std::string_view bytes) {
    return deflated(bytes, k_window_bits);
}

std::string raw_deflated(std::string_view bytes) {
    return deflated(bytes, -k_window_bits);
}

std::string zstd_frame(std::string_view bytes, std::string_view dictionary) {
    ZSTD_CCtx* context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    ZSTD_CCtx_loadDictionary(context, dictionary.data(), dictionary.size());
    std::string out(ZSTD_compressBound(bytes.size()), '\0');
    const std::size_t size =
        ZSTD_compress2(context, out.data(), out.size(), bytes.data(), bytes.size());
    REQUIRE(ZSTD_isError(size) == 0);
    ZSTD_freeCCtx(context);
    out.resize(size);
    return out;
}

std::string skippable_frame(std::string_view bytes) {
    std::string frame = "\x5D\x2A\x4D\x18";
    for (std::size_t i = 0; i < 4; ++i) {
        frame += static_cast<char>(bytes.size() >> (8 * i) & 0xFFU);
    }
    return frame + std::string(bytes);
}

std::string joined(std::initializer_list<std::string_view> parts) {
    std::string whole;
    for (const std::string_view part : parts) {
        whole += part;
    }
    return whole;
}

io::FileBytes in_file(std::string_view bytes) {
    auto scratch = io::ScratchFile::create();
    REQUIRE(scratch.has_value());
    REQUIRE(scratch->append(bytes).has_value());
    auto file = std::move(*scratch).finish();
    REQUIRE(file.has_value());
    return *file;
}

}  // namespace smallprint
