// SPDX-License-Identifier: GPL-2.0-or-later
// Random archives are indexed for real; a count of a facet is compared with the total of a search
// that asks for the value.
#include "common/model/date.h"
#include "indexer/pipeline/pipeline.h"
#include "searcher/engine/engine.h"
#include "searcher/query/parser.h"
#include "searcher/request/filters.h"
#include "searcher/request/requests.h"
#include "searcher/search/results.h"
#include "tests/support/indexed_folder.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace smallprint;

namespace {

namespace fs = std::filesystem;

const std::vector<std::string> k_words = {"whales", "lanterns", "umbrellas", "violins"};

std::string picked(std::mt19937& random, const std::vector<std::string>& from) {
    return from[random() % from.size()];
}

// Few texts, so that vendors share them; with gaps of years, so that runs have holes.
std::string random_row(std::mt19937& random) {
    std::string text;
    for (std::size_t i = 0; i < 1 + random() % 4; ++i) {
        text += fmt::format("{}We keep {} and {} in the basement.", i == 0 ? "" : "\\n\\n",
                            picked(random, k_words), picked(random, k_words));
    }
    const std::string vendor = picked(random, {"One", "two", "THREE", ""});
    std::string row = fmt::format(
        R"({{"vendor":"{}","type":"{}","lang":"{}","url":"http://{}.example/p","text":"{}")",
        vendor, picked(random, {"Privacy Policy", "Terms of Service", ""}),
        picked(random, {"en", "de"}), picked(random, {"a", "b", "www.c"}), text);
    if (random() % 6 != 0) {
        row += fmt::format(R"(,"date":"{}-0{}-1{}")", 2010 + random() % 9, 1 + random() % 9,
                           random() % 10);
    }
    return row + "}\n";
}

engine::Engine indexed(std::mt19937& random, const fs::path& folder, int rows) {
    fs::create_directories(folder);
    std::ofstream file(folder / "rows.jsonl");
    for (int i = 0; i < rows; ++i) {
        file << random_row(random);
    }
    file.close();
    return indexed_folder(folder);
}

request::SearchRequest request_of(std::string_view text, request::Copies copies) {
    request::SearchRequest request;
    if (!text.empty()) {
        const auto query = query::parse_query(text);
        REQUIRE(query);
        request.query = *query;
    }
    request.copies = copies;
    request.synonyms = request::Synonyms::off;
    return request;
}

search::Facets count_facets(engine::Engine& engine, request::SearchRequest request) {
    request.facets = request::FacetCounts::counted;
    const auto results = engine.search(request);
    REQUIRE(results);
    REQUIRE(results->facets);
    return results->facets.value_or(search::Facets{});
}

std::uint64_t total_of(engine::Engine& engine, const request::SearchRequest& request) {
    const auto results = engine.search(request);
    REQUIRE(results);
    CHECK(results->total_is_exact);
    CHECK_FALSE(results->widened);
    return results->total;
}

std::size_t compare(engine::Engine& engine, const request::SearchRequest& request) {
    const search::Facets facets = count_facets(engine, request);
    CHECK(facets.exact);
    CHECK(facets.clauses == total_of(engine, request));
    std::size_t compared = 0;
    const auto narrowed = [&](const search::Facet& facet, auto narrow) {
        for (const search::FacetValue& value : facet.values) {
            if (!value.value.empty()) {
                CAPTURE(value.value);
                request::SearchRequest one = request;
                narrow(one.filters, value.value);
                CHECK(total_of(engine, one) == value.clauses);
                ++compared;
            }
        }
    };
    narrowed(facets.vendor,
             [](request::Filters& filters, const std::string& v) { filters.vendors = {v}; });
    narrowed(facets.type,
             [](request::Filters& filters, const std::string& v) { filters.types = {v}; });
    narrowed(facets.host,
             [](request::Filters& filters, const std::string& v) { filters.hosts = {v}; });
    narrowed(facets.language,
             [](request::Filters& filters, const std::string& v) { filters.languages = {v}; });
    narrowed(facets.year, [](request::Filters& filters, const std::string& v) {
        filters.from = parse_day(v + "-01-01");
        filters.to = parse_day(v + "-12-31");
    });
    return compared;
}

}  // namespace

