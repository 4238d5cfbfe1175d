// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/query/lexer.h"

#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/fields/field_table.h"
#include "searcher/query/ast.h"
#include "searcher/query/fields.h"
#include "searcher/query/foreign_fields.h"
#include "searcher/query/foreign_forms.h"
#include "searcher/query/foreign_words.h"
#include "searcher/query/proximity.h"
#include "searcher/query/signs.h"
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
                continue;
            }
            TRY(refuse_form(*m_source, m_tokens, m_at));
            if (m_text[m_at] == '(' || m_text[m_at] == ')') {
                const QueryTokenKind kind =
                    m_text[m_at] == '(' ? QueryTokenKind::open : QueryTokenKind::close;
                add({kind, {m_at, m_at + 1}});
            } else if (quote_at(m_text, m_at) > 0) {
                TRY(lex_phrase(m_at, WordForm::any));
            } else {
                TRY(lex_run());
            }
        }
        TRY(settle_foreign_words(*m_source, m_terms, m_tokens));
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
            skip_plus(place);
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
        if (is_tail(place)) {
            return refuse_tail(*m_source, m_tokens.back().place, m_tokens.back().node, place);
        }
        TRY(refuse_signs(*m_source, m_terms, place, is_behind_word()));
        if (text == "=" && quote_at(m_text, place.end) > 0) {
            return lex_phrase(place.end, WordForm::exact);
        }
        TRY(refuse_comparison(*m_source, place));
        if (const std::string_view name = name_before_colon(text); !name.empty()) {
            const bool taken = text.size() > name.size() + 1 || group_follows(m_text, place.end);
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

    // The number before a % makes it a percentage.
    bool is_behind_word() const {
        if (m_tokens.empty()) {
            return false;
        }
        const QueryToken& last = m_tokens.back();
        return last.kind == QueryTokenKind::close || last.kind == QueryTokenKind::value ||
               (last.kind == QueryTokenKind::term && !is_digit(last.text.back()));
    }

    // A sign right behind quotes or brackets, which other engines take for a distance or a weight.
    bool is_tail(SourceSpan place) const {
        return !m_tokens.empty() && m_tokens.back().kind != QueryTokenKind::open &&
               m_tokens.back().place.end == place.begin &&
               (m_text[place.begin] == '~' || m_text[place.begin] == '^');
    }

    // Passes over a +: every word is required anyway.
    void skip_plus(SourceSpan place) {
        m_at = place.begin + 1;
        if ((place.end > m_at && !is_digit(m_text[m_at])) || group_follows(m_text, m_at)) {
            m_source->note("the + is passed over: all words are looked for, and AND between them "
                           "leaves none out");
        }
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
            if (auto rest = refuse_rest(*m_source, place, name)) {
                return std::move(*rest);
            }
            if (taken) {
                return unknown_field(place, name);
            }
            if (is_other_name(name)) {
                m_source->note(fmt::format("'{}:' is read as a word, since no value stands right "
                                           "behind the colon",
                                           name));
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
            TRY(refuse_range(*m_source, value, m_tokens.back().field));
            TRY(refuse_address(*m_source, value, m_tokens.back().field));
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
        const SourceSpan whole{place.begin, place.begin + name.size()};
        const std::string_view value = m_text.substr(whole.end + 1, place.end - whole.end - 1);
        if (const std::string near = replace_proximity(fmt::format("{} {}", name, value));
            is_all_digits(value) && !near.empty()) {
            return m_source->mistake(place,
                                     fmt::format("`{}` is no operator here", m_source->text(place)),
                                     {"write w/n for within n words", near});
        }
        if (auto advice = replace_field(name, value)) {
            return m_source->mistake(place, message, std::move(*advice));
        }
        if (const std::string nearest = nearest_field(name); !nearest.empty()) {
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
