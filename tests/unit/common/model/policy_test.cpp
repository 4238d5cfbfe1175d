// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/policy.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <random>
#include <string_view>

namespace smallprint {
namespace {

// What an id says, and a policy of its own for what is no id.
ParsedId read(std::string_view id) {
    return parse_id(id).value_or(ParsedId{UINT64_MAX, UINT64_MAX});
}

}  // namespace

TEST_CASE("ids are read back as what they were made of") {
    std::mt19937_64 random(3);
    for (int round = 0; round < 5000; ++round) {
        const std::uint64_t policy = random() >> 14U;
        const std::uint64_t text = random() >> 14U;
        const ParsedId whole = read(clause_id(policy, text));
        REQUIRE(whole.policy_hash == policy);
        REQUIRE(whole.text_hash == text);
        const ParsedId part = read(policy_id(policy));
        REQUIRE(part.policy_hash == policy);
        REQUIRE_FALSE(part.text_hash.has_value());
    }
}

TEST_CASE("the least and the greatest hash have ids of ten characters") {
    const std::uint64_t greatest = (std::uint64_t{1} << 50U) - 1;
    CHECK(policy_id(0) == "0000000000");
    CHECK(policy_id(greatest) == "zzzzzzzzzz");
    CHECK(read("zzzzzzzzzz-0000000000").policy_hash == greatest);
}

TEST_CASE("what is no id is not read as one") {
    for (const std::string_view id :
         {"", "0", "000000000", "00000000000", "0000000000-", "0000000000-000000000",
          "0000000000-00000000000", "0000000000_0000000000", "000000000i", "000000000L",
          "ZZZZZZZZZZ", "0000000000-000000000u", " 000000000", "-0000000000",
          "0000000000-0000000000-0000000000"}) {
        CAPTURE(id);
        CHECK_FALSE(parse_id(id).has_value());
    }
}

TEST_CASE("hashes have fifty bits and stay what they are") {
    CHECK((text_hash("We do not sell your data.") >> 50U) == 0);
    CHECK((policy_hash("a.example", "Privacy Policy", "") >> 50U) == 0);
    // Ids are quoted in papers: a change here breaks them.
    CHECK(policy_id(policy_hash("a.example", "Privacy Policy", "")) == "caw20fjcq4");
    CHECK(policy_id(text_hash("We do not sell your data.")) == "fjqmb2hk2h");
}

TEST_CASE("vendor, type and key each tell policies apart, wherever one ends") {
    const std::uint64_t hash = policy_hash("a", "b", "c");
    CHECK(policy_hash("ab", "", "c") != hash);
    CHECK(policy_hash("a", "bc", "") != hash);
    CHECK(policy_hash("a", "b", "") != hash);
    CHECK(policy_hash("a", "b", "c") == hash);
}

}  // namespace smallprint
