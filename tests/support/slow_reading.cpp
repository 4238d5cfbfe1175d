// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/support/slow_reading.h"

#include "common/fields/field_table.h"
#include "common/model/date.h"
#include "searcher/query/ast.h"
#include "tests/support/slow_clause.h"
#include "tests/support/slow_words.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

using Test = std::function<bool(const std::string& written)>;
using Sequence = std::vector<Test>;
using Places = std::map<std::pair<std::size_t, std::size_t>, std::set<std::size_t>>;

Test same_stem(const std::string& word) {
    return
        [stem = slow_stem(word)](const std::string& written) { return slow_stem(written) == stem; };
}

Test same_form(const std::string& word) {
    return [word](const std::string& written) { return written == word; };
}

// The ways in which a term can be written.
std::vector<Sequence> ways_of(const query::Node& term, bool all_count) {
    if (term.kind == query::NodeKind::prefix) {
        return {{[word = term.text, all_count](const std::string& written) {
            return written.starts_with(word) && (all_count || !is_slow_stop_word(written));
        }}};
    }
    const bool exact = term.kind == query::NodeKind::exact_word;
    const auto test = exact ? same_form : same_stem;
    const auto parts = slow_parts(term.text);
    // Of what is to be in this form the parts count only where they were written.
    if (!parts || (exact && term.text.find('-') == std::string::npos)) {
        return {{test(term.text)}};
    }
    return {{test(parts->first), test(parts->second)}, {test(parts->first + parts->second)}};
}

std::vector<Sequence> ways_of_phrase(const query::Node& phrase) {
    std::vector<Sequence> ways = {{}};
    const std::vector<query::Node>& words = phrase.children;
    for (std::size_t i = 0; i < words.size(); ++i) {
        query::Node word = words[i];
        const bool plain_pair = i + 1 < words.size() && word.kind == query::NodeKind::word &&
                                words[i + 1].kind == query::NodeKind::word &&
                                is_slow_word(word.text) && is_slow_word(words[i + 1].text);
        if (plain_pair && makes_slow_compound(word.text, words[i + 1].text)) {
            word.text += "-" + words[++i].text;
        }
        std::vector<Sequence> longer;
        for (const Sequence& way : ways) {
            for (const Sequence& next : ways_of(word, true)) {
                longer.push_back(way);
                longer.back().insert(longer.back().end(), next.begin(), next.end());
            }
        }
        ways = std::move(longer);
    }
    return ways;
}

// Where a sequence ends that begins at a place.
std::set<std::size_t> ends_of(std::span<const Test> sequence, const SlowText& text,
                              std::size_t at) {
    if (sequence.empty()) {
        return {at};
    }
    std::set<std::size_t> ends;
    if (at < text.places.size()) {
        for (const SlowText::Reading& reading : text.places[at].readings) {
            if (sequence.front()(reading.word)) {
                ends.merge(ends_of(sequence.subspan(1), text, at + reading.width));
            }
        }
    }
    return ends;
}

void add(Places& places, const Places& more) {
    for (const auto& [place, words] : more) {
        places[place].insert(words.begin(), words.end());
    }
}

Places places_of_ways(const std::vector<Sequence>& ways, const SlowText& text) {
    Places places;
    for (const Sequence& way : ways) {
        for (std::size_t at = 0; at < text.places.size(); ++at) {
            for (const std::size_t end : ends_of(way, text, at)) {
                for (std::size_t word = at; word < end; ++word) {
                    places[{at, end}].insert(word);
                }
            }
        }
    }
    return places;
}

enum class Where { anywhere, heading };

class SlowReading {
public:
    SlowReading(const SlowClause& clause, const SlowThesaurus& thesaurus)
        : m_clause(clause), m_thesaurus(thesaurus), m_text(clause.text) {
        for (const std::string& heading : clause.headings) {
            m_headings.emplace_back(heading);
        }
    }

