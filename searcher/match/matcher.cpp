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
#include "searcher/match/posting_cursor.h"
#include "searcher/match/prefilter.h"
#include "searcher/match/stretches.h"
#include "searcher/match/time_filter.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

// What is cheap is asked first.
int estimate_cost(const Condition& condition) {
    switch (condition.kind) {
    case ConditionKind::documents:
        return 0;
    case ConditionKind::word:
        return 1;
    case ConditionKind::time:
        return 2;
    case ConditionKind::pattern:
        return condition.place == Place::heading ? 5 : 3;
    case ConditionKind::near:
    case ConditionKind::sentence:
        return 4;
    default:
        break;
    }
    int most = 0;
    for (const Condition& child : condition.children) {
        most = std::max(most, estimate_cost(child));
    }
    return most;
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

bool contains(const std::vector<DocumentRange>& ranges, DocumentId document) {
    const auto after = std::ranges::upper_bound(ranges, document, {}, &DocumentRange::first);
    return after != ranges.begin() && document <= std::prev(after)->last;
}

}  // namespace

Matcher::Matcher(const Condition& condition, Index& index)
    : m_index(index), m_root(test_of(condition, index)), m_text(index) {}

Matcher::Test Matcher::test_of(const Condition& condition, const Index& index) {
    Test test{&condition};
    for (const Condition& child : condition.children) {
        test.children.push_back(test_of(child, index));
    }
    const bool fixed_order = condition.kind == ConditionKind::near;
    if (!fixed_order) {
        std::ranges::sort(test.children, {},
                          [](const Test& child) { return estimate_cost(*child.condition); });
    }
    const bool has_words =
        condition.kind == ConditionKind::word || condition.kind == ConditionKind::pattern;
    if (!has_words || condition.pattern.empty()) {
        return test;
    }
    if (condition.kind == ConditionKind::pattern && condition.place != Place::heading) {
        test.prefilter.emplace(condition.pattern);
    }
    if (const Pattern::Element* whole = whole_form(condition.pattern)) {
        for (const auto& [field, other] :
             {std::pair(Field::text, Place::heading), std::pair(Field::heading, Place::text)}) {
            if (condition.place != other) {
                test.postings.emplace_back(index.postings(), make_term(field, whole->stem));
            }
        }
    }
    return test;
}

Result<bool> Matcher::matches(DocumentId document) {
    m_document = document;
    m_text.move_to(document);
    return holds(m_root, nullptr);
}

Result<std::vector<TextSpan>> Matcher::highlights(DocumentId document) {
    m_document = document;
    m_text.move_to(document);
    Marks marks;
    TRY(holds(m_root, &marks));
    return merge_spans(std::move(marks));
}

Result<bool> Matcher::holds(Test& test, Marks* marks) {
    const Condition& condition = *test.condition;
    switch (condition.kind) {
    case ConditionKind::word:
    case ConditionKind::pattern:
        return pattern_holds(test, marks);
    case ConditionKind::near:
    case ConditionKind::sentence:
        return stretches_exist(test, marks);
    case ConditionKind::all:
    case ConditionKind::any:
    case ConditionKind::most:
        return children_hold(test, marks);
    case ConditionKind::negation: {
        TRY_ASSIGN(const bool inner, holds(test.children.front(), nullptr));
        return !inner;
    }
    case ConditionKind::documents:
        return contains(condition.ranges, m_document);
    case ConditionKind::time:
        return matches_in_time(condition.time, m_document, m_index);
    }
    return false;
}

