// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/cli/history.h"

#include "common/base/result.h"
#include "searcher/cli/option_table.h"
#include "searcher/cli/options.h"
#include "searcher/cli/output.h"
#include "searcher/engine/engine.h"
#include "searcher/json/json.h"
#include "searcher/over_time/history.h"
#include "searcher/text/page.h"
#include "searcher/text/terminal.h"
#include "searcher/text/text.h"

#include <algorithm>

namespace smallprint {
namespace {

Result<History> look_up(const HistoryOptions& options) {
    TRY_ASSIGN(Engine engine, Engine::open(options.common.index));
    return engine.history(options.request);
}

// Whether there is anything in the span asked for.
bool has_snapshots(const History& history) {
    if (history.life) {
        return !history.life->runs.empty() || history.life->undated > 0;
    }
    return std::ranges::any_of(history.timelines, [](const PolicyTimeline& timeline) {
        return !timeline.dated.empty() || !timeline.undated.empty();
    });
}

}  // namespace

int run_history_command(const Arguments& arguments) {
    const auto options = parse_history_options(arguments);
    if (!options) {
        return report(options.error(), wanted_format(arguments));
    }
    const CommonOptions& common = options->common;
    if (common.help || common.version) {
        return finish(print_about(Command::history, common), common.format);
    }
    const auto history = look_up(*options);
    if (!history) {
        return report(history.error(), common.format);
    }
    const int status = has_snapshots(*history) ? k_found : k_nothing_found;
    if (common.format == OutputFormat::json) {
        return finish(print(history_json(*history, options->request)), common.format, status);
    }
    const Terminal terminal = look_at_terminal();
    const Layout layout = layout_for(terminal, common.colour);
    return finish(
        print_page(history_text(*history, options->request, layout, common.detail), terminal),
        common.format, status);
}

}  // namespace smallprint
