// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/date.h"
#include "common/model/listing.h"
#include "common/model/snapshot.h"
#include "indexer/catalog/catalog.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

ListedSnapshot listed(std::string_view vendor, std::string_view time, std::string_view place) {
    ListedSnapshot snapshot;
    snapshot.facts.vendor = vendor;
    snapshot.facts.vendor_source =
        vendor.empty() ? VendorSource::unknown : VendorSource::provenance;
    snapshot.facts.terms_type = "privacy policy";
    snapshot.facts.captured = parse_timestamp(time);
    snapshot.facts.place = place;
    snapshot.size = 10;
    return snapshot;
}

// "vendor/type/key: place place ..." for every policy.
std::vector<std::string> shown(const std::vector<catalog::CatalogPolicy>& catalog) {
    std::vector<std::string> lines;
    for (const catalog::CatalogPolicy& policy : catalog) {
        std::string line = policy.vendor + "/" + policy.terms_type + "/" + policy.key + ":";
        for (const catalog::CatalogEntry& entry : policy.entries) {
            line += " " + entry.snapshot.facts.place;
        }
        lines.push_back(line);
    }
    return lines;
}

std::vector<std::string> catalog_of(std::vector<ListedSnapshot> snapshots) {
    std::vector<Listing> listings(1);
    listings[0].snapshots = std::move(snapshots);
    return shown(catalog::make_catalog(std::move(listings)));
}

}  // namespace

TEST_CASE("snapshots of one vendor and type are one policy in order of time") {
    CHECK(catalog_of({listed("b.example", "20150101", "late"), listed("a.example", "20100101", "x"),
                      listed("b.example", "20140101", "early")}) ==
          std::vector<std::string>{"a.example/Privacy Policy/: x",
                                   "b.example/Privacy Policy/: early late"});
}

TEST_CASE("snapshots without a date come first") {
    CHECK(catalog_of(
              {listed("a.example", "20100101", "dated"), listed("a.example", "", "undated")}) ==
          std::vector<std::string>{"a.example/Privacy Policy/: undated dated"});
}

TEST_CASE("another type is another policy, another spelling of the type is not") {
    ListedSnapshot terms = listed("a.example", "20100101", "terms");
    terms.facts.terms_type = "terms of service";
    ListedSnapshot capital = listed("a.example", "20110101", "capital");
    capital.facts.terms_type = "Privacy Policy";
    CHECK(catalog_of({terms, capital, listed("a.example", "20100101", "small")}) ==
          std::vector<std::string>{"a.example/Privacy Policy/: small capital",
                                   "a.example/Terms of Service/: terms"});
}

TEST_CASE("texts of unknown vendors are policies of their own") {
    std::vector<Listing> listings(2);
    listings[0].snapshots = {listed("", "", "one.txt"), listed("", "", "two.txt")};
    // A file of the same name elsewhere is another policy, but for a copy of the same text.
    listings[1].snapshots = {listed("", "", "one.txt"), listed("", "", "two.txt")};
    listings[1].snapshots[1].opening = "Some other text.";
    const std::vector<catalog::CatalogPolicy> catalog = catalog::make_catalog(std::move(listings));
    REQUIRE(catalog.size() == 3);
    CHECK(catalog[0].key.starts_with("one.txt#"));
    CHECK(catalog[0].entries.size() == 2);
    CHECK(catalog[1].key.starts_with("two.txt#"));
    CHECK(catalog[2].key.starts_with("two.txt#"));
    CHECK(catalog[1].key != catalog[2].key);
}

TEST_CASE("a vendor is sought in the address of the page first and then in the text") {
    ListedSnapshot by_text = listed("", "", "loose.txt");
    by_text.opening = "Blue Kettle, Inc. is here. Blue Kettle boils. Blue Kettle pours.";
    ListedSnapshot by_address = listed("", "20140302", "page");
    by_address.opening = by_text.opening;
    by_address.facts.source_url = "https://www.c.example/privacy";
    std::vector<Listing> listings(1);
    listings[0].snapshots = {by_text, by_address};
    const std::vector<catalog::CatalogPolicy> catalog = catalog::make_catalog(std::move(listings));
    REQUIRE(catalog.size() == 2);
    CHECK(catalog[0].vendor == "Blue Kettle");
    CHECK(catalog[0].vendor_source == VendorSource::text);
    CHECK(catalog[0].entries[0].snapshot.opening.empty());
    CHECK(catalog[1].vendor == "c.example");
    CHECK(catalog[1].vendor_source == VendorSource::address);
}

