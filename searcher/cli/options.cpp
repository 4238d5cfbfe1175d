// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/cli/options.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/cli/options.h"
#include "common/model/date.h"
#include "searcher/query/ast.h"
#include "searcher/request/filters.h"
#include "searcher/request/requests.h"
#include "searcher/terminal/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::cli {
namespace {

Setter set_filter(request::Filters& filters, const request::FilterRow& row) {
    return [&filters, &row](const GivenOption& option) -> Result<void> {
        if (request::has_text(row)) {
            TRY(parse_text(option));
        }
        if (const auto wanted = request::set_filter(row, option.value, filters)) {
            return wrong_value(option, *wanted);
        }
        return {};
    };
}

}  // namespace

OptionRows filter_rows(request::Filters& filters, Asked asked) {
    OptionRows rows;
    for (const request::FilterRow& row : request::k_filters) {
        const bool in_trend = asked == Asked::trend;
        if (!in_trend || row.in_trends == request::InTrends::yes) {
            const bool differs = in_trend && !row.trend_help.empty();
            rows.push_back({.name = row.option,
                            .value = row.placeholder,
                            .help = std::string(differs ? row.trend_help : row.help),
                            .set = set_filter(filters, row)});
        }
    }
    return rows;
}

OptionRows query_rows(CommonOptions& options, query::QuerySyntax& syntax,
                      request::Synonyms& synonyms) {
    return {
        {"no-synonyms", 0, "", "only the words themselves, no terms that mean the same",
         set_to(synonyms, request::Synonyms::off)},
        {"thesaurus", 0, "FILE", "a thesaurus of your own instead of the one that is built in",
         set_text(options.thesaurus)},
        {"plain", 0, "", "no operators: quotes are text like any other",
         set_to(syntax, query::QuerySyntax::plain)},
    };
}

OptionRow index_row(CommonOptions& options) {
    return {"index", 'i', "DIR",
            "folder of the index (else $SMALLPRINT_INDEX, else ./smallprint.idx)",
            set_text(options.index)};
}

OptionRows about_rows(CommonOptions& options) {
    return {
        {"help", 'h', "", "show this help", set_to(options.help, true)},
        {"version", 0, "", "show the version", set_to(options.version, true)},
    };
}

OptionRows common_rows(CommonOptions& options, OptionRow format) {
    return concat({
        {
            index_row(options),
            std::move(format),
            {"color", 0, "WHEN", "auto (default), always or never; auto hears NO_COLOR",
             set_named(options.colour)},
            {"quiet", 'q', "", "the answer alone, without head and summary",
             set_to(options.detail, terminal::Detail::brief)},
            {"verbose", 'v', "", "more about each result, such as its score",
             set_to(options.detail, terminal::Detail::full)},
        },
        about_rows(options),
    });
}

OptionRows concat(std::vector<OptionRows> parts) {
    OptionRows rows;
    for (OptionRows& part : parts) {
        std::ranges::move(part, std::back_inserter(rows));
    }
    return rows;
}

OptionRows CommonOptions::rows() {
    return common_rows(
        *this, format_row(format, {request::OutputFormat::text, request::OutputFormat::json}));
}

Result<void> CommonOptions::accept(const Arguments& words, std::string_view command) {
    if (words.empty()) {
        return {};
    }
    return fail(ErrorCode::usage,
                fmt::format("{} takes no argument such as '{}'", command, words.front()),
                fmt::format("see `smallprint {} --help`", command));
}

Result<std::string> parse_target(const Arguments& words, std::string_view command,
                                 std::string_view wish) {
    if (words.empty() || words.front().empty()) {
        return fail(ErrorCode::usage, fmt::format("nothing to {}", wish),
                    fmt::format("name a clause or a vendor: smallprint {} ID|VENDOR", command));
    }
    if (words.size() > 1) {
        return fail(
            ErrorCode::usage, fmt::format("'{}' is one too many", words[1]),
            fmt::format("{} takes one ID or VENDOR; put one that has blanks in quotes", command));
    }
    return words.front();
}

Result<void> check_dates(std::optional<Day> from, std::optional<Day> to, const std::string& hint) {
    return check_order({"--from", from}, {"--to", to}, hint);
}

request::OutputFormat wanted_format(const Arguments& arguments) {
    for (std::size_t i = 0; i < arguments.size() && arguments[i] != "--"; ++i) {
        const bool apart = arguments[i] == "--format" && i + 1 < arguments.size() &&
                           arguments[i + 1].starts_with("json");
        if (apart || arguments[i].starts_with("--format=json")) {
            return request::OutputFormat::json;
        }
    }
    return request::OutputFormat::text;
}

}  // namespace smallprint::cli