TEST_CASE("counts of facets are the totals of searches that are narrowed to them") {
    std::mt19937 random(577);  // NOLINT: the same archives every time
    std::size_t compared = 0;
    for (int round = 0; round < 6; ++round) {
        engine::Engine engine = indexed(random, fmt::format("facets-{}", round), 40);
        for (const request::Copies copies :
             {request::Copies::collapse, request::Copies::show_all}) {
            for (const char* query : {"whales", "whales AND violins", "\"whales and lanterns\"",
                                      "basement", "xylophone"}) {
                CAPTURE(query);
                CAPTURE(round);
                compared += compare(engine, request_of(query, copies));
            }
            request::SearchRequest narrow = request_of("basement", copies);
            narrow.filters.vendors = {"one", "three"};
            narrow.filters.types = {"privacy policy"};
            compared += compare(engine, narrow);
        }
    }
    CHECK(compared > 1000);  // else the questions say nothing
}

TEST_CASE("facets name values as the archive does, most first, and years without a gap") {
    fs::create_directories("named-facets");
    std::ofstream file("named-facets/rows.jsonl");
    for (const char* row : {"Zebra\",\"date\":\"2010-01-01", "Zebra\",\"date\":\"2014-01-01",
                            "Alpha Inc\",\"date\":\"2016-05-01", "\",\"x\":\""}) {
        static int number = 0;
        file << fmt::format(R"({{"text":"We keep whales in basement {}.","vendor":"{}"}})",
                            ++number, row)
             << '\n';
    }
    file.close();
    pipeline::PipelineOptions options;
    options.sources = {"named-facets"};
    options.index = "named-facets/index";
    REQUIRE(pipeline::run_pipeline(options));
    auto engine = engine::Engine::open(options.index);
    REQUIRE(engine);
    request::SearchRequest request = request_of("whales", request::Copies::collapse);
    request.facets = request::FacetCounts::counted;
    const auto results = engine->search(request);
    REQUIRE(results);
    const search::Facets facets = results->facets.value_or(search::Facets{});
    const auto pairs = [](const search::Facet& facet) {
        std::string text;
        for (const search::FacetValue& value : facet.values) {
            text += fmt::format("{}={} ", value.value, value.clauses);
        }
        return text;
    };
    CHECK(pairs(facets.vendor) == "Zebra=2 Alpha Inc=1 =1 ");
    CHECK(pairs(facets.year) == "2010=1 2011=0 2012=0 2013=0 2014=1 2015=0 2016=1 =1 ");
    CHECK(pairs(facets.host) == "=4 ");
    CHECK(facets.vendor.others == 0);
    request.facets = request::FacetCounts::none;
    CHECK_FALSE(engine->search(request)->facets);
}

TEST_CASE("facets of few results are of those that lack a word as well") {
    std::mt19937 random(691);  // NOLINT: as above
    engine::Engine engine = indexed(random, "widened", 10);
    request::SearchRequest request =
        request_of("whales basement xylophone", request::Copies::show_all);
    request.facets = request::FacetCounts::counted;
    const auto results = engine.search(request);
    REQUIRE(results);
    CHECK(results->widened);
    CHECK(results->total > 0);
    const search::Facets facets = results->facets.value_or(search::Facets{});
    std::uint64_t clauses = 0;  // of which each has one type or none
    for (const search::FacetValue& value : facets.type.values) {
        clauses += value.clauses;
    }
    CHECK(clauses == results->total);
}

TEST_CASE("facets of a question count what its later pages hold as well") {
    std::mt19937 random(443);  // NOLINT: as above
    engine::Engine engine = indexed(random, "asked", 40);
    request::SearchRequest request =
        request_of("do you keep whales or violins?", request::Copies::show_all);
    request.facets = request::FacetCounts::counted;
    request.count = 3;
    const auto first = engine.search(request);
    REQUIRE(first);
    CHECK(first->total_is_exact);
    CHECK(first->total > first->complete);
    request.count = request::k_most_results;
    const auto all = engine.search(request);
    REQUIRE(all);
    CHECK(all->hits.size() == first->total);
    CHECK(count_facets(engine, request).clauses == first->total);
}