TEST_CASE("pages of a vendor that only the address tells are policies of their own") {
    const auto page = [](std::string_view url) {
        ListedSnapshot snapshot = listed("", "20140302", url);
        snapshot.facts.source_url = url;
        return snapshot;
    };
    CHECK(catalog_of({page("http://www.a.example/x"), page("https://a.example/x/"),
                      page("https://a.example/y")}) ==
          std::vector<std::string>{
              "a.example/Privacy Policy/a.example/x: http://www.a.example/x https://a.example/x/",
              "a.example/Privacy Policy/a.example/y: https://a.example/y"});
    ListedSnapshot moved = listed("a.example", "20150302", "moved");
    moved.facts.source_url = "https://a.example/new";
    ListedSnapshot first = listed("a.example", "20140302", "first");
    first.facts.source_url = "https://a.example/old";
    CHECK(catalog_of({moved, first}) ==
          std::vector<std::string>{"a.example/Privacy Policy/: first moved"});
}

TEST_CASE("at one moment the snapshot of the archive that was named first comes first") {
    std::vector<Listing> listings(2);
    listings[0].snapshots = {listed("a.example", "20100101", "z"),
                             listed("a.example", "20100101", "y")};
    listings[1].snapshots = {listed("a.example", "20100101", "a")};
    CHECK(shown(catalog::make_catalog(std::move(listings))) ==
          std::vector<std::string>{"a.example/Privacy Policy/: y z a"});
}

TEST_CASE("a policy's size is that of all its snapshots, and duplicates stay") {
    std::vector<Listing> listings(2);
    listings[0].snapshots = {listed("a.example", "20100101", "p")};
    listings[1].snapshots = {listed("a.example", "20100101", "p")};
    const std::vector<catalog::CatalogPolicy> catalog = catalog::make_catalog(std::move(listings));
    REQUIRE(catalog.size() == 1);
    CHECK(catalog[0].size == 20);
    REQUIRE(catalog[0].entries.size() == 2);
    CHECK(catalog[0].entries[0].archive == 0);
    CHECK(catalog[0].entries[1].archive == 1);
}

TEST_CASE("the catalog does not depend on the order in which archives are named") {
    std::vector<Listing> listings(4);
    listings[0].snapshots = {listed("a.example", "20100101", "p1"), listed("b.example", "", "p2")};
    listings[1].snapshots = {listed("a.example", "20090101", "p3"), listed("", "", "p4")};
    listings[2].snapshots = {listed("a.example", "20100102", "p0")};
    listings[3].snapshots = {listed("c.example", "20200101", "p6")};
    const std::vector<std::string> expected = shown(catalog::make_catalog(listings));
    std::vector<std::size_t> order = {0, 1, 2, 3};
    while (std::ranges::next_permutation(order).found) {
        std::vector<Listing> shuffled;
        shuffled.reserve(order.size());
        for (const std::size_t i : order) {
            shuffled.push_back(listings[i]);
        }
        CHECK(shown(catalog::make_catalog(std::move(shuffled))) == expected);
    }
}

TEST_CASE("a declared address holds from when it was declared") {
    Listing listing;
    for (const char* day : {"20140101", "20150101", "20160101", ""}) {
        ListedSnapshot snapshot;
        snapshot.facts.vendor = "Walrus";
        snapshot.facts.vendor_source = VendorSource::path;
        snapshot.facts.terms_type = "Terms";
        snapshot.facts.captured = parse_timestamp(day);
        snapshot.facts.place = day;
        listing.snapshots.push_back(std::move(snapshot));
    }
    Listing declarations;
    declarations.addresses = {
        {"Walrus", "Terms", "https://a.example/new", parse_timestamp("20151231")},
        {"Walrus", "Terms", "https://a.example/old", parse_timestamp("20141231")},
        {"Seal", "Terms", "https://b.example/", std::nullopt}};
    const auto catalog = catalog::make_catalog({listing, declarations});
    REQUIRE(catalog.size() == 1);
    std::string urls;
    for (const catalog::CatalogEntry& entry : catalog[0].entries) {
        urls += entry.snapshot.facts.source_url + ' ';
    }
    CHECK(urls == "  https://a.example/old https://a.example/new ");
}

}  // namespace smallprint
