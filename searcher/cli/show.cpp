// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/result.h"
#include "common/cli/options.h"
#include "common/model/date.h"
#include "common/model/policy.h"
#include "searcher/cli/commands.h"
#include "searcher/cli/options.h"
#include "searcher/cli/runner.h"
#include "searcher/engine/engine.h"
#include "searcher/index/clause_view.h"
#include "searcher/json/json.h"
#include "searcher/request/requests.h"
#include "searcher/terminal/page.h"
#include "searcher/terminal/text.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace smallprint::cli {
namespace {

// The policy of a vendor; of a clause its facts as well.
struct Shown {
    std::optional<index::ClauseView> clause;
    index::PolicyView policy;
};

std::string write_text(const Shown& shown, const ShowOptions& options) {
    const bool around_clause = shown.clause && !options.full;
    return terminal::policy_text(
        {.view = shown.policy,
         .clause = shown.clause ? &*shown.clause : nullptr,
         .context = around_clause ? options.context : terminal::k_whole_policy},
        options.layout, options.detail);
}

std::string write_json(const Shown& shown, const ShowOptions& options) {
    const bool clause_alone = shown.clause && !options.full && !options.at;
    return clause_alone ? json::clause_json(*shown.clause) : json::policy_json(shown.policy);
}

constexpr std::array k_views = {
    View<ShowOptions, Shown>{request::OutputFormat::text, write_text},
    View<ShowOptions, Shown>{request::OutputFormat::json, write_json},
};

Result<int> run_show(ShowOptions& options) {
    TRY_ASSIGN(engine::Engine engine, open_engine(options));
    Shown shown;
    const std::optional<ParsedId> id = parse_id(options.target);
    if (id && id->text_hash) {
        TRY_ASSIGN(shown.clause, engine.clause(options.target, options.context));
    }
    TRY_ASSIGN(shown.policy, engine.policy(options.target, options.at));
    TRY(print_view(k_views, shown, options));
    return k_found;
}

}  // namespace

OptionRows ShowOptions::rows() {
    return concat({
        {
            {"at", 0, "DATE", "as it stood then: the newest snapshot up to the end of DATE",
             set_day(at, &DaySpan::last)},
            {"context", 0, "N",
             "clauses shown before and after the one asked for (0 to 20, default 2)",
             set_number(context, 0, request::k_most_context)},
            {"full", 0, "", "with an ID: the whole policy, the clause marked", set_to(full, true)},
        },
        common_rows(*this, format_row(format, formats_of(k_views))),
    });
}

Result<void> ShowOptions::accept(const Arguments& words, std::string_view command) {
    TRY_ASSIGN(target, parse_target(words, command, "show"));
    return {};
}

const Command k_show_command = {
    .name = "show",
    .arguments = "[OPTION]... ID|VENDOR",
    .summary = "show a clause in its policy, or a policy",
    .about = "With the ID of a clause, from a search result: its facts, and where it stands in\n"
             "the newest snapshot that has it. With a VENDOR, the ID of a policy or an address\n"
             "of its page: the whole text. DATE is YYYY, YYYY-MM or YYYY-MM-DD.\n",
    .examples = "  smallprint show brightloaf.example\n"
                "  smallprint show brightloaf.example --at 2015\n"
                "  smallprint show ID --full\n",
    .run = run_command<ShowOptions, run_show>,
};

}  // namespace smallprint::cli
