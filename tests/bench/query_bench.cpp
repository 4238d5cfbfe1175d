// SPDX-License-Identifier: GPL-2.0-or-later
// Asks an index a list of queries inside one process and prints what each costs, alone and with
// facets, and what a trend over everything costs. Not a test: nothing fails by being slow.
#include "common/base/error.h"
#include "common/base/result.h"
#include "searcher/engine/engine.h"
#include "searcher/over_time/trend.h"  // IWYU pragma: keep: the engine's answer, complete
#include "searcher/query/ast.h"
#include "searcher/query/parser.h"
#include "searcher/request/requests.h"
#include "searcher/search/results.h"
#include "tests/bench/timing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_rounds = 21;  // the first is not counted

struct Asked {
    std::string id;
    std::string text;
    request::SearchRequest request;
};

// Lines of `id<TAB>query`.
Result<std::vector<Asked>> read_queries(const fs::path& file) {
    std::ifstream lines(file);
    std::vector<Asked> asked;
    for (std::string line; std::getline(lines, line);) {
        const std::size_t tab = line.find('\t');
        if (tab == std::string::npos) {
            return fail(ErrorCode::input, fmt::format("{}: no tab in '{}'", file.string(), line));
        }
        Asked one{line.substr(0, tab), line.substr(tab + 1), {}};
        TRY_ASSIGN(one.request.query, query::parse_query(one.text));
        asked.push_back(std::move(one));
    }
    if (asked.empty()) {
        return fail(ErrorCode::input, fmt::format("{}: no queries", file.string()));
    }
    return asked;
}

struct Cost {
    double first = 0;
    std::vector<double> others;  // milliseconds
    std::uint64_t total = 0;
    bool exact = true;
};

Result<Cost> cost_of(engine::Engine& engine, const request::SearchRequest& request) {
    Cost cost;
    for (std::size_t round = 0; round < k_rounds; ++round) {
        const auto start = Clock::now();
        TRY_ASSIGN(const search::SearchResults results, engine.search(request));
        const double took = milliseconds(Clock::now() - start);
        if (round == 0) {
            cost.first = took;
        } else {
            cost.others.push_back(took);
        }
        cost.total = results.total;
        cost.exact = results.total_is_exact;
    }
    return cost;
}

void print_sum(std::string_view what, const std::vector<double>& times) {
    fmt::print("| *{}* | | | {:.2f} | {:.2f} (99 %: {:.2f}) | |\n", what, median(times),
               *std::ranges::max_element(times), percentile(times, 99));
}

Result<void> measure_queries(engine::Engine& engine, const std::vector<Asked>& queries) {
    fmt::print("| query | clauses | first ms | median ms | slowest ms | facets add ms |\n"
               "|---|---|---|---|---|---|\n");
    std::vector<double> all;
    std::vector<double> facets;
    for (const Asked& asked : queries) {
        const Result<Cost> cost = cost_of(engine, asked.request);
        if (!cost && cost.error().code == ErrorCode::not_found) {
            fmt::print("| {} `{}` | not in this index | | | | |\n", asked.id, asked.text);
            continue;
        }
        TRY(cost);
        request::SearchRequest with_facets = asked.request;
        with_facets.facets = request::FacetCounts::counted;
        TRY_ASSIGN(const Cost faceted, cost_of(engine, with_facets));
        facets.push_back(median(faceted.others) - median(cost->others));
        all.insert(all.end(), cost->others.begin(), cost->others.end());
        fmt::print("| {} `{}` | {}{} | {:.2f} | {:.2f} | {:.2f} | {:.2f} |\n", asked.id, asked.text,
                   cost->exact ? "" : "at least ", cost->total, cost->first, median(cost->others),
                   *std::ranges::max_element(cost->others), facets.back());
    }
    if (all.empty()) {
        return {};
    }
    print_sum("all of them", all);
    print_sum("facets add", facets);
    return {};
}

Result<void> measure_trend(engine::Engine& engine) {
    request::TrendRequest request;
    for (const char* text : {"cookies", "\"safe harbor\"", "\"third parties\""}) {
        TRY_ASSIGN(query::Query query, query::parse_query(text));
        request.queries.push_back(std::move(query));
    }
    std::vector<double> times;
    for (std::size_t round = 0; round < k_rounds; ++round) {
        const auto start = Clock::now();
        TRY(engine.trend(request));
        times.push_back(milliseconds(Clock::now() - start));
    }
    fmt::print("\nA trend of three queries over everything: first {:.1f} ms, median {:.1f} ms\n",
               times.front(), median(times));
    return {};
}

Result<void> run(const fs::path& index, const fs::path& file) {
    TRY_ASSIGN(const std::vector<Asked> queries, read_queries(file));
    const auto start = Clock::now();
    TRY_ASSIGN(engine::Engine engine, engine::Engine::open(index));
    const double opened = milliseconds(Clock::now() - start);
    TRY(engine.warm_up());
    fmt::print("Opened in {:.1f} ms, ready in {:.1f} ms\n\n", opened,
               milliseconds(Clock::now() - start));
    TRY(measure_queries(engine, queries));
    return measure_trend(engine);
}

}  // namespace
}  // namespace smallprint

int main(int argc, char** argv) {
    if (argc != 3) {
        fmt::print(stderr, "usage: query_bench INDEX QUERIES\n");
        return 2;
    }
    const auto done = smallprint::run(argv[1], argv[2]);
    if (!done) {
        fmt::print(stderr, "query_bench: {}\n", done.error().message);
        return 1;
    }
    return 0;
}
