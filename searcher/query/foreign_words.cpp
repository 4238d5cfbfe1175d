// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/query/foreign_words.h"

#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/fields/field_table.h"
#include "common/model/date.h"
#include "searcher/query/ast.h"
#include "searcher/query/foreign_fields.h"
#include "searcher/query/foreign_forms.h"
#include "searcher/query/lexer.h"
#include "searcher/query/notes.h"
#include "searcher/query/proximity.h"
#include "searcher/query/source.h"
#include "searcher/query/terms.h"

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

constexpr std::size_t k_nowhere = std::string_view::npos;

constexpr std::array k_single_quotes = {
    std::pair<std::string_view, std::string_view>{"'", "'"},
    std::pair<std::string_view, std::string_view>{"`", "`"},
    std::pair<std::string_view, std::string_view>{"‘", "’"},
    std::pair<std::string_view, std::string_view>{"‚", "‘"},
    std::pair<std::string_view, std::string_view>{"‹", "›"},
};

// Words that are told by what stands beside them; see Settler.
constexpr auto k_words_with_a_meaning = std::to_array<std::string_view>(
    {"aft", "after", "and", "and-not", "and_not", "andnot", "bef", "before", "but", "butnot", "da",
     "date", "not", "or", "to", "xor"});

// Letters, digits and what ties words, a letter first.
bool is_name(std::string_view word) {
    return !word.empty() && is_word_byte(word[0]) && !is_digit(word[0]) &&
           is_word_byte(word.back()) &&
           std::ranges::all_of(word, [](char c) { return is_word_byte(c) || is_one_of(c, "-_'"); });
}

// Brackets and AND change nothing about what stands beside a word.
bool is_transparent(const QueryToken& token) {
    return token.kind == QueryTokenKind::open || token.kind == QueryTokenKind::close ||
           token.kind == QueryTokenKind::and_word;
}

std::size_t find_before(const Tokens& tokens, std::size_t at) {
    while (at > 0 && is_transparent(tokens[at - 1])) {
        --at;
    }
    return at == 0 ? k_nowhere : at - 1;
}

std::size_t find_behind(const Tokens& tokens, std::size_t at) {
    do {
        ++at;
    } while (at < tokens.size() && is_transparent(tokens[at]));
    return at < tokens.size() ? at : k_nowhere;
}

// The values in the brackets of a field, which are no words.
std::vector<bool> find_values(const Tokens& tokens) {
    std::vector<bool> values(tokens.size());
    std::size_t depth = 0;
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        const bool opens = tokens[i].kind == QueryTokenKind::open;
        const bool is_of_field =
            tokens[i - 1].kind == QueryTokenKind::field && tokens[i - 1].field != Field::heading;
        if (opens && (depth > 0 || is_of_field)) {
            ++depth;
        } else if (tokens[i].kind == QueryTokenKind::close && depth > 0) {
            --depth;
        }
        values[i] = depth > 0;
    }
    return values;
}

class Settler {
public:
    Settler(QuerySource& source, TermReader& terms, Tokens& tokens)
        : m_source(source), m_terms(terms), m_tokens(tokens), m_values(find_values(tokens)) {}

    Result<void> settle() {
        for (std::size_t i = 0; i < m_tokens.size(); ++i) {
            if (m_tokens[i].kind == QueryTokenKind::proximity) {
                TRY(refuse_not_near(m_source, m_tokens, i));
            }
            if (!m_values[i] && m_tokens[i].kind == QueryTokenKind::term) {
                TRY(refuse_date_word(i));
                TRY(refuse_function(m_source, m_tokens, i));
                if (is_plain_word(m_tokens[i])) {
                    TRY(refuse_lone_range(m_source, m_tokens[i].place));
                    TRY(refuse_range(i));
                    TRY(refuse_brackets(i));
                    TRY(refuse_rest_of_span(i));
                    TRY(refuse_between(i));
                    note_sign(i);
                    TRY(settle_last_sign(i));
                }
                note_phrase(m_source, m_tokens[i]);
            }
        }
        return {};
    }

private:
    bool is_word_at(std::size_t i) const {
        return i != k_nowhere && m_tokens[i].kind == QueryTokenKind::term && !m_values[i];
    }

