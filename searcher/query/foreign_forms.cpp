// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/query/foreign_forms.h"

#include "common/base/result.h"
#include "common/base/strings.h"
#include "searcher/query/fields.h"
#include "searcher/query/lexer.h"
#include "searcher/query/proximity.h"
#include "searcher/query/source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::query {
namespace {

using Tokens = std::vector<QueryToken>;
using Pair = std::pair<std::string_view, std::string_view>;

template <typename Pairs>
std::optional<std::string_view> find_in(const Pairs& pairs, std::string_view name) {
    const auto row = std::ranges::find(pairs, name, &Pair::first);
    return row == pairs.end() ? std::nullopt : std::optional(row->second);
}

// The place from the sign at `at` to the first `closing` sign behind it.
std::optional<SourceSpan> find_enclosed(std::string_view text, std::size_t at, char closing) {
    const std::size_t end = text.find(closing, at);
    return end == std::string_view::npos ? std::nullopt : std::optional(SourceSpan{at, end + 1});
}

std::string lower_inside(std::string_view enclosed) {
    return lower_ascii(trimmed(enclosed.substr(1, enclosed.size() - 2)));
}

bool goes_on(std::string_view text, std::size_t at) {
    const SourceSpan rest = seen_part(text, {at, text.size()});
    return rest.begin < rest.end &&
           (is_word_byte(text[rest.begin]) || is_one_of(text[rest.begin], "(\"=<>"));
}

// An operator with blanks around it, where it stood without.
std::string with_blanks(std::string_view text, SourceSpan place, std::string_view ours) {
    if (ours.empty()) {
        return "";
    }
    const bool is_glued_before = place.begin > 0 && blank_at(text, place.begin - 1) == 0;
    const bool is_glued_behind = place.end < text.size() && blank_at(text, place.end) == 0;
    return fmt::format("{}{}{}", is_glued_before ? " " : "", ours, is_glued_behind ? " " : "");
}

Failure refuse_operator(QuerySource& source, SourceSpan place,
                        std::optional<std::string_view> ours) {
    return source.mistake(
        place, fmt::format("`{}` is no operator here", source.text(place)),
        {"write w/n for within n words, pre/n for within n words and in this order",
         ours ? std::optional(with_blanks(source.text(), place, *ours)) : std::nullopt});
}

// "(3n)" and "(w)" of Dialog as they would be written here; also "(N3)". Empty for other words.
std::string replace_bracketed(std::string_view inside) {
    const std::string_view number = inside.substr(0, inside.size() - 1);
    if (number.empty() || is_all_digits(number)) {
        const std::string_view distance = number.empty() || number == "0" ? "1" : number;
        return inside.ends_with('n')   ? fmt::format("w/{}", distance)
               : inside.ends_with('w') ? fmt::format("pre/{}", distance)
                                       : "";
    }
    return replace_proximity(inside);
}

// A number before the bracket makes it a citation: 1798.140(w).
Result<void> refuse_bracketed(QuerySource& source, const Tokens& tokens, std::size_t at) {
    const std::string_view text = source.text();
    const auto place = find_enclosed(text, at, ')');
    const auto before = find_operand_before(tokens, tokens.size());
    if (!place || place->end - at < 3 || !before || is_digit(text[before->end - 1]) ||
        !goes_on(text, place->end)) {
        return {};
    }
    const std::string inside = lower_inside(source.text(*place));
    const bool is_sentence = inside == "s" && blank_at(text, at - 1) > 0;
    const std::string ours = is_sentence      ? "/s"
                             : inside.empty() ? std::string()
                                              : replace_bracketed(inside);
    return ours.empty() ? Result<void>() : refuse_operator(source, *place, ours);
}

// Operators in angle brackets; those without a word of ours only change how a word is read.
constexpr auto k_angled = std::to_array<Pair>({
    {"accrue", "OR"},    {"all", "AND"},     {"and", "AND"},   {"any", "OR"},
    {"case", ""},        {"exact", ""},      {"many", ""},     {"near", "w/10"},
    {"not", "NOT"},      {"or", "OR"},       {"order", ""},    {"paragraph", "AND"},
    {"phrase", "pre/1"}, {"sentence", "/s"}, {"soundex", ""},  {"stem", ""},
    {"thesaurus", ""},   {"typo", ""},       {"wildcard", ""}, {"word", ""},
    {"yesno", ""},
});

Result<void> refuse_angled(QuerySource& source, const Tokens& tokens, SourceSpan run) {
    const std::size_t sign = source.text(run).find('<');
    const auto place = sign == std::string_view::npos
                           ? std::nullopt
                           : find_enclosed(source.text(), run.begin + sign, '>');
    if (!place || place->end > run.end || place->end - place->begin < 3) {
        return {};
    }
    const std::string inside = lower_inside(source.text(*place));
    auto ours = find_in(k_angled, std::string_view(inside).substr(0, inside.find('/')));
    if (!ours) {
        return {};
    }
    const std::string near = replace_proximity(lower_ascii(without('/', inside)));
    ours = near.empty() ? ours : std::string_view(near);
    const bool is_between = (sign > 0 || find_operand_before(tokens, tokens.size())) &&
                            goes_on(source.text(), place->end);
    const bool stands_alone = ours->empty() || *ours == "NOT";
    return refuse_operator(source, *place, is_between || stands_alone ? ours : std::nullopt);
}

// What the fields behind a word are here, by the names of Ovid and PubMed; the others are the text.
constexpr auto k_fields_behind = std::to_array<Pair>({
    {"ab", ""},           {"af", ""},           {"all fields", ""},
    {"all", ""},          {"date", "date"},     {"dp", "date"},
    {"edat", "date"},     {"hw", ""},           {"kf", ""},
    {"kw", ""},           {"la", "lang"},       {"lang", "lang"},
    {"language", "lang"}, {"majr", ""},         {"mesh terms", ""},
    {"mesh", ""},         {"mh", ""},           {"mp", ""},
    {"ot", ""},           {"pdat", "date"},     {"sh", ""},
    {"text word", ""},    {"text", ""},         {"ti", "heading"},
    {"tiab", ""},         {"title", "heading"}, {"title/abstract", ""},
    {"tw", ""},           {"tx", ""},
});

Failure refuse_field_behind(QuerySource& source, SourceSpan operand, SourceSpan tag,
                            std::string_view field) {
    const std::string_view word = source.text(operand);
    std::string value(word);
    if (field == "date" && word.find(':') != std::string_view::npos) {
        value =
            fmt::format("{}..{}", word.substr(0, word.find(':')), word.substr(word.find(':') + 1));
    }
    return source.mistake({operand.begin, tag.end},
                          fmt::format("`{}` names no field here", source.text(tag)),
                          {"a field stands before its words, as heading:sharing",
                           field.empty() ? value : fmt::format("{}:{}", field, value)});
}

// "privacy[ti]", "(sell OR rent) [tiab]".
Result<void> refuse_bracket_behind(QuerySource& source, const Tokens& tokens, SourceSpan run) {
    const std::size_t sign = source.text(run).find('[');
    const auto tag = sign == std::string_view::npos
                         ? std::nullopt
                         : find_enclosed(source.text(), run.begin + sign, ']');
    const auto operand = sign == 0 ? find_operand_before(tokens, tokens.size())
                                   : std::optional(SourceSpan{run.begin, run.begin + sign});
    if (!tag || !operand) {
        return {};
    }
    const auto field = find_in(k_fields_behind, lower_inside(source.text(*tag)));
    return field ? refuse_field_behind(source, *operand, *tag, *field) : Result<void>();
}

// "privacy.ti.", "privacy.ti,ab." and, right behind quotes or brackets, ".ti,ab.".
Result<void> refuse_dots_behind(QuerySource& source, const Tokens& tokens, SourceSpan run) {
    const std::string text = lower_ascii(source.text(run));
    const std::size_t dot = text.find('.');
    const std::size_t last = text.find('.', dot + 1);
    if (dot == std::string::npos || last == std::string::npos || last + 1 != text.size()) {
        return {};
    }
    const auto before = find_operand_before(tokens, tokens.size());
    if (dot == 0 && (!before || before->end != run.begin)) {
        return {};
    }
    std::string_view rest = std::string_view(text).substr(dot + 1, last - dot - 1);
    bool is_heading = true;
    while (!rest.empty()) {
        const std::string_view code = cut_until(rest, ',');
        const auto field = find_in(k_fields_behind, code);
        if (!field || code.size() != 2) {
            return {};
        }
        is_heading = is_heading && code == "ti";
    }
    const SourceSpan word{run.begin, run.begin + dot};
    const SourceSpan operand = dot == 0 ? before.value_or(word) : word;
    return last == dot + 1 ? Result<void>()
                           : refuse_field_behind(source, operand, {run.begin + dot, run.end},
                                                 is_heading ? "heading" : "");
}

// "/N3/" and "/F50/" of Factiva, also behind a word.
Result<void> refuse_slashes(QuerySource& source, SourceSpan run) {
    const std::string_view text = source.text(run);
    const std::size_t slash = text.find('/');
    const std::size_t last = slash == std::string_view::npos ? slash : text.find('/', slash + 1);
    if (last == std::string_view::npos) {
        return {};
    }
    const std::string inside = lower_ascii(text.substr(slash + 1, last - slash - 1));
    const bool is_counted = inside.size() > 1 && is_all_digits(std::string_view(inside).substr(1));
    if (is_counted && (inside[0] == 'n' || inside[0] == 'f' || inside[0] == 'w')) {
        return refuse_operator(source, {run.begin + slash, run.begin + last + 1},
                               inside[0] == 'f' ? "" : replace_proximity(inside));
    }
    if (slash == 0 && text.size() > 2 && text.ends_with('/') &&
        text.find_first_of("*[]+?^$\\") != std::string_view::npos) {
        return source.mistake(run, "there are no regular expressions here",
                              {"write the words that are meant with OR between them, or their "
                               "beginning with a *"});
    }
    return {};
}

// "exp Privacy/" of Ovid, a subject with all below it.
Result<void> refuse_subject(QuerySource& source, SourceSpan run) {
    if (lower_ascii(source.text(run)) != "exp") {
        return {};
    }
    const std::string_view text = source.text();
    std::size_t end = run.end;
    while (end < text.size() && (is_word_byte(text[end]) || text[end] == ' ' || text[end] == '-')) {
        ++end;
    }
    const std::string_view subject = trimmed(text.substr(run.end, end - run.end));
    const bool is_end = end + 1 == text.size() ||
                        (end + 1 < text.size() && (text[end + 1] == ')' || text[end + 1] == ' '));
    if (subject.empty() || !is_end || text[end] != '/') {
        return {};
    }
    return source.mistake({run.begin, end + 1}, "there are no subjects here",
                          {"write words of the text", subject.find(' ') == std::string_view::npos
                                                          ? std::string(subject)
                                                          : fmt::format("\"{}\"", subject)});
}

// "vendor = a.example", "date > 2014", whose sign would be passed over.
Result<void> refuse_lone_sign(QuerySource& source, const Tokens& tokens, SourceSpan run) {
    constexpr auto k_signs = std::to_array<std::string_view>({":", "<", "<=", "=", ">", ">="});
    const std::string_view sign = source.text(run);
    if (!is_one(sign, k_signs) || tokens.empty() || !is_plain_word(tokens.back()) ||
        !field_named(tokens.back().text) || !goes_on(source.text(), run.end)) {
        return {};
    }
    const SourceSpan behind = seen_part(source.text(), {run.end, source.text().size()});
    return source.mistake(
        {tokens.back().place.begin, behind.begin},
        fmt::format("a field has a colon right behind its name, and {} has none",
                    tokens.back().text),
        {"write the name, the colon and the value without blanks",
         fmt::format("{}:{}", tokens.back().text, sign == ":" || sign == "=" ? "" : sign)});
}

// The word, phrase or brackets that begin behind token `at`.
std::optional<SourceSpan> find_operand_behind(const Tokens& tokens, std::size_t at) {
    const std::size_t first = at + 1;
    if (first < tokens.size() && tokens[first].kind == QueryTokenKind::term) {
        return tokens[first].place;
    }
    std::size_t depth = 0;
    for (std::size_t i = first; i < tokens.size(); ++i) {
        depth += tokens[i].kind == QueryTokenKind::open ? 1U : 0U;
        if (depth == 0) {
            break;
        }
        depth -= tokens[i].kind == QueryTokenKind::close ? 1U : 0U;
        if (depth == 0) {
            return SourceSpan{tokens[first].place.begin, tokens[i].place.end};
        }
    }
    return std::nullopt;
}

// "atleast5" of Lexis, "atl5" of Westlaw.
bool counts_words(std::string_view name) {
    return is_all_digits(name.substr(name.starts_with("atleast") ? 7
                                     : name.starts_with("atl")   ? 3
                                                                 : name.size()));
}

// Names right before a bracket that are no field here, and those that are one by another name.
constexpr auto k_functions = std::to_array<std::string_view>(
    {"ab",       "all",      "allcaps", "au",    "body",   "caps",          "freq",
     "ft",       "fulltext", "hlead",   "lead",  "nocaps", "noft",          "plural",
     "singular", "su",       "text",    "ti,ab", "tiab",   "title-abs-key", "tx"});
constexpr auto k_field_functions = std::to_array<Pair>({{"company", "vendor"},
                                                        {"da", "date"},
                                                        {"hd", "heading"},
                                                        {"he", "heading"},
                                                        {"headline", "heading"},
                                                        {"hl", "heading"},
                                                        {"section", "heading"},
                                                        {"ti", "heading"},
                                                        {"title", "heading"}});

}  // namespace

