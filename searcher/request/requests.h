// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/enum_names.h"
#include "common/fields/field_table.h"
#include "common/model/date.h"
#include "searcher/query/ast.h"
#include "searcher/request/deadline.h"
#include "searcher/request/filters.h"
#include "searcher/request/period.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace smallprint::request {

// Everything that an index can be asked, as plain values. One struct a question.

inline constexpr std::size_t k_most_results = 1000;  // on one page
inline constexpr std::size_t k_most_context = 20;    // clauses to each side
inline constexpr std::chrono::seconds k_longest_query_time{5};

enum class Copies {
    collapse,  // the best ranked of equal texts stands for all
    show_all,
};

enum class Sort {
    relevance,
    newest,  // seen last comes first; among equals, what was seen first comes last
    oldest,  // seen first comes first
};

constexpr auto enum_names(Sort /*sort*/) {
    return std::array{EnumName{Sort::relevance, "relevance"}, EnumName{Sort::newest, "newest"},
                      EnumName{Sort::oldest, "oldest"}};
}

enum class Explain {
    no,
    yes,
};

enum class Synonyms {
    used,
    off,
};

enum class FacetCounts {
    none,
    counted,
};

// The form of an answer.
enum class OutputFormat : std::uint8_t { text, json, jsonl, csv, trec };

constexpr auto enum_names(OutputFormat /*format*/) {
    return std::array{EnumName{OutputFormat::text, "text"}, EnumName{OutputFormat::json, "json"},
                      EnumName{OutputFormat::jsonl, "jsonl"}, EnumName{OutputFormat::csv, "csv"},
                      EnumName{OutputFormat::trec, "trec"}};
}

inline constexpr std::array k_export_formats = {OutputFormat::jsonl, OutputFormat::csv};

struct SearchRequest {
    query::Query query;
    Filters filters;
    std::size_t count = 10;
    std::size_t offset = 0;
    std::string cursor;  // from the page before, in place of an offset; else empty
    Sort sort = Sort::relevance;
    std::size_t per_vendor = 0;  // at most so many results of a vendor; 0: as many as there are
    std::size_t context = 1;     // neighbouring clauses to each side
    Copies copies = Copies::collapse;
    Synonyms synonyms = Synonyms::used;
    FacetCounts facets = FacetCounts::none;
    Explain explain = Explain::no;
    // None: as long as it takes.
    std::optional<std::chrono::milliseconds> time_limit = k_longest_query_time;
};

enum class CoverageOrder : std::uint8_t { name, snapshots, first };

constexpr auto enum_names(CoverageOrder /*order*/) {
    return std::array{EnumName{CoverageOrder::name, "name"},
                      EnumName{CoverageOrder::snapshots, "snapshots"},
                      EnumName{CoverageOrder::first, "first"}};
}

struct CoverageRequest {
    std::vector<std::string> vendors;  // any of them, all if empty; case does not matter
    std::string type;                  // only policies of this type, in any case; empty for all
    CoverageOrder order = CoverageOrder::name;
};

struct DiffRequest {
    std::string vendor_or_id;
    std::string type = {};  // one type of a vendor's policies; empty for all
    Day before = {};        // the newest snapshot at or before it
    Day after = {};
    std::size_t context = 1;  // unchanged clauses shown to each side of a change
    TimeLimit time_limit = {};
};

struct HistoryRequest {
    std::string target;       // a vendor, or the id of a policy or a clause
    std::string type;         // only policies of this type, in any case; empty for all
    std::optional<Day> from;  // only snapshots of these days, open where absent
    std::optional<Day> to;
    TimeLimit time_limit = {};
};

enum class Observation : std::uint8_t {
    in_force,  // as said above
    captured,  // a snapshot counts in the period of its own day alone
};

inline constexpr std::size_t k_most_trend_queries = 12;
inline constexpr int k_first_trend_year = 1990;  // days outside are wrong dates, which would make
inline constexpr int k_last_trend_year = 2099;   // centuries of periods

struct TrendRequest {
    std::vector<query::Query> queries;
    // Filters by vendor or type narrow who is observed as well; from and to are the days looked at.
    Filters filters;
    Synonyms synonyms = Synonyms::used;
    PeriodLength by = PeriodLength::half_year;
    Observation observation = Observation::in_force;
    TimeLimit time_limit = {};  // looked at between two queries, each of which has its own
};

inline constexpr std::size_t k_most_completions = 50;

struct SuggestRequest {
    Field field = Field::vendor;  // or type, host, language
    std::string text;             // in any case; empty for all values
    std::size_t count = 10;
};

}  // namespace smallprint::request
