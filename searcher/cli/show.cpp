// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/cli/show.h"

#include "common/base/result.h"
#include "common/model/policy.h"
#include "searcher/cli/option_table.h"
#include "searcher/cli/options.h"
#include "searcher/cli/output.h"
#include "searcher/engine/engine.h"
#include "searcher/index/clause_view.h"
#include "searcher/json/json.h"
#include "searcher/text/page.h"
#include "searcher/text/terminal.h"
#include "searcher/text/text.h"

#include <optional>
#include <string>

namespace smallprint {
namespace {

// What there is to show: of a vendor the policy, of a clause its facts as well.
struct Shown {
    std::optional<ClauseView> clause;
    PolicyView policy;
};

Result<Shown> look_up(const ShowOptions& options) {
    TRY_ASSIGN(Engine engine, Engine::open(options.common.index));
    Shown shown;
    const std::optional<ParsedId> id = parse_id(options.target);
    if (id && id->text_hash) {
        TRY_ASSIGN(shown.clause, engine.clause(options.target, options.context));
    }
    TRY_ASSIGN(shown.policy, engine.policy(options.target, options.at));
    return shown;
}

std::string json_of(const Shown& shown, const ShowOptions& options) {
    const bool clause_alone = shown.clause && !options.full && !options.at;
    return clause_alone ? clause_json(*shown.clause) : policy_json(shown.policy);
}

std::string text_of(const Shown& shown, const ShowOptions& options, Layout layout) {
    const bool around_clause = shown.clause && !options.full;
    return policy_text({.view = shown.policy,
                        .clause = shown.clause ? &*shown.clause : nullptr,
                        .context = around_clause ? options.context : k_whole_policy},
                       layout, options.common.detail);
}

}  // namespace

int run_show_command(const Arguments& arguments) {
    const auto options = parse_show_options(arguments);
    if (!options) {
        return report(options.error(), wanted_format(arguments));
    }
    const OutputFormat format = options->common.format;
    if (options->common.help || options->common.version) {
        return finish(print_about(Command::show, options->common), format);
    }
    const auto shown = look_up(*options);
    if (!shown) {
        return report(shown.error(), format);
    }
    if (format == OutputFormat::json) {
        return finish(print(json_of(*shown, *options)), format);
    }
    const Terminal terminal = look_at_terminal();
    const Layout layout = layout_for(terminal, options->common.colour);
    return finish(print_page(text_of(*shown, *options, layout), terminal), format);
}

}  // namespace smallprint