std::optional<SourceSpan> find_operand_before(const Tokens& tokens, std::size_t at) {
    if (at == 0 || at > tokens.size()) {
        return std::nullopt;
    }
    std::size_t first = at - 1;
    const QueryTokenKind last = tokens[first].kind;
    if (last == QueryTokenKind::close) {
        for (std::size_t depth = 1; depth > 0 && first > 0;) {
            --first;
            depth += tokens[first].kind == QueryTokenKind::close ? 1U : 0U;
            depth -= tokens[first].kind == QueryTokenKind::open ? 1U : 0U;
        }
    } else if (last != QueryTokenKind::term && last != QueryTokenKind::value) {
        return std::nullopt;
    }
    first -= first > 0 && tokens[first - 1].kind == QueryTokenKind::field ? 1U : 0U;
    return SourceSpan{tokens[first].place.begin, tokens[at - 1].place.end};
}

Result<void> refuse_form(QuerySource& source, const Tokens& tokens, std::size_t at) {
    if (source.text()[at] == '(') {
        return refuse_bracketed(source, tokens, at);
    }
    const SourceSpan run = run_at(source.text(), at);
    if (run.begin != at || run.begin == run.end) {
        return {};
    }
    TRY(refuse_angled(source, tokens, run));
    TRY(refuse_bracket_behind(source, tokens, run));
    TRY(refuse_dots_behind(source, tokens, run));
    TRY(refuse_slashes(source, run));
    TRY(refuse_subject(source, run));
    return refuse_lone_sign(source, tokens, run);
}

