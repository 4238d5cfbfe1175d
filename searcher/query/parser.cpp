// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/query/parser.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/text/utf8.h"
#include "searcher/query/ast.h"
#include "searcher/query/grammar.h"
#include "searcher/query/lexer.h"
#include "searcher/query/limits.h"
#include "searcher/query/notes.h"
#include "searcher/query/question.h"
#include "searcher/query/source.h"
#include "searcher/query/terms.h"

#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::query {
namespace {

Failure no_words(std::string_view text) {
    return fail(Error{ErrorCode::query, "the query has no words",
                      "write words to look for, such as: sell personal data",
                      text.empty() ? 0 : text.size() - 1});
}

Result<Query> parse_full(QuerySource& source) {
    TRY_ASSIGN(const std::vector<QueryToken> tokens, tokenize_query(source));
    if (tokens.empty()) {
        return no_words(source.text());
    }
    Query query{.text = std::string(source.text())};
    TRY_ASSIGN(query.root, parse_tree(source, tokens));
    if (!is_question(query)) {
        note_small_operators(source, tokens);
    }
    query.notes = source.notes();
    return query;
}

// Every word between blanks as it stands.
Result<Node> parse_plain(std::string_view text) {
    QuerySource source(text);
    TermReader terms(source);
    Node root{.kind = NodeKind::all, .conjunction = Conjunction::juxtaposed};
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && blank_at(text, end) == 0) {
            text::next_character(text, end);
        }
        const SourceSpan place = seen_part(text, {at, end});
        if (terms.has_word(source.text(place))) {
            root.children.push_back(
                {.text = std::string(source.text(place)), .begin = place.begin, .end = place.end});
        }
        at = end + blank_at(text, end);
    }
    if (root.children.empty()) {
        return no_words(text);
    }
    if (root.children.size() > k_most_plain_words) {
        return QuerySource::limit(root.children[k_most_plain_words].begin,
                                  fmt::format("the query has {} words, over the limit of {}",
                                              root.children.size(), k_most_plain_words),
                                  "leave out the words that matter least");
    }
    if (root.children.size() == 1) {
        return Node(std::move(root.children.front()));
    }
    root.begin = root.children.front().begin;
    root.end = root.children.back().end;
    return root;
}

// A query with a mistake, repaired as often as it takes; nothing where that leads nowhere.
std::optional<std::string> repair(std::string text) {
    constexpr int most_repairs = 8;
    for (int i = 0; i < most_repairs; ++i) {
        QuerySource source(text);
        if (parse_full(source)) {
            return text;
        }
        std::optional<std::string> better = source.repaired();
        if (!better) {
            return std::nullopt;
        }
        text = std::move(*better);
    }
    return std::nullopt;
}

// The place in the original of a byte of repaired_utf8(original).
std::size_t original_offset(std::string_view original, std::string_view valid, std::size_t offset) {
    std::size_t in_original = 0;
    for (std::size_t at = 0; at < offset && in_original < original.size();) {
        text::next_character(valid, at);
        text::next_character(original, in_original);
    }
    return in_original;
}

Result<Query> parse_text(const std::string& text, QuerySyntax syntax) {
    if (syntax == QuerySyntax::plain) {
        TRY_ASSIGN(Node root, parse_plain(text));
        return Query{.text = text, .syntax = syntax, .root = std::move(root)};
    }
    QuerySource source(text);
    Result<Query> query = parse_full(source);
    if (!query && source.repaired()) {
        if (const auto better = repair(*source.repaired())) {
            query.error().hint = "did you mean: " + *better;
        }
    }
    return query;
}

}  // namespace

Result<Query> parse_query(std::string_view text, QuerySyntax syntax) {
    const std::size_t longest =
        syntax == QuerySyntax::plain ? k_longest_plain_query : k_longest_query;
    if (text.size() > longest) {
        return fail(
            ErrorCode::limit,
            fmt::format("the query has {} bytes, over the limit of {}", text.size(), longest),
            "leave out the words that matter least");
    }
    const std::string valid = text::repaired_utf8(text);
    if (const SourceSpan seen = seen_part(valid, {0, valid.size()}); seen.begin == seen.end) {
        // A query of unseen characters was not meant to ask for everything.
        return is_blank(valid, " \t\r\n") ? Result<Query>(Query{.text = valid, .syntax = syntax})
                                          : no_words(valid);
    }
    Result<Query> query = parse_text(valid, syntax);
    if (!query) {
        std::optional<std::size_t>& position = query.error().position;
        if (position) {
            position = original_offset(text, valid, *position);
        }
    }
    return query;
}

}  // namespace smallprint::query
