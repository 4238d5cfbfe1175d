// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/index/check.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "searcher/cli/commands.h"
#include "searcher/cli/options.h"
#include "searcher/cli/runner.h"
#include "searcher/index/clause_view.h"
#include "searcher/json/json.h"
#include "searcher/request/requests.h"
#include "searcher/terminal/text.h"

#include <array>

namespace smallprint::cli {
namespace {

using CheckView = View<CommonOptions, index::CheckReport>;

constexpr std::array k_views = {
    CheckView{request::OutputFormat::text,
              [](auto& checked, auto& options) {
                  return terminal::check_text(checked, options.layout, options.detail);
              }},
    CheckView{request::OutputFormat::json,
              [](auto& checked, auto&) { return json::check_json(checked); }},
};

Result<int> run_check(CommonOptions& options) {
    TRY_ASSIGN(const index::CheckReport checked, index::check_index(options.index));
    TRY(print_view(k_views, checked, options));
    return checked.damaged.empty() ? k_found : exit_status(ErrorCode::damaged);
}

}  // namespace

const Command k_check_command = {
    .name = "check",
    .arguments = "[OPTION]...",
    .summary = "verify every file and record of the index",
    .about = "Compares the digest of every file with what was written, then reads every\n"
             "record. Names what is damaged and ends with status 7; needs no more than\n"
             "permission to read.\n",
    .examples = "  smallprint check\n"
                "  smallprint check -i my.idx && echo intact\n",
    .run = run_command<CommonOptions, run_check>,
};

}  // namespace smallprint::cli
