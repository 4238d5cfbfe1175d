// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/index_format/generation.h"
#include "common/model/policy.h"
#include "common/text/analyzer.h"
#include "indexer/write/publisher.h"
#include "indexer/write/shard_writer.h"
#include "searcher/engine/engine.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

using namespace smallprint;

namespace {

PolicyHistory history_of(int vendor) {
    PolicyHistory history;
    history.policy.vendor = fmt::format("v{}.example", vendor);
    history.policy.passage_count = 1;
    history.policy.clause_count = 1;
    history.policy.snapshots.resize(1);
    history.policy.snapshots[0].order = {{false, 1}};
    Passage passage;
    passage.number = 1;
    passage.text = fmt::format("The walrus number {} swims.", vendor);
    passage.runs = {{0, 0}};
    history.passages.push_back(std::move(passage));
    return history;
}

}  // namespace

TEST_CASE("more shards than databases may be open at once are put together, in their order") {
    constexpr int shard_count = 450;
    auto publisher = write::Publisher::open("rounds.idx");
    REQUIRE(publisher);
    REQUIRE(publisher->begin("a plan"));
    std::vector<write::Shard> shards;
    write::ShardWriter writer("");
    for (int vendor = 0; vendor < shard_count; ++vendor) {
        writer.begin(publisher->shard_folder() / fmt::format("{:06}", vendor));
        REQUIRE(writer.add(history_of(vendor)));
        auto written = writer.finish();
        REQUIRE(written);
        std::ranges::move(*written, std::back_inserter(shards));
    }
    index_format::Meta meta;
    meta.analyzer_version = text::k_analyzer_version;
    meta.counts.policies = shard_count;
    meta.counts.clauses = shard_count;
    REQUIRE(publisher->publish(shards, "", meta));

    auto engine = engine::Engine::open("rounds.idx");
    REQUIRE(engine);
    const auto overview = engine->overview();
    REQUIRE(overview);
    REQUIRE(overview->listed.size() == shard_count);
    for (const int vendor : {0, 1, 199, 200, 399, 400, 449}) {
        CHECK(overview->listed[static_cast<std::size_t>(vendor)].policy.vendor ==
              fmt::format("v{}.example", vendor));
        const auto view = engine->policy(fmt::format("v{}.example", vendor), {});
        REQUIRE(view);
        CHECK(view->lines.at(0).text == fmt::format("The walrus number {} swims.", vendor));
    }
}
