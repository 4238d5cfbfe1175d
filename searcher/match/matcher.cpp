// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/match/matcher.h"

#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "common/model/text_span.h"
#include "common/text/analyzer.h"
#include "searcher/index/index.h"
#include "searcher/match/condition.h"
#include "searcher/match/pattern.h"
#include "searcher/match/prefilter.h"
#include "searcher/match/spans.h"
#include "searcher/match/time_filter.h"
#include "searcher/match/word_places.h"
#include "searcher/query/ast.h"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace smallprint::match {
namespace {

int estimate_cost(const Condition& condition) {
    return std::visit(Overloaded{[](const InDocuments&) { return 0; },
                                 [](const Words& words) {
                                     return words.evidence == Evidence::postings ? 1
                                            : words.place == Place::heading      ? 5
                                                                                 : 3;
                                 },
                                 [](const HasFact& fact) {
                                     return is_decided_on_text(row_of(fact.field).type) ? 3 : 2;
                                 },
                                 [](const Near&) { return 4; },
                                 [](const InOneSentence&) { return 4; },
                                 [](const auto& group) {
                                     int most = 0;
                                     for (const Condition& part : group.parts) {
                                         most = std::max(most, estimate_cost(part));
                                     }
                                     return most;
                                 }},
                      condition.test);
}

// The joined form that stands for a whole pattern, as "optout" does for "opt-out"; or nothing.
const Pattern::Element* whole_form(const Pattern& pattern) {
    for (const Pattern::Element& element : pattern.positions().front()) {
        if (element.width == pattern.positions().size() && element.form == ElementForm::any &&
            !element.stop_word) {
            return &element;
        }
    }
    return nullptr;
}

// The kinds that compile() lets stand in no distance and in no sentence.
template <typename Test>
concept Unmeasured =
    std::same_as<Test, AllOf> || std::same_as<Test, AtLeast> || std::same_as<Test, Not> ||
    std::same_as<Test, InDocuments> || std::same_as<Test, HasFact>;

// The postings that all headings have in which the words stand; those that only tell some of their
// readings apart are left out, and so are those of headings that have one of two terms.
std::vector<TermTest> cursors_of_headings(const Words& words, const index::Index& index) {
    const std::vector<WordPlace> places = word_places(Place::heading, words.scope);
    if (places.size() > 1) {
        return {};
    }
    std::vector<TermTest> cursors;
    for (const std::vector<Pattern::Element>& elements : words.pattern.positions()) {
        const Pattern::Element& element = elements.front();
        if (std::ranges::any_of(elements, [](const auto& one) { return one.width > 1; })) {
            return {};
        }
        if (element.form != ElementForm::prefix && element.indexed && !element.stop_word) {
            cursors.emplace_back(index.postings(), places.front().term(element.stem));
        }
    }
    return cursors;
}

bool contains(const std::vector<index_format::DocumentRange>& ranges,
              index_format::DocumentId document) {
    const auto after =
        std::ranges::upper_bound(ranges, document, {}, &index_format::DocumentRange::first);
    return after != ranges.begin() && document <= std::prev(after)->last;
}

void add_marks(const WordSpans& spans, std::vector<TextSpan>* marks) {
    for (const WordSpan& span : spans) {
        if (marks != nullptr) {
            marks->insert(marks->end(), span.marks.begin(), span.marks.end());
        }
    }
}

}  // namespace

bool TermTest::has(index_format::DocumentId document) {
    if (!m_at || document < m_asked) {
        m_at = m_postings->cursor(m_term);
    }
    m_asked = document;
    m_at->skip_to(document);
    return m_at->document() == document;
}

Matcher::Matcher(const Condition& condition, index::Index& index)
    : m_index(index), m_root(make_test(condition, index)), m_text(index) {}

Matcher::Test Matcher::make_test(const Condition& condition, const index::Index& index) {
    Test test{&condition};
    for (const Condition& part : parts_of(condition)) {
        test.parts.push_back(make_test(part, index));
    }
    if (!std::holds_alternative<Near>(condition.test)) {
        std::ranges::sort(test.parts, {},
                          [](const Test& part) { return estimate_cost(*part.condition); });
    }
    const auto* words = std::get_if<Words>(&condition.test);
    if (words == nullptr || words->pattern.empty()) {
        return test;
    }
    if (words->evidence == Evidence::text && words->place != Place::heading) {
        test.prefilter.emplace(words->pattern);
    }
    if (words->evidence == Evidence::text && words->place != Place::text) {
        test.in_heading = cursors_of_headings(*words, index);
    }
    if (const Pattern::Element* whole = whole_form(words->pattern)) {
        for (const WordPlace& place : word_places(words->place, words->scope)) {
            test.postings.emplace_back(index.postings(), place.term(whole->stem));
        }
    }
    return test;
}

