// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/cli/info.h"

#include "common/base/result.h"
#include "searcher/cli/option_table.h"
#include "searcher/cli/options.h"
#include "searcher/cli/output.h"
#include "searcher/engine/engine.h"
#include "searcher/index/clause_view.h"
#include "searcher/json/json.h"
#include "searcher/text/page.h"
#include "searcher/text/terminal.h"
#include "searcher/text/text.h"

namespace smallprint {
namespace {

Result<IndexOverview> look_up(const BareOptions& options) {
    TRY_ASSIGN(Engine engine, Engine::open(options.common.index));
    return engine.overview();
}

}  // namespace

int run_info_command(const Arguments& arguments) {
    const auto options = parse_bare_options(Command::info, arguments);
    if (!options) {
        return report(options.error(), wanted_format(arguments));
    }
    const CommonOptions& common = options->common;
    if (common.help || common.version) {
        return finish(print_about(Command::info, common), common.format);
    }
    const auto overview = look_up(*options);
    if (!overview) {
        return report(overview.error(), common.format);
    }
    if (common.format == OutputFormat::json) {
        return finish(print(info_json(*overview)), common.format);
    }
    const Terminal terminal = look_at_terminal();
    const Layout layout = layout_for(terminal, common.colour);
    return finish(print_page(info_text(*overview, layout, common.detail), terminal), common.format);
}

}  // namespace smallprint
