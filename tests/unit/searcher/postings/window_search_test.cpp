// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/index_format/directory.h"
#include "searcher/postings/postings.h"
#include "searcher/postings/query.h"
#include "searcher/postings/window.h"
#include "searcher/postings/window_search.h"

#include <doctest/doctest.h>
#include <xapian.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace smallprint::postings {
namespace {

using index_format::DocumentRange;
using Scores = std::map<DocumentId, double>;  // of the documents that match

constexpr DocumentId k_documents = 3 * DocumentSet::k_size + 77;
constexpr std::size_t k_terms = 10;

// A number below `end`.
std::uint32_t pick(std::mt19937& random, std::uint32_t end) {
    return static_cast<std::uint32_t>(random() % end);
}

// Documents with the terms t0, t1, ...: each is in about a third of the documents that have the
// one before, and t9 is in none.
class SmallIndex {
public:
    explicit SmallIndex(std::mt19937& random) {
        Xapian::WritableDatabase database("", Xapian::DB_BACKEND_INMEMORY);
        auto directory = std::make_shared<index_format::Directory>();
        std::vector<index_format::DocumentFacts> facts;
        for (DocumentId document = 1; document <= k_documents; ++document) {
            Xapian::Document xapian;
            std::uint32_t length = pick(random, 40);
            for (std::size_t term = 0; term + 1 < k_terms && pick(random, 3) != 0; ++term) {
                const std::uint32_t count = 1 + pick(random, 4);
                const std::size_t which = pick(random, 2) == 0 ? term : term / 2;
                if (m_counts[which].emplace(document, count).second) {
                    xapian.add_term("t" + std::to_string(which), count);
                    length += count;
                }
            }
            m_lengths.push_back(length);
            database.add_document(xapian);
            facts.push_back({.length = static_cast<std::uint16_t>(length)});
        }
        directory->add_block({.is_policy = true, .documents = 1, .size = 1}, {facts.front()});
        facts.erase(facts.begin());
        directory->add_block({.documents = k_documents - 1, .size = 1}, facts);
        m_postings = std::make_unique<Postings>(database, directory);
    }

    const Postings& postings() const { return *m_postings; }

    // How often each document has one of the terms.
    std::map<DocumentId, std::uint32_t> counts(const std::vector<std::string>& names) const {
        std::map<DocumentId, std::uint32_t> sums;
        for (const std::string& name : names) {
            for (const auto& [document, count] : m_counts[std::stoul(name.substr(1))]) {
                sums[document] += count;
            }
        }
        return sums;
    }

    std::size_t frequency(const std::string& name) const {
        return m_counts[std::stoul(name.substr(1))].size();
    }

    double relative_length(DocumentId document) const {
        double sum = 0;
        for (const std::uint32_t length : m_lengths) {
            sum += length;
        }
        return m_lengths[document - 1] * static_cast<double>(k_documents) / sum;
    }

private:
    std::vector<std::map<DocumentId, std::uint32_t>> m_counts =
        std::vector<std::map<DocumentId, std::uint32_t>>(k_terms);
    std::vector<std::uint32_t> m_lengths;
    std::unique_ptr<Postings> m_postings;
};

// What a query means, read from its definition one document at a time.
class SlowSearch {
public:
    SlowSearch(const SmallIndex& index, const std::optional<Bm25>& ranking)
        : m_index(index), m_ranking(ranking) {}

    Scores search(const Query& query) const {  // NOLINT(misc-no-recursion)
        Scores scores = std::visit([&](const auto& test) { return find(test); }, query.test);
        for (auto& [document, score] : scores) {
            score *= query.weight;
        }
        return scores;
    }

private:
    Scores score(const std::vector<std::string>& names, double frequency) const {
        Scores scores;
        for (const auto& [document, count] : m_index.counts(names)) {
            if (!m_ranking) {
                scores[document] = 0;
                continue;
            }
            const double odds = (k_documents - frequency + 0.5) / (frequency + 0.5);
            const double rarity = std::log(odds < 2 ? odds / 2 + 1 : odds);
            const double length =
                std::max(m_index.relative_length(document), m_ranking->least_length);
            const double norm = m_ranking->k1 * (1 - m_ranking->b + m_ranking->b * length);
            scores[document] = rarity * (m_ranking->k1 + 1) * count / (count + norm);
        }
        return scores;
    }

    Scores find(const Term& term) const {
        return score({term.name}, static_cast<double>(m_index.frequency(term.name)));
    }

    Scores find(const OneWord& word) const {
        double lacking = 1;
        for (const std::string& name : word.names) {
            lacking *= 1 - static_cast<double>(m_index.frequency(name)) / k_documents;
        }
        return score(word.names, std::floor(k_documents * (1 - lacking) + 0.5));
    }

    static Scores find(const Documents& documents) {
        Scores scores;
        for (const DocumentRange& range : documents.ranges) {
            for (DocumentId document = range.first; document <= range.last; ++document) {
                scores[document] = 0;
            }
        }
        return scores;
    }

    static Scores find(const Everything& /*all*/) { return find(Documents{{{1, k_documents}}}); }

    Scores find(const AllOf& all) const {  // NOLINT(misc-no-recursion)
        Scores scores = search(all.parts.front());
        for (std::size_t i = 1; i < all.parts.size(); ++i) {
            const Scores part = search(all.parts[i]);
            std::erase_if(scores, [&](const auto& one) { return !part.contains(one.first); });
            add(scores, part);
        }
        return scores;
    }

