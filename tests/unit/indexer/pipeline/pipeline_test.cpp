// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/base/hash.h"
#include "common/base/result.h"
#include "common/index_format/generation.h"
#include "common/io/file.h"
#include "common/model/snapshot.h"
#include "indexer/catalog/public_suffixes.h"
#include "indexer/pipeline/pipeline.h"
#include "searcher/engine/engine.h"
#include "searcher/query/parser.h"
#include "searcher/request/requests.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace smallprint;

namespace {

namespace fs = std::filesystem;

std::string provenance(std::string_view vendor, std::string_view day) {
    return fmt::format("> *The following text is extracted and transformed from the {} privacy "
                       "policy that was archived on {}. Please check the archive.*\n\n",
                       vendor, day);
}

void put(const fs::path& path, const std::string& text) {
    REQUIRE(io::make_folder(path.parent_path()));
    REQUIRE(io::write_file(path, text));
}

// An archive of one policy in a folder of the test's own.
pipeline::PipelineOptions archive_of(const std::string& name, std::string_view vendor) {
    put(fs::path(name) / "first.md",
        provenance(vendor, "2014-03-02") + "We keep whales in the basement for research.\n");
    pipeline::PipelineOptions options;
    options.sources = {name};
    options.index = name + ".idx";
    options.threads = 2;
    return options;
}

std::uint64_t found(const fs::path& index, std::string_view words) {
    auto engine = engine::Engine::open(index);
    REQUIRE(engine);
    request::SearchRequest request;
    const auto query = query::parse_query(words);
    REQUIRE(query);
    request.query = *query;
    const auto results = engine->search(request);
    REQUIRE(results);
    return results->total;
}

}  // namespace

TEST_CASE("an archive becomes a generation, and the same archive again changes nothing") {
    const pipeline::PipelineOptions options = archive_of("twice", "one.example");
    const auto first = pipeline::run_pipeline(options);
    REQUIRE(first);
    CHECK(first->generation == fs::path("twice.idx/gen-000001"));
    CHECK(first->counts.snapshots == 1);
    CHECK(first->counts.clauses == 1);
    CHECK_FALSE(first->unchanged);
    const auto second = pipeline::run_pipeline(options);
    REQUIRE(second);
    CHECK(second->unchanged);
    CHECK(second->added == 0);
    CHECK(second->counts.snapshots == 1);
    CHECK(second->generation == fs::path("twice.idx/gen-000001"));
    CHECK(*io::read_file("twice.idx/CURRENT") == "gen-000001\n");
    CHECK_FALSE(fs::exists("twice.idx/.building"));
}

TEST_CASE("--rebuild makes a generation of the named archives alone, and two are kept") {
    pipeline::PipelineOptions options = archive_of("anew", "one.example");
    REQUIRE(pipeline::run_pipeline(options));
    options.existing = pipeline::Existing::replace;
    const auto second = pipeline::run_pipeline(options);
    REQUIRE(second);
    CHECK(second->generation == fs::path("anew.idx/gen-000002"));
    REQUIRE(pipeline::run_pipeline(options));
    CHECK_FALSE(fs::exists("anew.idx/gen-000001"));
    CHECK(fs::exists("anew.idx/gen-000002"));
    CHECK(*io::read_file("anew.idx/CURRENT") == "gen-000003\n");
    CHECK_FALSE(fs::exists("anew.idx/.building"));
    CHECK(found("anew.idx", "whales") == 1);
    const pipeline::PipelineOptions other = archive_of("anew-other", "two.example");
    options.sources = other.sources;
    REQUIRE(pipeline::run_pipeline(options));
    auto engine = engine::Engine::open("anew.idx");
    REQUIRE(engine);
    CHECK_FALSE(engine->policy("one.example", {}));
}

