// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/cli/diff.h"

#include "common/base/result.h"
#include "searcher/cli/option_table.h"
#include "searcher/cli/options.h"
#include "searcher/cli/output.h"
#include "searcher/diff/diff.h"
#include "searcher/engine/engine.h"
#include "searcher/json/json.h"
#include "searcher/text/page.h"
#include "searcher/text/terminal.h"
#include "searcher/text/text.h"

namespace smallprint {
namespace {

Result<DiffResults> look_up(const DiffOptions& options) {
    TRY_ASSIGN(Engine engine, Engine::open(options.common.index));
    return engine.diff(options.request);
}

}  // namespace

int run_diff_command(const Arguments& arguments) {
    const auto options = parse_diff_options(arguments);
    if (!options) {
        return report(options.error(), wanted_format(arguments));
    }
    const CommonOptions& common = options->common;
    if (common.help || common.version) {
        return finish(print_about(Command::diff, common), common.format);
    }
    const auto results = look_up(*options);
    if (!results) {
        return report(results.error(), common.format);
    }
    if (common.format == OutputFormat::json) {
        return finish(print(diff_json(*results)), common.format);
    }
    const Terminal terminal = look_at_terminal();
    const Layout layout = layout_for(terminal, common.colour);
    return finish(print_page(diff_text(*results, layout, common.detail), terminal), common.format);
}

}  // namespace smallprint