Result<bool> Matcher::pattern_holds(Test& test, Marks* marks) {
    const Condition& condition = *test.condition;
    const bool posted = std::ranges::any_of(
        test.postings, [&](PostingCursor& cursor) { return cursor.has(m_document); });
    bool found = posted;
    if (!found && condition.kind == ConditionKind::pattern) {
        if (condition.place != Place::heading) {
            TRY_ASSIGN(found, stands_in_text(test));
        }
        if (!found && condition.place != Place::text) {
            TRY_ASSIGN(found, stands_in_heading(condition.pattern));
        }
    }
    if (found && marks != nullptr && condition.place != Place::heading) {
        TRY_ASSIGN(const Stretches stretches, occurrences(condition.pattern));
        for (const Stretch& stretch : stretches) {
            marks->insert(marks->end(), stretch.marks.begin(), stretch.marks.end());
        }
    }
    return found;
}

Result<bool> Matcher::stands_in_text(Test& test) {
    TRY_ASSIGN(const std::string_view text, m_text.bytes());
    if (test.prefilter && !test.prefilter->may_match(text)) {
        return false;
    }
    TRY_ASSIGN(const std::vector<Token>* tokens, m_text.tokens());
    return test.condition->pattern.occurs_in(*tokens, m_index.stemmer());
}

Result<bool> Matcher::stands_in_heading(const Pattern& pattern) {
    TRY_ASSIGN(const std::vector<std::string>* headings, m_text.headings());
    return std::ranges::any_of(*headings, [&](const std::string& heading) {
        return pattern.occurs_in(m_heading_tokenizer.tokenize(heading), m_index.stemmer());
    });
}

Result<bool> Matcher::children_hold(Test& test, Marks* marks) {
    const ConditionKind kind = test.condition->kind;
    const std::size_t before = marks == nullptr ? 0 : marks->size();
    const std::size_t wanted =
        kind == ConditionKind::any ? 1
        : kind == ConditionKind::all
            ? test.children.size()
            : test.children.size() - std::min(test.condition->lack, test.children.size());
    std::size_t held = 0;
    std::size_t left = test.children.size();
    for (Test& child : test.children) {
        // What is to be highlighted is everything that is true.
        const bool decided = held + left < wanted || (marks == nullptr && held >= wanted);
        if (decided) {
            break;
        }
        TRY_ASSIGN(const bool holding, holds(child, marks));
        held += holding ? 1 : 0;
        --left;
    }
    if (held < wanted && marks != nullptr) {
        marks->resize(before);
    }
    return held >= wanted;
}

Result<bool> Matcher::stretches_exist(const Test& test, Marks* marks) {
    TRY_ASSIGN(const Stretches found, stretches(test));
    for (const Stretch& stretch : found) {
        if (marks != nullptr) {
            marks->insert(marks->end(), stretch.marks.begin(), stretch.marks.end());
        }
    }
    return !found.empty();
}

// Depth is bounded by that of the query.
Result<Stretches> Matcher::stretches(const Test& test) {
    const Condition& condition = *test.condition;
    if (test.children.empty()) {
        return occurrences(condition.pattern);
    }
    std::vector<Stretches> parts;
    for (const Test& child : test.children) {
        TRY_ASSIGN(Stretches part, stretches(child));
        const bool all_needed = condition.kind != ConditionKind::any;
        if (part.empty() && all_needed) {
            return Stretches();
        }
        parts.push_back(std::move(part));
    }
    if (condition.kind == ConditionKind::near) {
        return near_pairs(parts.front(), parts.back(), {condition.distance, condition.order});
    }
    if (condition.kind == ConditionKind::sentence) {
        TRY_ASSIGN(const std::vector<std::uint32_t>* ends, m_text.sentence_ends());
        return together_in_sentences(parts, *ends);
    }
    Stretches either;
    for (Stretches& part : parts) {
        std::ranges::move(part, std::back_inserter(either));
    }
    return ordered(std::move(either));
}

Result<Stretches> Matcher::occurrences(const Pattern& pattern) {
    TRY_ASSIGN(const AnalyzedText* words, m_text.words());
    Stretches found;
    for (const Occurrence& occurrence : pattern.find_all(*words, m_index.stemmer())) {
        found.push_back({occurrence.first, occurrence.end, {occurrence.bytes}});
    }
    return found;
}

}  // namespace smallprint
