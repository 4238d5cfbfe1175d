// SPDX-License-Identifier: GPL-2.0-or-later
// Random archives are indexed for real; every answer is compared with one computed from the texts.
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "common/model/date.h"
#include "common/model/policy.h"
#include "indexer/pipeline/pipeline.h"
#include "searcher/engine/engine.h"
#include "searcher/index/clause_view.h"
#include "searcher/index/index.h"
#include "searcher/query/parser.h"
#include "searcher/request/requests.h"
#include "searcher/search/all_matches.h"
#include "searcher/search/compile.h"
#include "searcher/search/decider.h"
#include "searcher/search/plan.h"
#include "searcher/search/results.h"
#include "searcher/search/synonyms.h"
#include "tests/support/dated_archive.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace smallprint;

namespace {

namespace fs = std::filesystem;

const std::vector<std::string> k_words = {"cookies",    "advertising", "children", "retention",
                                          "encryption", "newsletter",  "location", "consent"};

// A clause of words that no other rule touches: no stop words, no stems in common.
std::string random_clause(std::mt19937& random) {
    std::string clause;
    for (std::size_t i = 0; i < 5 + random() % 6; ++i) {
        clause += (clause.empty() ? "" : " ") + k_words[random() % k_words.size()];
    }
    return clause + ".";
}

Archive random_archive(std::mt19937& random) {
    Archive archive;
    for (const char* vendor : {"one.example", "two.example", "three.example"}) {
        std::vector<std::string> pool;
        constexpr int k_pool = 12;
        pool.reserve(k_pool);
        for (int i = 0; i < k_pool; ++i) {
            pool.push_back(random_clause(random));
        }
        for (int year = 2010; year < 2016; ++year) {
            DatedCapture capture{fmt::format("{}-0{}-1{}", year, 1 + random() % 9, random() % 10),
                                 {}};
            for (const std::string& clause : pool) {
                if (random() % 2 == 0) {
                    capture.clauses.push_back(clause);
                }
            }
            if (!capture.clauses.empty()) {
                archive[vendor].push_back(std::move(capture));
            }
        }
    }
    return archive;
}

struct Asked {
    std::vector<std::string> words;  // all in the clause; one after the other if `phrase`
    bool phrase = false;
    std::string from;
    std::string to;
};

bool has_words(const std::string& clause, const Asked& asked) {
    std::string joined;
    for (const std::string& word : asked.words) {
        joined += (joined.empty() ? "" : " ") + word;
    }
    if (asked.phrase) {
        return (" " + clause.substr(0, clause.size() - 1) + " ").find(" " + joined + " ") !=
               std::string::npos;
    }
    return std::ranges::all_of(asked.words, [&](const std::string& word) {
        return clause.find(word) != std::string::npos;
    });
}

// Vendor and text of every clause that stood, in an unbroken run, at some day of the span.
std::set<std::pair<std::string, std::string>> expected(const Archive& archive, const Asked& asked) {
    std::set<std::pair<std::string, std::string>> found;
    for (const auto& [vendor, captures] : archive) {
        for (std::size_t first = 0; first < captures.size(); ++first) {
            for (const std::string& clause : captures[first].clauses) {
                std::size_t last = first;
                while (last + 1 < captures.size() &&
                       std::ranges::count(captures[last + 1].clauses, clause) > 0) {
                    ++last;
                }
                const bool overlaps = (asked.to.empty() || captures[first].day <= asked.to) &&
                                      (asked.from.empty() || captures[last].day >= asked.from);
                if (overlaps && has_words(clause, asked)) {
                    found.emplace(vendor, clause);
                }
            }
        }
    }
    return found;
}

request::SearchRequest request_of(const Asked& asked) {
    std::string text;
    for (const std::string& word : asked.words) {
        text += (text.empty() ? "" : " ") + word;
    }
    request::SearchRequest request;
    if (!text.empty()) {
        const auto query = query::parse_query(asked.phrase ? "\"" + text + "\"" : text);
        REQUIRE(query);
        request.query = *query;
    }
    request.count = request::k_most_results;
    request.copies = request::Copies::show_all;
    request.synonyms = request::Synonyms::off;
    request.filters.from = parse_day(asked.from);
    request.filters.to = parse_day(asked.to);
    return request;
}

Result<void> each_match(const request::SearchRequest& request, index::Index& index,
                        const search::MatchVisitor& visit) {
    TRY_ASSIGN(const search::CompiledQuery compiled,
               search::compile(request, search::SynonymIndex(), index));
    TRY_ASSIGN(search::Plan plan, search::make_plan(compiled, index));
    return search::for_each_match(request, plan, index, visit);
}

// All matches, in the order of the index and none twice.
std::set<std::pair<std::string, std::string>> enumerated(index::Index& index, const Asked& asked) {
    std::set<std::pair<std::string, std::string>> found;
    index_format::DocumentId before = 0;
    const auto visited = each_match(
        request_of(asked), index, [&](index_format::DocumentId document) -> Result<void> {
            CHECK(document > before);
            before = document;
            TRY_ASSIGN(const Passage passage, index.passage(document));
            TRY_ASSIGN(const index::PolicyPointer policy,
                       index.policy(index.directory().policy_of(document)));
            CHECK(found.emplace(policy->vendor, passage.text).second);
            return {};
        });
    REQUIRE(visited);
    return found;
}

std::set<std::pair<std::string, std::string>> answered(engine::Engine& engine, const Asked& asked) {
    const auto results = engine.search(request_of(asked));
    REQUIRE(results);
    CHECK(results->total_is_exact);
    CHECK(results->total == results->hits.size());
    std::set<std::pair<std::string, std::string>> found;
    for (const search::Hit& hit : results->hits) {
        // What was widened to lacks a word and is not asked for here.
        if (has_words(hit.clause.text, asked)) {
            found.emplace(hit.clause.policy.vendor, hit.clause.text);
        } else {
            CHECK(results->widened);
        }
    }
    return found;
}

Asked random_question(std::mt19937& random) {
    Asked asked;
    asked.phrase = random() % 2 == 0;
    for (std::size_t i = 0; i < 1 + random() % 3; ++i) {
        asked.words.push_back(k_words[random() % k_words.size()]);
    }
    if (random() % 2 == 0) {
        asked.from = fmt::format("{}-0{}-15", 2010 + random() % 6, 1 + random() % 9);
    }
    if (random() % 2 == 0) {
        asked.to = fmt::format("{}-0{}-15", 2010 + random() % 6, 1 + random() % 9);
    }
    return asked;
}

}  // namespace