Result<void> refuse_not_near(QuerySource& source, const Tokens& tokens, std::size_t i) {
    const bool is_not = i > 1 && tokens[i - 1].kind == QueryTokenKind::not_word;
    std::size_t before = is_not ? i - 1 : 0;
    before -= before > 0 && tokens[before - 1].kind == QueryTokenKind::and_word ? 1U : 0U;
    const auto left = find_operand_before(tokens, before);
    if (!left) {
        return {};
    }
    const std::string_view near = source.text(tokens[i].place);
    const auto right = find_operand_behind(tokens, i);
    return source.mistake({tokens[before].place.begin, right ? right->end : tokens[i].place.end},
                          fmt::format("NOT cannot stand before {}", near),
                          {fmt::format("write A NOT (A {} B)", near),
                           right ? std::optional(fmt::format("NOT ({} {} {})", source.text(*left),
                                                             near, source.text(*right)))
                                 : std::nullopt});
}

Result<void> refuse_function(QuerySource& source, const Tokens& tokens, std::size_t i) {
    const QueryToken& token = tokens[i];
    if (!is_plain_word(token)) {
        return {};
    }
    const std::string name = lower_ascii(token.text);
    const auto refuse = [&](Advice advice) {
        return source.mistake(token.place, fmt::format("there is no {} here", token.text),
                              std::move(advice));
    };
    if (name == "xfirstword" || name == "xlastword") {
        return refuse({"how far a word is from an end of the document is not asked for; heading: "
                       "looks through headings"});
    }
    const bool is_before_group =
        i + 2 < tokens.size() && tokens[i + 1].kind == QueryTokenKind::open;
    if (counts_words(name) && (is_before_group || (i + 1 < tokens.size() &&
                                                   tokens[i + 1].kind == QueryTokenKind::term))) {
        return refuse({"leave it out", ""});
    }
    const std::string inside = is_before_group ? lower_ascii(tokens[i + 2].text) : "";
    const bool is_plural = inside == "s" || inside == "es" || inside == "ies";
    if (!is_before_group || is_plural || tokens[i + 1].place.begin != token.place.end) {
        return {};
    }
    constexpr std::array<std::string_view, 4> k_near = {"ADJ", "NEAR", "ONEAR", "WITHIN"};
    if (is_one(token.text, k_near) && !find_operand_before(tokens, i)) {
        return source.mistake(token.place, fmt::format("`{}` is no operator here", token.text),
                              {"write A w/10 B, or A pre/10 B for A first"});
    }
    if (is_one(name, k_functions)) {
        return refuse({"leave it out", ""});
    }
    const auto other = find_in(k_field_functions, name);
    if (!other && !field_named(name)) {
        return {};
    }
    return source.mistake(token.place,
                          fmt::format("a field has a colon behind its name, and {} has none", name),
                          {fmt::format("the fields are {}", list_of_fields()),
                           fmt::format("{}:", other ? *other : std::string_view(name))});
}

}  // namespace smallprint::query
