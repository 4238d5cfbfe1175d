// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/cli/trend.h"

#include "common/base/result.h"
#include "searcher/cli/open_engine.h"
#include "searcher/cli/option_table.h"
#include "searcher/cli/options.h"
#include "searcher/cli/output.h"
#include "searcher/csv/csv.h"
#include "searcher/engine/engine.h"
#include "searcher/json/json.h"
#include "searcher/over_time/trend.h"
#include "searcher/query/parser.h"
#include "searcher/text/page.h"
#include "searcher/text/terminal.h"
#include "searcher/text/text.h"

#include <algorithm>
#include <string>

namespace smallprint {
namespace {

Result<Trend> look_up(const TrendOptions& options) {
    TRY_ASSIGN(Engine engine, open_engine(options.common));
    return engine.trend(options.request);
}

Result<void> print_trend(const Trend& trend, const TrendOptions& options) {
    if (options.common.format == OutputFormat::json) {
        return print(trend_json(trend, options.request));
    }
    if (options.common.format == OutputFormat::csv) {
        return print(trend_csv(trend));
    }
    const Terminal terminal = look_at_terminal();
    const Layout layout = layout_for(terminal, options.common.colour);
    return print_page(trend_text(trend, options.request, layout, options.common.detail), terminal);
}

bool has_matches(const Trend& trend) {
    return std::ranges::any_of(trend.series,
                               [](const TrendSeries& series) { return series.vendors > 0; });
}

}  // namespace

int run_trend_command(const Arguments& arguments) {
    auto options = parse_trend_options(arguments);
    if (!options) {
        return report(options.error(), wanted_format(arguments));
    }
    const OutputFormat format = options->common.format;
    if (options->common.help || options->common.version) {
        return finish(print_about(Command::trend, options->common), format);
    }
    for (const std::string& text : options->queries) {
        const auto query = parse_query(text, options->syntax);
        if (!query) {
            return report(query.error(), format, text);
        }
        options->request.queries.push_back(*query);
    }
    const auto trend = look_up(*options);
    if (!trend) {
        return report(trend.error(), format, options->queries.front());
    }
    return finish(print_trend(*trend, *options), format,
                  has_matches(*trend) ? k_found : k_nothing_found);
}

}  // namespace smallprint
