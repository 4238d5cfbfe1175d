// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/date.h"
#include "common/model/snapshot.h"
#include "indexer/archive/files/files_reader.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace smallprint {
namespace {

SnapshotFacts facts_of(std::string_view place) {
    SnapshotFacts facts;
    archive::complete_from_path(place, facts);
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
    archive::complete_from_path("abc.example/20140302101530.md", facts);
    CHECK(facts.vendor == "told.example");
    CHECK(facts.vendor_source == VendorSource::provenance);
    CHECK(captured(facts) == "20010203000000");
}

TEST_CASE("a release of an Open Terms Archive database names service, type and moment") {
    const SnapshotFacts facts = facts_of("data/Blue Kettle/Privacy Policy/2024-01-31T10-20-30Z.md");
    CHECK(facts.vendor == "Blue Kettle");
    CHECK(facts.terms_type == "Privacy Policy");
    CHECK(captured(facts) == "20240131102030");
}

TEST_CASE("pages that were saved with their moment and host give their address") {
    for (const std::string_view path : {"20140302101530/www.abc.example/legal/privacy",
                                        "www.abc.example/20140302101530/legal/privacy"}) {
        CAPTURE(path);
        const SnapshotFacts facts = facts_of(path);
        CHECK(archive::is_page_path(path));
        CHECK(facts.source_url == "http://www.abc.example/legal/privacy");
        CHECK(facts.archive_url == "https://web.archive.org/web/20140302101530id_/"
                                   "http://www.abc.example/legal/privacy");
        CHECK(captured(facts) == "20140302101530");
        CHECK(facts.vendor.empty());
    }
    CHECK_FALSE(archive::is_page_path("a/ab/abc/abc.example/20140302101530.md"));
    CHECK_FALSE(archive::is_page_path("20140302101530/abc.example"));
}

}  // namespace smallprint
