// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/over_time/history.h"

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

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace smallprint::cli {
namespace {

using HistoryView = View<HistoryOptions, over_time::History>;

constexpr std::array k_views = {
    HistoryView{request::OutputFormat::text,
                [](auto& history, auto& options) {
                    return terminal::history_text(history, options.request, options.layout,
                                                  options.detail);
                }},
    HistoryView{
        request::OutputFormat::json,
        [](auto& history, auto& options) { return json::history_json(history, options.request); }},
};

// False where nothing is in the span asked for.
bool has_snapshots(const over_time::History& history) {
    if (history.life) {
        return !history.life->runs.empty() || history.life->undated > 0;
    }
    return std::ranges::any_of(history.timelines, [](const over_time::PolicyTimeline& timeline) {
        return !timeline.dated.empty() || !timeline.undated.empty();
    });
}

Result<int> run_history(HistoryOptions& options) {
    TRY_ASSIGN(engine::Engine engine, open_engine(options));
    TRY_ASSIGN(const over_time::History history, engine.history(options.request));
    TRY(print_view(k_views, history, options));
    return has_snapshots(history) ? k_found : k_nothing_found;
}

}  // namespace

OptionRows HistoryOptions::rows() {
    return concat({
        {
            {"from", 0, "DATE", "only snapshots of this date or later",
             set_day(request.from, &DaySpan::first)},
            {"to", 0, "DATE", "only snapshots of this date or earlier",
             set_day(request.to, &DaySpan::last)},
            {"type", 0, "TYPE", "only policies of this type", set_text(request.type)},
        },
        common_rows(*this, format_row(format, formats_of(k_views))),
    });
}

Result<void> HistoryOptions::accept(const Arguments& words, std::string_view command) {
    TRY(check_dates(request.from, request.to,
                    "a snapshot has to be of some day from the one to the other"));
    TRY_ASSIGN(request.target, parse_target(words, command, "tell the history of"));
    return {};
}

const Command k_history_command = {
    .name = "history",
    .arguments = "[OPTION]... ID|VENDOR",
    .summary = "what changed in a policy, and when",
    .about = "With a VENDOR, the ID of a policy or an address of its page: its snapshots,\n"
             "oldest first, and the clauses that each has added, removed or reworded since the\n"
             "one before. With the ID of a clause: when it stood, what it replaced and what\n"
             "replaced it. Both tell when the page moved. A clause that moved inside of the\n"
             "text is no change. DATE is YYYY, YYYY-MM or YYYY-MM-DD.\n",
    .examples = "  smallprint history brightloaf.example\n"
                "  smallprint history brightloaf.example --from 2018 --to 2020\n"
                "  smallprint history ID\n"
                "  smallprint history VENDOR --format json | jq '.policies[].timeline[].added'\n",
    .run = run_command<HistoryOptions, run_history>,
};

}  // namespace smallprint::cli
