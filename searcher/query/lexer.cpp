// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/query/lexer.h"

#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/fields/field_table.h"
#include "searcher/query/ast.h"
#include "searcher/query/fields.h"
#include "searcher/query/proximity.h"
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

class Lexer {
public:
    explicit Lexer(QuerySource& source)
        : m_source(&source), m_text(source.text()), m_terms(source) {}

    Result<std::vector<QueryToken>> read() {
        while (m_at < m_text.size()) {
            if (const std::size_t size = unseen_at(m_text, m_at)) {
                m_at += size;
            } else if (m_text[m_at] == '(' || m_text[m_at] == ')') {
                const QueryTokenKind kind =
                    m_text[m_at] == '(' ? QueryTokenKind::open : QueryTokenKind::close;
                add({kind, {m_at, m_at + 1}});
            } else if (quote_at(m_text, m_at) > 0) {
                TRY(lex_phrase(m_at, WordForm::any));
            } else {
                TRY(lex_run());
            }
        }
        return std::move(m_tokens);
    }

private:
    void add(QueryToken token) {
        m_at = token.place.end;
        m_tokens.push_back(std::move(token));
    }

    Result<void> lex_run() {
        const SourceSpan place = run_at(m_text, m_at);
        const std::string_view text = m_source->text(place);
        if (text.starts_with('+')) {
            m_at = place.begin + 1;  // every word is required anyway
            return {};
        }
        if (text == "AND" || text == "OR" || text == "NOT") {
            add({text == "AND"  ? QueryTokenKind::and_word
                 : text == "OR" ? QueryTokenKind::or_word
                                : QueryTokenKind::not_word,
                 place});
            return {};
        }
        TRY_ASSIGN(const std::optional<Proximity> proximity, read_proximity(*m_source, place));
        if (proximity) {
            add({.kind = QueryTokenKind::proximity, .place = place, .proximity = *proximity});
            return {};
        }
        TRY(refuse_signs(place));
        if (text == "=" && quote_at(m_text, place.end) > 0) {
            return lex_phrase(place.end, WordForm::exact);
        }
        if (const std::string_view name = name_before_colon(text); !name.empty()) {
            const bool taken = text.size() > name.size() + 1 || group_follows(place.end);
            TRY_ASSIGN(const bool is_field, lex_field(place, name, taken));
            if (is_field) {
                return {};
            }
        }
        return lex_word(place);
    }

    Result<void> lex_word(SourceSpan place) {
        m_at = place.end;
        TRY_ASSIGN(std::optional<Node> node, m_terms.word(place));
        if (node) {
            add({.kind = QueryTokenKind::term,
                 .place = place,
                 .text = m_source->text(place),
                 .node = std::move(*node)});
        }
        return {};
    }

    Result<void> lex_phrase(std::size_t quote, WordForm form) {
        TRY_ASSIGN(const SourceSpan inside, quoted(quote));
        const SourceSpan whole{m_at, inside.end + quote_at(m_text, inside.end)};
        TRY_ASSIGN(Node node, m_terms.phrase(inside, whole, form));
        add({.kind = QueryTokenKind::term,
             .place = whole,
             .text = m_source->text(seen_part(m_text, inside)),
             .node = std::move(node)});
        return {};
    }

    // The text between the quote at `begin` and the next one.
    Result<SourceSpan> quoted(std::size_t begin) {
        const std::size_t inside = begin + quote_at(m_text, begin);
        std::size_t end = inside;
        while (end < m_text.size() && quote_at(m_text, end) == 0) {
            ++end;
        }
        if (end == m_text.size()) {
            return m_source->mistake(
                {begin, m_text.size()}, "this quote is never closed",
                {"close the quote, or leave it out", std::string(m_text.substr(begin)) + '"'});
        }
        return SourceSpan{inside, end};
    }