    using Marks = std::set<std::size_t>;

    bool list_holds(const query::Node& list, Where where, Marks& marks) const {
        const bool change = std::ranges::any_of(
            list.children, [](const query::Node& child) { return is(child, Field::change); });
        query::DayRange span;
        for (const query::Node& child : list.children) {
            span = is(child, Field::date) ? child.value.days : span;  // one at most is asked for
        }
        Marks found;
        const std::span<const query::Node> nodes = list.children;
        for (std::size_t at = 0; at < nodes.size();) {
            std::size_t words = 0;
            while (list.conjunction == query::Conjunction::juxtaposed &&
                   at + words < nodes.size() && nodes[at + words].kind == query::NodeKind::word) {
                ++words;
            }
            const query::Node& node = nodes[at];
            const bool narrows_change = change && is(node, Field::date) && !node.value.unknown;
            const bool holding = words > 0 ? words_hold(nodes.subspan(at, words), where, found)
                                 : narrows_change          ? true
                                 : is(node, Field::change) ? field_holds(node, span)
                                                           : holds(node, where, found);
            if (!holding) {
                return false;
            }
            at += std::max<std::size_t>(words, 1);
        }
        marks.insert(found.begin(), found.end());
        return true;
    }

private:
    static bool is(const query::Node& child, Field field) {
        return child.kind == query::NodeKind::field && child.field == field;
    }

    bool holds(const query::Node& node, Where where, Marks& marks) const {
        switch (node.kind) {
        case query::NodeKind::all:
            return list_holds(node, where, marks);
        case query::NodeKind::any: {
            bool any = false;
            for (const query::Node& child : node.children) {
                any = holds(child, where, marks) || any;
            }
            return any;
        }
        case query::NodeKind::negation: {
            Marks none;
            return !holds(node.children.front(), where, none);
        }
        case query::NodeKind::field:
            return is(node, Field::heading) ? heading_holds(node)
                                            : field_holds(node, node.value.days);
        case query::NodeKind::near:
        case query::NodeKind::sentence:
            return marked(places_of(node, m_text), marks) ||
                   std::ranges::any_of(m_headings, [&](const SlowText& heading) {
                       return !places_of(node, heading).empty();
                   });
        default: {
            // A stop word alone is not looked for in headings.
            const bool in_headings_too =
                node.kind == query::NodeKind::phrase || !is_slow_stop_word(node.text);
            const auto ways =
                node.kind == query::NodeKind::phrase ? ways_of_phrase(node) : ways_of(node, false);
            return stands(ways, where, in_headings_too, marks);
        }
        }
    }

    static bool marked(const Places& places, Marks& marks) {
        for (const auto& [place, words] : places) {
            marks.insert(words.begin(), words.end());
        }
        return !places.empty();
    }

    bool stands(const std::vector<Sequence>& ways, Where where, bool in_headings_too,
                Marks& marks) const {
        const bool in_text =
            where == Where::anywhere && marked(places_of_ways(ways, m_text), marks);
        if (in_text || (where == Where::anywhere && !in_headings_too)) {
            return in_text;
        }
        return std::ranges::any_of(m_headings, [&](const SlowText& heading) {
            return !places_of_ways(ways, heading).empty();
        });
    }

    bool heading_holds(const query::Node& node) const {
        Marks none;
        query::Node list = node;
        list.conjunction = query::Conjunction::juxtaposed;
        return list_holds(list, Where::heading, none);
    }

    // One word as it stands, without its other spellings.
    bool plain_word_holds(const std::string& word, Where where, Marks& marks) const {
        const auto parts = word.find('-') == std::string::npos ? std::nullopt : slow_parts(word);
        const std::vector<Sequence> ways =
            parts ? std::vector<Sequence>{{same_stem(parts->first), same_stem(parts->second)},
                                          {same_stem(parts->first + parts->second)}}
                  : std::vector<Sequence>{{same_stem(word)}};
        return stands(ways, where, true, marks);
    }

