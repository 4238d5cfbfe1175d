// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/cli/check.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "searcher/cli/option_table.h"
#include "searcher/cli/options.h"
#include "searcher/cli/output.h"
#include "searcher/index/check.h"
#include "searcher/json/json.h"
#include "searcher/text/page.h"
#include "searcher/text/terminal.h"
#include "searcher/text/text.h"

namespace smallprint {

int run_check_command(const Arguments& arguments) {
    const auto options = parse_bare_options(Command::check, arguments);
    if (!options) {
        return report(options.error(), wanted_format(arguments));
    }
    const CommonOptions& common = options->common;
    if (common.help || common.version) {
        return finish(print_about(Command::check, common), common.format);
    }
    const auto checked = check_index(common.index);
    if (!checked) {
        return report(checked.error(), common.format);
    }
    const Layout layout = layout_for(look_at_terminal(), common.colour);
    const auto printed =
        print(common.format == OutputFormat::json ? check_json(*checked)
                                                  : check_text(*checked, layout, common.detail));
    const int status = finish(printed, common.format);
    return status == 0 && !checked->damaged.empty() ? exit_status(ErrorCode::damaged) : status;
}

}  // namespace smallprint
