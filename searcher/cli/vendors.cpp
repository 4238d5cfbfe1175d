// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/cli/vendors.h"

#include "common/base/result.h"
#include "searcher/cli/option_table.h"
#include "searcher/cli/options.h"
#include "searcher/cli/output.h"
#include "searcher/csv/csv.h"
#include "searcher/engine/engine.h"
#include "searcher/json/json.h"
#include "searcher/over_time/coverage.h"
#include "searcher/text/page.h"
#include "searcher/text/terminal.h"
#include "searcher/text/text.h"

namespace smallprint {
namespace {

Result<Coverage> look_up(const VendorsOptions& options) {
    TRY_ASSIGN(Engine engine, Engine::open(options.common.index));
    return engine.coverage(options.request);
}

}  // namespace

int run_vendors_command(const Arguments& arguments) {
    const auto options = parse_vendors_options(arguments);
    if (!options) {
        return report(options.error(), wanted_format(arguments));
    }
    const CommonOptions& common = options->common;
    if (common.help || common.version) {
        return finish(print_about(Command::vendors, common), common.format);
    }
    const auto coverage = look_up(*options);
    if (!coverage) {
        return report(coverage.error(), common.format);
    }
    if (common.format == OutputFormat::json) {
        return finish(print(vendors_json(*coverage)), common.format);
    }
    if (common.format == OutputFormat::csv) {
        return finish(print(vendors_csv(*coverage)), common.format);
    }
    const Terminal terminal = look_at_terminal();
    const Layout layout = layout_for(terminal, common.colour);
    return finish(print_page(vendors_text(*coverage, layout, common.detail), terminal),
                  common.format);
}

}  // namespace smallprint
