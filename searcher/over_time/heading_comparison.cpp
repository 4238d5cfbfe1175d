// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/over_time/heading_comparison.h"

#include "common/model/policy.h"
#include "common/model/section.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace smallprint::over_time {
namespace {

struct PlacedHeading {
    std::uint32_t number = 0;
    std::vector<std::uint32_t> path;
    std::uint32_t below = 0;  // passage number of the clause that comes next, 0 for none
    bool told_by_clause = false;
};

// The headings of a snapshot, with what comes next.
class HeadingReader {
public:
    HeadingReader(const Policy& policy, const std::vector<Passage>& passages, std::size_t snapshot)
        : m_policy(policy), m_passages(passages), m_order(policy.snapshots[snapshot].order) {}

    std::vector<PlacedHeading> read() {
        std::vector<PlacedHeading> found;
        std::vector<std::uint32_t> path;
        std::size_t open = 0;  // from here on the clause below is not known
        for (std::size_t i = 0; i < m_order.size(); ++i) {
            if (m_order[i].is_heading) {
                enter_heading(m_policy, m_order[i].number, path);
                found.push_back({m_order[i].number, path, 0, is_told(i)});
            } else if (m_passages[m_order[i].number - 1].kind == PieceKind::clause) {
                for (; open < found.size(); ++open) {
                    found[open].below = m_order[i].number;
                }
            }
        }
        return found;
    }

private:
    // True of a run-in heading, and of one that is a clause by itself.
    bool is_told(std::size_t step) const {
        const Heading& heading = m_policy.headings[m_order[step].number];
        const bool is_clause = step + 1 < m_order.size() && !m_order[step + 1].is_heading &&
                               m_passages[m_order[step + 1].number - 1].text == heading.text;
        return heading.level == k_run_in_level || is_clause;
    }

    const Policy& m_policy;
    const std::vector<Passage>& m_passages;
    const std::vector<Step>& m_order;
};

// Finds what one snapshot has and another has not, and joins what took the place of something.
class HeadingComparison {
public:
    HeadingComparison(const Policy& policy, std::vector<PlacedHeading> before,
                      std::vector<PlacedHeading> after)
        : m_policy(policy), m_before(std::move(before)), m_after(std::move(after)) {}

    std::vector<HeadingDifference> compare() {
        const auto stood = texts(m_before);
        const auto stands = texts(m_after);
        std::map<Place, std::deque<const PlacedHeading*>> gone;
        for (const PlacedHeading& heading : m_before) {
            if (is_first_without(heading, stands)) {
                gone[place_of(heading)].push_back(&heading);
            }
        }
        std::vector<HeadingDifference> found;
        m_seen.clear();
        for (const PlacedHeading& heading : m_after) {
            if (!is_first_without(heading, stood)) {
                continue;
            }
            HeadingDifference difference{
                .before = {}, .after = heading.number, .path = above(heading)};
            if (const auto old = gone.find(place_of(heading));
                old != gone.end() && !old->second.empty()) {
                difference.before = old->second.front()->number;
                old->second.pop_front();
            }
            found.push_back(std::move(difference));
        }
        for (const PlacedHeading& heading : m_before) {
            for (const PlacedHeading* left : gone[place_of(heading)]) {
                if (left == &heading) {
                    found.push_back(
                        {.before = heading.number, .after = {}, .path = above(heading)});
                }
            }
        }
        return found;
    }

private:
    using Place = std::pair<std::uint32_t, std::uint8_t>;  // the clause below, and the level
    using Texts = std::unordered_set<std::string_view>;

    const Heading& heading_of(const PlacedHeading& heading) const {
        return m_policy.headings[heading.number];
    }

    Texts texts(const std::vector<PlacedHeading>& headings) const {
        Texts texts;
        for (const PlacedHeading& heading : headings) {
            texts.insert(heading_of(heading).text);
        }
        return texts;
    }

    // A text counts once, however often it stands.
    bool is_first_without(const PlacedHeading& heading, const Texts& other) {
        const std::string_view text = heading_of(heading).text;
        return !heading.told_by_clause && !other.contains(text) && m_seen.insert(text).second;
    }

    Place place_of(const PlacedHeading& heading) const {
        const std::uint8_t level = heading_of(heading).level;
        return {level == 0 ? 0 : heading.below, level};
    }

    static std::vector<std::uint32_t> above(const PlacedHeading& heading) {
        std::vector<std::uint32_t> path = heading.path;
        if (!path.empty() && path.back() == heading.number) {
            path.pop_back();
        }
        return path;
    }

    const Policy& m_policy;
    std::vector<PlacedHeading> m_before;
    std::vector<PlacedHeading> m_after;
    Texts m_seen;
};

}  // namespace

std::vector<HeadingDifference> compare_headings(const Policy& policy,
                                                const std::vector<Passage>& passages,
                                                std::size_t before, std::size_t after) {
    return HeadingComparison(policy, HeadingReader(policy, passages, before).read(),
                             HeadingReader(policy, passages, after).read())
        .compare();
}

}  // namespace smallprint::over_time
