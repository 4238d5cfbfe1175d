// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/query/grammar.h"

#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "searcher/query/ast.h"
#include "searcher/query/checks.h"
#include "searcher/query/fields.h"
#include "searcher/query/lexer.h"
#include "searcher/query/limits.h"
#include "searcher/query/source.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::query {
namespace {

// Takes a child in; children of the same kind stand beside each other, whatever the brackets.
void add_child(Node& parent, Node child) {
    parent.end = child.end;
    if (child.kind != parent.kind) {
        parent.children.push_back(std::move(child));
        return;
    }
    if (child.conjunction == Conjunction::written) {
        parent.conjunction = Conjunction::written;
    }
    std::ranges::move(child.children, std::back_inserter(parent.children));
}

// Recursive descent; depth is bounded by k_deepest_nesting. From loose to tight:
//   any = all { OR all }      all = unary { [AND] unary }      unary = [NOT] near
//   near = atom { (w/n | pre/n | /s) atom }      atom = term | field | "(" any ")"
class TreeParser {
public:
    TreeParser(QuerySource& source, const std::vector<QueryToken>& tokens)
        : m_source(&source), m_tokens(tokens) {}

    Result<Node> read() {
        TRY_ASSIGN(Node root, parse_any());
        if (m_at < m_tokens.size()) {
            return m_source->mistake(now().place, "this bracket closes nothing",
                                     {"leave it out, or open it before", ""});
        }
        return root;
    }

private:
    bool at(QueryTokenKind kind) const { return m_at < m_tokens.size() && now().kind == kind; }

    const QueryToken& now() const { return m_tokens[m_at]; }

    bool is_word(std::size_t at) const {
        return at < m_tokens.size() &&
               (m_tokens[at].node.kind == NodeKind::word ||
                m_tokens[at].node.kind == NodeKind::prefix) &&
               m_tokens[at].kind == QueryTokenKind::term;
    }

    bool at_operand() const {
        return at(QueryTokenKind::term) || at(QueryTokenKind::open) || at(QueryTokenKind::field) ||
               at(QueryTokenKind::not_word);
    }

    Result<Node> parse_any() {
        std::size_t begin = m_at;
        TRY_ASSIGN(Node first, parse_all());
        if (!at(QueryTokenKind::or_word)) {
            return first;
        }
        bool is_told = m_is_combined;
        std::string grouped = text_of_branch(begin);
        Node any{.kind = NodeKind::any, .begin = first.begin};
        add_child(any, std::move(first));
        while (at(QueryTokenKind::or_word)) {
            begin = ++m_at;
            TRY_ASSIGN(Node next, parse_all());
            is_told = is_told || m_is_combined;
            grouped += " OR " + text_of_branch(begin);
            add_child(any, std::move(next));
        }
        m_is_combined = false;
        if (is_told) {
            m_source->note(fmt::format(
                "OR binds loosest, so this is read as {}; brackets say otherwise", grouped));
        }
        return any;
    }

    // The text from a token to the one read last, in brackets where parse_all() combined several.
    std::string text_of_branch(std::size_t begin) const {
        const std::string_view text =
            m_source->text({m_tokens[begin].place.begin, m_tokens[m_at - 1].place.end});
        return m_is_combined ? fmt::format("({})", text) : std::string(text);
    }

    Result<Node> parse_all() {
        TRY_ASSIGN(Node first, parse_unary());
        if (!at(QueryTokenKind::and_word) && !at_operand()) {
            m_is_combined = false;
            return first;
        }
        Node all{
            .kind = NodeKind::all, .begin = first.begin, .conjunction = Conjunction::juxtaposed};
        add_child(all, std::move(first));
        while (at(QueryTokenKind::and_word) || at_operand()) {
            if (at(QueryTokenKind::and_word)) {
                all.conjunction = Conjunction::written;
                ++m_at;
            }
            const bool is_behind_near = m_is_near;
            const bool are_words = is_word(m_at - 1) && is_word(m_at);
            TRY_ASSIGN(Node next, parse_unary());
            if (are_words && (is_behind_near || m_is_near)) {
                m_source->note("w/n, pre/n and /s stand between the words right beside them only; "
                               "quotes around several words make a phrase of them");
            }
            add_child(all, std::move(next));
        }
        m_is_combined = true;
        note_two_values(*m_source, all);
        return all;
    }

