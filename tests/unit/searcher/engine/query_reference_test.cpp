// SPDX-License-Identifier: GPL-2.0-or-later
// Random queries of the whole language over random archives: every answer, with its highlights, is
// compared with one that a slow and simple reading of the language gives.
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/model/date.h"
#include "indexer/pipeline/pipeline.h"
#include "searcher/engine/engine.h"
#include "searcher/engine/results.h"
#include "searcher/query/ast.h"
#include "searcher/query/parser.h"
#include "tests/support/dated_archive.h"
#include "tests/support/query_writer.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace smallprint;

namespace {

// Words with their stems; "the" and "we" are stop words.
const std::map<std::string, std::string> k_stems = {
    {"sell", "sell"},      {"selling", "sell"},  {"sells", "sell"},      {"data", "data"},
    {"cookies", "cookie"}, {"cookie", "cookie"}, {"location", "locate"}, {"locations", "locate"},
    {"share", "share"},    {"sharing", "share"}, {"not", "not"},         {"the", "the"},
    {"we", "we"}};

std::vector<std::string> words() {
    std::vector<std::string> all;
    all.reserve(k_stems.size());
    for (const auto& [word, stem] : k_stems) {
        all.push_back(word);
    }
    return all;
}

bool is_passed_over(const std::string& word) {
    return word == "the" || word == "we";
}

std::string any_word(std::mt19937& random) {
    return std::next(k_stems.begin(), static_cast<std::ptrdiff_t>(random() % k_stems.size()))
        ->first;
}

struct Word {
    std::string word;
    std::size_t begin = 0;
    std::size_t sentence = 0;
};

struct Clause {
    std::string vendor;
    std::string text;
    std::vector<Word> words;
    std::vector<std::pair<std::size_t, std::size_t>> runs;  // of captures
    const std::vector<Capture>* captures = nullptr;

    Day day(std::size_t capture) const {
        return parse_day((*captures)[capture].day).value_or(Day());
    }
};

std::string random_clause(std::mt19937& random) {
    std::string text;
    for (int sentence = 0; sentence < 2; ++sentence) {
        for (std::size_t i = 0; i < 5 + random() % 3; ++i) {
            std::string word = any_word(random);
            word[0] = i == 0 ? static_cast<char>(word[0] - 'a' + 'A') : word[0];
            text += (text.empty() ? "" : " ") + word;
        }
        text += '.';
    }
    return text;
}

std::vector<Word> words_of(const std::string& text) {
    std::vector<Word> words;
    std::size_t sentence = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find_first_of(" .", at);
        if (end > at) {
            words.push_back({text.substr(at, end - at), at, sentence});
            words.back().word[0] = static_cast<char>(words.back().word[0] | 0x20);
        }
        sentence += text[end] == '.' ? 1U : 0U;
        at = end + 1;
    }
    return words;
}

Archive random_archive(std::mt19937& random) {
    Archive archive;
    for (const char* vendor : {"one.example", "two.example"}) {
        std::vector<std::string> pool;
        constexpr int k_pool = 25;
        pool.reserve(k_pool);
        for (int i = 0; i < k_pool; ++i) {
            pool.push_back(random_clause(random));
        }
        for (int year = 2010; year < 2016; ++year) {
            Capture capture{fmt::format("{}-0{}-1{}", year, 1 + random() % 9, random() % 10), {}};
            std::ranges::copy_if(pool, std::back_inserter(capture.clauses),
                                 [&](const std::string&) { return random() % 3 > 0; });
            archive[vendor].push_back(std::move(capture));
        }
    }
    return archive;
}

std::vector<Clause> clauses_of(const Archive& archive) {
    std::vector<Clause> clauses;
    for (const auto& [vendor, captures] : archive) {
        std::map<std::string, std::vector<std::pair<std::size_t, std::size_t>>> runs;
        for (std::size_t i = 0; i < captures.size(); ++i) {
            for (const std::string& text : captures[i].clauses) {
                auto& of_text = runs[text];
                if (!of_text.empty() && of_text.back().second + 1 == i) {
                    of_text.back().second = i;
                } else {
                    of_text.emplace_back(i, i);
                }
            }
        }
        for (const auto& [text, of_text] : runs) {
            clauses.push_back({vendor, text, words_of(text), of_text, &captures});
        }
    }
    return clauses;
}

// Places in a clause: words from one to another, and those that are highlighted.
using Places = std::map<std::pair<std::size_t, std::size_t>, std::set<std::size_t>>;

// The slow reading.
class Reading {
public:
    explicit Reading(const Clause& clause) : m_clause(clause) {}

