// SPDX-License-Identifier: GPL-2.0-or-later
// What becomes of an engine whose index is replaced, deleted or damaged while it is open: the right
// answer of the generation it has opened, or an error.
#include "common/base/error.h"
#include "common/base/result.h"
#include "indexer/pipeline/pipeline.h"
#include "searcher/engine/engine.h"
#include "searcher/index/clause_view.h"
#include "searcher/over_time/trend.h"
#include "searcher/query/parser.h"
#include "searcher/request/requests.h"
#include "searcher/search/results.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <ios>
#include <iterator>
#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace smallprint;

namespace {

namespace fs = std::filesystem;

constexpr int k_first_year = 2010;
constexpr int k_clauses = 120;

// A snapshot of each of three vendors, in a file of its own.
void add_snapshots(const fs::path& folder, int year) {
    fs::create_directories(folder);
    std::ofstream rows(folder / fmt::format("{}.jsonl", year));
    for (const char* vendor : {"one.example", "two.example", "three.example"}) {
        std::string text;
        for (int i = year - k_first_year; i < k_clauses; ++i) {
            text += fmt::format("We keep {} whales in basement {} of {}.\\n\\n", i % 7, i, vendor);
        }
        rows << fmt::format(R"({{"vendor":"{}","date":"{}-03-02","text":"{}"}})", vendor, year,
                            text)
             << '\n';
    }
}

void publish(const fs::path& folder, int year) {
    add_snapshots(folder / "archive", year);
    pipeline::PipelineOptions options;
    options.sources = {folder / "archive"};
    options.index = folder / "index";
    REQUIRE(pipeline::run_pipeline(options));
}

request::SearchRequest request_of(const std::string& text) {
    const auto query = query::parse_query(text);
    REQUIRE(query);
    request::SearchRequest request;
    request.query = *query;
    request.count = request::k_most_results;
    return request;
}

std::string told(const std::vector<search::Hit>& hits) {
    std::string text;
    for (const search::Hit& hit : hits) {
        text += fmt::format("{} {:.6f} {} {}\n", hit.clause.id, hit.score, hit.clause.text,
                            hit.clause.snapshots);
    }
    return text;
}

// All that an engine says to questions of every kind, or an error.
Result<std::string> everything(engine::Engine& engine) {
    std::string text;
    for (const char* question :
         {"whales", "\"keep 3 whales\"", "basem* NOT =119", "keep w/3 basement vendor:two.example",
          "whales change:removed", "whales as-of:2010-06"}) {
        request::SearchRequest request = request_of(question);
        request.facets = request::FacetCounts::counted;
        TRY_ASSIGN(const search::SearchResults found, engine.search(request));
        text += fmt::format("{} {}\n", found.total, told(found.hits));
        for (const search::FacetValue& value :
             found.facets.value_or(search::Facets()).vendor.values) {
            text += fmt::format("{} {}\n", value.value, value.clauses);
        }
    }
    std::vector<search::Hit> exported;
    TRY(engine.for_each_hit(request_of("whales"), [&](const search::Hit& hit) -> Result<void> {
        exported.push_back(hit);
        return {};
    }));
    text += told(exported);
    request::TrendRequest request;
    request.queries = {request_of("whales").query};
    TRY_ASSIGN(const over_time::Trend trend, engine.trend(request));
    for (const std::uint64_t vendors : trend.series.front().matching) {
        text += fmt::format("{} ", vendors);
    }
    TRY_ASSIGN(const index::PolicyView policy, engine.policy("one.example", {}));
    return text + std::to_string(policy.lines.size());
}

std::string must_say(engine::Engine& engine) {
    const auto said = everything(engine);
    REQUIRE_MESSAGE(said, (said ? "" : said.error().message));
    return *said;
}

engine::Engine opened(const fs::path& index) {
    auto engine = engine::Engine::open(index);
    REQUIRE(engine);
    return std::move(*engine);
}

std::vector<fs::path> files_of(const fs::path& generation) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(generation)) {
        if (entry.is_regular_file() && entry.file_size() > 0) {
            files.push_back(entry.path());
        }
    }
    return files;
}