    Result<Node> parse_unary() {
        if (!at(QueryTokenKind::not_word)) {
            return parse_near();
        }
        const SourceSpan place = now().place;
        ++m_at;
        if (at(QueryTokenKind::not_word)) {
            return m_source->mistake({place.begin, now().place.end},
                                     "NOT before NOT takes back what it says",
                                     {"leave out both", ""});
        }
        TRY_ASSIGN(Node operand, parse_near());
        Node negation{.kind = NodeKind::negation, .begin = place.begin, .end = operand.end};
        negation.children.push_back(std::move(operand));
        return negation;
    }

    Result<Node> parse_near() {
        TRY_ASSIGN(Node left, parse_atom());
        m_is_near = at(QueryTokenKind::proximity);
        while (at(QueryTokenKind::proximity)) {
            const QueryToken& operation = now();
            const std::string_view written = m_source->text(operation.place);
            TRY(check_near_operand(*m_source, left, written));
            ++m_at;
            if (at(QueryTokenKind::not_word)) {
                return m_source->mistake(
                    now().place, fmt::format("NOT cannot stand behind {}", written),
                    {fmt::format("write NOT before both sides: sell NOT (share {} data)",
                                 written)});
            }
            TRY_ASSIGN(Node right, parse_atom());
            TRY(check_near_operand(*m_source, right, written));
            Node both{.kind = operation.proximity.kind,
                      .begin = left.begin,
                      .distance = operation.proximity.distance,
                      .order = operation.proximity.order};
            join(both, std::move(left), std::move(right));
            left = std::move(both);
            m_is_near = true;
        }
        return left;
    }

    // Chains of /s are one node; w/n has two sides each.
    static void join(Node& both, Node left, Node right) {
        const std::size_t end = right.end;
        if (both.kind == NodeKind::sentence) {
            add_child(both, std::move(left));
            add_child(both, std::move(right));
        } else {
            both.children.push_back(std::move(left));
            both.children.push_back(std::move(right));
        }
        both.end = end;
    }

    Result<Node> parse_atom() {
        if (at(QueryTokenKind::term)) {
            return parse_term();
        }
        if (at(QueryTokenKind::open)) {
            return parse_group();
        }
        if (at(QueryTokenKind::field)) {
            return parse_field();
        }
        return missing_operand();
    }

    Result<Node> parse_term() {
        const QueryToken& token = now();
        ++m_at;
        TRY(count(token));
        if (m_group_of != Field::text && m_group_of != Field::heading) {
            return read_field_value(*m_source, m_group_of, token_value(token), token.place);
        }
        return token.node;
    }

    // The text of a value in a group, with the signs that mean something in words only.
    std::string_view token_value(const QueryToken& token) const {
        return token.node.kind == NodeKind::phrase ? token.text : m_source->text(token.place);
    }

    // `(any)`. The bytes of its operator are those with the brackets.
    Result<Node> parse_group() {
        const SourceSpan open = now().place;
        if (++m_depth > k_deepest_nesting) {
            return QuerySource::limit(
                open.begin,
                fmt::format("brackets are nested deeper than {} times", k_deepest_nesting),
                "ask with fewer brackets");
        }
        ++m_at;
        if (at(QueryTokenKind::close)) {
            return m_source->mistake({open.begin, now().place.end},
                                     "there is nothing in these brackets",
                                     {"put words into the brackets", ""});
        }
        TRY_ASSIGN(Node inside, parse_any());
        if (!at(QueryTokenKind::close)) {
            return m_source->mistake({open.begin, m_source->text().size()},
                                     "this bracket is never closed",
                                     {"close the bracket, or leave it out",
                                      std::string(m_source->text().substr(open.begin)) + ')'});
        }
        if (!is_leaf(inside)) {
            inside.begin = open.begin;
            inside.end = now().place.end;
        }
        ++m_at;
        --m_depth;
        return inside;
    }

    static bool is_leaf(const Node& node) {
        return node.children.empty() || node.kind == NodeKind::phrase ||
               node.kind == NodeKind::field;
    }