    std::string_view text_at(std::size_t i) const {
        return i == k_nowhere ? std::string_view() : m_tokens[i].text;
    }

    // Words without operators, as people write who know none.
    bool is_sentence() const {
        return std::ranges::all_of(m_tokens, [](const QueryToken& token) {
            return token.kind != QueryTokenKind::or_word &&
                   token.kind != QueryTokenKind::not_word &&
                   token.kind != QueryTokenKind::and_word &&
                   token.kind != QueryTokenKind::proximity &&
                   (token.kind != QueryTokenKind::term || is_plain_word(token));
        });
    }

    // "w5", "NEAR", "AROUND(3)", "XOR", "BUT NOT" between two words.
    Result<void> refuse_between(std::size_t i) {
        const std::size_t next = find_behind(m_tokens, i);
        std::size_t before = find_before(m_tokens, i);
        if (before != k_nowhere && m_tokens[before].kind == QueryTokenKind::not_word) {
            before = find_before(m_tokens, before);
        }
        if (!is_word_at(before)) {
            return {};
        }
        if (text_at(i) == "BUT" && next != k_nowhere &&
            m_tokens[next].kind == QueryTokenKind::not_word) {
            return m_source.mistake(m_tokens[i].place, "`BUT` is no operator here",
                                    {"write NOT alone", ""});
        }
        if (!is_word_at(next)) {
            return {};
        }
        TRY(refuse_distance(i, next));
        TRY(refuse_distance_in_words(i, next));
        const std::string word = lower_ascii(text_at(i));
        if (word == "xor") {
            return m_source.mistake(
                m_tokens[i].place, fmt::format("`{}` is no operator here", text_at(i)),
                {fmt::format("for one without the other write ({0} OR {1}) NOT ({0} AND {1})",
                             m_source.text(m_tokens[before].place),
                             m_source.text(m_tokens[next].place))});
        }
        if (text_at(i) == "SAME") {
            return m_source.mistake(m_tokens[i].place, "`SAME` is no operator here",
                                    {"a clause is a paragraph: write AND", "AND"});
        }
        if (word == "andany") {
            return m_source.mistake(m_tokens[i].place, "`andany` is no operator here",
                                    {"leave out what need not be there, or join it with OR"});
        }
        constexpr std::array<std::string_view, 4> k_and_not = {"andnot", "and-not", "and_not",
                                                               "butnot"};
        if (is_one(word, k_and_not)) {
            return m_source.mistake(m_tokens[i].place,
                                    fmt::format("`{}` is no operator here", text_at(i)),
                                    {"write NOT", "NOT"});
        }
        return {};
    }

    Result<void> refuse_distance(std::size_t i, std::size_t next) {
        SourceSpan place = m_tokens[i].place;
        if (place.begin > 0 && m_source.text()[place.begin - 1] == '+' &&
            (text_at(i).size() == 1 || is_digit(text_at(i)[0]))) {
            --place.begin;
        }
        std::string ours = replace_proximity(m_source.text(place));
        const std::size_t tie = text_at(i).find_first_of("_-");
        if (tie != k_nowhere && is_all_digits(text_at(i).substr(tie + 1))) {
            ours = replace_proximity(
                fmt::format("{} {}", text_at(i).substr(0, tie), text_at(i).substr(tie + 1)));
        }
        if (const auto last = end_of_distance(i, next)) {
            const std::string with_number =
                replace_proximity(fmt::format("{} {}", text_at(i), text_at(next)));
            if (!with_number.empty()) {
                ours = with_number;
                place.end = m_tokens[*last].place.end;
            }
        }
        if (ours.empty()) {
            return {};
        }
        return m_source.mistake(
            place,
            fmt::format("`{}` is no operator here, and a word in quotes only",
                        m_source.text(place)),
            {"write w/n for within n words, pre/n for within n words and in this order", ours});
    }

