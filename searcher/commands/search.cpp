// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/commands/search.h"

#include "common/base/result.h"
#include "searcher/commands/output.h"
#include "searcher/engine/engine.h"
#include "searcher/engine/results.h"
#include "searcher/option_table.h"
#include "searcher/options.h"
#include "searcher/present/json.h"
#include "searcher/present/page.h"
#include "searcher/present/terminal.h"
#include "searcher/present/text.h"
#include "searcher/query/parser.h"

namespace smallprint {
namespace {

Result<SearchResults> find(SearchOptions& options) {
    TRY_ASSIGN(options.request.query, parse_query(options.query, options.syntax));
    TRY_ASSIGN(Engine engine, Engine::open(options.common.index));
    return engine.search(options.request);
}

Result<void> print_results(const SearchResults& results, const SearchOptions& options) {
    if (options.common.format == OutputFormat::json) {
        return print(search_json(results, options.request));
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
    const auto results = find(*options);
    if (!results) {
        return report(results.error(), format, options->query);
    }
    return finish(print_results(*results, *options), format,
                  results->hits.empty() ? k_nothing_found : k_found);
}

}  // namespace smallprint