Result<bool> Matcher::matches(index_format::DocumentId document) {
    m_document = document;
    m_text.move_to(document);
    return holds(m_root, nullptr);
}

Result<std::vector<TextSpan>> Matcher::highlights(index_format::DocumentId document) {
    m_document = document;
    m_text.move_to(document);
    Marks marks;
    TRY(holds(m_root, &marks));
    return merge_spans(std::move(marks));
}

Result<bool> Matcher::holds(Test& test, Marks* marks) {
    using Answer = Result<bool>;
    return std::visit(
        Overloaded{[&](const Words& words) { return words_hold(test, words, marks); },
                   [&](const Near&) { return spans_exist(test, marks); },
                   [&](const InOneSentence&) { return spans_exist(test, marks); },
                   [&](const AllOf&) { return enough_hold(test.parts, test.parts.size(), marks); },
                   [&](const AnyOf&) { return enough_hold(test.parts, 1, marks); },
                   [&](const AtLeast& most) { return enough_hold(test.parts, most.wanted, marks); },
                   [&](const Not&) -> Answer {
                       TRY_ASSIGN(const bool inner, holds(test.parts.front(), nullptr));
                       return !inner;
                   },
                   [&](const InDocuments& documents) -> Answer {
                       return contains(documents.ranges, m_document);
                   },
                   [&](const HasFact& fact) { return fact_holds(fact); }},
        test.condition->test);
}

Result<bool> Matcher::fact_holds(const HasFact& fact) {
    switch (fact.field) {
    case Field::date:
    case Field::as_of:
    case Field::first_seen:
    case Field::last_seen:
    case Field::change:
        return matches_in_time(fact, m_document, m_index);
    case Field::length:
        return length_fits(fact.value.numbers);
    case Field::text:
    case Field::heading:
    case Field::vendor:
    case Field::type:
    case Field::host:
    case Field::language:
    case Field::id:
    case Field::scope:
        break;  // conditions of other kinds
    }
    return false;
}

Result<bool> Matcher::length_fits(const query::NumberRange& range) {
    TRY_ASSIGN(const std::vector<text::Token>* tokens, m_text.tokens());
    // A joined form stands at the places of its parts.
    const auto words = std::ranges::count(*tokens, std::uint32_t{1}, &text::Token::width);
    return (!range.from || words >= *range.from) && (!range.to || words <= *range.to);
}

Result<bool> Matcher::words_hold(Test& test, const Words& words, Marks* marks) {
    bool found = std::ranges::any_of(test.postings,
                                     [&](TermTest& cursor) { return cursor.has(m_document); });
    if (!found && words.evidence == Evidence::text) {
        if (words.place != Place::heading) {
            TRY_ASSIGN(found, stands_in_text(test, words.pattern));
        }
        if (!found && words.place != Place::text) {
            TRY_ASSIGN(found, stands_in_heading(test, words.pattern));
        }
    }
    if (found && marks != nullptr && words.place != Place::heading) {
        TRY_ASSIGN(const AnalyzedText* text, m_text.words());
        add_marks(find_occurrences(words.pattern, *text), marks);
    }
    return found;
}

Result<bool> Matcher::stands_in_text(Test& test, const Pattern& pattern) {
    TRY_ASSIGN(const std::string_view text, m_text.bytes());
    if (test.prefilter && !test.prefilter->may_match(text)) {
        return false;
    }
    TRY_ASSIGN(const std::vector<text::Token>* tokens, m_text.tokens());
    return pattern.occurs_in(*tokens, m_index.stemmer());
}

Result<bool> Matcher::stands_in_heading(Test& test, const Pattern& pattern) {
    if (!may_stand_in_heading(test)) {
        return false;
    }
    TRY_ASSIGN(const std::vector<std::string>* headings, m_text.headings());
    return std::ranges::any_of(*headings, [&](const std::string& heading) {
        return pattern.occurs_in(m_heading_tokenizer.tokenize(heading), m_index.stemmer());
    });
}