    Scores find(const AnyOf& any) const {  // NOLINT(misc-no-recursion)
        Scores scores;
        for (const Query& query : any.parts) {
            for (const auto& [document, score] : search(query)) {
                scores[document] += score;
            }
        }
        return scores;
    }

    Scores find(const Without& both) const {  // NOLINT(misc-no-recursion)
        const Scores second = search(both.parts.back());
        Scores scores = search(both.parts.front());
        std::erase_if(scores, [&](const auto& one) { return second.contains(one.first); });
        return scores;
    }

    Scores find(const RaisedBy& both) const {  // NOLINT(misc-no-recursion)
        Scores scores = search(both.parts.front());
        add(scores, search(both.parts.back()));
        return scores;
    }

    Scores find(const Among& both) const {  // NOLINT(misc-no-recursion)
        const Scores second = search(both.parts.back());
        Scores scores = search(both.parts.front());
        std::erase_if(scores, [&](const auto& one) { return !second.contains(one.first); });
        return scores;
    }

    static void add(Scores& scores, const Scores& part) {
        for (auto& [document, score] : scores) {
            const auto found = part.find(document);
            score += found == part.end() ? 0 : found->second;
        }
    }

    const SmallIndex& m_index;
    std::optional<Bm25> m_ranking;
};

class RandomQuery {
public:
    explicit RandomQuery(std::mt19937& random) : m_random(random) {}

    Query make(int depth) {  // NOLINT(misc-no-recursion)
        const double weight = pick(m_random, 3) == 0 ? 0.6 : 1;
        if (depth == 0 || pick(m_random, 4) == 0) {
            return {make_leaf(), weight};
        }
        switch (pick(m_random, 5)) {
        case 0:
            return {AllOf{make_parts(depth)}, weight};
        case 1:
            return {AnyOf{make_parts(depth)}, weight};
        case 2:
            return {Without{{make(depth - 1), make(depth - 1)}}, weight};
        case 3:
            return {RaisedBy{{make(depth - 1), make(depth - 1)}}, weight};
        default:
            return {Among{{make(depth - 1), make(depth - 1)}}, weight};
        }
    }

private:
    decltype(Query::test) make_leaf() {
        switch (pick(m_random, 6)) {
        case 0:
            return Everything{};
        case 1:
            return OneWord{{"t1", "t4", "t9"}};
        case 2: {
            Documents documents;
            for (DocumentId at = 1 + pick(m_random, 3000); at + 2500 < k_documents;) {
                documents.ranges.push_back({at, at + pick(m_random, 2000)});
                at = documents.ranges.back().last + 1 + pick(m_random, 1000);
            }
            return documents;
        }
        default:
            return Term{make_name()};
        }
    }

    Queries make_parts(int depth) {  // NOLINT(misc-no-recursion)
        Queries parts;
        for (std::size_t i = 1 + pick(m_random, 3); i > 0; --i) {
            parts.push_back(make(depth - 1));
        }
        return parts;
    }

    std::string make_name() { return "t" + std::to_string(pick(m_random, k_terms)); }

    std::mt19937& m_random;
};

Scores found_by_windows(const Query& query, const SmallIndex& index,
                        const std::optional<Bm25>& ranking) {
    WindowSearch search(query, index.postings(), ranking);
    Scores scores;
    while (const Window* window = search.next()) {
        window->matches.visit([&](std::uint32_t number) {
            const DocumentId document = window->first + number;
            CHECK((scores.empty() || scores.rbegin()->first < document));
            scores[document] = window->scores[number];
        });
    }
    return scores;
}

TEST_CASE("queries find what their definition says, with its scores") {
    std::mt19937 random(7);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same each time
    const SmallIndex index(random);
    RandomQuery queries(random);
    std::size_t found = 0;
    for (int i = 0; i < 300; ++i) {
        const Query query = queries.make(3);
        const std::optional<Bm25> ranking = i % 4 == 0 ? std::nullopt : std::optional(Bm25{});
        const Scores expected = SlowSearch(index, ranking).search(query);
        const Scores actual = found_by_windows(query, index, ranking);
        INFO(describe(query));
        const auto is_same = [](const auto& a, const auto& b) {
            return a.first == b.first && std::abs(a.second - b.second) < 1e-9;
        };
        CHECK(std::ranges::equal(expected, actual, is_same));
        found += actual.size();
    }
    CHECK(found > 100'000);  // the queries are not all empty
}

TEST_CASE("an index without documents has no matches") {
    const Postings postings(Xapian::Database("", Xapian::DB_BACKEND_INMEMORY),
                            std::make_shared<index_format::Directory>());
    for (const Query& query : {Query{Everything{}}, Query{Term{"t"}}, Query{OneWord{{"t", "u"}}}}) {
        WindowSearch search(query, postings, Bm25{});
        CHECK(search.next() == nullptr);
    }
}

TEST_CASE("a query can be read") {
    const Query query{AnyOf{{{AllOf{{{Term{"Sgovern"}}, {Term{"Slaw"}}}}, 0.6}, {Term{"govern"}}}}};
    CHECK(describe(query) == "(0.6 * (Sgovern AND Slaw) OR govern)");
}

}  // namespace
}  // namespace smallprint::postings
