// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/index_format/record_codec.h"
#include "common/model/date.h"
#include "common/model/policy.h"
#include "common/model/section.h"
#include "common/model/snapshot.h"
#include "common/model/wayback_url.h"

#include <doctest/doctest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

Snapshot snapshot(std::string_view time, std::string_view url) {
    Snapshot made;
    made.captured = parse_timestamp(time);
    made.source_url = url;
    if (made.captured && !url.empty()) {
        made.archive_url = wayback_address(*made.captured, url);
    }
    made.place = "a/ab/a.example/" + std::string(time) + ".md";
    made.text_hash = 0x123456789ABCDEF0U;
    made.text_bytes = 70'000;
    made.order = {{true, 0}, {false, 1}, {true, 1}, {false, 3}, {false, 2}, {false, 1}};
    return made;
}

Policy sample_policy() {
    Policy policy;
    policy.vendor = "a.example";
    policy.vendor_source = VendorSource::text;
    policy.terms_type = "Privacy Policy";
    policy.key = "legal/privacy";
    policy.title = "Über uns";
    policy.passage_count = 3;
    policy.clause_count = 2;
    policy.headings = {{1, "One"}, {9, "Two:"}, {0, "Title"}};
    policy.snapshots = {snapshot("", ""), snapshot("20140302101530", "http://a.example/p"),
                        snapshot("20150302101530", "http://a.example/q"),
                        snapshot("20160302101530", "http://a.example/p"),
                        snapshot("19650302101530", "")};
    policy.snapshots[3].archive_url = "https://elsewhere.example/copy";
    policy.snapshots[2].archive_url.clear();
    policy.snapshots[3].reextracted = true;
    policy.snapshots[1].language = "fr";
    policy.snapshots[2].language = "en";
    policy.snapshots[3].language = "fr";
    policy.snapshots[1].payload = 0xFEDCBA9876543210U;
    policy.snapshots[2].moved = true;
    policy.snapshots[3].moved = true;
    policy.later_keys = {"legal/rules", "legal/data"};
    return policy;
}

Passage sample_passage() {
    Passage passage;
    passage.number = 7;
    passage.kind = PieceKind::boilerplate;
    passage.text = "We may share data with our partners.";
    passage.runs = {{0, 0}, {2, 300}, {302, 70'000}};
    passage.heading_path = {3, 1, 200};
    passage.lead_in = 6;
    passage.step = 12;
    passage.source_begin = 1000;
    passage.source_end = 1040;
    passage.links = {{3, 6, "https://a.example/x"}, {26, 34, ""}};
    return passage;
}

// Calls `check` with every truncation of `bytes` and with many copies that have flipped bits.
template <typename Check> void for_damaged(const std::string& bytes, Check check) {
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        check(bytes.substr(0, size));
    }
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        std::string flipped = bytes;
        flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
        check(flipped);
    }
    std::mt19937 random(5);
    for (int round = 0; round < 3000; ++round) {
        std::string flipped = bytes;
        for (int i = 0; i < 4; ++i) {
            flipped[random() % flipped.size()] = static_cast<char>(random() % 256);
        }
        check(flipped);
    }
}

}  // namespace

TEST_CASE("a policy is decoded as it was encoded") {
    Policy least;
    least.snapshots.resize(1);
    CHECK(index_format::decode_policy(index_format::encode_policy(least)) == least);
    CHECK(index_format::decode_policy(index_format::encode_policy(sample_policy())) ==
          sample_policy());
}