TEST_CASE("an index whose vendors another public suffix list told is not added to") {
    const pipeline::PipelineOptions options = archive_of("suffixes", "one.example");
    REQUIRE(pipeline::run_pipeline(options));
    const fs::path folder = "suffixes.idx/gen-000001";
    auto meta = index_format::decode_meta(*io::read_file(folder / index_format::k_meta_file));
    REQUIRE(meta);
    CHECK(meta->public_suffixes == catalog::public_suffix_version());
    meta->public_suffixes = "2023-02-09_23-26-00_UTC";
    const std::string json = index_format::encode_meta(*meta);
    put(folder / index_format::k_meta_file, json);
    put(folder / index_format::k_meta_digest_file, digest128(json) + "\n");
    const auto refused = pipeline::run_pipeline(options);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::index_version);
    CHECK(refused.error().message.find("list of 2023-02-09_23-26-00_UTC") != std::string::npos);
    CHECK(refused.error().hint.find("--rebuild") != std::string::npos);
    CHECK(found("suffixes.idx", "whales") == 1);
}

TEST_CASE("what an interrupted run left is cleared away") {
    const pipeline::PipelineOptions options = archive_of("leftover", "one.example");
    put("leftover.idx/.building/shards/000000-000/postlist.glass", "half a shard");
    put("leftover.idx/.building/generation/records", "half a file");
    REQUIRE(pipeline::run_pipeline(options));
    CHECK_FALSE(fs::exists("leftover.idx/.building"));
    CHECK(found("leftover.idx", "whales") == 1);
}

TEST_CASE("the generation that was published before is kept, and orphans are not") {
    pipeline::PipelineOptions options = archive_of("orphan", "one.example");
    options.existing = pipeline::Existing::replace;
    REQUIRE(pipeline::run_pipeline(options));
    REQUIRE(io::make_folder("orphan.idx/gen-000002"));  // renamed, but CURRENT never named it
    REQUIRE(io::make_folder("orphan.idx/gen-18446744073709551615"));
    const auto report = pipeline::run_pipeline(options);
    REQUIRE(report);
    CHECK(report->generation == fs::path("orphan.idx/gen-000003"));
    CHECK(fs::exists("orphan.idx/gen-000001"));
    CHECK_FALSE(fs::exists("orphan.idx/gen-000002"));
    CHECK(found("orphan.idx", "whales") == 1);
}

TEST_CASE("a source that is named twice counts once") {
    pipeline::PipelineOptions options = archive_of("named", "one.example");
    options.sources = {"named", "named/.", "./named/"};
    const auto report = pipeline::run_pipeline(options);
    REQUIRE(report);
    CHECK(report->counts.snapshots == 1);
    CHECK(report->skipped.size() == 2);
}

TEST_CASE("a run that is stopped leaves the index as it was") {
    pipeline::PipelineOptions options = archive_of("stopped", "one.example");
    REQUIRE(pipeline::run_pipeline(options));
    put("stopped/second.md", provenance("one.example", "2015-03-02") + "We sell penguins.\n");
    options.stop_requested = [] { return true; };
    const auto stopped = pipeline::run_pipeline(options);
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().code == ErrorCode::interrupted);
    CHECK(*io::read_file("stopped.idx/CURRENT") == "gen-000001\n");
    CHECK(found("stopped.idx", "whales") == 1);
    CHECK(found("stopped.idx", "penguins") == 0);
}

TEST_CASE("a second writer is told that the index is locked") {
    const pipeline::PipelineOptions options = archive_of("locked", "one.example");
    REQUIRE(pipeline::run_pipeline(options));
    const auto lock = io::FileLock::acquire("locked.idx/lock");
    REQUIRE(lock);
    const auto refused = pipeline::run_pipeline(options);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::locked);
}

TEST_CASE("a vendor's name longer than any term loses no document") {
    const std::string vendor = std::string(300, 'v') + ".example";
    const pipeline::PipelineOptions options = archive_of("long-name", vendor);
    put("long-name/other.md",
        provenance("short.example", "2015-01-01") + "We keep penguins in the attic for fun.\n");
    const auto report = pipeline::run_pipeline(options);
    REQUIRE(report);
    CHECK(report->counts.policies == 2);
    CHECK(found("long-name.idx", "whales") == 1);
    CHECK(found("long-name.idx", "penguins") == 1);
    auto engine = engine::Engine::open("long-name.idx");
    REQUIRE(engine);
    CHECK(engine->policy(vendor, {})->policy.vendor == vendor);
}