std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void overwrite(const fs::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

// The right answer or an error that says what is wrong.
void expect_right_or_error(const Result<std::string>& said, const std::string& right) {
    if (said) {
        CHECK(*said == right);
    } else {
        const ErrorCode code = said.error().code;
        CHECK((code == ErrorCode::damaged || code == ErrorCode::io ||
               code == ErrorCode::index_version));
        CHECK_FALSE(said.error().message.empty());
    }
}

Result<std::string> said_by(const fs::path& index) {
    TRY_ASSIGN(engine::Engine engine, engine::Engine::open(index));
    return everything(engine);
}

}  // namespace

TEST_CASE("an open engine answers of its generation while others are published") {
    const fs::path folder = "replaced";
    publish(folder, k_first_year);
    engine::Engine before = opened(folder / "index");
    // One that has read nothing yet when its files are deleted.
    engine::Engine fresh = opened(folder / "index");
    const std::string right = must_say(before);
    std::string newest = right;
    // Two generations are kept, so the third one deletes the first.
    for (int year = k_first_year + 1; year < k_first_year + 4; ++year) {
        publish(folder, year);
        CHECK(must_say(before) == right);
        engine::Engine after = opened(folder / "index");
        CHECK(after.generation() != before.generation());
        const std::string said = must_say(after);
        CHECK(said != newest);
        newest = said;
    }
    CHECK_FALSE(fs::exists(folder / "index" / before.generation()));
    CHECK(must_say(fresh) == right);
}

TEST_CASE("a bit that is flipped in any file before it is opened changes no answer") {
    const fs::path folder = "flipped";
    publish(folder, k_first_year);
    publish(folder, k_first_year + 1);
    engine::Engine engine = opened(folder / "index");
    const std::string right = must_say(engine);
    std::mt19937 random(31337);  // NOLINT: the same bits every time
    std::size_t noticed = 0;
    for (const fs::path& file : files_of(folder / "index" / engine.generation())) {
        const std::string intact = bytes_of(file);
        for (int i = 0; i < 12; ++i) {
            std::string flipped = intact;
            const std::size_t at = random() % intact.size();
            flipped[at] = static_cast<char>(flipped[at] ^ (1 << (random() % 8)));
            overwrite(file, flipped);
            CAPTURE(file);
            CAPTURE(at);
            const auto said = said_by(folder / "index");
            expect_right_or_error(said, right);
            noticed += said ? 0U : 1U;
        }
        overwrite(file, intact);
    }
    CHECK(noticed > 30);
    CHECK(said_by(folder / "index").value_or("") == right);
}

TEST_CASE("a file that is cut under an open engine gives an error or the right answer") {
    const fs::path folder = "cut";
    publish(folder, k_first_year);
    publish(folder, k_first_year + 1);
    const std::string name = opened(folder / "index").generation();
    engine::Engine first = opened(folder / "index");
    const std::string right = must_say(first);
    for (const fs::path& file : files_of(folder / "index" / name)) {
        const std::string intact = bytes_of(file);
        for (const std::size_t left : {std::size_t{0}, intact.size() / 2, intact.size() - 1}) {
            CAPTURE(file);
            CAPTURE(left);
            engine::Engine open = opened(folder / "index");
            fs::resize_file(file, left);
            expect_right_or_error(everything(open), right);
            // Whoever opens it now is told.
            const auto said = said_by(folder / "index");
            CHECK_FALSE(said);
            overwrite(file, intact);
        }
    }
}

TEST_CASE("records that are damaged under an open engine are noticed") {
    const fs::path folder = "rotten";
    publish(folder, k_first_year);
    const std::string name = opened(folder / "index").generation();
    const fs::path file = folder / "index" / name / "records";
    const std::string intact = bytes_of(file);
    engine::Engine first = opened(folder / "index");
    const std::string right = must_say(first);
    std::mt19937 random(4242);  // NOLINT: the same bits every time
    std::size_t noticed = 0;
    for (int i = 0; i < 40; ++i) {
        engine::Engine open = opened(folder / "index");
        std::string flipped = intact;
        const std::size_t at = random() % intact.size();
        flipped[at] = static_cast<char>(flipped[at] ^ (1 << (random() % 8)));
        overwrite(file, flipped);
        CAPTURE(at);
        const auto said = everything(open);
        expect_right_or_error(said, right);
        noticed += said ? 0U : 1U;
        overwrite(file, intact);
    }
    CHECK(noticed > 20);
}