TEST_CASE("search over random archives answers what the texts say") {
    std::mt19937 random(2718);  // NOLINT: the same archives every time
    std::size_t found = 0;
    for (int round = 0; round < 4; ++round) {
        const Archive archive = random_archive(random);
        const fs::path folder = fmt::format("archive-{}", round);
        write_archive(archive, folder);
        pipeline::PipelineOptions options;
        options.sources = {folder};
        options.index = folder / "index";
        options.threads = 1 + static_cast<unsigned>(round % 2);
        REQUIRE(pipeline::run_pipeline(options));
        auto engine = engine::Engine::open(options.index);
        REQUIRE(engine);
        auto index = index::Index::open(options.index);
        REQUIRE(index);
        CHECK(enumerated(*index, {}) == expected(archive, {}));
        for (int question = 0; question < 60; ++question) {
            const Asked asked = random_question(random);
            CAPTURE(fmt::format("{} {} {}..{}", fmt::join(asked.words, " "), asked.phrase,
                                asked.from, asked.to));
            const auto wanted = expected(archive, asked);
            found += wanted.size();
            CHECK(answered(*engine, asked) == wanted);
            CHECK(enumerated(*index, asked) == wanted);
        }
    }
    CHECK(found > 1000);  // else the questions say nothing
}

TEST_CASE("whoever is given the matches may end it") {
    std::mt19937 random(1618);  // NOLINT: as above
    const Archive archive = random_archive(random);
    write_archive(archive, "archive-end");
    pipeline::PipelineOptions options;
    options.sources = {"archive-end"};
    options.index = "archive-end/index";
    REQUIRE(pipeline::run_pipeline(options));
    auto index = index::Index::open(options.index);
    REQUIRE(index);
    int visits = 0;
    const auto ended = each_match({}, *index, [&](index_format::DocumentId) -> Result<void> {
        return ++visits < 3 ? Result<void>() : fail(ErrorCode::io, "enough");
    });
    REQUIRE_FALSE(ended);
    CHECK(ended.error().message == "enough");
    CHECK(visits == 3);
}

TEST_CASE("a policy shows exactly the clauses of its snapshot, at any day") {
    std::mt19937 random(3141);  // NOLINT: as above
    const Archive archive = random_archive(random);
    write_archive(archive, "archive-at");
    pipeline::PipelineOptions options;
    options.sources = {"archive-at"};
    options.index = "archive-at/index";
    REQUIRE(pipeline::run_pipeline(options));
    auto engine = engine::Engine::open(options.index);
    REQUIRE(engine);
    for (const auto& [vendor, captures] : archive) {
        for (const DatedCapture& capture : captures) {
            const auto view = engine->policy(vendor, parse_day(capture.day));
            REQUIRE(view);
            std::vector<std::string> texts;
            for (const index::PolicyLine& line : view->lines) {
                texts.push_back(line.text);
            }
            CHECK(texts == capture.clauses);
        }
        const auto before = engine->policy(vendor, parse_day("2009-12-31"));
        REQUIRE_FALSE(before);
        CHECK(before.error().code == ErrorCode::not_found);
    }
}
