// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/query/notes.h"

#include "common/base/strings.h"
#include "searcher/query/ast.h"
#include "searcher/query/lexer.h"
#include "searcher/query/source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::query {
namespace {

using Tokens = std::vector<QueryToken>;

// Behind these a "not" is English: "do not sell".
constexpr auto k_before_not = std::to_array<std::string_view>(
    {"am", "and", "are",  "can", "could", "did",    "do",  "does", "has",     "have", "if",
     "is", "may", "must", "or",  "shall", "should", "was", "were", "whether", "will", "would"});

bool is_operand_end(const QueryToken& token) {
    return token.kind == QueryTokenKind::term || token.kind == QueryTokenKind::value ||
           token.kind == QueryTokenKind::close;
}

bool is_operand_begin(const QueryToken& token) {
    return token.kind == QueryTokenKind::term || token.kind == QueryTokenKind::field ||
           token.kind == QueryTokenKind::open;
}

// "or", "and", "not", "near" or "adj" where the operator could stand, else nothing. "OR," is none
// of the operators either.
std::string small_operator(const Tokens& tokens, std::size_t i) {
    const std::string word =
        tokens[i].kind == QueryTokenKind::term && tokens[i].node.kind == NodeKind::word
            ? lower_ascii(trimmed(tokens[i].text, ",;.:"))
            : "";
    if (i + 1 == tokens.size()) {
        return "";
    }
    const bool is_between =
        i > 0 && is_operand_end(tokens[i - 1]) && is_operand_begin(tokens[i + 1]);
    if (word == "not") {
        constexpr std::array<std::string_view, 2> k_behind_not = {"limited", "only"};
        const bool is_english = (i > 0 && is_one(lower_ascii(tokens[i - 1].text), k_before_not)) ||
                                is_one(lower_ascii(tokens[i + 1].text), k_behind_not);
        const bool is_read =
            is_operand_begin(tokens[i + 1]) || tokens[i + 1].kind == QueryTokenKind::proximity;
        return is_english || !is_read ? "" : word;
    }
    constexpr std::array<std::string_view, 4> k_between = {"adj", "and", "near", "or"};
    return is_between && is_one(word, k_between) ? word : "";
}

}  // namespace

void note_phrase(QuerySource& source, const QueryToken& token) {
    if (token.node.kind != NodeKind::phrase) {
        return;
    }
    for (std::size_t at = 1; at < token.text.size(); ++at) {
        const char sign = token.text[at];
        const bool is_behind = is_word_byte(token.text[at - 1]);
        const bool goes_on = at + 1 < token.text.size() && is_word_byte(token.text[at + 1]);
        const bool is_wildcard = sign == '?' && is_behind && goes_on;
        const bool is_alone = (sign == '*' || sign == '?') && token.text[at - 1] == ' ' &&
                              token.text.substr(at + 1).starts_with(' ');
        const bool is_truncation = sign == '!' && is_behind && !goes_on;
        if (is_alone) {
            source.note(fmt::format("the {} by itself is passed over in a phrase; A pre/2 B "
                                    "leaves room for a word between",
                                    sign));
        } else if (is_wildcard || is_truncation) {
            source.note(fmt::format("the {} in the phrase is read as punctuation; word* "
                                    "finds all words that begin so",
                                    sign));
        }
    }
}

void note_small_operators(QuerySource& source, const Tokens& tokens) {
    bool has_or = false;
    bool has_and = false;
    bool is_expression = false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        is_expression =
            is_expression || !(is_operand_begin(tokens[i]) || is_operand_end(tokens[i]));
        const std::string word = small_operator(tokens, i);
        has_or = has_or || word == "or";
        has_and = has_and || word == "and";
        if (word == "not" && tokens[i + 1].kind == QueryTokenKind::proximity) {
            source.note(fmt::format("'not' is read as a word; write A NOT (A {} B) for A without "
                                    "B near it",
                                    source.text(tokens[i + 1].place)));
        } else if (word == "not") {
            source.note("'not' is read as a word; write NOT for what clauses must not have");
        } else if (word == "near" || word == "adj") {
            source.note(fmt::format("'{}' is read as a word; write {} for words near each other",
                                    word, word == "near" ? "w/10" : "pre/10"));
        }
    }
    const bool is_either = std::ranges::any_of(tokens, [](const QueryToken& token) {
        return token.kind == QueryTokenKind::term && token.text == "AND/OR";
    });
    if (is_either) {
        source.note("'AND/OR' is read as words; write OR for clauses with either or both");
    }
    if (has_or) {
        source.note("'or' is read as a word; write OR for clauses with either");
    }
    // Words side by side are all looked for, so that "and" between them changes nothing.
    if (has_and && (has_or || is_expression)) {
        source.note("'and' is read as a word; write AND for clauses with both");
    }
}

}  // namespace smallprint::query
