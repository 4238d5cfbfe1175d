// SPDX-License-Identifier: GPL-2.0-or-later
// Indexes an archive and asks it a fixed list of queries; prints what both cost. Not a test:
// nothing fails by being slow.
#include "common/base/result.h"
#include "indexer/pipeline/pipeline.h"
#include "indexer/pipeline/policy_loader.h"
#include "searcher/engine/engine.h"
#include "searcher/query/parser.h"
#include "searcher/request/requests.h"
#include "searcher/search/results.h"
#include "tests/bench/timing.h"

#include <fmt/format.h>

#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string_view>
#include <thread>
#include <vector>

namespace smallprint {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 27> k_queries = {"cookies",
                                                        "sell personal data",
                                                        "data retention",
                                                        "third party advertising",
                                                        "do not track",
                                                        "children under 13",
                                                        "location advertisers share",
                                                        "opt out marketing email",
                                                        "right to erasure",
                                                        "law enforcement request",
                                                        "encryption security measures",
                                                        "payment card information",
                                                        "international transfer",
                                                        "standard contractual clauses",
                                                        "safe harbor",
                                                        "data protection officer",
                                                        "\"safe harbor\"",
                                                        "\"third parties\"",
                                                        "\"we do not sell\"",
                                                        "\"legitimate interest\"",
                                                        "opt-out",
                                                        "\"personal data\" third",
                                                        "\"your data\"",
                                                        "\"of your data\"",
                                                        "\"your information\"",
                                                        "\"we may share\"",
                                                        "contact"};
constexpr std::size_t k_rounds = 21;

// Where the time went, over all threads.
void print_stages(const pipeline::StageTimes& times) {
    const auto seconds = [](std::uint64_t nanoseconds) {
        return static_cast<double>(nanoseconds) / 1e9;
    };
    const std::uint64_t total =
        times.read + times.split + times.join + times.analyse + times.store + times.publish;
    fmt::print("| stage | seconds of threads | share |\n|---|---|---|\n");
    const auto row = [&](std::string_view name, std::uint64_t time) {
        fmt::print("| {} | {:.2f} | {:.0f} % |\n", name, seconds(time),
                   100 * seconds(time) / seconds(total));
    };
    row("read (decode git, files, ...)", times.read);
    row("split into clauses", times.split);
    row("join to runs", times.join);
    row("analyse (words, stems)", times.analyse);
    row("store (Xapian, records)", times.store);
    row("publish (compaction, digests, syncing)", times.publish);
    fmt::print("\n");
}

Result<void> measure_indexing(const fs::path& archive, const fs::path& index, unsigned threads) {
    pipeline::PipelineOptions options;
    options.sources = {archive};
    options.index = index;
    options.threads = threads;
    const auto start = Clock::now();
    TRY_ASSIGN(const pipeline::PipelineReport report, pipeline::run_pipeline(options));
    const double seconds = milliseconds(Clock::now() - start) / 1000;
    rusage usage = {};
    getrusage(RUSAGE_SELF, &usage);
    const auto mb = [](std::uint64_t bytes) { return static_cast<double>(bytes) / 1e6; };
    fmt::print("| indexing, {} threads | |\n|---|---|\n", threads);
    fmt::print("| snapshots | {} |\n", report.counts.snapshots);
    fmt::print("| text | {:.1f} MB |\n", mb(report.counts.source_bytes));
    fmt::print("| distinct clauses | {} |\n", report.counts.clauses);
    fmt::print("| wall time | {:.2f} s ({:.0f} MB/s) |\n", seconds,
               mb(report.counts.source_bytes) / seconds);
    fmt::print("| peak memory of the process | {:.0f} MB |\n",
               static_cast<double>(usage.ru_maxrss) / 1000);
    fmt::print("| index | {:.1f} MB |\n\n", mb(report.index_bytes));
    print_stages(report.times);
    return {};
}

Result<void> measure_searching(const fs::path& index) {
    const auto start = Clock::now();
    TRY_ASSIGN(engine::Engine engine, engine::Engine::open(index));
    fmt::print("| searching, ms inside the process | clauses | first | median | slowest |\n"
               "|---|---|---|---|---|\n");
    fmt::print("| *opening the index* | | {:.2f} | | |\n", milliseconds(Clock::now() - start));
    std::vector<double> medians;
    for (const std::string_view text : k_queries) {
        request::SearchRequest request;
        TRY_ASSIGN(request.query, query::parse_query(text));
        std::vector<double> times;
        std::uint64_t total = 0;
        bool exact = true;
        for (std::size_t round = 0; round < k_rounds; ++round) {
            TRY_ASSIGN(const search::SearchResults results, engine.search(request));
            times.push_back(results.took_ms);
            total = results.total;
            exact = results.total_is_exact;
        }
        const double first = times.front();
        times.erase(times.begin());
        medians.push_back(median(times));
        fmt::print("| {} | {}{} | {:.2f} | {:.2f} | {:.2f} |\n", text, exact ? "" : "at least ",
                   total, first, medians.back(), std::ranges::max(times));
    }
    fmt::print("| *over all queries* | | | {:.2f} | {:.2f} |\n", median(medians),
               std::ranges::max(medians));
    return {};
}

Result<void> run(const fs::path& archive, const fs::path& index) {
    TRY(measure_indexing(archive, index, std::max(1U, std::thread::hardware_concurrency())));
    return measure_searching(index);
}

}  // namespace
}  // namespace smallprint

int main(int argc, char** argv) {
    if (argc != 3) {
        fmt::print(stderr, "usage: bench ARCHIVE INDEX\n");
        return 2;
    }
    const auto done = smallprint::run(argv[1], argv[2]);
    if (!done) {
        fmt::print(stderr, "bench: {}\n", done.error().message);
        return 1;
    }
    return 0;
}
