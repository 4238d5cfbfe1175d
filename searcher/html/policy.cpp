// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/date.h"
#include "common/model/section.h"
#include "searcher/html/markup.h"
#include "searcher/html/page_template.h"
#include "searcher/html/page_url.h"
#include "searcher/html/pages.h"
#include "searcher/html/parts.h"
#include "searcher/html/site.h"
#include "searcher/index/clause_view.h"
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace smallprint::html {
namespace {

constexpr std::uint8_t k_deepest_heading = 4;  // h2 to h6
constexpr std::uint8_t k_deepest_listed = 1;   // in the table of sections

std::string anchor_of(const index::PolicyLine& line, std::size_t number) {
    return line.kind == PieceKind::heading ? fmt::format("s{}", number) : "c-" + line.id;
}

// Elements differ from line to line, so they are put together here rather than in a template.
std::string lines_html(const index::PolicyView& policy) {
    std::string html;
    for (std::size_t i = 0; i < policy.lines.size(); ++i) {
        const index::PolicyLine& line = policy.lines[i];
        const std::string anchor = escaped(anchor_of(line, i));
        html += line.focused ? "<span id=\"focus\" class=\"anchor\"></span>" : "";
        if (line.kind == PieceKind::title) {
            html += fmt::format("<p class=\"title\" dir=\"auto\">{}</p>\n", escaped(line.text));
        } else if (line.run_in) {
            html += fmt::format("<span id=\"{}\" class=\"anchor\"></span>\n", anchor);
        } else if (line.kind == PieceKind::heading) {
            const int level = 2 + std::min(line.level, k_deepest_heading);
            html += fmt::format("<h{0} id=\"{1}\" dir=\"auto\">{2}</h{0}>\n", level, anchor,
                                escaped(line.text));
        } else {
            html += fmt::format(
                "<div class=\"piece{0}\" id=\"{1}\" dir=\"auto\">{2}"
                "<a class=\"hash\" href=\"{3}\" aria-label=\"This clause by itself\">§</a></div>\n",
                line.focused                          ? " focus"
                : line.kind == PieceKind::boilerplate ? " boilerplate"
                                                      : "",
                anchor, marked(line.text, {}), escaped(clause_url(line.id)));
        }
    }
    return html;
}

View sections_view(const index::PolicyView& policy) {
    View list = list_view();
    for (std::size_t i = 0; i < policy.lines.size(); ++i) {
        const index::PolicyLine& line = policy.lines[i];
        if (line.kind == PieceKind::heading && line.level <= k_deepest_listed) {
            list.push_back(make_view({{"anchor", "#" + anchor_of(line, i)},
                                      {"text", beginning(line.text, 90)},
                                      {"sub", line.level > 0}}));
        }
    }
    return list;
}

// The snapshots beside the one that is shown.
void add_picker(View& view, const index::PolicyView& policy) {
    const std::string& id = policy.policy.id;
    const std::vector<Day> days = days_of(policy.captures);
    const auto shown =
        policy.captured ? std::optional(day_of(*policy.captured)) : std::optional<Day>();
    const auto at = shown ? std::ranges::find(days, *shown) : days.end();
    const bool has_older = at != days.end() && at != days.begin();
    const bool has_newer = at != days.end() && at + 1 != days.end();
    fill(view, {{"days", day_choices(days, shown)},
                {"picker", days.size() > 1},
                {"older", text_or_false(has_older ? policy_url(id, at[-1]) : "")},
                {"newer", text_or_false(has_newer ? policy_url(id, at[1]) : "")},
                {"diff_older", text_or_false(has_older ? diff_url(id, at[-1], *at) : "")},
                {"diff_newest", text_or_false(has_newer ? diff_url(id, *at, days.back()) : "")}});
}

}  // namespace

std::string policy_page(const index::PolicyView& policy, const Site& site) {
    const std::string day = policy.captured ? format_day(day_of(*policy.captured)) : "";
    View view;
    add_policy(view, policy.policy);
    add_picker(view, policy);
    View sections = sections_view(policy);
    fill(view,
         {{"policy_url", policy_url(policy.policy.id)},
          {"captured", told::snapshot_text(policy.captured, policy.snapshot, policy.snapshots)},
          {"archive", archive_view(policy.archive_url)},
          {"source", source_view(policy.source_url)},
          {"has_sections", sections.list_value().size() > 1},
          {"sections", std::move(sections)},
          {"lines", lines_html(policy)}});
    return make_page(
        site, "policy", view,
        {.title = fmt::format("{}, {}{}{} – Smallprint", told::vendor_name(policy.policy),
                              told::document_name(policy.policy), day.empty() ? "" : " of ", day)});
}

}  // namespace smallprint::html
