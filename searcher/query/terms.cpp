// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/query/terms.h"

#include "common/base/result.h"
#include "common/text/tokenizer.h"
#include "common/text/utf8.h"
#include "searcher/query/ast.h"
#include "searcher/query/limits.h"
#include "searcher/query/source.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint::query {
namespace {

std::size_t characters_in(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) {
        text::next_character(text, at);
    }
    return count;
}

}  // namespace

bool TermReader::has_word(std::string_view text) {
    return !m_tokenizer.tokenize(text).empty();
}

void TermReader::split(std::string_view text) {
    m_words.clear();
    std::ranges::copy_if(m_tokenizer.tokenize(text), std::back_inserter(m_words),
                         [](const text::Token& token) { return token.width == 1; });
}

bool TermReader::can_be_prefix(SourceSpan place) {
    split(m_source->text(place));
    return m_words.size() == 1 && characters_in(m_words.front().word) >= k_shortest_prefix;
}

Result<Node> TermReader::truncated(SourceSpan place) {
    const std::string_view text = m_source->text(place);
    split(text);
    TRY(check_prefix(place, "\"", text.back()));
    return Node{.kind = NodeKind::prefix,
                .text = std::string(text.substr(0, m_words.back().end)),
                .begin = place.begin,
                .end = place.end};
}

Result<std::optional<Node>> TermReader::word(SourceSpan place) {
    return read(place, WordForm::any, "\"");
}

// `around` is what a phrase that takes the place of the word has to have around it.
Result<std::optional<Node>> TermReader::read(SourceSpan place, WordForm form,
                                             std::string_view around) {
    std::string_view text = m_source->text(place);
    const bool signed_exact = text.starts_with('=');
    text.remove_prefix(signed_exact ? 1 : 0);
    split(text);
    if (m_words.empty()) {
        return std::optional<Node>();
    }
    const bool exact = signed_exact || form == WordForm::exact;
    const std::size_t star = text.find('*');
    if (star == std::string_view::npos) {
        return std::optional(Node{.kind = exact ? NodeKind::exact_word : NodeKind::word,
                                  .text = std::string(text),
                                  .begin = place.begin,
                                  .end = place.end});
    }
    if (star < m_words.back().begin) {
        const bool leading = star < m_words.front().begin;
        return m_source->mistake(
            place, "a * can stand at the end of a word only",
            {"leave the * out, or put it behind the beginning of the word",
             leading ? without('*', text) : std::string(text.substr(0, star + 1))});
    }
    if (exact) {
        return m_source->mistake(place, "a word cannot be exact and have a * as well",
                                 {"write =word for this form, word* for all that begin with it",
                                  signed_exact ? std::string(text) : without('*', text)});
    }
    TRY(check_prefix(place, around));
    return std::optional(Node{.kind = NodeKind::prefix,
                              .text = std::string(text.substr(0, m_words.back().end)),
                              .begin = place.begin,
                              .end = place.end});
}

Result<void> TermReader::check_prefix(SourceSpan place, std::string_view around, char sign) {
    const std::string_view text = m_source->text(place);
    const text::Token& last = m_words.back();
    if (m_words.size() > 1) {
        return m_source->mistake(
            place, fmt::format("a {} needs a single word before it", sign),
            {"put the words into a phrase", fmt::format("{0}{1}*{0}", around, parted(text))});
    }
    if (text.find(sign) != last.end) {
        return m_source->mistake(
            place, fmt::format("a {} has to stand right behind its word", sign),
            {"leave out what stands between", std::string(text.substr(0, last.end)) + '*'});
    }
    if (characters_in(last.word) < k_shortest_prefix) {
        return m_source->mistake(
            place,
            fmt::format("a {} needs at least {} characters before it, and this has {}", sign,
                        k_shortest_prefix, characters_in(last.word)),
            {fmt::format("write more of the word; so many words begin with \"{}\" that the answer "
                         "would say little",
                         last.word)});
    }
    return {};
}

// The words of a compound with blanks between them.
std::string TermReader::parted(std::string_view text) const {
    std::string words;
    for (const text::Token& token : m_words) {
        words += words.empty() ? "" : " ";
        words += text.substr(token.begin, token.end - token.begin);
    }
    return words;
}

Result<Node> TermReader::phrase(SourceSpan inside, SourceSpan whole, WordForm form) {
    Node phrase{.kind = NodeKind::phrase, .begin = whole.begin, .end = whole.end};
    const std::string_view text = m_source->text().substr(0, inside.end);
    for (std::size_t at = inside.begin; at < inside.end;) {
        std::size_t end = at;
        while (end < inside.end && blank_at(text, end) == 0) {
            text::next_character(text, end);
        }
        TRY_ASSIGN(std::optional<Node> word, read(seen_part(text, {at, end}), form, ""));
        at = end + blank_at(text, end);
        if (word) {
            phrase.children.push_back(std::move(*word));
        }
    }
    if (phrase.children.empty()) {
        return m_source->mistake(whole, "there is no word between these quotes",
                                 {"put words between the quotes", ""});
    }
    if (phrase.children.size() > k_longest_phrase) {
        return QuerySource::limit(phrase.children[k_longest_phrase].begin,
                                  fmt::format("the phrase has {} words, over the limit of {}",
                                              phrase.children.size(), k_longest_phrase),
                                  "a part of it finds the same clause");
    }
    return phrase;
}

}  // namespace smallprint::query
