// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/diff/section_match.h"

#include "searcher/diff/alignment.h"
#include "searcher/diff/outline.h"
#include "searcher/diff/word_bags.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace smallprint::diff {
namespace {

constexpr double k_like_under_one_heading = 0.3;
constexpr double k_like_under_another = 0.5;
constexpr double k_like_elsewhere = 0.4;
constexpr double k_like_heading = 0.6;
constexpr double k_like_below_like_heading = 0.2;
constexpr std::size_t k_least_weight = 24;  // eight words: less tells nothing

std::string section_text(const Outline& outline, const OutlineSection& section) {
    std::string text;
    for (std::size_t i = section.first_clause; i < section.end_clause; ++i) {
        text += outline.clauses[i].line->text + '\n';
    }
    return text;
}

std::string path_key(const OutlineSection& section) {
    std::string key;
    for (const std::string& part : section.keys) {
        key += part + '\n';
    }
    return key;
}

std::string own_key(const OutlineSection& section) {
    return section.keys.empty() ? std::string() : section.keys.back();
}

using KeyFunction = std::string (*)(const OutlineSection&);

// The sections of a snapshot with what they are compared by, which is made when it is needed: most
// sections are known by their headings.
struct Side {
    const Outline& outline;
    WordBags& bags;
    std::vector<std::optional<WordBag>> made = {};
    std::vector<std::optional<SectionMatch>> matches = {};

    const WordBag& text(std::size_t i) {
        std::optional<WordBag>& bag = made[i];
        if (!bag) {
            bag = bags.bag(section_text(outline, outline.sections[i]));
        }
        return *bag;
    }

    std::size_t size(std::size_t i) const {
        std::size_t bytes = 1;
        for (std::size_t at = outline.sections[i].first_clause; at < outline.sections[i].end_clause;
             ++at) {
            bytes += outline.clauses[at].line->text.size();
        }
        return bytes;
    }

    std::vector<std::size_t> unmatched() const {
        std::vector<std::size_t> list;
        for (std::size_t i = 0; i < matches.size(); ++i) {
            if (!matches[i]) {
                list.push_back(i);
            }
        }
        return list;
    }
};

class SectionMatcher {
public:
    SectionMatcher(const Outline& before, const Outline& after, WordBags& bags)
        : m_bags(bags), m_before{before, bags}, m_after{after, bags} {
        for (Side* side : {&m_before, &m_after}) {
            side->made.resize(side->outline.sections.size());
            side->matches.resize(side->outline.sections.size());
        }
    }

    SectionMatches run() {
        match_by(path_key, 0);
        match_by(own_key, k_like_under_one_heading);
        match_by_like_headings();
        match_by_text();
        match_around_matched();
        judge_places();
        return {std::move(m_before.matches), std::move(m_after.matches)};
    }

private:
    void pair(std::size_t i, std::size_t j) {
        SectionMatch match;
        match.renamed =
            own_key(m_before.outline.sections[i]) != own_key(m_after.outline.sections[j]);
        match.partner = j;
        m_before.matches[i] = match;
        match.partner = i;
        m_after.matches[j] = match;
    }

    // Pairs those of `before` and `after` that are alike at least so much.
    void pair_alike(const std::vector<std::size_t>& before, const std::vector<std::size_t>& after,
                    double least) {
        std::vector<const WordBag*> old_bags;
        std::vector<const WordBag*> new_bags;
        old_bags.reserve(before.size());
        new_bags.reserve(after.size());
        for (const std::size_t i : before) {
            old_bags.push_back(&m_before.text(i));
        }
        for (const std::size_t j : after) {
            new_bags.push_back(&m_after.text(j));
        }
        for (const Likeness& found : find_alike(old_bags, new_bags, m_bags, least)) {
            pair(before[found.before], after[found.after]);
        }
    }

    void match_by(KeyFunction key, double least) {
        std::map<std::string, std::pair<std::vector<std::size_t>, std::vector<std::size_t>>> groups;
        for (const std::size_t i : m_before.unmatched()) {
            groups[key(m_before.outline.sections[i])].first.push_back(i);
        }
        for (const std::size_t j : m_after.unmatched()) {
            groups[key(m_after.outline.sections[j])].second.push_back(j);
        }
        for (const auto& [name, group] : groups) {
            if (!group.first.empty() && !group.second.empty()) {
                if (least == 0 && group.first.size() == 1 && group.second.size() == 1) {
                    pair(group.first.front(), group.second.front());
                } else {
                    pair_alike(group.first, group.second, least);
                }
            }
        }
    }

