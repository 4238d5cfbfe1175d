// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/index_format/directory.h"
#include "common/model/date.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using namespace smallprint;

namespace {

Day day(std::string_view text) {
    return parse_day(text).value();  // NOLINT(bugprone-unchecked-optional-access): throws
}

// Two policies: one with two passages in one block, one with three in two blocks.
index_format::Directory sample() {
    index_format::Directory directory;
    directory.add_block({true, 1, 100}, {{}});
    directory.add_block({false, 2, 50}, {{10, 20, 0, 1}, {11, 11, 7, 2}});
    directory.add_block({true, 1, 30}, {{}});
    directory.add_block({false, 2, 60}, {{12, 40000, 7, 1}, {0, 0, 0, 1}});
    directory.add_block({false, 1, 5}, {{65535, 65535, 0, 255}});
    return directory;
}

}  // namespace

TEST_CASE("a document finds its policy and its block by arithmetic") {
    const index_format::Directory directory = sample();
    CHECK(directory.document_count() == 7);
    CHECK(directory.policies() == std::vector<index_format::DocumentId>{1, 4});
    CHECK(directory.policy_of(1) == 1);
    CHECK(directory.policy_of(3) == 1);
    CHECK(directory.policy_of(4) == 4);
    CHECK(directory.policy_of(7) == 4);
    const index_format::Directory::Place place = directory.place_of(6);
    CHECK(place.block == 3);
    CHECK(place.offset == 180);
    CHECK(place.size == 60);
    CHECK(place.first == 5);
    CHECK(place.documents == 2);
}

TEST_CASE("what is encoded is decoded") {
    const auto decoded = index_format::Directory::decode(sample().encode());
    REQUIRE(decoded);
    const index_format::Directory expected = sample();
    CHECK(decoded->block_count() == expected.block_count());
    CHECK(decoded->policies() == expected.policies());
    for (index_format::DocumentId document = 1; document <= expected.document_count(); ++document) {
        CHECK(decoded->facts(document) == expected.facts(document));
        CHECK(decoded->place_of(document).offset == expected.place_of(document).offset);
    }
}

TEST_CASE("appending numbers the later documents behind ours") {
    index_format::Directory whole = sample();
    whole.append(sample());
    CHECK(whole.document_count() == 14);
    CHECK(whole.policies() == std::vector<index_format::DocumentId>{1, 4, 8, 11});
    CHECK(whole.place_of(8).offset == 245);
    CHECK(whole.facts(10) == sample().facts(3));
}

TEST_CASE("every flipped bit and every cut of an encoded directory is found") {
    const std::string bytes = sample().encode();
    for (std::size_t i = 0; i < bytes.size() * 8; ++i) {
        std::string flipped = bytes;
        flipped[i / 8] = static_cast<char>(flipped[i / 8] ^ (1 << (i % 8)));
        const auto decoded = index_format::Directory::decode(flipped);
        // The frame has bits that mean nothing, such as those for readers of later versions.
        if (decoded) {
            CHECK(decoded->encode() == bytes);
        } else {
            CHECK(decoded.error().code == ErrorCode::damaged);
        }
    }
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        CHECK_FALSE(index_format::Directory::decode(bytes.substr(0, size)));
    }
}

TEST_CASE("days are held to what two bytes can say, and 0 is unknown") {
    CHECK(index_format::day_number(day("1970-01-02")) == 1);
    CHECK(index_format::day_number(day("1960-01-01")) == 1);
    CHECK(index_format::day_number(day("9999-01-01")) == UINT16_MAX);
    CHECK(index_format::day_of_number(index_format::day_number(day("2016-12-08"))) ==
          day("2016-12-08"));
    CHECK_FALSE(index_format::day_of_number(0));
}
