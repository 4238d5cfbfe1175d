// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/result.h"
#include "common/cli/options.h"
#include "searcher/cli/commands.h"
#include "searcher/cli/options.h"
#include "searcher/cli/runner.h"
#include "searcher/csv/csv.h"
#include "searcher/engine/engine.h"
#include "searcher/json/json.h"
#include "searcher/over_time/coverage.h"
#include "searcher/request/requests.h"
#include "searcher/terminal/text.h"

#include <array>

namespace smallprint::cli {
namespace {

using VendorsView = View<VendorsOptions, over_time::Coverage>;

constexpr std::array k_views = {
    VendorsView{request::OutputFormat::text,
                [](auto& coverage, auto& options) {
                    return terminal::vendors_text(coverage, options.layout, options.detail);
                }},
    VendorsView{request::OutputFormat::json,
                [](auto& coverage, auto&) { return json::vendors_json(coverage); }},
    VendorsView{request::OutputFormat::csv,
                [](auto& coverage, auto&) { return csv::vendors_csv(coverage); }},
};

Result<int> run_vendors(VendorsOptions& options) {
    TRY_ASSIGN(engine::Engine engine, open_engine(options));
    TRY_ASSIGN(const over_time::Coverage coverage, engine.coverage(options.request));
    TRY(print_view(k_views, coverage, options));
    return k_found;
}

}  // namespace

OptionRows VendorsOptions::rows() {
    return concat({
        {
            {"vendor", 0, "V", "only this vendor; repeat it for several",
             add_text(request.vendors)},
            {"type", 0, "TYPE", "only policies of this type", set_text(request.type)},
            {"sort", 0, "BY", "name (default), snapshots (most first) or first (oldest first)",
             set_named(request.order)},
        },
        common_rows(*this, format_row(format, formats_of(k_views))),
    });
}

const Command k_vendors_command = {
    .name = "vendors",
    .arguments = "[OPTION]...",
    .summary = "whose policies the index holds, and from when",
    .about = "Shows of each vendor how many snapshots there are in each half-year, and where\n"
             "there are none. JSON and CSV have the exact numbers, by type of policy as well;\n"
             "CSV has one row for each vendor, type and half-year with snapshots.\n",
    .examples = "  smallprint vendors --sort snapshots\n"
                "  smallprint vendors --vendor brightloaf.example -v\n"
                "  smallprint vendors --format csv > coverage.csv\n",
    .run = run_command<VendorsOptions, run_vendors>,
};

}  // namespace smallprint::cli
