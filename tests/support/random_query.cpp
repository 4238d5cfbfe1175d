// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/support/random_query.h"

#include "common/fields/field_table.h"
#include "common/model/date.h"
#include "searcher/query/ast.h"
#include "searcher/query/fields.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint {
namespace {

constexpr std::array<std::string_view, 14> k_words = {
    "sell",    "data",   "personal", "share",  "not",  "the",   "opt-out",
    "e-mail,", "user's", "données",  "and/or", "個人", "12:30", "https://a.example/x"};
constexpr std::array<std::string_view, 4> k_prefixes = {"per", "advert", "donn", "#tag"};
constexpr std::array<std::string_view, 6> k_values = {
    "a.example", "Privacy Policy", "//x", "(odd)", "=a", "AND"};

// Makes trees in the form the parser gives them: no AND inside of AND, and so on.
class TreeMaker {
public:
    explicit TreeMaker(std::mt19937_64& random) : m_random(random) {}

    query::Node root() {
        query::Node node = any_node(3);
        if (node.kind == query::NodeKind::all && chance(2)) {
            node.conjunction = query::Conjunction::juxtaposed;
        }
        return node;
    }

private:
    std::size_t below(std::size_t count) { return m_random() % count; }

    bool chance(std::size_t one_in) { return below(one_in) == 0; }

    template <typename Values> std::string pick(const Values& values) {
        return std::string(values.at(below(values.size())));
    }

    query::Node any_node(std::size_t depth) {
        switch (depth == 0 ? 0 : below(5)) {
        case 1:
            return all(depth);
        case 2:
            return combination(query::NodeKind::any, depth);
        case 3:
            return proximity(depth);
        case 4:
            return field(depth);
        default:
            return term();
        }
    }

    query::Node term() {
        switch (below(6)) {
        case 0:
            return phrase();
        case 1:
            return {.kind = query::NodeKind::exact_word, .text = pick(k_words)};
        case 2:
            return prefix();
        default:
            return {.text = pick(k_words)};
        }
    }

    // A query has three of them at most.
    query::Node prefix() {
        if (m_prefixes == 3) {
            return {.text = pick(k_words)};
        }
        ++m_prefixes;
        return {.kind = query::NodeKind::prefix, .text = pick(k_prefixes)};
    }

    query::Node phrase() {
        query::Node node{.kind = query::NodeKind::phrase};
        for (std::size_t i = below(4) + 1; i > 0; --i) {
            query::Node child = chance(4) ? prefix() : query::Node{.text = pick(k_words)};
            if (child.kind == query::NodeKind::word && chance(4)) {
                child.kind = query::NodeKind::exact_word;
            }
            node.children.push_back(std::move(child));
        }
        return node;
    }

    // A node of several children none of which is of its own kind.
    query::Node combination(query::NodeKind kind, std::size_t depth) {
        query::Node node{.kind = kind};
        for (std::size_t i = below(2) + 2; i > 0; --i) {
            query::Node child = any_node(depth - 1);
            node.children.push_back(child.kind == kind ? term() : std::move(child));
        }
        return node;
    }

    query::Node all(std::size_t depth) {
        query::Node node = combination(query::NodeKind::all, depth);
        if (chance(2)) {
            query::Node negation{.kind = query::NodeKind::negation};
            negation.children.push_back(any_node(depth - 1));
            const auto place = static_cast<std::ptrdiff_t>(below(node.children.size() + 1));
            node.children.insert(node.children.begin() + place, std::move(negation));
        }
        return node;
    }

    query::Node operand(std::size_t depth) {
        if (depth == 0 || !chance(3)) {
            return term();
        }
        if (chance(2)) {
            return proximity(depth);
        }
        query::Node node{.kind = query::NodeKind::any};
        node.children.push_back(term());
        node.children.push_back(chance(3) ? proximity(depth) : term());
        return node;
    }

    query::Node proximity(std::size_t depth) {
        query::Node node{.kind = chance(3) ? query::NodeKind::sentence : query::NodeKind::near};
        std::size_t sides = 2;
        if (node.kind == query::NodeKind::near) {
            node.distance = static_cast<std::uint32_t>(below(100) + 1);
            node.order = chance(2) ? query::NearOrder::either : query::NearOrder::in_order;
        } else {
            sides += below(2);
        }
        for (std::size_t i = 0; i < sides; ++i) {
            query::Node side = operand(depth - 1);
            const bool nested = side.kind == query::NodeKind::sentence && node.kind == side.kind;
            node.children.push_back(nested ? term() : std::move(side));
        }
        return node;
    }