    Result<Node> parse_field() {
        const QueryToken& head = now();
        if (m_group_of != Field::text) {
            return m_source->mistake(head.place,
                                     fmt::format("{}: cannot stand in the brackets of {}:",
                                                 row_of(head.field).name, row_of(m_group_of).name),
                                     {"close the brackets before it"});
        }
        ++m_at;
        if (at(QueryTokenKind::value)) {
            const QueryToken& value = now();
            ++m_at;
            TRY(count(value));
            TRY_ASSIGN(Node node, read_field_value(*m_source, head.field, value.text, value.place));
            node.begin = head.place.begin;
            return node;
        }
        const bool behind = (at(QueryTokenKind::term) || at(QueryTokenKind::open)) &&
                            now().place.begin == head.place.end;
        if (!behind) {
            return m_source->mistake(
                head.place,
                fmt::format("{} needs a word, a phrase or brackets right behind it",
                            m_source->text(head.place)),
                {fmt::format("for example {}", row_of(head.field).example)});
        }
        m_group_of = head.field;
        TRY_ASSIGN(Node inside, parse_atom());
        m_group_of = Field::text;
        return head.field == Field::heading ? heading(head, std::move(inside))
                                            : group(head, std::move(inside));
    }

    Result<Node> heading(const QueryToken& head, Node inside) {
        TRY(check_heading(*m_source, inside));
        Node node{.kind = NodeKind::field,
                  .begin = head.place.begin,
                  .end = std::max(inside.end, m_tokens[m_at - 1].place.end),
                  .field = Field::heading};
        node.children.push_back(std::move(inside));
        return node;
    }

    // Makes the node of `name:(...)`, whose values are fields already.
    Result<Node> group(const QueryToken& head, Node inside) {
        TRY(check_values(*m_source, inside, row_of(head.field).name));
        inside.begin = head.place.begin;
        return inside;
    }

    Result<void> count(const QueryToken& token) {
        if (++m_terms > k_most_terms) {
            return QuerySource::limit(
                token.place.begin,
                fmt::format("the query has more than {} words, phrases and values", k_most_terms),
                "leave out the words that matter least");
        }
        const auto is_prefix = [](const Node& node) { return node.kind == NodeKind::prefix; };
        m_wildcards +=
            static_cast<std::size_t>(std::ranges::count_if(token.node.children, is_prefix)) +
            (is_prefix(token.node) ? 1 : 0);
        if (m_wildcards > k_most_wildcards) {
            return QuerySource::limit(
                token.place.begin,
                fmt::format("the query has more than {} words with a *", k_most_wildcards),
                "write some of them in full; words are found in all their forms anyway");
        }
        return {};
    }

    // The mistake of a missing word, phrase, field or bracket.
    Failure missing_operand() {
        const bool behind_operator = m_at > 0 && m_tokens[m_at - 1].kind != QueryTokenKind::open;
        if (behind_operator) {
            const SourceSpan place = m_tokens[m_at - 1].place;
            return m_source->mistake(
                place, fmt::format("a word or phrase is missing behind {}", m_source->text(place)),
                {"write what it stands for, or put it in quotes to look for the word itself", ""});
        }
        if (m_at == m_tokens.size()) {
            return m_source->mistake(m_tokens.back().place, "this bracket is never closed",
                                     {"put words into brackets and close them", ""});
        }
        const SourceSpan place = now().place;
        if (now().kind == QueryTokenKind::close) {
            return m_source->mistake(place, "this bracket closes nothing",
                                     {"leave it out, or open it before", ""});
        }
        return m_source->mistake(
            place, fmt::format("a word or phrase is missing before {}", m_source->text(place)),
            {"write what it stands for, or put it in quotes to look for the word itself", ""});
    }

    QuerySource* m_source;
    const std::vector<QueryToken>& m_tokens;
    std::size_t m_at = 0;
    std::size_t m_depth = 0;
    std::size_t m_terms = 0;
    std::size_t m_wildcards = 0;
    bool m_is_near = false;          // the last parse_near() found an operator, outside of brackets
    bool m_is_combined = false;      // the last parse_all() put several together
    Field m_group_of = Field::text;  // in whose brackets we are
};

// Only how the root was put together matters.
void forget_conjunctions(Node& node) {
    for (Node& child : node.children) {
        child.conjunction = Conjunction::written;
        forget_conjunctions(child);
    }
}

}  // namespace

Result<Node> parse_tree(QuerySource& source, const std::vector<QueryToken>& tokens) {
    TRY_ASSIGN(Node root, TreeParser(source, tokens).read());
    TRY(check_positive(source, root));
    forget_conjunctions(root);
    return root;
}

}  // namespace smallprint::query