    bool holds(const Node& node, std::set<std::size_t>& marks) const {
        switch (node.kind) {
        case NodeKind::all:
            return all_hold(node, marks);
        case NodeKind::any: {
            bool any = false;
            for (const Node& child : node.children) {
                any = holds(child, marks) || any;
            }
            return any;
        }
        case NodeKind::negation: {
            std::set<std::size_t> none;
            return !holds(node.children.front(), none);
        }
        case NodeKind::field:
            return field_holds(node, node.days);
        default: {
            const Places places = places_of(node, false);
            for (const auto& [place, words] : places) {
                marks.insert(words.begin(), words.end());
            }
            return !places.empty();
        }
        }
    }

private:
    bool all_hold(const Node& node, std::set<std::size_t>& marks) const {
        const auto is = [](const Node& child, Field field) {
            return child.kind == NodeKind::field && child.field == field;
        };
        const bool change = std::ranges::any_of(
            node.children, [&](const Node& child) { return is(child, Field::change); });
        DayRange span;
        for (const Node& child : node.children) {
            span = is(child, Field::date) ? child.days : span;  // one at most is asked for
        }
        std::set<std::size_t> found;
        for (const Node& child : node.children) {
            const bool skipped = child.kind == NodeKind::word && is_passed_over(child.text) &&
                                 node.conjunction == Conjunction::juxtaposed;
            if (skipped || (change && is(child, Field::date))) {
                continue;
            }
            if (is(child, Field::change) ? !field_holds(child, span) : !holds(child, found)) {
                return false;
            }
        }
        marks.insert(found.begin(), found.end());
        return true;
    }

    static bool has(const DayRange& days, Day day) {
        return (!days.from || day >= *days.from) && (!days.to || day <= *days.to);
    }

    bool field_holds(const Node& node, const DayRange& days) const {
        const auto& runs = m_clause.runs;
        if (node.field == Field::vendor) {
            return node.text == m_clause.vendor;
        }
        if (node.field == Field::first_seen) {
            return has(days, m_clause.day(runs.front().first));
        }
        if (node.field == Field::last_seen) {
            return has(days, m_clause.day(runs.back().second));
        }
        return std::ranges::any_of(runs, [&](const auto& run) {
            const std::size_t after = run.second + 1;
            if (node.field == Field::date) {
                return (!days.to || m_clause.day(run.first) <= *days.to) &&
                       (!days.from || m_clause.day(run.second) >= *days.from);
            }
            if (node.field == Field::as_of) {
                return m_clause.day(run.first) <= *days.to &&
                       (after == m_clause.captures->size() || m_clause.day(after) > *days.to);
            }
            return node.change == Change::added
                       ? run.first > 0 && has(days, m_clause.day(run.first))
                       : after < m_clause.captures->size() && has(days, m_clause.day(after));
        });
    }

    bool matches(const Node& term, std::size_t at, bool all_count) const {
        const std::string& word = m_clause.words[at].word;
        if (term.kind == NodeKind::exact_word) {
            return word == term.text;
        }
        if (term.kind == NodeKind::prefix) {
            return word.starts_with(term.text) && (all_count || !is_passed_over(word));
        }
        return k_stems.at(word) == k_stems.at(term.text);
    }

    Places places_of(const Node& node, bool all_count) const {
        Places places;
        const std::size_t size = m_clause.words.size();
        if (node.kind == NodeKind::any) {
            for (const Node& child : node.children) {
                add(places, places_of(child, all_count));
            }
        } else if (node.kind == NodeKind::near) {
            return near(node);
        } else if (node.kind == NodeKind::sentence) {
            return in_sentences(node);
        } else if (node.kind == NodeKind::phrase) {
            for (std::size_t at = 0; at + node.children.size() <= size; ++at) {
                std::set<std::size_t> words;
                for (std::size_t i = 0; i < node.children.size(); ++i) {
                    if (matches(node.children[i], at + i, true)) {
                        words.insert(at + i);
                    }
                }
                if (words.size() == node.children.size()) {
                    places[{at, at + node.children.size()}] = words;
                }
            }
        } else {
            for (std::size_t at = 0; at < size; ++at) {
                if (matches(node, at, all_count)) {
                    places[{at, at + 1}] = {at};
                }
            }
        }
        return places;
    }

    static void add(Places& places, const Places& more) {
        for (const auto& [place, words] : more) {
            places[place].insert(words.begin(), words.end());
        }
    }

    Places near(const Node& node) const {
        Places places;
        for (const auto& [a, a_words] : places_of(node.children[0], true)) {
            for (const auto& [b, b_words] : places_of(node.children[1], true)) {
                const bool forth = b.first >= a.second && b.first - a.second < node.distance;
                const bool back = a.first >= b.second && a.first - b.second < node.distance &&
                                  node.order == NearOrder::either;
                if (forth || back) {
                    auto& words =
                        places[{std::min(a.first, b.first), std::max(a.second, b.second)}];
                    words.insert(a_words.begin(), a_words.end());
                    words.insert(b_words.begin(), b_words.end());
                }
            }
        }
        return places;
    }

    Places in_sentences(const Node& node) const {
        Places places;
        for (std::size_t sentence = 0; sentence < 2; ++sentence) {
            std::set<std::size_t> words;
            bool all = true;
            for (const Node& child : node.children) {
                bool some = false;
                for (const auto& [place, marked] : places_of(child, true)) {
                    const bool inside = std::ranges::all_of(marked, [&](std::size_t at) {
                        return m_clause.words[at].sentence == sentence;
                    });
                    some = some || inside;
                    if (inside) {
                        words.insert(marked.begin(), marked.end());
                    }
                }
                all = all && some;
            }
            if (all) {
                places[{*words.begin(), *words.rbegin() + 1}] = words;
            }
        }
        return places;
    }

