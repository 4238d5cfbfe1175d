// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "indexer/archive/decompression.h"
#include "tests/support/warc_files.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace smallprint {
namespace {

struct Unpacked {
    std::string bytes;
    std::string error;  // empty if it ended well
};

Unpacked unpack(std::string_view packed) {
    archive::PackedStream stream(in_file(std::string(packed)), archive::Compression::gzip);
    Unpacked unpacked;
    while (true) {
        const auto piece = stream.read();
        if (!piece) {
            CHECK(piece.error().code == ErrorCode::input);
            unpacked.error = piece.error().message;
            return unpacked;
        }
        if (piece->empty()) {
            return unpacked;
        }
        unpacked.bytes += *piece;
    }
}

}  // namespace

TEST_CASE("all members of a gzip file are unpacked, and what stands behind them is not") {
    const std::string large(3'000'000, 'a');
    CHECK(unpack(gzipped("one ") + gzipped(large)).bytes == "one " + large);
    CHECK(unpack(gzipped("one") + std::string(9, '\0')).bytes == "one");
    CHECK(unpack(gzipped("one") + "\x1F").error.empty());
    CHECK(unpack(gzipped("")).error.empty());
}

TEST_CASE("what stands before a damage is told, and then the damage") {
    const std::string packed = gzipped("We keep the walrus.");
    const Unpacked cut = unpack(std::string_view(packed).substr(0, packed.size() - 4));
    CHECK(cut.bytes == "We keep the walrus.");
    CHECK(cut.error == "compressed data that is cut off");
    std::string wrong_sum = packed;
    wrong_sum[packed.size() - 5] ^= 1;
    CHECK(unpack(wrong_sum).error == "damaged compressed data (incorrect data check)");
    const Unpacked later = unpack(packed + wrong_sum);
    CHECK(later.bytes.starts_with("We keep the walrus."));
    CHECK_FALSE(later.error.empty());
    CHECK(unpack(packed.substr(0, 5)).error == "compressed data that is cut off");
}

}  // namespace smallprint