    bool every_holds(std::span<const query::Node> words, Where where, Marks& marks) const {
        Marks found;
        for (const query::Node& word : words) {
            if (!is_slow_stop_word(word.text) && !plain_word_holds(word.text, where, found)) {
                return false;
            }
        }
        marks.insert(found.begin(), found.end());
        return true;
    }

    // Words beside one another.
    bool words_hold(std::span<const query::Node> words, Where where, Marks& marks) const {
        for (std::size_t at = 0; at < words.size();) {
            const std::span<const query::Node> rest = words.subspan(at);
            if (where == Where::anywhere) {
                if (const auto [taken, others] = known(rest); taken > 0) {
                    bool any = every_holds(rest.first(taken), where, marks);
                    for (const auto& other : others) {
                        any = other_holds(other, marks) || any;
                    }
                    if (!any) {
                        return false;
                    }
                    at += taken;
                    continue;
                }
            }
            const bool pair = rest.size() > 1 && is_slow_word(rest[0].text) &&
                              is_slow_word(rest[1].text) &&
                              makes_slow_compound(rest[0].text, rest[1].text);
            if (pair) {
                const bool apart = every_holds(rest.first(2), where, marks);
                if (!plain_word_holds(rest[0].text + rest[1].text, where, marks) && !apart) {
                    return false;
                }
            } else if (!is_slow_stop_word(rest[0].text) && !holds(rest[0], where, marks)) {
                return false;
            }
            at += pair ? 2 : 1;
        }
        return true;
    }

    // How many words at the start the thesaurus knows, the most, and their other names.
    std::pair<std::size_t, std::vector<std::vector<std::string>>>
    known(std::span<const query::Node> words) const {
        std::pair<std::size_t, std::vector<std::vector<std::string>>> found;
        std::vector<std::string> asked;
        for (std::size_t i = 0; i < words.size(); ++i) {
            const std::string& word = words[i].text;
            const auto parts =
                word.find('-') == std::string::npos ? std::nullopt : slow_parts(word);
            asked.push_back(slow_stem(parts ? parts->first : word));
            if (parts) {
                asked.push_back(slow_stem(parts->second));
            }
            for (const auto& group : m_thesaurus) {
                if (std::ranges::find(group, asked) != group.end()) {
                    found = {i + 1, group};
                    std::erase(found.second, asked);
                }
            }
        }
        return found;
    }

    // Another name: its words in any order, one alone in a heading as well.
    bool other_holds(const std::vector<std::string>& stems_of_name, Marks& marks) const {
        Marks found;
        for (const std::string& stem : stems_of_name) {
            const std::vector<Sequence> ways = {
                {[&](const std::string& written) { return slow_stem(written) == stem; }}};
            if (!stands(ways, Where::anywhere, stems_of_name.size() == 1, found)) {
                return false;
            }
        }
        marks.insert(found.begin(), found.end());
        return true;
    }

    static bool has(const query::DayRange& days, std::optional<Day> day) {
        return day && (!days.from || *day >= *days.from) && (!days.to || *day <= *days.to);
    }

    // The snapshot in force on a day.
    std::optional<std::size_t> in_force(Day day) const {
        std::optional<std::size_t> newest;
        for (std::size_t i = 0; i < m_clause.days.size(); ++i) {
            if (m_clause.days[i].value_or(Day::max()) <= day) {
                newest = i;
            }
        }
        return newest;
    }

    bool field_holds(const query::Node& node, const query::DayRange& days) const {
        switch (node.field) {
        case Field::vendor:
            return node.text == m_clause.vendor;
        case Field::length: {
            const std::size_t words = m_text.places.size();
            return words >= node.value.numbers.from.value_or(0) &&
                   words <= node.value.numbers.to.value_or(UINT32_MAX);
        }
        case Field::first_seen:
            return node.value.unknown ? !m_clause.first_seen() : has(days, m_clause.first_seen());
        case Field::last_seen:
            return node.value.unknown ? !m_clause.last_seen() : has(days, m_clause.last_seen());
        default:
            return std::ranges::any_of(m_clause.runs,
                                       [&](const auto& run) { return run_holds(node, days, run); });
        }
    }

