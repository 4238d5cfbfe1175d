// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/result.h"
#include "searcher/cli/commands.h"
#include "searcher/cli/options.h"
#include "searcher/cli/runner.h"
#include "searcher/engine/engine.h"
#include "searcher/index/clause_view.h"
#include "searcher/json/json.h"
#include "searcher/request/requests.h"
#include "searcher/terminal/text.h"

#include <array>

namespace smallprint::cli {
namespace {

using InfoView = View<CommonOptions, index::IndexOverview>;

constexpr std::array k_views = {
    InfoView{request::OutputFormat::text,
             [](auto& overview, auto& options) {
                 return terminal::info_text(overview, options.layout, options.detail);
             }},
    InfoView{request::OutputFormat::json,
             [](auto& overview, auto&) { return json::info_json(overview); }},
};

Result<int> run_info(CommonOptions& options) {
    TRY_ASSIGN(engine::Engine engine, open_engine(options));
    TRY_ASSIGN(const index::IndexOverview overview, engine.overview());
    TRY(print_view(k_views, overview, options));
    return k_found;
}

}  // namespace

const Command k_info_command = {
    .name = "info",
    .arguments = "[OPTION]...",
    .summary = "say what the index holds",
    .about = "Tells when and from what the index was made, how much it holds, and of each\n"
             "policy how many snapshots there are and from when to when.\n",
    .examples = "  smallprint info\n"
                "  smallprint info --format json | jq '.policies[] | [.vendor, .snapshots]'\n",
    .run = run_command<CommonOptions, run_info>,
};

}  // namespace smallprint::cli
