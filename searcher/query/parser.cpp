// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/query/parser.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/text/utf8.h"
#include "searcher/query/ast.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint {
namespace {

constexpr std::array<std::string_view, 4> k_quotes = {"\"", "“", "”", "„"};

std::size_t quote_at(std::string_view text, std::size_t at) {
    for (const std::string_view quote : k_quotes) {
        if (text.substr(at).starts_with(quote)) {
            return quote.size();
        }
    }
    return 0;
}

bool is_blank(char c) {
    return static_cast<unsigned char>(c) <= ' ';
}

Failure query_error(std::size_t position, std::string message, std::string hint) {
    return fail(Error{ErrorCode::query, std::move(message), std::move(hint), position});
}

class Parser {
public:
    Parser(std::string_view text, QuerySyntax syntax) : m_text(text), m_syntax(syntax) {
        m_query.text = text;
    }

    Result<Query> parse() {
        while (m_at < m_text.size()) {
            if (is_blank(m_text[m_at])) {
                ++m_at;
            } else if (opening_quote() > 0) {
                TRY(take_phrase());
            } else {
                take_word();
            }
        }
        if (m_query.parts.empty()) {
            return query_error(0, "the query is empty", "give the words to look for");
        }
        if (m_query.parts.size() > k_most_parts) {
            return fail(Error{ErrorCode::limit,
                              fmt::format("the query has {} parts, over the limit of {}",
                                          m_query.parts.size(), k_most_parts),
                              "leave out the words that matter least",
                              m_query.parts[k_most_parts].begin});
        }
        return std::move(m_query);
    }

private:
    std::size_t opening_quote() const {
        return m_syntax == QuerySyntax::plain ? 0 : quote_at(m_text, m_at);
    }

    void take_word() {
        const std::size_t begin = m_at;
        while (m_at < m_text.size() && !is_blank(m_text[m_at]) && opening_quote() == 0) {
            ++m_at;
        }
        m_query.parts.push_back(
            {PartKind::word, std::string(m_text.substr(begin, m_at - begin)), begin, m_at});
    }

    Result<void> take_phrase() {
        const std::size_t begin = m_at;
        const std::size_t inside = begin + opening_quote();
        std::size_t end = inside;
        while (end < m_text.size() && quote_at(m_text, end) == 0) {
            ++end;
        }
        if (end == m_text.size()) {
            return query_error(begin, "this quote is never closed",
                               fmt::format("did you mean: {}\"", m_text));
        }
        const std::string_view phrase = m_text.substr(inside, end - inside);
        if (phrase.find_first_not_of(" \t") == std::string_view::npos) {
            return query_error(begin, "this phrase is empty", "put words between the quotes");
        }
        m_at = end + quote_at(m_text, end);
        m_query.parts.push_back({PartKind::phrase, std::string(phrase), begin, m_at});
        return {};
    }

    std::string_view m_text;
    QuerySyntax m_syntax;
    std::size_t m_at = 0;
    Query m_query;
};

}  // namespace

Result<Query> parse_query(std::string_view text, QuerySyntax syntax) {
    if (text.size() > k_longest_query) {
        return fail(ErrorCode::limit,
                    fmt::format("the query has {} bytes, over the limit of {}", text.size(),
                                k_longest_query),
                    "leave out the words that matter least");
    }
    if (!is_valid_utf8(text)) {
        return Parser(repaired_utf8(text), syntax).parse();
    }
    return Parser(text, syntax).parse();
}

}  // namespace smallprint