    // "within 5 words of".
    Result<void> refuse_distance_in_words(std::size_t i, std::size_t number) {
        const std::size_t words = find_behind(m_tokens, number);
        std::size_t last = words == k_nowhere ? k_nowhere : find_behind(m_tokens, words);
        if (lower_ascii(text_at(i)) != "within" || lower_ascii(text_at(words)) != "words" ||
            !is_word_at(last)) {
            return {};
        }
        last = lower_ascii(text_at(last)) == "of" ? last : words;
        const std::string ours = replace_proximity(fmt::format("w{}", text_at(number)));
        const bool is_followed = is_word_at(find_behind(m_tokens, last));
        return ours.empty() || !is_followed
                   ? Result<void>()
                   : m_source.mistake({m_tokens[i].place.begin, m_tokens[last].place.end},
                                      "words near each other are asked for by w/n",
                                      {"write w/n", ours});
    }

    // The last token of "NEAR 5" or "AROUND(5)", if a word follows.
    std::optional<std::size_t> end_of_distance(std::size_t i, std::size_t number) const {
        const std::string_view word = text_at(i);
        const bool is_bracketed = number == i + 2 && number + 1 < m_tokens.size() &&
                                  m_tokens[i + 1].kind == QueryTokenKind::open &&
                                  m_tokens[number + 1].kind == QueryTokenKind::close;
        const std::size_t last = is_bracketed ? number + 1 : number;
        const bool is_known = std::ranges::all_of(word, is_upper) && word.size() > 2;
        const bool is_read = (is_bracketed || (is_known && number == i + 1)) &&
                             is_all_digits(text_at(number)) &&
                             is_word_at(find_behind(m_tokens, last));
        return is_read ? std::optional(last) : std::nullopt;
    }

    // "aft 2016" of Lexis, "date after 2016", "date bet 2014 and 2018".
    Result<void> refuse_date_word(std::size_t i) {
        const std::string word = lower_ascii(text_at(i));
        const bool is_named = word == "date" || word == "da";
        return is_named || word == "aft" || word == "bef"
                   ? refuse_date_words(m_source, m_tokens[i].place, is_named)
                   : Result<void>();
    }

    static bool is_opening(std::string_view text) {
        return text.starts_with('[') || text.starts_with('{');
    }

    static bool is_closing(std::string_view text) {
        return text.ends_with(']') || text.ends_with('}');
    }

    // "[2014 TO 2018]", told by the word TO.
    Result<void> refuse_range(std::size_t i) {
        const std::size_t before = find_before(m_tokens, i);
        const std::size_t behind = find_behind(m_tokens, i);
        const std::size_t first = is_opening(text_at(before)) ? before : i;
        const std::size_t last = is_closing(text_at(behind)) ? behind : i;
        if (text_at(i) != "TO" || first == last) {
            return {};
        }
        const auto bound = [&](std::size_t at) {
            return at == i ? std::string_view() : trimmed(text_at(at), "[]{}");
        };
        const bool are_dates =
            (first == i || parse_date(bound(first))) && (last == i || parse_date(bound(last)));
        return m_source.mistake(
            {m_tokens[first].place.begin, m_tokens[last].place.end},
            "a range needs a field that has ranges, and two dots",
            {"for example date:2014..2018 or words:20..60; words have no ranges",
             are_dates ? std::optional(fmt::format("date:{}..{}", bound(first), bound(last)))
                       : std::nullopt});
    }

