// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/query/proximity.h"

#include "common/base/result.h"
#include "common/base/strings.h"
#include "searcher/query/ast.h"
#include "searcher/query/limits.h"
#include "searcher/query/source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace smallprint::query {
namespace {

struct Spelling {
    std::string_view before;  // the number, in lower case
    NearOrder order;
    bool ours;
};

// Ours and those of other search engines.
constexpr std::array k_spellings = {
    Spelling{"w/", NearOrder::either, true},         Spelling{"pre/", NearOrder::in_order, true},
    Spelling{"near/", NearOrder::either, false},     Spelling{"within/", NearOrder::either, false},
    Spelling{"n/", NearOrder::either, false},        Spelling{"/", NearOrder::either, false},
    Spelling{"adj/", NearOrder::in_order, false},    Spelling{"onear/", NearOrder::in_order, false},
    Spelling{"p/", NearOrder::in_order, false},      Spelling{"around/", NearOrder::either, false},
    Spelling{"before/", NearOrder::in_order, false},
};

constexpr auto k_same_sentence = std::to_array<std::string_view>(
    {"w/s", "w/sent", "w/sentence", "/sent", "pre/s", "near/s", "n/s", "p/s", "s/", "within/s"});

constexpr auto k_same_paragraph =
    std::to_array<std::string_view>({"/p", "/para", "w/p", "w/para", "w/paragraph", "pre/p",
                                     "near/p", "n/p", "p/p", "within/p", "w/seg", "/seg"});

std::string written(NearOrder order, std::string_view number) {
    return fmt::format("{}{}", order == NearOrder::either ? "w/" : "pre/", number);
}

// From the operator to the number behind the blank, "w/ 5"; nothing where there is no number.
std::optional<SourceSpan> number_behind(std::string_view text, SourceSpan place) {
    std::size_t at = place.end;
    while (const std::size_t size = blank_at(text, at)) {
        at += size;
    }
    const SourceSpan number = run_at(text, at);
    return is_all_digits(text.substr(number.begin, number.end - number.begin))
               ? std::optional(number)
               : std::nullopt;
}

Result<std::optional<Proximity>> with_number(QuerySource& source, SourceSpan place,
                                             const Spelling& spelling) {
    const std::string_view number = source.text(place).substr(spelling.before.size());
    const auto distance = parse_number<std::uint32_t>(number);
    const bool too_far = !distance || *distance > k_farthest;
    if (too_far || *distance == 0) {
        return source.mistake(
            place, fmt::format("the number of words is from 1 to {}", k_farthest),
            {"for words of the same clause, however far apart, write AND",
             written(spelling.order, too_far ? std::to_string(k_farthest) : "1")});
    }
    if (!spelling.ours) {
        return source.mistake(
            place, fmt::format("`{}` is no operator here", source.text(place)),
            {"write w/n for within n words, pre/n for within n words and in this order",
             written(spelling.order, number)});
    }
    return std::optional(Proximity{NodeKind::near, *distance, spelling.order});
}

// w/ or pre/ without a number behind it.
Failure without_number(QuerySource& source, SourceSpan place, const Spelling& spelling) {
    const std::string_view text = source.text(place);
    const std::string message =
        fmt::format("a number is missing behind {}, as in {}",
                    text.substr(0, spelling.before.size()), written(spelling.order, "5"));
    if (text.size() == spelling.before.size()) {
        if (const auto number = number_behind(source.text(), place)) {
            return source.mistake({place.begin, number->end}, message,
                                  {"write the number without a blank",
                                   written(spelling.order, source.text(*number))});
        }
    }
    return source.mistake(place, message,
                          {fmt::format("to look for the words themselves, put them in quotes: "
                                       "\"{}\"",
                                       text)});
}

}  // namespace

Result<std::optional<Proximity>> read_proximity(QuerySource& source, SourceSpan place) {
    const std::string text = lower_ascii(source.text(place));
    if (text == "/s") {
        return std::optional(Proximity{.kind = NodeKind::sentence});
    }
    if (std::ranges::find(k_same_sentence, text) != k_same_sentence.end()) {
        return source.mistake(place, "the operator for the same sentence is /s",
                              {"write /s", "/s"});
    }
    if (std::ranges::find(k_same_paragraph, text) != k_same_paragraph.end()) {
        // "A NOT w/seg B" is A NOT B.
        const std::string_view before = trimmed(source.text().substr(0, place.begin));
        const bool is_not = lower_ascii(before).ends_with(" not");
        const std::size_t begin = is_not ? before.size() - 3 : place.begin;
        return source.mistake({begin, place.end}, "there is no operator for the same paragraph",
                              is_not ? Advice{"a clause is a paragraph: write NOT", "NOT"}
                                     : Advice{"a clause is a paragraph: write AND", "AND"});
    }
    for (const Spelling& spelling : k_spellings) {
        if (!text.starts_with(spelling.before)) {
            continue;
        }
        if (is_all_digits(std::string_view(text).substr(spelling.before.size()))) {
            return with_number(source, place, spelling);
        }
        if (spelling.ours) {
            return without_number(source, place, spelling);
        }
    }
    return std::optional<Proximity>();
}

std::string replace_proximity(std::string_view word) {
    const std::string text = lower_ascii(word);
    if (text == "+s" || text == "+p") {
        return text == "+s" ? "/s" : "AND";
    }
    for (const Spelling& spelling : k_spellings) {
        std::string_view name = spelling.before.substr(0, spelling.before.size() - 1);
        name = name.empty() ? "+" : name;  // /5 has no other form, +5 is that of pre/5
        if (!text.starts_with(name)) {
            continue;
        }
        const std::string_view number = trimmed(std::string_view(text).substr(name.size()));
        const NearOrder order = name == "+" ? NearOrder::in_order : spelling.order;
        const auto distance = parse_number<std::uint32_t>(number);
        if (distance && *distance > 0 && *distance <= k_farthest) {
            return written(order, number);
        }
        const bool is_loud = name.size() > 2 && std::ranges::all_of(word, is_upper);
        if (number.empty() && is_loud && name != "pre" && name != "before") {
            return written(order, "10");
        }
    }
    return "";
}

}  // namespace smallprint::query