TEST_CASE("words longer than any term are indexed by their start and lose nothing") {
    const pipeline::PipelineOptions options = archive_of("long-word", "one.example");
    put("long-word/other.md", provenance("two.example", "2015-01-01") + "We adore " +
                                  std::string(5000, 'x') + " and penguins in the attic.\n");
    REQUIRE(pipeline::run_pipeline(options));
    CHECK(found("long-word.idx", "penguins") == 1);
    CHECK(found("long-word.idx", std::string(64, 'x')) == 1);
}

TEST_CASE("how a vendor is known does not depend on which archive came first") {
    put("known/named.jsonl",
        R"({"vendor": "one.example", "url": "http://one.example/x", "date": "2014-01-01", )"
        R"("text": "We keep whales in the basement."})"
        "\n");
    put("guessed/bare.jsonl", R"({"url": "http://one.example/x", "date": "2015-01-01", )"
                              R"("text": "We keep penguins in the attic."})"
                              "\n");
    std::vector<VendorSource> told;
    for (const auto& [first, second] :
         {std::pair{"known", "guessed"}, std::pair{"guessed", "known"}}) {
        pipeline::PipelineOptions options;
        options.index = std::string(first) + "-first.idx";
        for (const char* source : {first, second}) {
            options.sources = {source};
            REQUIRE(pipeline::run_pipeline(options));
        }
        auto engine = engine::Engine::open(options.index);
        REQUIRE(engine);
        const auto policy = engine->policy("one.example", {});
        REQUIRE(policy);
        told.push_back(policy->policy.vendor_source);
    }
    CHECK(told[0] == told[1]);
}

TEST_CASE("nothing readable is an error that says so, strict or not") {
    pipeline::PipelineOptions options = archive_of("empty", "one.example");
    put("empty/first.md", "");
    const auto nothing = pipeline::run_pipeline(options);
    REQUIRE_FALSE(nothing);
    CHECK(nothing.error().code == ErrorCode::input);
    CHECK(nothing.error().message.find("first.md: empty file") != std::string::npos);
    CHECK_FALSE(fs::exists("empty.idx/CURRENT"));

    put("empty/second.md", provenance("one.example", "2015-01-01") + "We adore whales.\n");
    const auto lenient = pipeline::run_pipeline(options);
    REQUIRE(lenient);
    REQUIRE(lenient->skipped.size() == 1);
    CHECK(lenient->skipped[0].place == "first.md");
    options.strictness = pipeline::Strictness::strict;
    REQUIRE(pipeline::run_pipeline(options));  // nobody is to blame for an empty file
    put("empty/third.md", std::string("\x01\x02\x03\x04"));
    const auto strict = pipeline::run_pipeline(options);
    REQUIRE_FALSE(strict);
    CHECK(strict.error().code == ErrorCode::input);
}

TEST_CASE("the number of threads changes nothing in the records") {
    pipeline::PipelineOptions options = archive_of("threads", "one.example");
    for (int vendor = 0; vendor < 40; ++vendor) {
        for (int year = 2010; year < 2014; ++year) {
            std::string text =
                provenance(fmt::format("v{}.example", vendor), fmt::format("{}-05-05", year));
            for (int clause = 0; clause < 30; ++clause) {
                text += fmt::format("\nClause {} of vendor {} speaks of {} things and more.\n",
                                    clause, vendor, clause % 7 == year % 7 ? year : clause);
            }
            put(fmt::format("threads/v{}/{}.md", vendor, year), text);
        }
    }
    std::vector<std::string> records;
    for (const unsigned threads : {1U, 2U, 5U}) {
        options.threads = threads;
        options.index = fmt::format("threads-{}.idx", threads);
        REQUIRE(pipeline::run_pipeline(options));
        const auto generation = index_format::open_generation(options.index);
        REQUIRE(generation);
        records.push_back(*io::read_file(generation->folder / index_format::k_records_file) +
                          *io::read_file(generation->folder / index_format::k_directory_file));
    }
    CHECK(records[0] == records[1]);
    CHECK(records[0] == records[2]);
}
