// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/explain.h"

#include "common/base/enum_names.h"
#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/xapian_guard.h"
#include "searcher/index/index.h"
#include "searcher/match/condition.h"
#include "searcher/match/pattern.h"
#include "searcher/postings/query.h"
#include "searcher/query/ast.h"
#include "searcher/query/describe.h"
#include "searcher/query/fields.h"
#include "searcher/search/candidate_query.h"
#include "searcher/search/compile.h"
#include "searcher/search/plan.h"
#include "searcher/search/results.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace smallprint::search {
namespace {

constexpr std::size_t k_shown_expansions = 12;

std::string describe(const match::Pattern::Element& element) {
    if (element.form == match::ElementForm::exact) {
        return "=" + element.word;
    }
    if (element.form == match::ElementForm::any) {
        return element.stem;
    }
    std::string text = element.word + "* {";
    const std::size_t shown = std::min(element.expansions.size(), k_shown_expansions);
    for (std::size_t i = 0; i < shown; ++i) {
        text += (i == 0 ? "" : " ") + element.expansions[i];
    }
    return text + (shown < element.expansions.size()
                       ? fmt::format(" and {} more}}", element.expansions.size() - shown)
                       : "}");
}

// Positions by blanks, what can stand at one by bars.
std::string describe(const match::Pattern& pattern) {
    std::string text;
    for (const auto& elements : pattern.positions()) {
        text += text.empty() ? "" : " ";
        for (std::size_t i = 0; i < elements.size(); ++i) {
            text += (i == 0 ? "" : "|") + describe(elements[i]);
        }
    }
    return text;
}

std::string describe(const match::HasFact& fact) {
    const std::string name(row_of(fact.field).name);
    const std::string value = query::format_value(fact.field, fact.value);
    if (fact.field != Field::change) {
        return fmt::format("{}:{}", name, value);
    }
    const bool ever = fact.value.days == query::DayRange{};
    return fmt::format("{}:{} {}", name, value,
                       ever ? "ever" : query::format_value(Field::date, fact.value));
}

std::string describe(const match::Words& words) {
    const std::size_t positions = words.pattern.positions().size();
    const bool stem = words.evidence == match::Evidence::postings;
    return fmt::format("{} {}{} in {}",
                       stem             ? "stem"
                       : positions == 1 ? "word"
                                        : "stems",
                       describe(words.pattern), stem || positions == 1 ? "" : " in a row",
                       name_of(words.place));
}

std::string describe(const match::Condition& condition) {
    return std::visit(
        match::Overloaded{
            [](const match::Words& words) { return describe(words); },
            [](const match::Near& near) {
                return fmt::format("at most {} words apart{}", near.distance,
                                   near.order == query::NearOrder::in_order ? ", in order" : "");
            },
            [](const match::InOneSentence&) { return std::string("in one sentence"); },
            [](const match::AllOf&) { return std::string("all of"); },
            [](const match::AnyOf&) { return std::string("any of"); },
            [](const match::AtLeast& some) {
                return some.wanted == 0
                           ? "any or none of"
                           : fmt::format("at least {} of {}", some.wanted, some.parts.size());
            },
            [](const match::Not&) { return std::string("not"); },
            [](const match::InDocuments& documents) {
                return documents.label.empty()
                           ? fmt::format("one of {} documents", count_documents(documents.ranges))
                           : documents.label;
            },
            [](const match::HasFact& fact) { return describe(fact); }},
        condition.test);
}

// The part of a condition that says nothing besides its one part; null for others.
const match::Condition* wrapped(const match::Condition& condition) {
    const bool groups = std::holds_alternative<match::AllOf>(condition.test) ||
                        std::holds_alternative<match::AnyOf>(condition.test);
    const std::span<const match::Condition> parts = match::parts_of(condition);
    return groups && parts.size() == 1 && condition.bonus.empty() ? &parts.front() : nullptr;
}

void add_steps(const match::Condition& condition, std::size_t depth, const index::Index& index,
               std::vector<ExplainedStep>& steps) {
    if (const match::Condition* inner = wrapped(condition)) {
        add_steps(*inner, depth, index, steps);
        return;
    }
    ExplainedStep step;
    step.depth = depth;
    step.text = describe(condition);
    const Candidates candidates = build_candidates(condition, index.postings());
    step.candidates = candidates.most;
    step.decided_by_postings = candidates.exact;
    step.weight = condition.weight;
    steps.push_back(std::move(step));
    for (const match::Condition& part : match::parts_of(condition)) {
        add_steps(part, depth + 1, index, steps);
    }
    for (const match::Condition& bonus : condition.bonus) {
        const std::size_t first = steps.size();
        add_steps(bonus, depth + 1, index, steps);
        steps[first].text = "raised by " + steps[first].text;
    }
}

}  // namespace

Result<Explanation> explain_search(const query::Query& query, const CompiledQuery& compiled,
                                   const Plan& plan, const index::Index& index) {
    Explanation explanation;
    explanation.text = query.text;
    explanation.parsed = query.root ? query::format_query(*query.root) : "";
    explanation.tree = query.root ? query::format_tree(*query.root) : "";
    explanation.synonyms = compiled.synonyms;
    TRY(index_format::guard_xapian(
        [&] { add_steps(plan.condition, 0, index, explanation.steps); }));
    explanation.asked = postings::describe(plan.query);
    explanation.most = plan.most;
    explanation.reads_text = plan.reads_text;
    return explanation;
}

}  // namespace smallprint::search
