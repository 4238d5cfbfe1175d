// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/cli/search.h"

#include "common/base/result.h"
#include "searcher/cli/batch.h"
#include "searcher/cli/open_engine.h"
#include "searcher/cli/option_table.h"
#include "searcher/cli/options.h"
#include "searcher/cli/output.h"
#include "searcher/csv/csv.h"
#include "searcher/engine/engine.h"
#include "searcher/json/json.h"
#include "searcher/query/parser.h"
#include "searcher/search/results.h"
#include "searcher/text/page.h"
#include "searcher/text/terminal.h"
#include "searcher/text/text.h"

#include <string_view>

namespace smallprint {
namespace {

constexpr std::string_view k_only_query = "1";  // its id in a TREC run

Result<SearchResults> find(SearchOptions& options) {
    TRY_ASSIGN(options.request.query, parse_query(options.query, options.syntax));
    TRY_ASSIGN(Engine engine, open_engine(options.common));
    return engine.search(options.request);
}

Result<void> print_results(const SearchResults& results, const SearchOptions& options) {
    switch (options.common.format) {
    case OutputFormat::json:
        return print(search_json(results, options.request));
    case OutputFormat::jsonl:
        return print(hit_lines(results));
    case OutputFormat::trec:
        return print(trec_lines(results, k_only_query));
    case OutputFormat::csv:
        return print(search_csv_head(QueryIds::none) + search_csv_lines(results));
    case OutputFormat::text:
        break;
    }
    const Terminal terminal = look_at_terminal();
    const Layout layout = layout_for(terminal, options.common.colour);
    return print_page(search_text(results, options.request, layout, options.common.detail),
                      terminal);
}

}  // namespace

int run_search_command(const Arguments& arguments) {
    auto options = parse_search_options(arguments);
    if (!options) {
        return report(options.error(), wanted_format(arguments));
    }
    const OutputFormat format = options->common.format;
    if (options->common.help || options->common.version) {
        return finish(print_about(Command::search, options->common), format);
    }
    if (!options->queries.empty()) {
        return run_batch(*options);
    }
    const auto results = find(*options);
    if (!results) {
        return report(results.error(), format, options->query);
    }
    return finish(print_results(*results, *options), format,
                  results->hits.empty() ? k_nothing_found : k_found);
}

}  // namespace smallprint