    // "date:2015 to 2018" or "date:2015 - 2018", of which the field would have the first year only.
    Result<void> refuse_rest_of_span(std::size_t i) {
        constexpr std::array<std::string_view, 4> k_to = {"through", "till", "to", "until"};
        const std::size_t first = find_before(m_tokens, i);
        if (first == k_nowhere || m_tokens[first].kind != QueryTokenKind::value) {
            return {};
        }
        const std::string_view between =
            m_source.text({m_tokens[first].place.end, m_tokens[i].place.begin});
        const bool is_dash = trimmed(between) == "-" || trimmed(between) == "–";
        const std::size_t last = is_dash ? i : find_behind(m_tokens, i);
        if ((!is_dash && !is_one(lower_ascii(text_at(i)), k_to)) || !is_word_at(last) ||
            !parse_date(text_at(first)) || !parse_date(text_at(last))) {
            return {};
        }
        return m_source.mistake(
            {m_tokens[first].place.begin, m_tokens[last].place.end}, "a span of dates has two dots",
            {"for example 2014..2018", fmt::format("{}..{}", text_at(first), text_at(last))});
    }

    // "[sell OR rent]", whose brackets would be passed over.
    Result<void> refuse_brackets(std::size_t i) {
        bool has_operator = false;
        for (std::size_t at = i + 1; at < m_tokens.size() && is_opening(text_at(i)); ++at) {
            has_operator = has_operator || m_tokens[at].kind == QueryTokenKind::or_word ||
                           m_tokens[at].kind == QueryTokenKind::not_word;
            if (has_operator && is_word_at(at) && is_closing(text_at(at))) {
                const SourceSpan whole{m_tokens[i].place.begin, m_tokens[at].place.end};
                const std::string_view text = m_source.text(whole);
                return m_source.mistake(
                    whole, fmt::format("`{}` is no bracket here", text[0]),
                    {"write ( and )", fmt::format("({})", text.substr(1, text.size() - 2))});
            }
        }
        return {};
    }

    // "#damages" is one form of the word in Westlaw, a sound in dtSearch, and a hashtag.
    void note_sign(std::size_t i) {
        const std::string_view text = text_at(i);
        if (text.size() > 1 && text[0] == '#' && is_word_byte(text[1]) && !is_digit(text[1])) {
            m_source.note(fmt::format("'{}' is read as the word in any form; ={} finds this form "
                                      "only",
                                      text, text.substr(1)));
        }
        if (text.size() > 1 && text[0] == '#' && is_all_digits(text.substr(1)) && !is_sentence()) {
            m_source.note(fmt::format("'{}' is read as a number; searches that were made before "
                                      "have none",
                                      text));
        }
        note_field_word(i);
        for (const auto& [opening, closing] : k_single_quotes) {
            if (!text.starts_with(opening) || !is_word_byte(text[opening.size()])) {
                continue;
            }
            for (std::size_t at = i + 1; at < m_tokens.size(); ++at) {
                if (is_word_at(at) && text_at(at).ends_with(closing)) {
                    m_source.note("words in single quotes are read one by one; double quotes make "
                                  "a phrase");
                }
            }
        }
        const std::size_t tie = text.find_first_of("/,;+");
        if (tie != k_nowhere && tie > 0 && tie + 1 < text.size() && is_letter(text[tie - 1]) &&
            is_letter(text[tie + 1]) && text.find_first_of(".:@&=?") == k_nowhere &&
            lower_ascii(text) != "and/or") {
            m_source.note(fmt::format("the words of '{}' are looked for one behind the other; "
                                      "blanks between them part them",
                                      text));
        }
    }

