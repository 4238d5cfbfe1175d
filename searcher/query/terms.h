// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/text/tokenizer.h"
#include "searcher/query/ast.h"
#include "searcher/query/source.h"

#include <optional>
#include <string_view>
#include <vector>

namespace smallprint::query {

enum class WordForm : std::uint8_t { any, exact };  // exact: as if every word had a = before it

// Makes nodes of words and phrases. Not for several threads.
class TermReader {
public:
    // The source has to live as long as this.
    explicit TermReader(QuerySource& source) : m_source(&source) {}

    // A word, =word or word*; nothing where there is neither letter nor digit.
    Result<std::optional<Node>> word(SourceSpan place);

    // The words inside of quotes. `whole` is the place with the quotes.
    Result<Node> phrase(SourceSpan inside, SourceSpan whole, WordForm form);

    bool has_word(std::string_view text);

    // True for a word that may have a * behind it; signs behind the word do not count.
    bool can_be_prefix(SourceSpan place);

    // The words that begin as the word does, "advertis!" as advertis*. A mistake where a * is none.
    Result<Node> truncated(SourceSpan place);

private:
    Result<std::optional<Node>> read(SourceSpan place, WordForm form, std::string_view around);
    void split(std::string_view text);
    Result<void> check_prefix(SourceSpan place, std::string_view around, char sign = '*');
    std::string parted(std::string_view text) const;

    QuerySource* m_source;
    text::Tokenizer m_tokenizer;
    std::vector<text::Token> m_words;  // the parts of the word being read, without joined forms
};

}  // namespace smallprint::query
