// SPDX-License-Identifier: GPL-2.0-or-later
// Random queries of the whole language over random archives: every answer, with its highlights, its
// order, its counts and its trend, is compared with one that a slow and simple reading gives.
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/model/date.h"
#include "common/model/text_span.h"
#include "common/text/thesaurus.h"
#include "searcher/engine/engine.h"
#include "searcher/index/clause_view.h"
#include "searcher/over_time/trend.h"
#include "searcher/query/ast.h"
#include "searcher/query/parser.h"
#include "searcher/request/period.h"
#include "searcher/request/requests.h"
#include "searcher/search/results.h"
#include "tests/support/indexed_folder.h"
#include "tests/support/query_writer.h"
#include "tests/support/random_past.h"
#include "tests/support/slow_clause.h"
#include "tests/support/slow_reading.h"
#include "tests/support/slow_words.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace smallprint;

namespace {

using Key = std::pair<std::string, std::string>;  // vendor and text
using Found = std::map<Key, std::set<std::size_t>>;

constexpr const char* k_thesaurus = "cookie | location | web data\tfor the test\n"
                                    "opt-out | sharing\tfor the test\n";
const SlowThesaurus k_slow_thesaurus = {{{"cookie"}, {"locate"}, {"web", "data"}},
                                        {{"opt", "out"}, {"share"}}};

Key key_of(const search::Hit& hit) {
    return {hit.clause.policy.vendor, hit.clause.text};
}

std::set<std::size_t> marked_words(const search::Hit& hit) {
    std::set<std::size_t> marked;
    const SlowText text(hit.clause.text);
    for (std::size_t i = 0; i < text.places.size(); ++i) {
        const bool inside = std::ranges::any_of(hit.highlights, [&](const TextSpan& span) {
            return span.begin <= text.places[i].begin && text.places[i].begin < span.end;
        });
        if (inside) {
            marked.insert(i);
        }
    }
    return marked;
}

// A line each, to see what differs.
std::string told(const Found& found) {
    std::string text;
    for (const auto& [key, marks] : found) {
        text += fmt::format("{}: {}", key.first, key.second);
        for (const std::size_t mark : marks) {
            text += fmt::format(" {}", mark);
        }
        text += '\n';
    }
    return text;
}

// What the reading says of a query.
struct Wanted {
    std::vector<const SlowClause*> clauses;
    Found found;
};

// One archive, as it is read slowly and as it is indexed.
class Comparison {
public:
    Comparison(std::mt19937& random, const std::filesystem::path& folder,
               request::Synonyms synonyms)
        : m_past(random), m_synonyms(synonyms), m_engine(indexed(folder)) {
        if (synonyms == request::Synonyms::used) {
            const auto thesaurus = text::Thesaurus::parse(k_thesaurus);
            REQUIRE(thesaurus);
            REQUIRE(m_engine.use(*thesaurus));
        }
    }

    // Returns how many clauses match; nothing for what is no query.
    std::optional<std::size_t> compare(const std::string& text) {
        const auto query = query::parse_query(text);
        if (!query) {
            return std::nullopt;
        }
        request::SearchRequest request;
        request.query = *query;
        request.count = 7;
        request.context = 0;
        request.copies = request::Copies::show_all;
        request.synonyms = m_synonyms;
        const auto found = paged(request);
        if (!found) {
            CHECK(found.error().code == ErrorCode::query);
            return std::nullopt;
        }
        const Wanted wanted = read(query->root.value_or(query::Node()));
        CHECK(told(*found) == told(wanted.found));
        check_export(request, wanted);
        request.count = request::k_most_results;
        check_order(request, wanted);
        check_copies(request, wanted);
        check_trend(*query, wanted);
        return wanted.found.size();
    }

private:
    engine::Engine indexed(const std::filesystem::path& folder) {
        m_past.write(folder);
        return indexed_folder(folder);
    }

    Wanted read(const query::Node& root) const {
        static const SlowThesaurus none;
        Wanted wanted;
        for (const SlowClause& clause : m_past.clauses()) {
            const auto marks = slow_match(
                clause, root, m_synonyms == request::Synonyms::used ? k_slow_thesaurus : none);
            if (marks) {
                wanted.clauses.push_back(&clause);
                wanted.found[{clause.vendor, clause.text}] = *marks;
            }
        }
        return wanted;
    }

    // All pages, one after the other by their cursors; without what a widened search adds.
    Result<Found> paged(request::SearchRequest request) {
        Found found;
        for (bool more = true; more;) {
            auto page = m_engine.search(request);
            if (!page) {
                return fail(page.error());
            }
            for (const search::Hit& hit : page->hits) {
                CHECK_FALSE(found.contains(key_of(hit)));
                if (hit.rank <= page->complete) {
                    found[key_of(hit)] = marked_words(hit);
                }
            }
            more = page->next.has_value() && !page->hits.empty();
            request.cursor = page->next.value_or("");
        }
        return found;
    }

    void check_export(const request::SearchRequest& request, const Wanted& wanted) {
        Found all;
        REQUIRE(m_engine.for_each_hit(request, [&](const search::Hit& hit) -> Result<void> {
            all[key_of(hit)] = marked_words(hit);
            return {};
        }));
        CHECK(all == wanted.found);
    }

    search::SearchResults answered(const request::SearchRequest& request) {
        auto results = m_engine.search(request);
        REQUIRE_MESSAGE(results, (results ? "" : results.error().message));
        return std::move(*results);
    }

