// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/diff/clause_match.h"

#include "searcher/diff/alignment.h"
#include "searcher/diff/outline.h"
#include "searcher/diff/section_match.h"
#include "searcher/diff/word_bags.h"
#include "searcher/diff/word_diff.h"

#include <cstddef>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace smallprint::diff {
namespace {

constexpr double k_like_in_section = 0.35;
constexpr double k_like_elsewhere = 0.65;
constexpr double k_like_in_place = 0.2;
constexpr double k_least_kept = 0.25;         // share of the words of a reworded clause
constexpr std::size_t k_least_moved = 12;     // weight: "Yes." in another table is another clause
constexpr std::size_t k_least_reworded = 24;  // weight of a clause that moved and was reworded

class ClauseMatcher {
public:
    ClauseMatcher(const Outline& before, const Outline& after, const SectionMatches& sections,
                  WordBags& bags)
        : m_before(before), m_after(after), m_bags(bags) {
        for (std::size_t i = 0; i < sections.of_before.size(); ++i) {
            if (const auto& match = sections.of_before[i]) {
                m_pairs.push_back({i, match->partner});
            }
        }
        m_matches.of_before.resize(before.clauses.size());
        m_matches.of_after.resize(after.clauses.size());
    }

    ClauseMatches run() {
        for (const Pair& pair : m_pairs) {
            match_equal(old_clauses(pair), new_clauses(pair), 0);
        }
        match_equal(unmatched(m_matches.of_before), unmatched(m_matches.of_after), k_least_moved);
        for (const Pair& pair : m_pairs) {
            match_similar(old_clauses(pair), new_clauses(pair), {0, k_like_in_section});
        }
        match_similar(unmatched(m_matches.of_before), unmatched(m_matches.of_after),
                      {k_least_reworded, k_like_elsewhere});
        for (const Pair& pair : m_pairs) {
            match_between_neighbours(pair);
        }
        return std::move(m_matches);
    }

private:
    using Places = std::vector<std::size_t>;
    using Partners = std::vector<std::optional<std::size_t>>;

    // Sections that are the same one.
    struct Pair {
        std::size_t before;
        std::size_t after;
    };

    struct Bounds {
        std::size_t weight;
        double likeness;
    };

    static Places unmatched_between(const Partners& partners, std::size_t begin, std::size_t end) {
        Places places;
        for (std::size_t i = begin; i < end; ++i) {
            if (!partners[i]) {
                places.push_back(i);
            }
        }
        return places;
    }

    Places old_clauses(const Pair& pair) const {
        const OutlineSection& section = m_before.sections[pair.before];
        return unmatched_between(m_matches.of_before, section.first_clause, section.end_clause);
    }

    Places new_clauses(const Pair& pair) const {
        const OutlineSection& section = m_after.sections[pair.after];
        return unmatched_between(m_matches.of_after, section.first_clause, section.end_clause);
    }

    static Places unmatched(const Partners& partners) {
        return unmatched_between(partners, 0, partners.size());
    }

    void join(std::size_t i, std::size_t j) {
        m_matches.of_before[i] = j;
        m_matches.of_after[j] = i;
    }

    // The first of equal clauses with the first, the second with the second.
    void match_equal(const Places& before, const Places& after, std::size_t least_weight) {
        std::unordered_map<std::string_view, std::pair<Places, std::size_t>> by_id;
        for (const std::size_t j : after) {
            by_id[m_after.clauses[j].line->id].first.push_back(j);
        }
        for (const std::size_t i : before) {
            const auto found = by_id.find(m_before.clauses[i].line->id);
            if (found == by_id.end() || found->second.second == found->second.first.size()) {
                continue;
            }
            if (least_weight > 0 && make_bag(m_before, i).weight < least_weight) {
                continue;
            }
            join(i, found->second.first[found->second.second++]);
        }
    }

    WordBag make_bag(const Outline& outline, std::size_t clause) {
        return m_bags.bag(outline.clauses[clause].line->text);
    }

    std::vector<WordBag> make_bags(const Outline& outline, Places& places,
                                   std::size_t least_weight) {
        std::vector<WordBag> bags;
        std::erase_if(places, [&](std::size_t place) {
            WordBag bag = make_bag(outline, place);
            const bool too_small = bag.weight < least_weight;
            if (!too_small) {
                bags.push_back(std::move(bag));
            }
            return too_small;
        });
        return bags;
    }

    void match_similar(Places before, Places after, Bounds bounds) {
        if (before.empty() || after.empty()) {
            return;
        }
        const std::vector<WordBag> old_bags = make_bags(m_before, before, bounds.weight);
        const std::vector<WordBag> new_bags = make_bags(m_after, after, bounds.weight);
        for (const Likeness& found :
             find_alike(pointers_to(old_bags), pointers_to(new_bags), m_bags, bounds.likeness)) {
            const std::size_t i = before[found.before];
            const std::size_t j = after[found.after];
            // The same words in another order, or but a few here and there, make no rewording that
            // could be read.
            if (kept_share(diff_words(m_before.clauses[i].line->text,
                                      m_after.clauses[j].line->text)) >= k_least_kept) {
                join(i, j);
            }
        }
    }

    // Less likeness will do if one clause stood between two others and another one stands there
    // now: "Last updated: May 2018" and "Last updated: July 2020".
    void match_between_neighbours(const Pair& pair) {
        const OutlineSection& old_section = m_before.sections[pair.before];
        const OutlineSection& new_section = m_after.sections[pair.after];
        std::vector<AlignedPair> anchors;
        for (std::size_t at = old_section.first_clause; at < old_section.end_clause; ++at) {
            const auto partner = m_matches.of_before[at];
            if (partner && m_after.clauses[*partner].section == pair.after) {
                anchors.push_back({at, *partner, 1});
            }
        }
        anchors = keep_in_order(std::move(anchors));
        anchors.push_back({old_section.end_clause, new_section.end_clause, 1});
        std::size_t old_at = old_section.first_clause;
        std::size_t new_at = new_section.first_clause;
        for (const AlignedPair& anchor : anchors) {
            const Places before = unmatched_between(m_matches.of_before, old_at, anchor.before);
            const Places after = unmatched_between(m_matches.of_after, new_at, anchor.after);
            if (before.size() == 1 && after.size() == 1) {
                match_similar(before, after, {0, k_like_in_place});
            }
            old_at = anchor.before + 1;
            new_at = anchor.after + 1;
        }
    }

    const Outline& m_before;
    const Outline& m_after;
    WordBags& m_bags;
    std::vector<Pair> m_pairs;
    ClauseMatches m_matches;
};

}  // namespace

ClauseMatches match_clauses(const Outline& before, const Outline& after,
                            const SectionMatches& sections, WordBags& bags) {
    return ClauseMatcher(before, after, sections, bags).run();
}

}  // namespace smallprint::diff
