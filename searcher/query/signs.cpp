// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/query/signs.h"

#include "common/base/result.h"
#include "common/base/strings.h"
#include "searcher/query/ast.h"
#include "searcher/query/limits.h"
#include "searcher/query/source.h"
#include "searcher/query/terms.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace smallprint::query {
namespace {

constexpr bool is_hex_digit(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_word_at(std::string_view text, std::size_t at) {
    return at < text.size() && is_word_byte(text[at]);
}

// The place of a sign with letters or digits on both sides; npos where there is none.
std::size_t find_inside(std::string_view text, char sign) {
    for (std::size_t at = text.find(sign); at != std::string_view::npos;
         at = text.find(sign, at + 1)) {
        if (at > 0 && is_word_at(text, at - 1) && is_word_at(text, at + 1)) {
            return at;
        }
    }
    return std::string_view::npos;
}

// Words with signs in place of letters, and no address: "wom?n", "opt-o?t".
bool is_spelled(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        return is_word_byte(c) ||
               std::string_view("?%*#$-_'!,;.").find(c) != std::string_view::npos;
    });
}

// The beginning of a word with a * behind it, where there is enough of it.
std::optional<std::string> as_prefix(std::string_view beginning) {
    const bool is_long =
        beginning.size() >= k_shortest_prefix && std::ranges::all_of(beginning, is_word_byte);
    return is_long ? std::optional(std::string(beginning) + '*') : std::nullopt;
}

Failure excludes_nothing(QuerySource& source, SourceSpan run, char sign) {
    return source.mistake({run.begin, run.begin + 1},
                          fmt::format("a {} excludes nothing here", sign),
                          {"write NOT before what clauses must not have", "NOT "});
}

Result<void> refuse_operators(QuerySource& source, SourceSpan run, bool is_behind_word) {
    const std::string_view text = source.text(run);
    if (text == "|" || text == "||" || text == "&&") {
        const std::string meant = text == "&&" ? "AND" : "OR";
        return source.mistake(run, fmt::format("`{}` is no operator here", text),
                              {"write " + meant, meant});
    }
    if (text == "%" && is_behind_word) {
        return source.mistake(run, "`%` is no operator here",
                              {"write NOT before what clauses must not have", "NOT"});
    }
    const std::size_t bar = text.find('|');
    if (bar == 0 || bar == std::string_view::npos || text.ends_with('|')) {
        return {};
    }
    std::string either;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '|') {
            either += text[i];
        } else if (!either.ends_with(" OR ")) {
            either += " OR ";
        }
    }
    const bool is_whole = run.begin == 0 && run.end == source.text().size();
    const bool is_group = run.begin > 0 && source.text()[run.begin - 1] == '(' &&
                          source.text().substr(run.end).starts_with(')');
    return source.mistake(run, "`|` is no operator here",
                          {"write OR", is_whole || is_group ? either : '(' + either + ')'});
}

Result<void> refuse_exclusion(QuerySource& source, TermReader& terms, SourceSpan run) {
    const std::string_view text = source.text(run);
    const bool minus = text.starts_with('-') && !text.starts_with("--");
    const bool percent = text.starts_with('%') && text.size() > 1 && !is_digit(text[1]);
    if (!minus && !percent && !text.starts_with('!')) {
        return {};
    }
    const bool before_group = text.size() == 1 && group_follows(source.text(), run.end);
    return before_group || terms.has_word(text) ? excludes_nothing(source, run, text[0])
                                                : Result<void>();
}

