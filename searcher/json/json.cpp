// SPDX-License-Identifier: GPL-2.0-or-later

#include "searcher/json/json.h"

#include "common/base/enum_names.h"
#include "common/base/error.h"
#include "common/fields/field_table.h"
#include "common/model/date.h"
#include "common/model/section.h"
#include "common/model/skip_reasons.h"
#include "common/model/text_span.h"
#include "searcher/index/clause_view.h"
#include "searcher/json/json_values.h"
#include "searcher/query/ast.h"
#include "searcher/request/requests.h"
#include "searcher/search/results.h"
#include "searcher/search/suggest.h"
#include "searcher/told/columns.h"

#include <boost/json.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace smallprint::json {

namespace {

boost::json::array highlights_value(const search::Hit& hit) {
    const TextOffsets offset(hit.clause.text);
    boost::json::array array;
    for (const TextSpan& span : hit.highlights) {
        array.push_back(boost::json::array{offset(span.begin), offset(span.end)});
    }
    return array;
}

boost::json::array links_value(const index::ClauseView& clause) {
    const TextOffsets offset(clause.text);
    boost::json::array array;
    for (const Link& link : clause.links) {
        array.push_back({{"begin", offset(link.begin)},
                         {"end", offset(link.end)},
                         {"target", text_value(link.target)}});
    }
    return array;
}

// A value of a column.
struct MemberWriter {
    boost::json::value operator()(std::string_view text) const { return text_or_null(text); }

    boost::json::value operator()(std::optional<Day> day) const { return day_value(day); }

    boost::json::value operator()(std::uint64_t number) const { return number; }

    boost::json::value operator()(bool truth) const { return truth; }

    boost::json::value operator()(std::span<const std::string> texts) const {
        return text_array(texts);
    }

    boost::json::value operator()(std::span<const index::RunDates> runs) const {
        return runs_value(runs);
    }
};

// Adds the facts of a clause that search results and single clauses have in common.
void add_clause(boost::json::object& object, const index::ClauseView& clause) {
    for (const told::ClauseColumn& column : told::k_clause_columns) {
        const std::size_t dot = column.json.find('.');
        boost::json::value value = std::visit(MemberWriter{}, column.value(clause));
        if (dot != std::string_view::npos) {
            boost::json::value& outer = object[column.json.substr(0, dot)];
            boost::json::object& member =
                outer.is_object() ? outer.get_object() : outer.emplace_object();
            member[column.json.substr(dot + 1)] = std::move(value);
        } else if (!column.json.empty()) {
            object[column.json] = std::move(value);
        }
        if (column.json == "text") {
            object["links"] = links_value(clause);
        } else if (column.json == "lang") {
            object["context"] = {{"before", text_array(clause.before)},
                                 {"after", text_array(clause.after)}};
        }
    }
}

boost::json::object hit_value(const search::Hit& hit) {
    boost::json::object object = {
        {"id", text_value(hit.clause.id)}, {"rank", hit.rank}, {"score", hundredths(hit.score)}};
    add_clause(object, hit.clause);
    object["highlights"] = highlights_value(hit);
    return object;
}

boost::json::object query_value(const search::SearchResults& results,
                                const request::SearchRequest& request) {
    const query::Query& query = results.query;
    const boost::json::value tree =
        query.root ? boost::json::value(node_value(*query.root)) : boost::json::value();
    return {{"text", text_value(query.text)},
            {"tree", tree},
            {"filters", filters_value(request.filters)},
            {"sort", name_of(request.sort)},
            {"count", request.count},
            {"offset", results.offset},
            {"context", request.context},
            {"per_vendor", request.per_vendor == 0 ? boost::json::value(nullptr)
                                                   : boost::json::value(request.per_vendor)},
            {"all_copies", request.copies == request::Copies::show_all},
            {"synonyms", request.synonyms == request::Synonyms::used}};
}

boost::json::array words_value(const std::vector<search::WordCount>& words) {
    boost::json::array array;
    for (const search::WordCount& word : words) {
        array.push_back({{"word", text_value(word.word)},
                         {"clauses", word.clauses},
                         {"ignored", word.ignored}});
    }
    return array;
}

boost::json::array facet_value(const search::Facet& facet) {
    boost::json::array array;
    for (const search::FacetValue& value : facet.values) {
        array.push_back({{"value", text_or_null(value.value)}, {"clauses", value.clauses}});
    }
    return array;
}

boost::json::object facets_value(const search::Facets& facets) {
    return {{"vendor", facet_value(facets.vendor)},
            {"type", facet_value(facets.type)},
            {"lang", facet_value(facets.language)},
            {"host", facet_value(facets.host)},
            {"year", facet_value(facets.year)},
            {"others",
             {{"vendor", facets.vendor.others},
              {"type", facets.type.others},
              {"lang", facets.language.others},
              {"host", facets.host.others}}},
            {"exact", facets.exact}};
}

boost::json::value facets_or_null(const std::optional<search::Facets>& facets) {
    return facets ? boost::json::value(facets_value(*facets)) : boost::json::value(nullptr);
}

boost::json::object total_value(const search::SearchResults& results) {
    return {{"value", results.total}, {"relation", results.total_is_exact ? "eq" : "gte"}};
}

boost::json::object line_value(const index::PolicyLine& line) {
    boost::json::object object = {{"kind", name_of(line.kind)}};
    if (line.kind == PieceKind::heading) {
        object["level"] = line.level;
        object["run_in"] = line.run_in;
    }
    object["text"] = text_value(line.text);
    object["id"] = text_or_null(line.id);
    object["focused"] = line.focused;
    return object;
}

boost::json::object overview_value(const index::PolicyOverview& listed) {
    boost::json::object object = {{"vendor", text_or_null(listed.policy.vendor)},
                                  {"vendor_source", name_of(listed.policy.vendor_source)}};
    object["policy"] = policy_value(listed.policy);
    object["snapshots"] = listed.snapshots;
    object["undated"] = listed.undated;
    object["first"] = day_value(listed.first);
    object["last"] = day_value(listed.last);
    object["clauses"] = listed.clauses;
    return object;
}

boost::json::object counts_value(const index::IndexOverview& overview) {
    return {{"vendors", overview.vendors},
            {"policies", overview.policies},
            {"snapshots", overview.snapshots},
            {"clauses", overview.clauses},
            {"clause_occurrences", overview.clause_occurrences},
            {"boilerplate", overview.boilerplate},
            {"skipped", overview.skipped}};
}

boost::json::object explanation_value(const search::Explanation& explanation) {
    boost::json::array steps;
    for (const search::ExplainedStep& step : explanation.steps) {
        steps.push_back({{"depth", step.depth},
                         {"condition", text_value(step.text)},
                         {"documents_at_most", step.candidates},
                         {"decided_by_postings", step.decided_by_postings},
                         {"weight", step.weight}});
    }
    return {
        {"parsed", text_value(explanation.parsed)},     {"conditions", std::move(steps)},
        {"synonyms", text_array(explanation.synonyms)}, {"asked", text_value(explanation.asked)},
        {"candidates_at_most", explanation.most},       {"reads_text", explanation.reads_text}};
}

}  // namespace

