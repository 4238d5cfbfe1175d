// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/date.h"
#include "common/model/listing.h"
#include "common/model/snapshot.h"
#include "indexer/catalog/catalog.h"
#include "indexer/pipeline/plan.h"

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

using namespace smallprint;

namespace {

// Of a plan with one snapshot, to which `change` does something.
std::string digest_with(const std::function<void(ListedSnapshot&)>& change) {
    ListedSnapshot snapshot;
    snapshot.facts.vendor = "one.example";
    snapshot.facts.vendor_source = VendorSource::provenance;
    snapshot.facts.terms_type = "Privacy Policy";
    snapshot.facts.place = "a.md";
    snapshot.size = 100;
    change(snapshot);
    std::vector<Listing> listings(1);
    listings[0].snapshots.push_back(std::move(snapshot));
    const std::vector<catalog::CatalogPolicy> catalog = catalog::make_catalog(std::move(listings));
    return pipeline::plan_digest(pipeline::make_tasks(catalog, {}), 1, "");
}

}  // namespace

TEST_CASE("every fact that shards are made of is in the digest of their plan") {
    const std::string plain = digest_with([](ListedSnapshot&) {});
    CHECK(plain == digest_with([](ListedSnapshot&) {}));
    const std::vector<std::function<void(ListedSnapshot&)>> changes = {
        [](ListedSnapshot& s) { s.facts.vendor = "two.example"; },
        [](ListedSnapshot& s) { s.facts.vendor_source = VendorSource::path; },
        [](ListedSnapshot& s) { s.facts.terms_type = "Imprint"; },
        [](ListedSnapshot& s) { s.facts.captured = parse_timestamp("20150302"); },
        [](ListedSnapshot& s) { s.facts.source_url = "http://one.example/"; },
        [](ListedSnapshot& s) { s.facts.archive_url = "http://archive.example/"; },
        [](ListedSnapshot& s) { s.facts.language = "de"; },
        [](ListedSnapshot& s) { s.facts.reextracted = true; },
        [](ListedSnapshot& s) { s.facts.place = "b.md"; },
        [](ListedSnapshot& s) { s.locator = 7; },
        [](ListedSnapshot& s) { s.size = 101; },
    };
    for (const auto& change : changes) {
        CHECK(digest_with(change) != plain);
    }
}
