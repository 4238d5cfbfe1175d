// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/engine/engine.h"
#include "searcher/query/ast.h"
#include "searcher/query/parser.h"
#include "searcher/request/requests.h"
#include "searcher/search/results.h"
#include "tests/support/indexed_folder.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

using namespace smallprint;

namespace {

engine::Engine indexed(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "rows.jsonl")
        << R"({"vendor":"one.example","date":"2014-03-02","text":)"
        << R"("Basements keep lanterns and marbles.\n\nKites, marbles, lanterns and turbines.)"
        << R"(\n\nArbitration settles it.\n\nA court settles it."})" << '\n';
    return indexed_folder(folder);
}

std::vector<std::string> steps(engine::Engine& engine, std::string_view text) {
    const auto query = query::parse_query(text);
    REQUIRE(query);
    request::SearchRequest request;
    request.query = *query;
    request.synonyms = request::Synonyms::off;
    request.explain = request::Explain::yes;
    const auto results = engine.search(request);
    REQUIRE(results);
    REQUIRE(results->explanation.has_value());
    const search::Explanation explanation = results->explanation.value_or(search::Explanation{});
    std::vector<std::string> texts;
    texts.reserve(explanation.steps.size());
    for (const search::ExplainedStep& step : explanation.steps) {
        texts.push_back(step.text);
    }
    return texts;
}

}  // namespace

TEST_CASE("an explanation says how many words of a widened search have to be there") {
    engine::Engine engine = indexed("explained");
    const auto says = [&](std::string_view query, std::string_view step) {
        return std::ranges::count(steps(engine, query), step) == 1;
    };
    CHECK(says("lanterns marbles violins", "at least 2 of 3"));
    CHECK(says("lanterns marbles basements violins", "at least 3 of 4"));
    CHECK(says("kites marbles lanterns turbines violins pianos flutes", "at least 4 of 7"));
    CHECK(says("lanterns violins", "at least 1 of 2"));
    CHECK(says("\"lanterns and marbles\" violins", "any or none of"));
    CHECK_FALSE(says("lanterns marbles", "at least 1 of 2"));
}

TEST_CASE("a single plain word is widened by its related words") {
    engine::Engine engine = indexed("related");
    const auto query = query::parse_query("arbitration", query::QuerySyntax::plain);
    REQUIRE(query);
    request::SearchRequest request;
    request.query = *query;
    const auto results = engine.search(request);
    REQUIRE(results);
    CHECK(results->widened);
    CHECK(results->complete == 1);
    CHECK(results->total == 2);
}