std::string search_json(const search::SearchResults& results,
                        const request::SearchRequest& request) {
    boost::json::array hits;
    for (const search::Hit& hit : results.hits) {
        hits.emplace_back(hit_value(hit));
    }
    return json_line(boost::json::object{
        {"schema", "smallprint.search.v1"},
        {"query", query_value(results, request)},
        {"total", total_value(results)},
        {"took_ms", hundredths(results.took_ms)},
        {"widened", results.widened},
        {"complete", results.complete},
        {"in_boilerplate", results.aside ? boost::json::value(*results.aside) : nullptr},
        {"suggestion", results.suggestion ? text_value(*results.suggestion) : nullptr},
        {"facets", facets_or_null(results.facets)},
        {"words", words_value(results.words)},
        {"results", std::move(hits)},
        {"notes", text_array(results.notes)},
        {"explanation", results.explanation
                            ? boost::json::value(explanation_value(*results.explanation))
                            : boost::json::value(nullptr)},
        {"next", results.next ? boost::json::value(*results.next) : boost::json::value(nullptr)},
    });
}

std::string facets_json(const search::SearchResults& results,
                        const request::SearchRequest& request) {
    boost::json::object query = query_value(results, request);
    for (const char* const of_a_page : {"sort", "count", "offset", "context", "per_vendor"}) {
        query.erase(of_a_page);
    }
    return json_line(boost::json::object{
        {"schema", "smallprint.facets.v1"},
        {"query", std::move(query)},
        {"total", total_value(results)},
        {"widened", results.widened},
        {"facets", facets_or_null(results.facets)},
    });
}

std::string hit_lines(const search::SearchResults& results,
                      std::optional<std::string_view> query_id) {
    std::string lines;
    for (const search::Hit& hit : results.hits) {
        boost::json::object object = {{"schema", "smallprint.search_result.v1"},
                                      {"query_id", query_id ? text_value(*query_id) : nullptr}};
        for (boost::json::key_value_pair& member : hit_value(hit)) {
            object.emplace(member.key(), std::move(member.value()));
        }
        lines += json_line(object);
    }
    return lines;
}