    const Clause& m_clause;
};

using Found = std::map<std::pair<std::string, std::string>, std::set<std::size_t>>;

std::set<std::size_t> marked_words(const std::string& text, const std::vector<TextSpan>& spans) {
    std::set<std::size_t> marked;
    const std::vector<Word> words = words_of(text);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool inside = std::ranges::any_of(spans, [&](const TextSpan& span) {
            return span.begin <= words[i].begin && words[i].begin < span.end;
        });
        if (inside) {
            marked.insert(i);
        }
    }
    return marked;
}

Found expected(const std::vector<Clause>& clauses, const Node& root) {
    // A query of one thing is a list of one.
    const Node list = root.kind == NodeKind::all ? root
                                                 : Node{.kind = NodeKind::all,
                                                        .children = {root},
                                                        .conjunction = Conjunction::juxtaposed};
    Found found;
    for (const Clause& clause : clauses) {
        std::set<std::size_t> marks;
        if (Reading(clause).holds(list, marks)) {
            found[{clause.vendor, clause.text}] = marks;
        }
    }
    return found;
}

// All pages, one after the other by their cursors; without what a widened search adds.
Result<Found> paged(Engine& engine, SearchRequest request) {
    Found found;
    for (bool more = true; more;) {
        auto page = engine.search(request);
        if (!page) {
            return fail(page.error());
        }
        for (const Hit& hit : page->hits) {
            const std::pair key(hit.clause.policy.vendor, hit.clause.text);
            CHECK_FALSE(found.contains(key));
            if (!page->widened || hit.rank <= page->complete) {
                found[key] = marked_words(hit.clause.text, hit.highlights);
            }
        }
        more = page->next.has_value() && !page->hits.empty();
        request.cursor = page->next.value_or("");
    }
    return found;
}

void check_orders(Engine& engine, SearchRequest request, std::size_t matches) {
    request.count = k_most_results;
    request.sort = Sort::newest;
    const auto newest = engine.search(request);
    REQUIRE(newest);
    CHECK((newest->widened ? newest->complete : newest->total) == matches);
    for (std::size_t i = 1; i < std::min<std::size_t>(matches, newest->hits.size()); ++i) {
        CHECK(newest->hits[i - 1].clause.last_seen >= newest->hits[i].clause.last_seen);
    }
    request.per_vendor = 1;
    const auto few = engine.search(request);
    REQUIRE(few);
    std::set<std::string> vendors;
    for (const Hit& hit : few->hits) {
        CHECK(vendors.insert(hit.clause.policy.vendor).second);
    }
}

// Returns how many clauses match; nothing for what is no query.
std::optional<std::size_t> check_query(Engine& engine, const std::vector<Clause>& clauses,
                                       const std::string& text) {
    const auto query = parse_query(text);
    if (!query) {
        return std::nullopt;
    }
    SearchRequest request;
    request.query = *query;
    request.count = 7;
    request.context = 0;
    request.copies = Copies::show_all;
    request.synonyms = Synonyms::off;
    const auto found = paged(engine, request);
    if (!found) {
        CHECK(found.error().code == ErrorCode::query);
        return std::nullopt;
    }
    const Found wanted = expected(clauses, query->root.value_or(Node()));
    CHECK(*found == wanted);
    Found all;
    const auto visited = engine.for_each_hit(request, [&](const Hit& hit) -> Result<void> {
        all[{hit.clause.policy.vendor, hit.clause.text}] =
            marked_words(hit.clause.text, hit.highlights);
        return {};
    });
    REQUIRE(visited);
    CHECK(all == wanted);
    check_orders(engine, request, wanted.size());
    return wanted.size();
}

}  // namespace

TEST_CASE("every query of the language finds and highlights what a slow reading of it does") {
    std::mt19937 random(161803);  // NOLINT: the same archives every time
    std::size_t matches = 0;
    std::size_t queries = 0;
    for (int round = 0; round < 3; ++round) {
        const Archive archive = random_archive(random);
        const std::filesystem::path folder = fmt::format("language-{}", round);
        write_archive(archive, folder);
        PipelineOptions options;
        options.sources = {folder};
        options.index = folder / "index";
        REQUIRE(run_pipeline(options));
        auto engine = Engine::open(options.index);
        REQUIRE(engine);
        const std::vector<Clause> clauses = clauses_of(archive);
        for (int question = 0; question < 250; ++question) {
            const std::string text = QueryWriter(random, words()).query();
            CAPTURE(text);
            if (const auto found = check_query(*engine, clauses, text)) {
                ++queries;
                matches += *found;
            }
        }
    }
    CHECK(queries > 500);  // else the questions say nothing
    CHECK(matches > 2000);
}
