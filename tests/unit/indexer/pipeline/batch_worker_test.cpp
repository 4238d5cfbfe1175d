// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/io/file.h"
#include "common/model/listing.h"
#include "indexer/archive/archive_reader.h"
#include "indexer/catalog/catalog.h"
#include "indexer/pipeline/batch_worker.h"
#include "indexer/pipeline/pipeline.h"
#include "indexer/pipeline/plan.h"
#include "indexer/pipeline/policy_loader.h"

#include <doctest/doctest.h>

#include <memory>
#include <utility>
#include <vector>

using namespace smallprint;

namespace {

// Lists two snapshots of a policy, the second of which is damaged.
class DamagedReader : public archive::ArchiveReader {
public:
    Result<Listing> list() override {
        Listing listing;
        for (const char* place : {"good", "damaged"}) {
            ListedSnapshot snapshot;
            snapshot.facts.vendor = "one.example";
            snapshot.facts.place = place;
            snapshot.locator = listing.snapshots.size();
            listing.snapshots.push_back(std::move(snapshot));
        }
        return listing;
    }

    Result<SourceText> read(const ListedSnapshot& snapshot) const override {
        if (snapshot.locator == 1) {
            return fail(ErrorCode::input, "damaged");
        }
        SourceText source;
        source.bytes = "We keep whales in the basement.\n";
        return source;
    }
};

}  // namespace

TEST_CASE("what a lenient run left behind does not get past a strict one") {
    pipeline::Archives archives;
    archives.push_back(std::make_unique<DamagedReader>());
    std::vector<Listing> listings;
    listings.push_back(*archives[0]->list());
    const std::vector<catalog::CatalogPolicy> catalog = catalog::make_catalog(std::move(listings));
    const std::vector<pipeline::PolicyTask> tasks = pipeline::make_tasks(catalog, {});
    REQUIRE(io::make_folder("shards"));
    pipeline::PipelineOptions options;
    const pipeline::BuildContext context{options, archives, nullptr, "shards", ""};
    const auto lenient = pipeline::build_batches(tasks, context);
    REQUIRE(lenient);
    CHECK(lenient->tally.skipped.size() == 1);
    const auto again = pipeline::build_batches(tasks, context);
    REQUIRE(again);
    CHECK(again->resumed == 1);
    options.strictness = pipeline::Strictness::strict;
    const auto strict = pipeline::build_batches(tasks, context);
    REQUIRE_FALSE(strict);
    CHECK(strict.error().message == "damaged: damaged");
}