// Signs for letters: "qu?ck" of most engines, "ba%nana" of dtSearch.
Result<void> refuse_wildcards(QuerySource& source, SourceSpan run) {
    const std::string_view text = source.text(run);
    if (!is_spelled(text)) {
        return {};
    }
    if (const std::size_t at = find_inside(text, '%');
        at != std::string_view::npos &&
        !(is_hex_digit(text[at + 1]) && at + 2 < text.size() && is_hex_digit(text[at + 2]))) {
        return source.mistake(
            run, "a % stands for no letter here",
            {"where a word is misspelt, the answer names the nearest", without('%', text)});
    }
    if (text.size() > 1 && text.ends_with('%') &&
        std::ranges::all_of(text.substr(0, text.size() - 1), is_letter)) {
        return source.mistake(run, "a % stands for no letter here",
                              {"write the beginning of the word with a *",
                               as_prefix(text.substr(0, text.size() - 1))});
    }
    const bool leads = text.starts_with('?') && is_word_at(text, 1);
    std::size_t at = leads ? 0 : std::string_view::npos;
    for (const char sign : std::string_view("?#$")) {
        at = std::min(at, find_inside(text, sign));
    }
    if (at == std::string_view::npos || !is_letter(text[at == 0 ? at + 1 : at - 1])) {
        return {};
    }
    return source.mistake(
        run, fmt::format("a {} stands for no letter here", text[at]),
        {"write the words that are meant with OR between them, or their beginning with a *",
         leads ? std::nullopt : as_prefix(text.substr(0, at))});
}

Failure refuse_weight(QuerySource& source, SourceSpan tail, char sign) {
    return sign == '^' ? source.mistake(tail, "a ^ weighs nothing here",
                                        {"leave it out: rare words weigh most anyway", ""})
                       : source.mistake(tail, "a ~ finds no similar words here",
                                        {"leave it out: words are found in all their forms, and "
                                         "the answer names the nearest to one that is misspelt",
                                         ""});
}

// "fox^2", "roam~0.8", "~fox".
Result<void> refuse_weights(QuerySource& source, SourceSpan run) {
    const std::string_view text = source.text(run);
    if (text.starts_with('~') && is_word_at(text, 1) && !is_digit(text[1])) {
        return refuse_weight(source, {run.begin, run.begin + 1}, '~');
    }
    const std::size_t at = text.find_first_of("~^");
    const bool is_tail = at != std::string_view::npos && at > 0 &&
                         (is_word_byte(text[at - 1]) || text[at - 1] == '*') &&
                         text.find_first_not_of("~^0123456789.", at) == std::string_view::npos;
    return is_tail ? refuse_weight(source, {run.begin + at, run.end}, text[at]) : Result<void>();
}

// Notes what is punctuation here and may be meant as more.
void note_passed_over(QuerySource& source, SourceSpan run, bool is_behind_word) {
    const std::string_view text = source.text(run);
    if (text == "*") {
        source.note("the * by itself is passed over; it means something behind the beginning of a "
                    "word only");
    }
    const bool goes_on = seen_part(source.text(), {run.end, source.text().size()}).end > run.end;
    const bool is_dash = text.size() > 3 && (text.starts_with("–") || text.starts_with("−"));
    if ((text == "!" && is_behind_word && goes_on) || is_dash) {
        source.note(fmt::format("the {} is passed over; write NOT for what clauses must not have",
                                is_dash ? text.substr(0, 3) : text));
    }
}

}  // namespace

Result<void> refuse_signs(QuerySource& source, TermReader& terms, SourceSpan run,
                          bool is_behind_word) {
    TRY(refuse_operators(source, run, is_behind_word));
    TRY(refuse_exclusion(source, terms, run));
    TRY(refuse_weights(source, run));
    TRY(refuse_wildcards(source, run));
    note_passed_over(source, run, is_behind_word);
    return {};
}

Failure refuse_tail(QuerySource& source, SourceSpan before, const Node& node, SourceSpan run) {
    const std::string_view text = source.text(run);
    if (text.starts_with('^') || node.kind != NodeKind::phrase) {
        return refuse_weight(source, run, text[0]);
    }
    const auto distance = parse_number<std::uint32_t>(
        text.substr(1, std::min(text.find_first_not_of("0123456789", 1), text.size()) - 1));
    std::string near;
    if (distance && *distance > 0 && *distance <= k_farthest && node.children.size() > 1) {
        for (const Node& child : node.children) {
            const std::string_view word = source.text({child.begin, child.end});
            near += near.empty() ? "" : fmt::format(" w/{} ", *distance);
            near += child.kind == NodeKind::exact_word && !word.starts_with('=') ? "=" : "";
            near += word;
        }
    } else {
        near = source.text(before);
    }
    return source.mistake({before.begin, run.end}, "a ~ gives a phrase no distance here",
                          {"write w/n between the words", near});
}

}  // namespace smallprint::query