TEST_CASE("numbers that lead nowhere are damage, whatever the checksum says") {
    CHECK_FALSE(index_format::decode_policy(index_format::encode_policy(Policy{})));  // no snapshot
    for (const Step& step : {Step{true, 3}, Step{false, 0}, Step{false, 4}}) {
        Policy policy = sample_policy();
        policy.snapshots[1].order.push_back(step);
        CHECK_FALSE(index_format::decode_policy(index_format::encode_policy(policy)));
    }
    Policy moved = sample_policy();
    moved.snapshots[2].moved = false;  // so that a key is of no snapshot
    CHECK_FALSE(index_format::decode_policy(index_format::encode_policy(moved)));
    Passage passage = sample_passage();
    passage.runs.push_back({70'001, UINT32_MAX});
    passage.runs.push_back({5, 9});  // its gap wraps around
    CHECK_FALSE(index_format::decode_passage(index_format::encode_passage(passage)));
    passage = sample_passage();
    passage.links.push_back({34, 1000, "beyond the text"});
    CHECK_FALSE(index_format::decode_passage(index_format::encode_passage(passage)));
}

TEST_CASE("a capture time that no archive can have is damage") {
    const auto first = CaptureTime(Day(std::chrono::year(1) / 1 / 1));
    const auto end = CaptureTime(Day(std::chrono::year(10'000) / 1 / 1));
    Policy policy = sample_policy();
    for (const CaptureTime good : {first, end - std::chrono::seconds(1)}) {
        policy.snapshots[0].captured = good;
        CHECK(index_format::decode_policy(index_format::encode_policy(policy)) == policy);
    }
    for (const CaptureTime bad : {first - std::chrono::seconds(1), end,
                                  CaptureTime(std::chrono::seconds(-9'223'372'036'854'655'614)),
                                  CaptureTime(std::chrono::seconds(INT64_MAX))}) {
        policy.snapshots[0].captured = bad;
        CHECK_FALSE(index_format::decode_policy(index_format::encode_policy(policy)));
    }
}

TEST_CASE("a passage is decoded as it was encoded") {
    CHECK(index_format::decode_passage(index_format::encode_passage(sample_passage())) ==
          sample_passage());
    Passage least;
    least.number = 1;
    least.runs = {{0, 0}};
    CHECK(index_format::decode_passage(index_format::encode_passage(least)) == least);
}

TEST_CASE("the usual archive address takes no room") {
    Policy usual;
    usual.snapshots = {snapshot("20140302101530", "http://a.example/p")};
    Policy other = usual;
    other.snapshots[0].archive_url += "?x";
    CHECK(index_format::encode_policy(usual).size() + 40 <
          index_format::encode_policy(other).size());
}

TEST_CASE("a record of one kind is not read as one of the other") {
    CHECK(
        index_format::decode_policy(index_format::encode_passage(sample_passage())).error().code ==
        ErrorCode::damaged);
    CHECK(index_format::decode_passage(index_format::encode_policy(sample_policy())).error().code ==
          ErrorCode::damaged);
    CHECK(index_format::decode_policy("").error().code == ErrorCode::damaged);
    CHECK(index_format::decode_passage("").error().code == ErrorCode::damaged);
}

TEST_CASE("bytes behind a record are damage") {
    CHECK_FALSE(index_format::decode_policy(index_format::encode_policy(sample_policy()) + "x")
                    .has_value());
    CHECK_FALSE(index_format::decode_passage(index_format::encode_passage(sample_passage()) + "x")
                    .has_value());
}

TEST_CASE("a truncated record is damage") {
    const std::string policy = index_format::encode_policy(sample_policy());
    for (std::size_t size = 0; size < policy.size(); ++size) {
        CHECK_FALSE(index_format::decode_policy(policy.substr(0, size)).has_value());
    }
    const std::string passage = index_format::encode_passage(sample_passage());
    for (std::size_t size = 0; size < passage.size(); ++size) {
        CHECK_FALSE(index_format::decode_passage(passage.substr(0, size)).has_value());
    }
}

TEST_CASE("a damaged policy is an error or some policy, never a crash") {
    std::size_t errors = 0;
    for_damaged(index_format::encode_policy(sample_policy()), [&](const std::string& bytes) {
        const auto policy = index_format::decode_policy(bytes);
        errors += policy ? 0U : 1U;
        CHECK((policy || policy.error().code == ErrorCode::damaged));
    });
    CHECK(errors > 100);
}

TEST_CASE("a damaged passage is an error or some passage, never a crash") {
    std::size_t errors = 0;
    for_damaged(index_format::encode_passage(sample_passage()), [&](const std::string& bytes) {
        const auto passage = index_format::decode_passage(bytes);
        errors += passage ? 0U : 1U;
        CHECK((passage || passage.error().code == ErrorCode::damaged));
    });
    CHECK(errors > 100);
}

}  // namespace smallprint