std::string export_json(const search::Hit& hit) {
    boost::json::object object = {{"schema", "smallprint.export_line.v1"},
                                  {"id", text_value(hit.clause.id)}};
    add_clause(object, hit.clause);
    object.erase("context");
    object["highlights"] = highlights_value(hit);
    return json_line(object);
}

std::string clause_json(const index::ClauseView& clause) {
    boost::json::object object = {{"schema", "smallprint.clause.v1"},
                                  {"id", text_value(clause.id)}};
    add_clause(object, clause);
    object["boilerplate"] = clause.boilerplate;
    return json_line(object);
}

std::string policy_json(const index::PolicyView& view) {
    boost::json::array lines;
    for (const index::PolicyLine& line : view.lines) {
        lines.emplace_back(line_value(line));
    }
    return json_line(boost::json::object{
        {"schema", "smallprint.policy.v1"},
        {"vendor", text_or_null(view.policy.vendor)},
        {"vendor_source", name_of(view.policy.vendor_source)},
        {"policy", policy_value(view.policy)},
        {"captured", time_value(view.captured)},
        {"snapshot", view.snapshot},
        {"snapshots", view.snapshots},
        {"source_url", text_or_null(view.source_url)},
        {"archive_url", text_or_null(view.archive_url)},
        {"place", text_or_null(view.place)},
        {"lines", std::move(lines)},
    });
}

std::string check_json(const index::CheckReport& report) {
    boost::json::array damaged;
    for (const index::Damage& damage : report.damaged) {
        damaged.push_back(
            {{"part", text_value(damage.part)}, {"problem", text_value(damage.problem)}});
    }
    return json_line(boost::json::object{
        {"schema", "smallprint.check.v1"},
        {"generation", text_value(report.generation)},
        {"stale_current", text_or_null(report.stale_current)},
        {"intact", report.damaged.empty()},
        {"files", report.files},
        {"bytes", report.bytes},
        {"records", report.records},
        {"damaged", std::move(damaged)},
    });
}

std::string info_json(const index::IndexOverview& overview) {
    boost::json::array reasons;
    for (const SkipReason& each : overview.skipped_by_reason) {
        reasons.push_back({{"kind", name_of(each.kind)},
                           {"reason", text_value(each.reason)},
                           {"count", each.count}});
    }
    boost::json::array policies;
    for (const index::PolicyOverview& listed : overview.listed) {
        policies.emplace_back(overview_value(listed));
    }
    return json_line(boost::json::object{
        {"schema", "smallprint.info.v1"},
        {"folder", text_value(overview.folder)},
        {"generation", text_value(overview.generation)},
        {"created", text_value(overview.created)},
        {"written_by", text_value(overview.written_by)},
        {"format_version", overview.format_version},
        {"index_bytes", overview.index_bytes},
        {"source_bytes", overview.source_bytes},
        {"counts", counts_value(overview)},
        {"skipped_by_reason", std::move(reasons)},
        {"public_suffixes", text_or_null(overview.public_suffixes)},
        {"other_public_suffixes", overview.has_other_public_suffixes},
        {"sources", text_array(overview.sources)},
        {"policies", std::move(policies)},
    });
}

std::string error_json(const Error& error) {
    return json_line(boost::json::object{
        {"code", name_of(error.code)},
        {"message", text_value(error.message)},
        {"hint", text_or_null(error.hint)},
        {"position",
         error.position ? boost::json::value(*error.position) : boost::json::value(nullptr)},
    });
}

std::string suggestions_json(const std::vector<search::Suggestion>& suggestions,
                             const request::SuggestRequest& request) {
    boost::json::array listed;
    for (const search::Suggestion& each : suggestions) {
        listed.push_back({{"value", text_value(each.value)}, {"policies", each.policies}});
    }
    return json_line(boost::json::object{
        {"schema", "smallprint.suggestions.v1"},
        {"field", row_of(request.field).name},
        {"text", text_or_null(request.text)},
        {"suggestions", std::move(listed)},
    });
}

std::string problem_json(const ProblemFacts& facts) {
    return json_line(boost::json::object{
        {"type", "about:blank"},
        {"title", facts.title},
        {"status", facts.status},
        {"detail", text_value(facts.message)},
        {"code", facts.code},
        {"hint", text_or_null(facts.hint)},
        {"position",
         facts.position ? boost::json::value(*facts.position) : boost::json::value(nullptr)},
    });
}

}  // namespace smallprint::json
