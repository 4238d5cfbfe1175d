// SPDX-License-Identifier: GPL-2.0-or-later

#include "searcher/csv/csv.h"

#include "common/base/strings.h"
#include "common/model/date.h"
#include "common/text/utf8.h"
#include "searcher/index/clause_view.h"
#include "searcher/over_time/coverage.h"
#include "searcher/over_time/trend.h"
#include "searcher/search/results.h"
#include "searcher/told/answers.h"
#include "searcher/told/columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace smallprint::csv {

namespace {

std::string csv_field(std::string_view text) {
    std::string safe = text::terminal_safe(text);
    if (safe.find_first_of(",\"\n") == std::string::npos) {
        return safe;
    }
    std::string quoted = "\"";
    for (const char c : safe) {
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    }
    return quoted + '"';
}

}  // namespace

std::string csv_line(const std::vector<std::string>& fields) {
    std::string line;
    for (const std::string& field : fields) {
        line += (&field == &fields.front() ? "" : ",") + csv_field(field);
    }
    return line + "\r\n";
}

namespace {

std::string day_text(std::optional<Day> day) {
    return day ? format_day(*day) : "";
}

// A value as the field of a record.
struct FieldWriter {
    std::string operator()(std::string_view text) const { return std::string(text); }

    std::string operator()(std::optional<Day> day) const { return day_text(day); }

    std::string operator()(std::uint64_t number) const { return std::to_string(number); }

    std::string operator()(bool truth) const { return truth ? "true" : "false"; }

    std::string operator()(std::span<const std::string> headings) const {
        return join(headings, " > ");
    }

    // "2014-03-02..2016-12-08 (6)", several with "; " between them.
    std::string operator()(std::span<const index::RunDates> runs) const {
        std::string text;
        for (const index::RunDates& run : runs) {
            text += fmt::format("{}{}..{} ({})", text.empty() ? "" : "; ", day_text(run.first),
                                day_text(run.last), run.snapshots);
        }
        return text;
    }
};

std::string head_behind(std::vector<std::string> names) {
    for (const told::ClauseColumn& column : told::k_clause_columns) {
        if (!column.csv.empty()) {
            names.emplace_back(column.csv);
        }
    }
    return csv_line(names);
}

std::string line_behind(std::vector<std::string> values, const search::Hit& hit) {
    for (const told::ClauseColumn& column : told::k_clause_columns) {
        if (!column.csv.empty()) {
            values.push_back(std::visit(FieldWriter{}, column.value(hit.clause)));
        }
    }
    return csv_line(values);
}

}  // namespace

std::string export_csv_head() {
    return head_behind({});
}

std::string export_csv_line(const search::Hit& hit) {
    return line_behind({}, hit);
}

std::string search_csv_head(QueryIds ids) {
    return ids == QueryIds::none ? head_behind({"rank", "score"})
                                 : head_behind({"query_id", "rank", "score"});
}

std::string search_csv_lines(const search::SearchResults& results,
                             std::optional<std::string_view> query_id) {
    std::string lines;
    for (const search::Hit& hit : results.hits) {
        std::vector<std::string> values;
        if (query_id) {
            values.emplace_back(*query_id);
        }
        values.push_back(std::to_string(hit.rank));
        values.push_back(fmt::format("{:.2f}", hit.score));
        lines += line_behind(std::move(values), hit);
    }
    return lines;
}

std::string trec_lines(const search::SearchResults& results, std::string_view query_id) {
    constexpr double least_step = 1e-6;
    std::string lines;
    double before = std::numeric_limits<double>::max();
    for (const search::Hit& hit : results.hits) {
        before = std::min(hit.score, before - least_step);
        fmt::format_to(std::back_inserter(lines), "{} Q0 {} {} {:.6f} smallprint\n", query_id,
                       hit.clause.id, hit.rank, before);
    }
    return lines;
}

bool is_trec_id(std::string_view query_id) {
    return std::ranges::none_of(query_id, [](unsigned char c) { return c <= ' ' || c == 0x7F; });
}

namespace {

std::string share_field(std::uint64_t matching, std::uint64_t observed) {
    return observed == 0 ? "" : fmt::format("{:.4f}", told::share_of(matching, observed));
}

}  // namespace

std::string trend_csv(const over_time::Trend& trend) {
    std::string csv = csv_line({"period", "from", "to", "query", "matching", "observed", "share"});
    for (const over_time::TrendSeries& series : trend.series) {
        for (std::size_t i = 0; i < trend.periods.size(); ++i) {
            const auto& [period, observed] = trend.periods[i];
            csv += csv_line({period.name(), format_day(period.first_day()),
                             format_day(period.last_day()), series.query,
                             std::to_string(series.matching[i]), std::to_string(observed),
                             share_field(series.matching[i], observed)});
        }
    }
    return csv;
}

std::string vendors_csv(const over_time::Coverage& coverage) {
    std::string csv = csv_line({"vendor", "type", "half_year", "snapshots"});
    for (const over_time::VendorCoverage& vendor : coverage.vendors) {
        for (const auto& [type, held] : vendor.types) {
            for (const auto& [half_year, snapshots] : held.half_years) {
                csv += csv_line({vendor.vendor, type, half_year.name(), std::to_string(snapshots)});
            }
            if (held.undated > 0) {
                csv += csv_line({vendor.vendor, type, "", std::to_string(held.undated)});
            }
        }
    }
    return csv;
}

}  // namespace smallprint::csv
