// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/enum_names.h"
#include "common/base/strings.h"
#include "searcher/index/clause_view.h"
#include "searcher/request/requests.h"
#include "searcher/search/results.h"
#include "searcher/terminal/page.h"
#include "searcher/terminal/parts.h"
#include "searcher/terminal/text.h"
#include "searcher/told/facts.h"
#include "searcher/told/styled_text.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace smallprint::terminal {
namespace {

constexpr std::size_t k_neighbour_lines = 2;
constexpr std::size_t k_lead_in_lines = 3;
constexpr std::size_t k_shown_runs = 2;

const told::Span k_indent = {told::Style::plain, "    "};
const told::Span k_bar = {told::Style::mark, "  ▌ "};

void add_neighbours(Page& page, const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
        page.add_paragraph(text, told::Style::dim, hanging(k_indent, k_neighbour_lines));
    }
}

void add_head_of(Page& page, const search::Hit& hit) {
    const index::ClauseView& clause = hit.clause;
    told::StyledText left = {{told::Style::dim, fmt::format("{:>2}  ", hit.rank)}};
    told::append(left, told::policy_name(clause.policy));
    page.add_sides(left,
                   {{told::Style::plain, told::date_span(clause.first_seen, clause.last_seen)}},
                   {k_indent});
    if (!clause.heading_path.empty()) {
        page.add_paragraph(join(clause.heading_path, " › "), told::Style::plain, hanging(k_indent));
    }
}

std::vector<std::string> facts_of(const index::ClauseView& clause) {
    std::vector<std::string> facts = {told::counted(clause.snapshots, "snapshot")};
    if (clause.still_present) {
        facts.emplace_back(told::k_in_newest);
    }
    if (clause.also_at_vendors > 0) {
        facts.push_back("also at " + told::counted(clause.also_at_vendors, "other vendor"));
    }
    for (std::size_t i = 0; i + 1 < facts.size() + (clause.runs.size() > 1 ? 1 : 0); ++i) {
        facts[i] += " ·";
    }
    if (clause.runs.size() > 1) {
        std::vector<std::string> runs = told::run_list(clause.runs, k_shown_runs);
        runs.front().insert(0, fmt::format("{} runs: ", clause.runs.size()));
        facts.insert(facts.end(), runs.begin(), runs.end());
    }
    return facts;
}

void add_foot_of(Page& page, const search::Hit& hit, Detail detail) {
    const index::ClauseView& clause = hit.clause;
    page.add_items(facts_of(clause), told::Style::dim, {k_indent});
    if (const std::string& place = told::place_seen(clause); !place.empty()) {
        page.add_line({k_indent, {told::Style::dim, place}});
    }
    if (detail == Detail::full) {
        page.add_line({k_indent,
                       {told::Style::dim,
                        fmt::format("score {:.2f} · vendor from {} · {} bytes {}-{}", hit.score,
                                    name_of(clause.policy.vendor_source), clause.place,
                                    clause.source_begin, clause.source_end)}});
    }
    page.add_line({k_indent, {told::Style::dim, clause.id}});
}

void add_hit(Page& page, const search::Hit& hit, Detail detail) {
    const index::ClauseView& clause = hit.clause;
    page.add_blank();
    add_head_of(page, hit);
    page.add_blank();
    const bool led_by_neighbour = !clause.before.empty() && clause.before.back() == clause.lead_in;
    add_neighbours(page, clause.before);
    if (!clause.lead_in.empty() && !led_by_neighbour) {
        page.add_paragraph(clause.lead_in, told::Style::dim, hanging(k_indent, k_lead_in_lines));
    }
    page.add_paragraph(told::highlighted(clause.text, hit.highlights), hanging(k_bar));
    add_neighbours(page, clause.after);
    page.add_blank();
    add_foot_of(page, hit, detail);
}

void add_head(Page& page, const search::SearchResults& results,
              const request::SearchRequest& request) {
    const bool part = results.total > results.hits.size();
    const std::string shown =
        part ? fmt::format(" · showing {} to {}", told::thousands(results.offset + 1),
                           told::thousands(results.offset + results.hits.size()))
             : "";
    add_total(page, results, request,
              {{told::Style::plain,
                request.per_vendor == 0
                    ? ""
                    : fmt::format(" · at most {} of each vendor", request.per_vendor)},
               {told::Style::plain, shown},
               {told::Style::dim, fmt::format(" · {:.1f} ms", results.took_ms)}});
    add_notes(page, results);
}

void add_word_counts(Page& page, const search::SearchResults& results) {
    std::string counts;
    for (const search::WordCount& word : results.words) {
        counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", word.word,
                              word.ignored ? "(ignored)" : told::thousands(word.clauses));
    }
    if (!counts.empty()) {
        page.add_paragraph("Clauses with each word: " + counts, told::Style::dim);
    }
}

}  // namespace

std::string search_text(const search::SearchResults& results, const request::SearchRequest& request,
                        Layout layout, Detail detail) {
    Page page(layout);
    if (results.explanation) {
        add_explanation(page, *results.explanation, results);
    }
    if (results.hits.empty()) {
        add_nothing_found(page, results, request);
        return page.rendered();
    }
    if (detail != Detail::brief) {
        add_head(page, results, request);
    }
    if (detail == Detail::full) {
        add_word_counts(page, results);
    }
    for (const search::Hit& hit : results.hits) {
        add_hit(page, hit, detail);
    }
    if (results.facets) {
        add_facets(page, *results.facets);
    }
    const std::uint64_t seen = results.offset + results.hits.size();
    const bool counted_by_vendor = request.per_vendor > 0;
    if (detail != Detail::brief &&
        (counted_by_vendor ? results.next.has_value() : results.total > seen)) {
        page.add_blank();
        page.add_line(
            {{told::Style::dim,
              fmt::format("{} more: add --offset {}",
                          counted_by_vendor ? "There is" : told::thousands(results.total - seen),
                          seen)}});
    }
    return page.rendered();
}

}  // namespace smallprint::terminal
