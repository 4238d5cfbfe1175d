// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/diff/diff.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/cli/options.h"
#include "common/model/date.h"
#include "searcher/cli/commands.h"
#include "searcher/cli/options.h"
#include "searcher/cli/runner.h"
#include "searcher/engine/engine.h"
#include "searcher/json/json.h"
#include "searcher/request/requests.h"
#include "searcher/terminal/text.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace smallprint::cli {
namespace {

using DiffView = View<DiffOptions, diff::DiffResults>;

constexpr std::array k_views = {
    DiffView{request::OutputFormat::text,
             [](auto& results, auto& options) {
                 return terminal::diff_text(results, options.layout, options.detail);
             }},
    DiffView{request::OutputFormat::json,
             [](auto& results, auto&) { return json::diff_json(results); }},
};

Result<int> run_diff(DiffOptions& options) {
    TRY_ASSIGN(engine::Engine engine, open_engine(options));
    TRY_ASSIGN(const diff::DiffResults results, engine.diff(options.request));
    TRY(print_view(k_views, results, options));
    return k_found;
}

}  // namespace

OptionRows DiffOptions::rows() {
    return concat({
        {
            {"type", 0, "TYPE", "only policies of this type", set_text(request.type)},
            {"context", 0, "N",
             "unchanged clauses shown before and after each change (0 to 20, default 1)",
             set_number(request.context, 0, request::k_most_context)},
        },
        common_rows(*this, format_row(format, formats_of(k_views))),
    });
}

// VENDOR DATE DATE.
Result<void> DiffOptions::accept(const Arguments& words, std::string_view /*command*/) {
    constexpr std::size_t wanted = 3;
    const std::string hint = "smallprint diff VENDOR DATE DATE";
    if (words.size() < wanted || words.front().empty()) {
        return fail(ErrorCode::usage,
                    words.empty() ? "nothing to compare" : "diff needs a vendor and two dates",
                    hint);
    }
    if (words.size() > wanted) {
        return fail(ErrorCode::usage, fmt::format("'{}' is one too many", words[wanted]),
                    hint + "; put a VENDOR that has blanks in quotes");
    }
    TRY_ASSIGN(const DaySpan before, parse_days({"DATE", words[1]}));
    TRY_ASSIGN(const DaySpan after, parse_days({"DATE", words[2]}));
    TRY(check_order({"", before.last}, {"", after.last},
                    "name the earlier date first; a year or month stands for its last day"));
    request.vendor_or_id = words.front();
    request.before = before.last;
    request.after = after.last;
    return {};
}

const Command k_diff_command = {
    .name = "diff",
    .arguments = "[OPTION]... VENDOR DATE DATE",
    .summary = "what changed between two dates",
    .about = "Compares two snapshots of a policy, section by section: the newest up to the end\n"
             "of each DATE. Clauses are added (+), removed (-), reworded (~) or moved (> <).\n"
             "Words of reworded clauses are in colours, without them [-removed-] and {+added+}.\n"
             "VENDOR may be the ID of a policy or an address of its page. Of a vendor with\n"
             "several policies each is compared. DATE is YYYY, YYYY-MM or YYYY-MM-DD.\n",
    .examples = "  smallprint diff brightloaf.example 2018 2020\n"
                "  smallprint diff Facebook 2023 2024-06 --type 'Terms of Service'\n"
                "  smallprint diff VENDOR 2017 2019 --format json | jq '.policies[].counts'\n",
    .run = run_command<DiffOptions, run_diff>,
};

}  // namespace smallprint::cli
