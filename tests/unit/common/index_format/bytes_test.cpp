// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/index_format/bytes.h"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

constexpr auto k_numbers =
    std::to_array<std::uint64_t>({0, 1, 127, 128, 255, 16383, 16384, UINT32_MAX,
                                  std::uint64_t{UINT32_MAX} + 1, UINT64_MAX - 1, UINT64_MAX});

}  // namespace

TEST_CASE("numbers are read back as they were written") {
    index_format::ByteWriter out;
    for (const std::uint64_t number : k_numbers) {
        out.varint(number);
        out.signed_varint(static_cast<std::int64_t>(number));
        out.fixed64(number);
    }
    index_format::ByteReader in(out.bytes());
    for (const std::uint64_t number : k_numbers) {
        CHECK(in.varint() == number);
        CHECK(in.signed_varint() == static_cast<std::int64_t>(number));
        CHECK(in.fixed64() == number);
    }
    CHECK(in.good());
    CHECK(in.at_end());
}

TEST_CASE("small numbers take one byte, negative ones too") {
    index_format::ByteWriter out;
    out.varint(127);
    out.signed_varint(-64);
    out.signed_varint(63);
    CHECK(out.bytes().size() == 3);
}

TEST_CASE("strings may hold any bytes") {
    index_format::ByteWriter out;
    const std::string odd("a\0\xFF", 3);
    out.string("");
    out.string(odd);
    out.string(std::string(300, 'x'));
    index_format::ByteReader in(out.bytes());
    CHECK(in.string() == "");
    CHECK(in.string() == odd);
    CHECK(in.string() == std::string(300, 'x'));
    CHECK(in.good());
    CHECK(in.at_end());
}

TEST_CASE("running out of bytes is noticed wherever it happens") {
    index_format::ByteWriter out;
    out.varint(300);
    out.string("text");
    out.fixed64(7);
    const std::string whole = out.take();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CAPTURE(size);
        index_format::ByteReader in(std::string_view(whole).substr(0, size));
        in.varint();
        in.string();
        in.fixed64();
        CHECK_FALSE(in.good());
    }
}

TEST_CASE("a reader that went bad stays bad and reads nothing more than there is") {
    index_format::ByteReader in("");
    CHECK(in.varint() == 0);
    CHECK(in.string() == "");
    CHECK(in.fixed64() == 0);
    CHECK(in.count() == 0);
    CHECK_FALSE(in.good());
}

TEST_CASE("impossible values are damage") {
    index_format::ByteReader endless(
        std::string_view("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01", 11));
    endless.varint();
    CHECK_FALSE(endless.good());

    index_format::ByteWriter out;
    out.varint(std::uint64_t{UINT32_MAX} + 1);
    index_format::ByteReader wide(out.bytes());
    CHECK(wide.varint32() == 0);
    CHECK_FALSE(wide.good());

    index_format::ByteWriter many;
    many.varint(3);
    many.varint(0);
    many.varint(0);
    index_format::ByteReader count(many.bytes());
    CHECK(count.count() == 0);
    CHECK_FALSE(count.good());
}

}  // namespace smallprint