    bool run_holds(const query::Node& node, const query::DayRange& days,
                   const std::pair<std::size_t, std::size_t>& run) const {
        const std::size_t after = run.second + 1;
        const auto day = [&](std::size_t snapshot) { return m_clause.days[snapshot]; };
        const bool ever = !days.from && !days.to;
        if (node.field == Field::as_of) {
            const auto snapshot = in_force(days.to.value_or(Day::max()));
            return snapshot && run.first <= *snapshot && *snapshot <= run.second;
        }
        if (node.field == Field::change) {
            return node.value.change == query::Change::added
                       ? run.first > 0 && day(run.first - 1) && (ever || has(days, day(run.first)))
                       : day(run.second) && after < m_clause.days.size() &&
                             (ever || has(days, day(after)));
        }
        if (node.value.unknown) {
            return !day(run.first);
        }
        // Snapshots without a date come first.
        std::optional<Day> first;
        for (std::size_t i = run.first; i <= run.second && !first; ++i) {
            first = day(i);
        }
        return first && (!days.to || *first <= *days.to) &&
               (!days.from || *day(run.second) >= *days.from);
    }

    static Places places_of(const query::Node& node, const SlowText& text) {
        switch (node.kind) {
        case query::NodeKind::any: {
            Places places;
            for (const query::Node& child : node.children) {
                add(places, places_of(child, text));
            }
            return places;
        }
        case query::NodeKind::near:
            return near(node, text);
        case query::NodeKind::sentence:
            return in_sentences(node, text);
        default:
            return places_of_ways(node.kind == query::NodeKind::phrase ? ways_of_phrase(node)
                                                                       : ways_of(node, true),
                                  text);
        }
    }

    static Places near(const query::Node& node, const SlowText& text) {
        Places places;
        const Places there = places_of(node.children[1], text);
        for (const auto& [a, a_words] : places_of(node.children[0], text)) {
            for (const auto& [b, b_words] : there) {
                const bool forth = b.first >= a.second && b.first - a.second < node.distance;
                const bool back = a.first >= b.second && a.first - b.second < node.distance &&
                                  node.order == query::NearOrder::either;
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

    static Places in_sentences(const query::Node& node, const SlowText& text) {
        Places places;
        for (std::size_t sentence = 0; sentence <= text.places.back().sentence; ++sentence) {
            Marks words;
            bool all = true;
            for (const query::Node& child : node.children) {
                bool some = false;
                for (const auto& [place, marks] : places_of(child, text)) {
                    const bool inside = std::ranges::all_of(marks, [&](std::size_t at) {
                        return text.places[at].sentence == sentence;
                    });
                    some = some || inside;
                    if (inside) {
                        words.insert(marks.begin(), marks.end());
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

    const SlowClause& m_clause;
    const SlowThesaurus& m_thesaurus;
    SlowText m_text;
    std::vector<SlowText> m_headings;
};

}  // namespace

std::optional<std::set<std::size_t>> slow_match(const SlowClause& clause, const query::Node& root,
                                                const SlowThesaurus& thesaurus) {
    // A query of one thing is a list of one.
    const query::Node list = root.kind == query::NodeKind::all
                                 ? root
                                 : query::Node{.kind = query::NodeKind::all,
                                               .children = {root},
                                               .conjunction = query::Conjunction::juxtaposed};
    std::set<std::size_t> marks;
    if (SlowReading(clause, thesaurus).list_holds(list, Where::anywhere, marks)) {
        return marks;
    }
    return std::nullopt;
}

}  // namespace smallprint