    // "TI privacy" of EBSCO, "title contains privacy" of dtSearch.
    void note_field_word(std::size_t i) {
        const std::string_view text = text_at(i);
        constexpr auto k_codes = std::to_array<std::string_view>({"AB", "SU", "TI", "TX"});
        constexpr auto k_names =
            std::to_array<std::string_view>({"heading", "section", "subject", "title"});
        const bool is_code = (i == 0 || !is_word_at(i - 1)) &&
                             is_word_at(find_behind(m_tokens, i)) &&
                             (text == "TI" || (is_one(text, k_codes) && !is_sentence()));
        const bool is_named = is_one(lower_ascii(text), k_names) && i + 2 < m_tokens.size() &&
                              lower_ascii(text_at(i + 1)) == "contains";
        if (is_code || is_named) {
            m_source.note(fmt::format("'{}' is read as a word; heading: right before a word or "
                                      "brackets looks through headings",
                                      text));
        }
    }

    // A sign that ends a word: "advertis!", "advertis$", "cookie?". Where it is read as punctuation
    // it is no part of the word any more, unless what is left would be more than a word.
    Result<void> settle_last_sign(std::size_t i) {
        QueryToken& token = m_tokens[i];
        const char sign = token.text.back();
        const std::string_view word =
            m_source.text(seen_part(m_source.text(), {token.place.begin, token.place.end - 1}));
        if (!is_one_of(sign, "!#$?") || !is_name(word) || !replace_proximity(word).empty()) {
            return {};
        }
        const bool is_operator = is_one(lower_ascii(word), k_words_with_a_meaning);
        const bool is_prefix = m_terms.can_be_prefix(token.place);
        if (is_operator && !is_prefix) {
            return {};
        }
        if (sign == '?'
                ? is_prefix && is_wildcard(i)
                : (sign != '#' && is_truncation(i, is_prefix)) || (is_operator && is_prefix)) {
            return truncate(token, word);
        }
        if (is_prefix && (sign != '?' || m_tokens.size() == 1 || !is_sentence() ||
                          find_word_behind(i) != k_nowhere)) {
            m_source.note(fmt::format("the {} is read as punctuation; {}* finds all words that "
                                      "begin so",
                                      sign, word));
        }
        token.node.text = is_operator ? token.node.text : word;
        return {};
    }

    Result<void> truncate(QueryToken& token, std::string_view word) {
        if (token.text.ends_with('?')) {
            return m_source.mistake(
                token.place, "a ? stands for no letter here",
                {"write the beginning of the word with a *", fmt::format("{}*", word)});
        }
        TRY_ASSIGN(token.node, m_terms.truncated(token.place));
        m_has_truncation = true;
        m_source.note(fmt::format("'{}' is read as {}*, all words that begin so", token.text,
                                  token.node.text));
        return {};
    }

    // A ? that ends no question.
    bool is_wildcard(std::size_t i) const {
        return !is_sentence() && find_word_behind(i) != k_nowhere;
    }

    // Among operators nothing else can be meant. In a sentence a ! at its end or behind a name, as
    // that of Yahoo!, is punctuation.
    bool is_truncation(std::size_t i, bool is_prefix) const {
        const std::string_view text = text_at(i);
        if (text.ends_with('$')) {
            return is_prefix;
        }
        const bool ends_sentence = !m_has_truncation && i != find_word_behind(k_nowhere) &&
                                   find_word_behind(i) == k_nowhere;
        const bool is_capital = is_upper(text[0]) && std::ranges::any_of(text, is_lower);
        return !is_sentence() || (is_prefix && !ends_sentence && !is_capital);
    }

    // The next word, or from nowhere the first one.
    std::size_t find_word_behind(std::size_t i) const {
        do {
            ++i;  // k_nowhere is the last number
        } while (i < m_tokens.size() && !is_word_at(i));
        return i < m_tokens.size() ? i : k_nowhere;
    }

    QuerySource& m_source;
    TermReader& m_terms;
    Tokens& m_tokens;
    std::vector<bool> m_values;
    bool m_has_truncation = false;
};

}  // namespace

Result<void> settle_foreign_words(QuerySource& source, TermReader& terms, Tokens& tokens) {
    return Settler(source, terms, tokens).settle();
}

}  // namespace smallprint::query