    query::Node field(std::size_t depth) {
        query::Node node{.kind = query::NodeKind::field};
        const std::size_t choice = below(5);
        if (choice == 0) {
            node.field = Field::heading;
            node.children.push_back(heading_child(depth));
        } else if (choice == 1) {
            node.field = chance(2) ? Field::date : Field::last_seen;
            set_days(node);
        } else if (choice == 2) {
            node.field = Field::change;
            node.value.change = chance(2) ? query::Change::added : query::Change::removed;
            node.text = node.value.change == query::Change::added ? "added" : "removed";
        } else if (choice == 3) {
            node.field = Field::length;
            set_numbers(node);
        } else {
            node.field = chance(2) ? Field::vendor : Field::type;
            node.text = pick(k_values);
        }
        return node;
    }

    query::Node heading_child(std::size_t depth) {
        if (depth == 0 || chance(2)) {
            return chance(4) ? query::Node{.text = "//x"} : term();
        }
        query::Node node{.kind = chance(2) ? query::NodeKind::all : query::NodeKind::any};
        node.children.push_back(term());
        node.children.push_back(term());
        return node;
    }

    void set_numbers(query::Node& node) {
        const auto least = static_cast<std::uint32_t>(below(30));
        const auto most = least + static_cast<std::uint32_t>(below(30));
        switch (below(4)) {
        case 0:
            node.value.numbers = {least, std::nullopt};
            break;
        case 1:
            node.value.numbers = {std::nullopt, most};
            break;
        case 2:
            node.value.numbers = {most, most};
            break;
        default:
            node.value.numbers = {least, most};
        }
        node.text = query::format_number_range(node.value.numbers);
    }

    void set_days(query::Node& node) {
        const Day first = Day(std::chrono::days(14'000 + below(2'000)));
        const Day last = first + std::chrono::days(below(900));
        switch (below(4)) {
        case 0:
            node.value.unknown = true;
            node.text = "unknown";
            break;
        case 1:
            node.value.days = {first, std::nullopt};
            node.text = format_day(first) + "..";
            break;
        case 2:
            node.value.days = {std::nullopt, last};
            node.text = ".." + format_day(last);
            break;
        default:
            node.value.days = {first, last};
            node.text = format_day(first) + ".." + format_day(last);
        }
    }

    std::mt19937_64& m_random;
    std::size_t m_prefixes = 0;
};

}  // namespace

query::Node random_query_tree(std::mt19937_64& random) {
    return TreeMaker(random).root();
}

std::string random_query_text(std::mt19937_64& random) {
    constexpr std::array<std::string_view, 70> pieces = {"sell",    "data",
                                                         "opt-out", "AND",
                                                         "OR",      "NOT",
                                                         "(",       ")",
                                                         "(",       ")",
                                                         "\"",      "\"",
                                                         "“",       "w/5",
                                                         "pre/3",   "/s",
                                                         "=",       "*",
                                                         "adv*",    "+",
                                                         "-",       "!",
                                                         "vendor:", "heading:",
                                                         "date:",   "2014..",
                                                         "2016",    "change:",
                                                         "added",   "unknown",
                                                         "foo:",    "//x",
                                                         "&",       "\xE2\x80\x8F",
                                                         "\xFF",    "\xC2\xA0",
                                                         "w/",      "é",
                                                         "words:",  "5..20",
                                                         "fox!",    "Yahoo!",
                                                         "data$",   "data?",
                                                         "qu?ck",   "%",
                                                         "+5",      "+s",
                                                         "NEAR",    "ADJ3",
                                                         "w3",      "AROUND",
                                                         "3",       "~3",
                                                         "^2",      "~",
                                                         "[2014",   "[",
                                                         "TO",      "2018]",
                                                         "}",       "XOR",
                                                         "ANDNOT",  "BUT",
                                                         "or",      "and",
                                                         "not",     "before:2015",
                                                         "title",   "#tag"};
    std::string text;
    for (std::size_t i = random() % 12; i > 0; --i) {
        text += pieces.at(random() % pieces.size());
        text += random() % 3 == 0 ? "" : " ";
    }
    return text;
}

query::Node without_places(query::Node node) {
    node.begin = 0;
    node.end = 0;
    for (query::Node& child : node.children) {
        child = without_places(std::move(child));
    }
    return node;
}

}  // namespace smallprint
