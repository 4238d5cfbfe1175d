// SPDX-License-Identifier: GPL-2.0-or-later

#include "searcher/json/json.h"

#include "common/base/enum_names.h"
#include "common/base/error.h"
#include "common/fields/field_table.h"
#include "common/model/date.h"
#include "common/model/section.h"
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

namespace smallprint {

namespace {

namespace json = boost::json;

json::array highlights_value(const Hit& hit) {
    const TextOffsets offset(hit.clause.text);
    json::array array;
    for (const TextSpan& span : hit.highlights) {
        array.push_back(json::array{offset(span.begin), offset(span.end)});
    }
    return array;
}

json::array links_value(const ClauseView& clause) {
    const TextOffsets offset(clause.text);
    json::array array;
    for (const Link& link : clause.links) {
        array.push_back({{"begin", offset(link.begin)},
                         {"end", offset(link.end)},
                         {"target", text_value(link.target)}});
    }
    return array;
}

// A value of a column.
struct MemberWriter {
    json::value operator()(std::string_view text) const { return text_or_null(text); }

    json::value operator()(std::optional<Day> day) const { return day_value(day); }

    json::value operator()(std::uint64_t number) const { return number; }

    json::value operator()(bool truth) const { return truth; }

    json::value operator()(std::span<const std::string> texts) const { return text_array(texts); }

