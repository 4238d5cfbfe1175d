// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/explain.h"

#include "common/base/enum_names.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "common/index_format/xapian_guard.h"
#include "common/model/date.h"
#include "searcher/index/index.h"
#include "searcher/match/condition.h"
#include "searcher/match/pattern.h"
#include "searcher/query/ast.h"
#include "searcher/query/describe.h"
#include "searcher/search/candidate_query.h"
#include "searcher/search/compile.h"
#include "searcher/search/plan.h"
#include "searcher/search/results.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

constexpr std::size_t k_shown_expansions = 12;

std::string text_of(const Pattern::Element& element) {
    if (element.form == ElementForm::exact) {
        return "=" + element.word;
    }
    if (element.form == ElementForm::any) {
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
std::string text_of(const Pattern& pattern) {
    std::string text;
    for (const auto& elements : pattern.positions()) {
        text += text.empty() ? "" : " ";
        for (std::size_t i = 0; i < elements.size(); ++i) {
            text += (i == 0 ? "" : "|") + text_of(elements[i]);
        }
    }
    return text;
}

std::string text_of(const TimeCondition& time) {
    const std::string_view name = row_of(time.field).name;
    std::string text = fmt::format("{}:", name);
    if (time.field == Field::change) {
        text.append(name_of(time.change)).append(" ");
    }
    if (time.unknown) {
        return text + "unknown";
    }
    const std::string from = time.days.from ? format_day(*time.days.from) : "";
    const std::string to = time.days.to ? format_day(*time.days.to) : "";
    if (from.empty() && to.empty()) {
        return text + "ever";
    }
    return text + (from == to ? from : fmt::format("{}..{}", from, to));
}

std::string text_of(const Condition& condition) {
    switch (condition.kind) {
    case ConditionKind::word:
        return fmt::format("stem {} in {}", text_of(condition.pattern), name_of(condition.place));
    case ConditionKind::pattern: {
        const bool one = condition.pattern.positions().size() == 1;
        return fmt::format("{} {}{} in {}", one ? "word" : "stems", text_of(condition.pattern),
                           one ? "" : " in a row", name_of(condition.place));
    }
    case ConditionKind::near:
        return fmt::format("at most {} words apart{}", condition.distance,
                           condition.order == NearOrder::in_order ? ", in order" : "");
    case ConditionKind::sentence:
        return "in one sentence";
    case ConditionKind::all:
        return "all of";
    case ConditionKind::any:
        return "any of";
    case ConditionKind::most:
        return "all but one of";
    case ConditionKind::negation:
        return "not";
    case ConditionKind::documents: {
        std::uint64_t documents = 0;
        for (const DocumentRange& range : condition.ranges) {
            documents += range.last - range.first + 1;
        }
        return condition.label.empty() ? fmt::format("one of {} documents", documents)
                                       : condition.label;
    }
    case ConditionKind::time:
        return text_of(condition.time);
    }
    return "";
}

// Whether it says nothing that its one child does not say.
bool is_wrapping(const Condition& condition) {
    return (condition.kind == ConditionKind::all || condition.kind == ConditionKind::any) &&
           condition.children.size() == 1 && condition.bonus.empty();
}

void add_steps(const Condition& condition, std::size_t depth, const Index& index,
               std::vector<ExplainedStep>& steps) {
    if (is_wrapping(condition)) {
        add_steps(condition.children.front(), depth, index, steps);
        return;
    }
    ExplainedStep step;
    step.depth = depth;
    step.text = text_of(condition);
    const Candidates candidates = build_candidates(condition, index.postings());
    step.candidates = candidates.most;
    step.decided_by_postings = candidates.exact;
    step.weight = condition.weight;
    steps.push_back(std::move(step));
    for (const Condition& child : condition.children) {
        add_steps(child, depth + 1, index, steps);
    }
    for (const Condition& bonus : condition.bonus) {
        const std::size_t first = steps.size();
        add_steps(bonus, depth + 1, index, steps);
        steps[first].text = "raised by " + steps[first].text;
    }
}

// Xapian writes 0.6 as 0.5999999999999999778.
std::string with_short_numbers(std::string_view text) {
    constexpr std::size_t long_number = 6;
    std::string shorter;
    while (!text.empty()) {
        const std::size_t begin = std::min(text.find_first_of("0123456789"), text.size());
        const std::size_t end = std::min(text.find_first_not_of("0123456789.", begin), text.size());
        const std::string_view digits = text.substr(begin, end - begin);
        const auto number = parse_number<double>(digits);
        const bool is_long = digits.size() > long_number && digits.starts_with("0.");
        shorter += text.substr(0, begin);
        shorter += number && is_long ? fmt::format("{:.3g}", *number) : std::string(digits);
        text.remove_prefix(end);
    }
    return shorter;
}

}  // namespace

Result<Explanation> explain_search(const Query& query, const CompiledQuery& compiled,
                                   const Plan& plan, const Index& index) {
    Explanation explanation;
    explanation.text = query.text;
    explanation.parsed = query.root ? format_query(*query.root) : "";
    explanation.tree = query.root ? format_tree(*query.root) : "";
    explanation.synonyms = compiled.synonyms;
    TRY(guard_xapian([&] {
        add_steps(plan.condition, 0, index, explanation.steps);
        explanation.asked = with_short_numbers(plan.query.get_description());
    }));
    explanation.most = plan.most;
    explanation.reads_text = plan.reads_text;
    return explanation;
}

}  // namespace smallprint
