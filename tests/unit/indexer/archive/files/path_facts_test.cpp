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
    for (const std::string_view path : {"abc.example/20141302101530.md", "abc.example/2014.md",
                                        "abc.example/20140302241530.md"}) {
        CAPTURE(path);
        CHECK(captured(facts_of(path)) == "unknown");
        CHECK(facts_of(path).vendor == "abc.example");
        CHECK(facts_of(path).terms_type.empty());
    }
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

TEST_CASE("a time of capture may be short, a day, or in the name") {
    for (const std::string_view path :
         {"abc.example/20140302.md", "abc.example/2014-03-02.html", "2014-03-02/abc.example.md",
          "2014/03/02/abc.example.md", "abc.example/privacy_2014-03-02.md",
          "2014-03-02/abc.example/legal/page.html", "2014/03/02/abc.example/legal/page.html",
          "20140302/abc.example/legal/page", "abc.example/2014-03-02/legal/page"}) {
        CAPTURE(path);
        CHECK(captured(facts_of(path)) == "20140302000000");
    }
    CHECK(captured(facts_of("201403021015/abc.example/page")) == "20140302101500");
}

TEST_CASE("a time that cannot be does not hide the page") {
    for (const std::string_view path :
         {"20140300101530/abc.example/legal/page", "abc.example/20140302241530/legal/page",
          "2014/abc.example/legal/page", "abc.example:80/99991231000000/legal/page"}) {
        CAPTURE(path);
        CHECK(archive::is_page_path(path));
        CHECK(facts_of(path).source_url == "http://abc.example/legal/page");
        CHECK(facts_of(path).archive_url.empty());
        CHECK(captured(facts_of(path)) == "unknown");
    }
}

TEST_CASE("mirrors give the address of a page") {
    CHECK(facts_of("mirror/www.abc.example/2014/legal.html").source_url ==
          "http://www.abc.example/2014/legal.html");
    CHECK(facts_of("abc.example:8080/legal.html").source_url ==
          "http://abc.example:8080/legal.html");
    CHECK(facts_of("abc.example/20140302101530/legal.php%3fid=2").source_url ==
          "http://abc.example/legal.php?id=2");
    CHECK(facts_of("abc.example/privacy?lang=en.html").source_url ==
          "http://abc.example/privacy?lang=en");
    CHECK(facts_of("abc.example/privacy@lang=en.html").source_url ==
          "http://abc.example/privacy?lang=en");
    CHECK(facts_of("abc.example/legal/index.html?id=3.html").source_url ==
          "http://abc.example/legal/?id=3");
    CHECK(facts_of("abc.example/@walrus/me@b.html").source_url ==
          "http://abc.example/@walrus/me@b.html");
    CHECK(facts_of("web.archive.org/web/20140302101530/https:/abc.example/p.html").source_url ==
          "http://web.archive.org/web/20140302101530/https:/abc.example/p.html");
    CHECK(facts_of("пример.рф/p.html").source_url == "http://пример.рф/p.html");
    CHECK(facts_of("site.old/page.html").source_url.empty());
    CHECK_FALSE(archive::is_page_path("abc.example/legal/page"));
}

TEST_CASE("a folder of a site names vendor and document of the texts in it") {
    const SnapshotFacts facts = facts_of("policies/abc.example/privacy-policy.md");
    CHECK(facts.vendor == "abc.example");
    CHECK(facts.terms_type == "privacy policy");
    CHECK(facts.source_url.empty());
}

}  // namespace smallprint
