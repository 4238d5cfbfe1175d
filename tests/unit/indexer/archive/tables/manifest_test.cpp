// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/result.h"
#include "common/model/date.h"
#include "common/model/snapshot.h"
#include "indexer/archive/tables/manifest.h"

#include <doctest/doctest.h>

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

Result<archive::Manifest> manifest_of(std::string_view bytes) {
    std::ofstream("manifest.csv") << bytes;
    return archive::read_manifest("manifest.csv");
}

std::string error_of(std::string_view bytes) {
    const auto manifest = manifest_of(bytes);
    REQUIRE_FALSE(manifest.has_value());
    return manifest.error().message;
}

// 14 digits, or "none".
std::string moment(const SnapshotFacts& facts) {
    return facts.captured ? format_timestamp(*facts.captured) : "none";
}

}  // namespace

TEST_CASE("a manifest has the facts of files by their path") {
    auto manifest = manifest_of("path,vendor,date,url,type,lang,archive_url\n"
                                "a/b.html,a.example,2014-03-02,http://a.example/p,Terms,en,\n"
                                "\"./c, d.txt\",b.example,,,,,\n"
                                "win\\e.txt,c.example,,,,,\n");
    REQUIRE(manifest.has_value());
    const SnapshotFacts* facts = manifest->find("a/b.html");
    REQUIRE(facts != nullptr);
    CHECK(facts->vendor == "a.example");
    CHECK(facts->vendor_source == VendorSource::provenance);
    CHECK(moment(*facts) == "20140302000000");
    CHECK(facts->source_url == "http://a.example/p");
    CHECK(facts->terms_type == "Terms");
    CHECK(facts->language == "en");
    CHECK(manifest->find("c, d.txt") != nullptr);
    CHECK(manifest->find("./a/../a/b.html") == facts);
    CHECK(manifest->find("a") == nullptr);
    CHECK(manifest->unused() == std::vector<std::string>{"win/e.txt"});
}

TEST_CASE("a manifest may be a table of tabs with few columns") {
    auto manifest = manifest_of("File\tDomain\na.txt\ta.example\n");
    REQUIRE(manifest.has_value());
    CHECK(manifest->find("a.txt")->vendor == "a.example");
    CHECK_FALSE(manifest->find("a.txt")->captured.has_value());
    CHECK(manifest->unused().empty());
}

TEST_CASE("a manifest that cannot be followed is an error with its line") {
    CHECK(error_of("vendor,date\na,b\n") ==
          "the manifest 'manifest.csv' has no column 'path'; it has vendor and date");
    CHECK(error_of("").find("no column 'path'") != std::string::npos);
    CHECK(error_of("path,vendor\na,b\na,c\n") ==
          "the manifest 'manifest.csv', line 3: names 'a' for the second time");
    CHECK(error_of("path,vendor\na,\"b\n").find("line 2: a quote is opened") != std::string::npos);
    CHECK(error_of("path,vendor\n,b\n").find("line 2: names no path") != std::string::npos);
    CHECK(archive::read_manifest("none.csv").error().message.find("none.csv") != std::string::npos);
}

}  // namespace smallprint
