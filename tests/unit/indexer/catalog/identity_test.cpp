// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/date.h"
#include "common/model/snapshot.h"
#include "indexer/catalog/identity.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace smallprint {
namespace {

SnapshotFacts facts_of(std::string_view place) {
    SnapshotFacts facts;
    complete_from_path(place, facts);
    return facts;
}

std::string captured(const SnapshotFacts& facts) {
    return facts.captured ? format_timestamp(*facts.captured) : "unknown";
}

}  // namespace

TEST_CASE("a file named by a capture time takes its vendor from the folder") {
    const SnapshotFacts facts = facts_of("a/ab/abc/abc.example/20140302101530.md");
    CHECK(facts.vendor == "abc.example");
    CHECK(facts.vendor_source == VendorSource::path);
    CHECK(captured(facts) == "20140302101530");
}

TEST_CASE("a file named like a host takes its vendor from the name and has no date") {
    const SnapshotFacts facts = facts_of("a/abc-shop.co.example.md");
    CHECK(facts.vendor == "abc-shop.co.example");
    CHECK(captured(facts) == "unknown");
}

TEST_CASE("a path that names no site leaves the vendor unknown") {
    for (const std::string_view place :
         {"000_c85e341e.txt", "policies/privacy.md", "20140302101530.md", "README.md", "a..b.md",
          ".example.md", "2014/20140302101530.md", "abc.example.1.md", "Abc Inc/20140302101530.md",
          "", "/", ".md"}) {
        CAPTURE(place);
        CHECK(facts_of(place).vendor.empty());
        CHECK(facts_of(place).vendor_source == VendorSource::unknown);
    }
}

TEST_CASE("a number that is no time of capture dates nothing") {
    CHECK(captured(facts_of("abc.example/20141302101530.md")) == "unknown");
    CHECK(captured(facts_of("abc.example/2014030210153.md")) == "unknown");
    CHECK(captured(facts_of("abc.example/20140302.md")) == "unknown");
}

TEST_CASE("what the archive says is not replaced by the path") {
    SnapshotFacts facts;
    facts.vendor = "told.example";
    facts.vendor_source = VendorSource::provenance;
    facts.captured = parse_timestamp("20010203");
    complete_from_path("abc.example/20140302101530.md", facts);
    CHECK(facts.vendor == "told.example");
    CHECK(facts.vendor_source == VendorSource::provenance);
    CHECK(captured(facts) == "20010203000000");
}

TEST_CASE("a name that a text introduces and repeats is its vendor") {
    CHECK(vendor_in_text("Blue Kettle, Inc.’s Customer Privacy Policy covers what Blue Kettle "
                         "learns. At Blue Kettle we care.") == "Blue Kettle");
    CHECK(vendor_in_text("Tidewater's Privacy Policy. Tidewater keeps data. Ask Tidewater.") ==
          "Tidewater");
    CHECK(vendor_in_text("This policy is issued by Acme Tools GmbH. Acme Tools sells saws; "
                         "write to Acme Tools.") == "Acme Tools");
    CHECK(vendor_in_text("Welcome to Lumo USA Inc. Lumo lights rooms. Lumo and you.") == "Lumo");
}

TEST_CASE("no vendor is better than a wrong one") {
    CHECK(vendor_in_text("") == "");
    CHECK(vendor_in_text("We collect data. We use cookies. Our Privacy Policy applies.") == "");
    // Named once only.
    CHECK(vendor_in_text("Blue Kettle, Inc. made this page. We collect data.") == "");
    // Three companies of one group speak together.
    CHECK(vendor_in_text(
              "Rail Sales GmbH, Rail Long AG and Rail Local AG decide. Rail Sales sells, "
              "Rail Long drives, Rail Local drives. Rail Sales, Rail Long, Rail Local.") == "");
    // A third party, named far from the start.
    const std::string opening(2000, '.');
    CHECK(vendor_in_text("We count visits." + opening +
                         " Counters Inc. counts for us. Counters Inc. is fast. Counters' Privacy "
                         "Policy says how Counters works.") == "");
    CHECK(vendor_in_text("Our Company Inc. Our Company Inc. Our Company Inc.") == "");
}

TEST_CASE("terms types are written alike") {
    CHECK(normalized_terms_type("privacy policy") == "Privacy Policy");
    CHECK(normalized_terms_type("Terms of service") == "Terms Of Service");
    CHECK(normalized_terms_type("") == "");
}

}  // namespace smallprint