    // Signs of other search engines.
    Result<void> refuse_signs(SourceSpan place) {
        const std::string_view text = m_source->text(place);
        if (text == "|" || text == "||" || text == "&&") {
            const std::string meant = text == "&&" ? "AND" : "OR";
            return m_source->mistake(place, fmt::format("`{}` is no operator here", text),
                                     {"write " + meant, meant});
        }
        const bool minus = text.starts_with('-') && !text.starts_with("--");
        if (!minus && !text.starts_with('!')) {
            return {};
        }
        const bool before_group = text.size() == 1 && group_follows(place.end);
        if (before_group || m_terms.has_word(text)) {
            return m_source->mistake({place.begin, place.begin + 1},
                                     fmt::format("a {} excludes nothing here", text[0]),
                                     {"write NOT before what clauses must not have", "NOT "});
        }
        return {};
    }

    bool group_follows(std::size_t at) const {
        return quote_at(m_text, at) > 0 || (at < m_text.size() && m_text[at] == '(');
    }

    // Reads a field; false if the name is none. `taken` says that a value stands right behind the
    // colon.
    Result<bool> lex_field(SourceSpan place, std::string_view name, bool taken) {
        const std::optional<Field> field = field_named(name);
        SourceSpan head{place.begin, place.begin + name.size() + 1};
        while (blank_at(m_text, head.end) == 0 && unseen_at(m_text, head.end) > 0) {
            head.end += unseen_at(m_text, head.end);
        }
        if (!field) {
            if (taken) {
                return unknown_field(place, name);
            }
            return false;
        }
        if (!taken) {
            return missing_value(head, *field);
        }
        add({.kind = QueryTokenKind::field, .place = head, .field = *field});
        if (row_of(*field).type != FieldType::words && m_text[m_at] != '(') {
            TRY(lex_value(place));
        }
        return true;
    }

    Result<void> lex_value(SourceSpan run) {
        if (quote_at(m_text, m_at) == 0) {
            const SourceSpan value{m_at, run.end};
            add({.kind = QueryTokenKind::value, .place = value, .text = m_source->text(value)});
            return {};
        }
        const std::size_t begin = m_at;
        TRY_ASSIGN(const SourceSpan inside, quoted(begin));
        const SourceSpan whole{begin, inside.end + quote_at(m_text, inside.end)};
        const std::string_view text = m_source->text(seen_part(m_text, inside));
        if (text.empty()) {
            return m_source->mistake(whole, "there is no value between these quotes",
                                     {"put the value between the quotes"});
        }
        add({.kind = QueryTokenKind::value, .place = whole, .text = text});
        return {};
    }

    Failure unknown_field(SourceSpan place, std::string_view name) {
        const std::string message = fmt::format("there is no field {}:", name);
        const std::string nearest = nearest_field(name);
        const SourceSpan whole{place.begin, place.begin + name.size()};
        if (lower_ascii(name) == row_of(Field::text).name) {
            return m_source->mistake({whole.begin, whole.end + 1}, message,
                                     {"words of the text are asked for without a name", ""});
        }
        if (!nearest.empty()) {
            return m_source->mistake(whole, message,
                                     {"the fields are " + list_of_fields(), nearest});
        }
        return m_source->mistake(
            whole, message,
            {fmt::format("the fields are {}; words with a colon can be looked for in quotes",
                         list_of_fields())});
    }

    Failure missing_value(SourceSpan head, Field field) {
        const FieldRow& row = row_of(field);
        SourceSpan gap{head.end, head.end};
        while (const std::size_t size = unseen_at(m_text, gap.end)) {
            gap.end += size;
        }
        Advice advice{fmt::format("for example {}", row.example)};
        if (gap.end > gap.begin && gap.end < m_text.size() && m_text[gap.end] != ')') {
            advice.replacement = fmt::format("{}:", row.name);
        }
        return m_source->mistake(
            {head.begin, gap.end},
            fmt::format("{}: needs its value right behind the colon", row.name), std::move(advice));
    }

    QuerySource* m_source;
    std::string_view m_text;
    TermReader m_terms;
    std::size_t m_at = 0;
    std::vector<QueryToken> m_tokens;
};

}  // namespace

Result<std::vector<QueryToken>> tokenize_query(QuerySource& source) {
    return Lexer(source).read();
}

}  // namespace smallprint::query