    bool says_enough(const WordBag& bag) const { return bag.weight >= k_least_weight; }

    void match_by_text() {
        std::vector<std::size_t> before = m_before.unmatched();
        std::vector<std::size_t> after = m_after.unmatched();
        std::erase_if(before, [&](std::size_t i) { return !says_enough(m_before.text(i)); });
        std::erase_if(after, [&](std::size_t j) { return !says_enough(m_after.text(j)); });
        pair_alike(before, after, k_like_under_another);
    }

    std::vector<WordBag> heading_bags(const Side& side, const std::vector<std::size_t>& places) {
        std::vector<WordBag> bags;
        bags.reserve(places.size());
        for (const std::size_t place : places) {
            bags.push_back(m_bags.bag(own_key(side.outline.sections[place])));
        }
        return bags;
    }

    void match_by_like_headings() {
        const std::vector<std::size_t> before = m_before.unmatched();
        const std::vector<std::size_t> after = m_after.unmatched();
        const std::vector<WordBag> old_bags = heading_bags(m_before, before);
        const std::vector<WordBag> new_bags = heading_bags(m_after, after);
        for (const Likeness& found :
             find_alike(pointers_to(old_bags), pointers_to(new_bags), m_bags, k_like_heading)) {
            const std::size_t i = before[found.before];
            const std::size_t j = after[found.after];
            if (m_bags.likeness(m_before.text(i), m_after.text(j)) >= k_like_below_like_heading) {
                pair(i, j);
            }
        }
    }

    // A heading with little or nothing just under it is known by the sections inside of it.
    void match_around_matched() {
        for (std::size_t i = m_before.matches.size(); i-- > 0;) {
            const std::optional<SectionMatch> match = m_before.matches[i];
            if (!match) {
                continue;
            }
            const auto above = m_before.outline.sections[i].parent;
            const auto other = m_after.outline.sections[match->partner].parent;
            if (above && other && !m_before.matches[*above] && !m_after.matches[*other] &&
                !says_enough(m_before.text(*above)) && !says_enough(m_after.text(*other))) {
                pair(*above, *other);
            }
        }
    }

    // True if the section around this pair has moved, and the pair with it.
    bool is_carried(const AlignedPair& pair) const {
        const auto parent = m_before.outline.sections[pair.before].parent;
        if (!parent) {
            return false;
        }
        const auto& match = m_before.matches[*parent];
        return match && !match->in_place &&
               m_after.outline.sections[pair.after].parent == match->partner;
    }

    void judge_places() {
        std::vector<AlignedPair> pairs;
        for (std::size_t i = 0; i < m_before.matches.size(); ++i) {
            if (const auto& match = m_before.matches[i]) {
                pairs.push_back({i, match->partner, m_after.size(match->partner)});
            }
        }
        const std::vector<AlignedPair> staying = keep_in_order(pairs);
        auto next = staying.begin();
        for (const AlignedPair& pair : pairs) {  // a section comes before those inside of it
            if (next != staying.end() && *next == pair) {
                ++next;
            } else {
                judge_moved(pair);
            }
        }
    }

    void judge_moved(const AlignedPair& pair) {
        std::optional<SectionMatch>& of_before = m_before.matches[pair.before];
        std::optional<SectionMatch>& of_after = m_after.matches[pair.after];
        if (m_bags.likeness(m_before.text(pair.before), m_after.text(pair.after)) <
            k_like_elsewhere) {
            of_before.reset();
            of_after.reset();
            return;
        }
        const bool moved = !is_carried(pair);
        for (std::optional<SectionMatch>* match : {&of_before, &of_after}) {
            if (*match) {
                (*match)->moved = moved;
                (*match)->in_place = false;
            }
        }
    }

    WordBags& m_bags;
    Side m_before;
    Side m_after;
};

}  // namespace

SectionMatches match_sections(const Outline& before, const Outline& after, WordBags& bags) {
    return SectionMatcher(before, after, bags).run();
}

}  // namespace smallprint::diff