    void check_order(request::SearchRequest request, const Wanted& wanted) {
        const auto day = [](std::optional<Day> seen, Day never) { return seen.value_or(never); };
        for (const request::Sort sort : {request::Sort::newest, request::Sort::oldest}) {
            request.sort = sort;
            const search::SearchResults ordered = answered(request);
            CHECK(ordered.complete == wanted.found.size());
            for (std::size_t i = 1;
                 i < std::min<std::size_t>(ordered.complete, ordered.hits.size()); ++i) {
                const index::ClauseView& before = ordered.hits[i - 1].clause;
                const index::ClauseView& after = ordered.hits[i].clause;
                CHECK((sort == request::Sort::newest
                           ? day(before.last_seen, Day::min()) >= day(after.last_seen, Day::min())
                           : day(before.first_seen, Day::max()) <=
                                 day(after.first_seen, Day::max())));
            }
            request.per_vendor = 2;
            check_per_vendor(ordered, answered(request), request.per_vendor);
            request.per_vendor = 0;
        }
    }

    static void check_per_vendor(const search::SearchResults& all, const search::SearchResults& few,
                                 std::size_t most) {
        std::map<std::string, std::size_t> shown;
        std::vector<std::string> wanted;
        for (const search::Hit& hit : all.hits) {
            if (++shown[hit.clause.policy.vendor] <= most) {
                wanted.push_back(hit.clause.id);
            }
        }
        std::vector<std::string> found;
        found.reserve(few.hits.size());
        for (const search::Hit& hit : few.hits) {
            found.push_back(hit.clause.id);
        }
        CHECK(found == wanted);
    }

    // Equal texts stand for one another, and every count is of what is shown.
    void check_copies(request::SearchRequest request, const Wanted& wanted) {
        request.facets = request::FacetCounts::counted;
        check_facets(answered(request), wanted.clauses, request::Copies::show_all);
        request.copies = request::Copies::collapse;
        const search::SearchResults collapsed = answered(request);
        check_facets(collapsed, wanted.clauses, request::Copies::collapse);
        std::set<std::string> texts;
        for (const search::Hit& hit : collapsed.hits) {
            CHECK(hit.clause.also_at_vendors + 1U == m_past.vendors_with(hit.clause.text).size());
            if (hit.rank <= collapsed.complete) {
                CHECK(texts.insert(hit.clause.text).second);
                CHECK(wanted.found.contains(key_of(hit)));
            }
        }
        std::set<std::string> wanted_texts;
        for (const SlowClause* clause : wanted.clauses) {
            wanted_texts.insert(clause->text);
        }
        CHECK(texts == wanted_texts);
    }

    static void check_facets(const search::SearchResults& results,
                             const std::vector<const SlowClause*>& clauses,
                             request::Copies copies) {
        if (results.widened) {
            return;
        }
        REQUIRE(results.facets);
        const search::Facets facets = results.facets.value_or(search::Facets());
        std::map<std::string, std::set<Key>> of_vendor;
        std::map<std::string, std::set<Key>> of_year;
        std::set<Key> all;
        for (const SlowClause* clause : clauses) {
            // As copies, vendors are no difference.
            const Key key(copies == request::Copies::collapse ? "" : clause->vendor, clause->text);
            all.insert(key);
            of_vendor[clause->vendor].insert(key);
            for (const std::string& year : clause->years()) {
                of_year[year].insert(key);
            }
        }
        // Of copies without a day only those that have no dated one.
        std::erase_if(of_year[""], [&](const Key& key) {
            return std::ranges::any_of(of_year, [&](const auto& year) {
                return !year.first.empty() && year.second.contains(key);
            });
        });
        CHECK(facets.exact);
        CHECK(facets.clauses == all.size());
        check_values(facets.vendor, of_vendor);
        check_values(facets.year, of_year);
    }

    static void check_values(const search::Facet& facet,
                             const std::map<std::string, std::set<Key>>& wanted) {
        std::map<std::string, std::uint64_t> counts;
        for (const auto& [value, keys] : wanted) {
            if (!keys.empty()) {
                counts[value] = keys.size();
            }
        }
        std::map<std::string, std::uint64_t> found;
        for (const search::FacetValue& value : facet.values) {
            if (value.clauses > 0) {  // a year without any between others
                found[value.value] = value.clauses;
            }
        }
        CHECK(found == counts);
        CHECK(facet.others == 0);
    }

    void check_trend(const query::Query& query, const Wanted& wanted) {
        request::TrendRequest request;
        request.queries = {query};
        request.by = request::PeriodLength::year;
        request.synonyms = m_synonyms;
        const auto trend = m_engine.trend(request);
        REQUIRE(trend);
        const auto counts = m_past.vendors_by_year(wanted.clauses);
        for (std::size_t i = 0; i < trend->periods.size(); ++i) {
            const std::string year = trend->periods[i].period.name();
            CAPTURE(year);
            const auto count = counts.find(year);
            REQUIRE(count != counts.end());
            CHECK(trend->periods[i].observed == count->second.observed.size());
            CHECK(trend->series.front().matching[i] == count->second.matching.size());
        }
        CHECK(trend->periods.size() == counts.size());
    }

    RandomPast m_past;
    request::Synonyms m_synonyms;
    engine::Engine m_engine;
};

}  // namespace

TEST_CASE("every query of the language is answered as a slow reading of it does") {
    std::mt19937 random(161803);  // NOLINT: the same archives every time
    std::size_t matches = 0;
    std::size_t queries = 0;
    for (int round = 0; round < 4; ++round) {
        Comparison comparison(random, fmt::format("language-{}", round),
                              round % 2 == 0 ? request::Synonyms::off : request::Synonyms::used);
        for (int question = 0; question < 250; ++question) {
            const std::string text = QueryWriter(random, slow_words()).query();
            CAPTURE(round);
            CAPTURE(text);
            if (const auto found = comparison.compare(text)) {
                ++queries;
                matches += *found;
            }
        }
    }
    CHECK(queries > 400);  // else the questions say nothing
    CHECK(matches > 2000);
}
