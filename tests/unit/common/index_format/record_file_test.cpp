// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "common/index_format/record_file.h"
#include "common/io/file.h"
#include "common/io/zstd.h"
#include "common/model/policy.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

using namespace smallprint;

namespace {

Policy make_policy(const std::string& vendor, std::uint32_t passages) {
    Policy policy;
    policy.vendor = vendor;
    policy.passage_count = passages;
    policy.snapshots.resize(1);
    return policy;
}

Passage make_passage(std::uint32_t number) {
    Passage passage;
    passage.number = number;
    passage.text = fmt::format("Clause {} says what clause {} says. ", number, number * 7);
    passage.text += std::string(200, static_cast<char>('a' + number % 26));
    passage.runs = {{0, 0}};
    return passage;
}

constexpr std::uint32_t k_passages = 300;  // several blocks

index_format::RecordFileWriter::Written write_sample(std::string_view dictionary) {
    index_format::RecordFileWriter writer(dictionary);
    for (const char* vendor : {"one.example", "two.example"}) {
        writer.add_policy(make_policy(vendor, k_passages));
        for (std::uint32_t number = 1; number <= k_passages; ++number) {
            writer.add_passage(make_passage(number), {1, 2, 0, 1});
        }
    }
    return writer.take();
}

Result<index_format::RecordStore> open_store(const index_format::RecordFileWriter::Written& written,
                                             std::string_view dictionary) {
    REQUIRE(io::write_file("records", written.bytes));
    return index_format::RecordStore::open(
        "records", dictionary, std::make_shared<const index_format::Directory>(written.directory));
}

}  // namespace

TEST_CASE("records come back as they were written, in any order of asking") {
    const auto written = write_sample("");
    CHECK(written.directory.block_count() > 6);
    auto store = open_store(written, "");
    REQUIRE(store);
    const index_format::DocumentId second = k_passages + 2;
    CHECK(*store->policy(second) == make_policy("two.example", k_passages));
    for (const std::uint32_t number : {k_passages, 1U, 150U, 2U}) {
        CHECK(*store->passage(second + number) == make_passage(number));
        CHECK(*store->text(1 + number) == make_passage(number).text);
    }
    CHECK(*store->policy(1) == make_policy("one.example", k_passages));
}

TEST_CASE("a flipped bit in any block is an error, never another text") {
    const auto written = write_sample("");
    for (std::size_t i = 0; i < written.bytes.size() * 8; i += 997) {
        auto flipped = written;
        flipped.bytes[i / 8] = static_cast<char>(flipped.bytes[i / 8] ^ (1 << (i % 8)));
        auto store = open_store(flipped, "");
        REQUIRE(store);
        for (std::uint32_t number = 1; number <= k_passages; number += 10) {
            for (const index_format::DocumentId policy :
                 {index_format::DocumentId{1}, k_passages + 2}) {
                const auto passage = store->passage(policy + number);
                if (passage) {
                    CHECK(*passage == make_passage(number));
                } else {
                    CHECK(passage.error().code == ErrorCode::damaged);
                }
            }
        }
    }
}

TEST_CASE("a cut file and another dictionary are errors") {
    const auto written = write_sample("");
    auto cut = written;
    cut.bytes.resize(cut.bytes.size() - 1);
    auto cut_store = open_store(cut, "");
    REQUIRE(cut_store);
    CHECK_FALSE(cut_store->passage(2 * (k_passages + 1)));

    std::vector<std::string> samples;
    for (std::uint32_t number = 1; number <= k_passages; ++number) {
        samples.push_back(make_passage(number).text);
    }
    const std::string dictionary = io::train_dictionary(samples, 4096);
    REQUIRE_FALSE(dictionary.empty());
    auto with_dictionary = open_store(write_sample(dictionary), dictionary);
    REQUIRE(with_dictionary);
    CHECK(*with_dictionary->passage(2) == make_passage(1));
    auto without = open_store(write_sample(dictionary), "");
    REQUIRE(without);
    CHECK_FALSE(without->passage(2));
}
