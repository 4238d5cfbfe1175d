// SPDX-License-Identifier: GPL-2.0-or-later
// What begins with a * of more words than are looked for.
#include "common/base/result.h"
#include "common/model/text_span.h"
#include "searcher/engine/engine.h"
#include "searcher/query/parser.h"
#include "searcher/request/requests.h"
#include "searcher/search/results.h"
#include "tests/support/indexed_folder.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>

using namespace smallprint;

namespace {

constexpr std::size_t k_frequent = 1000;  // words that stand in two clauses
constexpr std::size_t k_all = 1300;

// "zebaaa", "zebaab" ...: no ending that a stemmer would cut off.
std::string word(std::size_t number) {
    std::string letters = "zeb";
    for (const std::size_t digit : {number / 100, number / 10 % 10, number % 10}) {
        letters += std::string_view("bcfghkmpqx")[digit % 10];
    }
    return number < 1000 ? letters : letters + "k";
}

engine::Engine indexed(const std::filesystem::path& folder, std::size_t words) {
    std::filesystem::create_directories(folder);
    std::ofstream rows(folder / "rows.jsonl");
    std::string text;
    for (std::size_t number = 0; number < words; ++number) {
        text += fmt::format("We keep {} in the basement.\\n\\n", word(number));
        text +=
            number < k_frequent ? fmt::format("We also keep {} upstairs.\\n\\n", word(number)) : "";
    }
    rows << fmt::format(R"({{"vendor":"one.example","date":"2014-03-02","text":"{}"}})", text)
         << '\n';
    rows.close();
    return indexed_folder(folder);
}

request::SearchRequest request_of(std::string_view text) {
    const auto query = query::parse_query(text);
    REQUIRE(query);
    request::SearchRequest request;
    request.query = *query;
    return request;
}

search::SearchResults answer(engine::Engine& engine, std::string_view text) {
    auto results = engine.search(request_of(text));
    REQUIRE(results);
    return std::move(*results);
}

// A search counts no further than it has to.
std::size_t all_of(engine::Engine& engine, std::string_view text) {
    std::size_t found = 0;
    REQUIRE(engine.for_each_hit(request_of(text), [&](const search::Hit&) -> Result<void> {
        ++found;
        return {};
    }));
    return found;
}

}  // namespace

TEST_CASE("words that begin alike are all looked for up to a cap, and beyond it this is said") {
    engine::Engine within = indexed("within", k_frequent);
    const search::SearchResults whole = answer(within, "zeb*");
    CHECK(whole.notes.empty());
    CHECK(whole.total <= 2 * k_frequent);
    CHECK(all_of(within, "zeb*") == 2 * k_frequent);

    engine::Engine beyond = indexed("beyond", k_all);
    const search::SearchResults most = answer(beyond, "zeb*");
    REQUIRE(most.notes.size() == 1);
    CHECK(most.notes.front() == "1300 words may begin with 'zeb'; only the 1000 most frequent of "
                                "them were looked for");
    CHECK(all_of(beyond, "zeb*") == 2 * k_frequent);
    for (const search::Hit& hit : most.hits) {
        REQUIRE(hit.highlights.size() == 1);
        const TextSpan& span = hit.highlights.front();
        CHECK(hit.clause.text.substr(span.begin, span.end - span.begin).starts_with("zeb"));
    }
    // A word that is left out is found by more of it.
    CHECK(answer(beyond, word(k_all - 1)).total == 1);
    CHECK(answer(beyond, "zebcp*").notes.empty());
}