    json::value operator()(std::span<const RunDates> runs) const { return runs_value(runs); }
};

// Adds the facts of a clause that search results and single clauses have in common.
void add_clause(json::object& object, const ClauseView& clause) {
    for (const ClauseColumn& column : k_clause_columns) {
        const std::size_t dot = column.json.find('.');
        json::value value = std::visit(MemberWriter{}, column.value(clause));
        if (dot != std::string_view::npos) {
            json::value& outer = object[column.json.substr(0, dot)];
            json::object& member = outer.is_object() ? outer.get_object() : outer.emplace_object();
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

json::object hit_value(const Hit& hit) {
    json::object object = {
        {"id", text_value(hit.clause.id)}, {"rank", hit.rank}, {"score", hundredths(hit.score)}};
    add_clause(object, hit.clause);
    object["highlights"] = highlights_value(hit);
    return object;
}

json::object query_value(const SearchResults& results, const SearchRequest& request) {
    const Query& query = results.query;
    const json::value tree = query.root ? json::value(node_value(*query.root)) : json::value();
    return {{"text", text_value(query.text)},
            {"tree", tree},
            {"filters", filters_value(request.filters)},
            {"sort", name_of(request.sort)},
            {"count", request.count},
            {"offset", results.offset},
            {"context", request.context},
            {"per_vendor",
             request.per_vendor == 0 ? json::value(nullptr) : json::value(request.per_vendor)},
            {"all_copies", request.copies == Copies::show_all},
            {"synonyms", request.synonyms == Synonyms::used}};
}

json::array words_value(const std::vector<WordCount>& words) {
    json::array array;
    for (const WordCount& word : words) {
        array.push_back({{"word", text_value(word.word)},
                         {"clauses", word.clauses},
                         {"ignored", word.ignored}});
    }
    return array;
}

json::array facet_value(const Facet& facet) {
    json::array array;
    for (const FacetValue& value : facet.values) {
        array.push_back({{"value", text_or_null(value.value)}, {"clauses", value.clauses}});
    }
    return array;
}

json::object facets_value(const Facets& facets) {
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

json::value facets_or_null(const std::optional<Facets>& facets) {
    return facets ? json::value(facets_value(*facets)) : json::value(nullptr);
}

json::object total_value(const SearchResults& results) {
    return {{"value", results.total}, {"relation", results.total_is_exact ? "eq" : "gte"}};
}

json::object line_value(const PolicyLine& line) {
    json::object object = {{"kind", name_of(line.kind)}};
    if (line.kind == PieceKind::heading) {
        object["level"] = line.level;
    }
    object["text"] = text_value(line.text);
    object["id"] = text_or_null(line.id);
    object["focused"] = line.focused;
    return object;
}

json::object overview_value(const PolicyOverview& listed) {
    json::object object = {{"vendor", text_or_null(listed.policy.vendor)},
                           {"vendor_source", name_of(listed.policy.vendor_source)}};
    object["policy"] = policy_value(listed.policy);
    object["snapshots"] = listed.snapshots;
    object["undated"] = listed.undated;
    object["first"] = day_value(listed.first);
    object["last"] = day_value(listed.last);
    object["clauses"] = listed.clauses;
    return object;
}

json::object counts_value(const IndexOverview& overview) {
    return {{"vendors", overview.vendors},
            {"policies", overview.policies},
            {"snapshots", overview.snapshots},
            {"clauses", overview.clauses},
            {"clause_occurrences", overview.clause_occurrences},
            {"boilerplate", overview.boilerplate},
            {"skipped", overview.skipped}};
}

json::object explanation_value(const Explanation& explanation) {
    json::array steps;
    for (const ExplainedStep& step : explanation.steps) {
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

std::string search_json(const SearchResults& results, const SearchRequest& request) {
    json::array hits;
    for (const Hit& hit : results.hits) {
        hits.emplace_back(hit_value(hit));
    }
    return json_line(json::object{
        {"schema", "smallprint.search.v1"},
        {"query", query_value(results, request)},
        {"total", total_value(results)},
        {"took_ms", hundredths(results.took_ms)},
        {"widened", results.widened},
        {"complete", results.complete},
        {"suggestion", results.suggestion ? text_value(*results.suggestion) : nullptr},
        {"facets", facets_or_null(results.facets)},
        {"words", words_value(results.words)},
        {"results", std::move(hits)},
        {"notes", text_array(results.notes)},
        {"explanation", results.explanation ? json::value(explanation_value(*results.explanation))
                                            : json::value(nullptr)},
        {"next", results.next ? json::value(*results.next) : json::value(nullptr)},
    });
}

std::string facets_json(const SearchResults& results, const SearchRequest& request) {
    json::object query = query_value(results, request);
    for (const char* const of_a_page : {"sort", "count", "offset", "context", "per_vendor"}) {
        query.erase(of_a_page);
    }
    return json_line(json::object{
        {"schema", "smallprint.facets.v1"},
        {"query", std::move(query)},
        {"total", total_value(results)},
        {"widened", results.widened},
        {"facets", facets_or_null(results.facets)},
    });
}

std::string hit_lines(const SearchResults& results, std::optional<std::string_view> query_id) {
    std::string lines;
    for (const Hit& hit : results.hits) {
        json::object object = {{"schema", "smallprint.search_result.v1"},
                               {"query_id", query_id ? text_value(*query_id) : nullptr}};
        for (json::key_value_pair& member : hit_value(hit)) {
            object.emplace(member.key(), std::move(member.value()));
        }
        lines += json_line(object);
    }
    return lines;
}

std::string export_json(const Hit& hit) {
    json::object object = {{"schema", "smallprint.export_line.v1"},
                           {"id", text_value(hit.clause.id)}};
    add_clause(object, hit.clause);
    object.erase("context");
    object["highlights"] = highlights_value(hit);
    return json_line(object);
}

std::string clause_json(const ClauseView& clause) {
    json::object object = {{"schema", "smallprint.clause.v1"}, {"id", text_value(clause.id)}};
    add_clause(object, clause);
    object["boilerplate"] = clause.boilerplate;
    return json_line(object);
}

std::string policy_json(const PolicyView& view) {
    json::array lines;
    for (const PolicyLine& line : view.lines) {
        lines.emplace_back(line_value(line));
    }
    return json_line(json::object{
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

std::string check_json(const CheckReport& report) {
    json::array damaged;
    for (const Damage& damage : report.damaged) {
        damaged.push_back(
            {{"part", text_value(damage.part)}, {"problem", text_value(damage.problem)}});
    }
    return json_line(json::object{
        {"schema", "smallprint.check.v1"},
        {"generation", text_value(report.generation)},
        {"intact", report.damaged.empty()},
        {"files", report.files},
        {"bytes", report.bytes},
        {"records", report.records},
        {"damaged", std::move(damaged)},
    });
}

std::string info_json(const IndexOverview& overview) {
    json::array policies;
    for (const PolicyOverview& listed : overview.listed) {
        policies.emplace_back(overview_value(listed));
    }
    return json_line(json::object{
        {"schema", "smallprint.info.v1"},
        {"folder", text_value(overview.folder)},
        {"generation", text_value(overview.generation)},
        {"created", text_value(overview.created)},
        {"written_by", text_value(overview.written_by)},
        {"format_version", overview.format_version},
        {"index_bytes", overview.index_bytes},
        {"source_bytes", overview.source_bytes},
        {"counts", counts_value(overview)},
        {"sources", text_array(overview.sources)},
        {"policies", std::move(policies)},
    });
}

std::string error_json(const Error& error) {
    return json_line(json::object{
        {"code", name_of(error.code)},
        {"message", text_value(error.message)},
        {"hint", text_or_null(error.hint)},
        {"position", error.position ? json::value(*error.position) : json::value(nullptr)},
    });
}

std::string suggestions_json(const std::vector<Suggestion>& suggestions,
                             const SuggestRequest& request) {
    json::array listed;
    for (const Suggestion& each : suggestions) {
        listed.push_back({{"value", text_value(each.value)}, {"policies", each.policies}});
    }
    return json_line(json::object{
        {"schema", "smallprint.suggestions.v1"},
        {"field", row_of(request.field).name},
        {"text", text_or_null(request.text)},
        {"suggestions", std::move(listed)},
    });
}

std::string problem_json(const ProblemFacts& facts) {
    return json_line(json::object{
        {"type", "about:blank"},
        {"title", facts.title},
        {"status", facts.status},
        {"detail", text_value(facts.message)},
        {"code", facts.code},
        {"hint", text_or_null(facts.hint)},
        {"position", facts.position ? json::value(*facts.position) : json::value(nullptr)},
    });
}

}  // namespace smallprint