Result<bool> Matcher::enough_hold(std::vector<Test>& parts, std::size_t wanted, Marks* marks) {
    const std::size_t before = marks == nullptr ? 0 : marks->size();
    std::size_t held = 0;
    std::size_t left = parts.size();
    for (Test& part : parts) {
        // Everything that is true is highlighted, so with marks all parts are looked at.
        const bool decided = held + left < wanted || (marks == nullptr && held >= wanted);
        if (decided) {
            break;
        }
        TRY_ASSIGN(const bool holding, holds(part, marks));
        held += holding ? 1 : 0;
        --left;
    }
    if (held < wanted && marks != nullptr) {
        marks->resize(before);
    }
    return held >= wanted;
}

// Says no without reading a record where the postings of headings can tell. Depth is bounded by
// that of the query.
bool Matcher::may_stand_in_heading(Test& test) {  // NOLINT(misc-no-recursion)
    const auto may = [&](Test& part) { return may_stand_in_heading(part); };
    if (std::holds_alternative<AnyOf>(test.condition->test)) {
        return std::ranges::any_of(test.parts, may);
    }
    return std::ranges::all_of(test.in_heading,
                               [&](TermTest& cursor) { return cursor.has(m_document); }) &&
           std::ranges::all_of(test.parts, may);
}

Result<bool> Matcher::spans_exist(Test& test, Marks* marks) {
    TRY_ASSIGN(const AnalyzedText* words, m_text.words());
    TRY_ASSIGN(const WordSpans found, find_spans(test, {words}));
    add_marks(found, marks);
    if (!found.empty() || !may_stand_in_heading(test)) {
        return !found.empty();
    }
    return spans_exist_in_heading(test);
}

Result<bool> Matcher::spans_exist_in_heading(const Test& test) {
    TRY_ASSIGN(const std::vector<std::string>* headings, m_text.headings());
    for (const std::string& heading : *headings) {
        const AnalyzedText words(m_heading_tokenizer.tokenize(heading));
        const std::vector<std::uint32_t> ends = {static_cast<std::uint32_t>(heading.size())};
        TRY_ASSIGN(const WordSpans found, find_spans(test, {&words, &ends}));
        if (!found.empty()) {
            return true;
        }
    }
    return false;
}

// Depth is bounded by that of the query.
Result<WordSpans> Matcher::find_spans(const Test& test, const Stretch& stretch) {
    return std::visit(
        Overloaded{[&](const Words& words) -> Result<WordSpans> {
                       return find_occurrences(words.pattern, *stretch.words);
                   },
                   [&](const Near& near) -> Result<WordSpans> {
                       TRY_ASSIGN(const std::vector<WordSpans> sides,
                                  find_spans_of_all(test.parts, stretch));
                       return sides.empty() ? WordSpans()
                                            : find_near(sides.front(), sides.back(),
                                                        {near.distance, near.order});
                   },
                   [&](const InOneSentence&) -> Result<WordSpans> {
                       TRY_ASSIGN(const std::vector<WordSpans> parts,
                                  find_spans_of_all(test.parts, stretch));
                       if (parts.empty()) {
                           return WordSpans();
                       }
                       const std::vector<std::uint32_t>* ends = stretch.sentence_ends;
                       if (ends == nullptr) {
                           TRY_ASSIGN(ends, m_text.sentence_ends());
                       }
                       return find_in_sentences(parts, *ends);
                   },
                   [&](const AnyOf&) -> Result<WordSpans> {
                       WordSpans either;
                       for (const Test& part : test.parts) {
                           TRY_ASSIGN(WordSpans spans, find_spans(part, stretch));
                           std::ranges::move(spans, std::back_inserter(either));
                       }
                       return sort_spans(std::move(either));
                   },
                   [](const Unmeasured auto&) -> Result<WordSpans> { return WordSpans(); }},
        test.condition->test);
}

// The spans of each part; empty if some part has none.
Result<std::vector<WordSpans>> Matcher::find_spans_of_all(const std::vector<Test>& parts,
                                                          const Stretch& stretch) {
    std::vector<WordSpans> all;
    for (const Test& part : parts) {
        TRY_ASSIGN(WordSpans spans, find_spans(part, stretch));
        if (spans.empty()) {
            return std::vector<WordSpans>();
        }
        all.push_back(std::move(spans));
    }
    return all;
}

WordSpans Matcher::find_occurrences(const Pattern& pattern, const AnalyzedText& words) {
    WordSpans found;
    for (const Occurrence& occurrence : pattern.find_all(words, m_index.stemmer())) {
        found.push_back({occurrence.first, occurrence.end, {occurrence.bytes}});
    }
    return found;
}

}  // namespace smallprint::match
