// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/date.h"
#include "common/model/section.h"
#include "searcher/html/markup.h"
#include "searcher/html/page_template.h"
#include "searcher/html/page_url.h"
#include "searcher/html/pages.h"
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

namespace smallprint {
namespace {

constexpr std::uint8_t k_deepest_heading = 4;  // h2 to h6
constexpr std::uint8_t k_deepest_listed = 1;   // in the table of sections

std::string anchor_of(const PolicyLine& line, std::size_t number) {
    return line.kind == PieceKind::heading ? fmt::format("s{}", number) : "c-" + line.id;
}

// Elements differ from line to line, so they are put together here rather than in a template.
std::string lines_html(const PolicyView& policy) {
    std::string html;
    for (std::size_t i = 0; i < policy.lines.size(); ++i) {
        const PolicyLine& line = policy.lines[i];
        const std::string anchor = escaped(anchor_of(line, i));
        if (line.kind == PieceKind::title) {
            html += fmt::format("<p class=\"title\" dir=\"auto\">{}</p>\n", escaped(line.text));
        } else if (line.kind == PieceKind::heading) {
            const int level = 2 + std::min(line.level, k_deepest_heading);
            html += fmt::format("<h{0} id=\"{1}\" dir=\"auto\">{2}</h{0}>\n", level, anchor,
                                escaped(line.text));
        } else {
            html += fmt::format(
                "{4}<div class=\"piece{0}\" id=\"{1}\" dir=\"auto\">{2}"
                "<a class=\"hash\" href=\"{3}\" aria-label=\"This clause by itself\">§</a></div>\n",
                line.focused                          ? " focus"
                : line.kind == PieceKind::boilerplate ? " boilerplate"
                                                      : "",
                anchor, marked(line.text, {}), escaped(clause_url(line.id)),
                line.focused ? "<span id=\"focus\" class=\"anchor\"></span>" : "");
        }
    }
    return html;
}

View sections_view(const PolicyView& policy) {
    View list = list_view();
    for (std::size_t i = 0; i < policy.lines.size(); ++i) {
        const PolicyLine& line = policy.lines[i];
        if (line.kind == PieceKind::heading && line.level <= k_deepest_listed) {
            View item;
            item["anchor"] = text_view("#" + anchor_of(line, i));
            item["text"] = text_view(beginning(line.text, 90));
            item["sub"] = line.level > 0;
            list.push_back(item);
        }
    }
    return list;
}

std::vector<Day> days_of(const std::vector<CaptureTime>& captures) {
    std::vector<Day> days;
    for (const CaptureTime capture : captures) {
        if (days.empty() || days.back() != day_of(capture)) {
            days.push_back(day_of(capture));
        }
    }
    return days;
}

void add_picker(View& view, const PolicyView& policy) {
    const std::vector<Day> days = days_of(policy.captures);
    const std::optional<Day> shown =
        policy.captured ? std::optional(day_of(*policy.captured)) : std::nullopt;
    View list = list_view();
    for (auto day = days.rbegin(); day != days.rend(); ++day) {
        View item;
        item["day"] = text_view(format_day(*day));
        item["chosen"] = day[0] == shown;
        list.push_back(item);
    }
    view["days"] = std::move(list);
    view["picker"] = days.size() > 1;
    const auto at = shown ? std::ranges::find(days, *shown) : days.end();
    const bool has_older = at != days.end() && at != days.begin();
    const bool has_newer = at != days.end() && at + 1 != days.end();
    const auto diff_url = [&](Day from, Day to) {
        return PageUrl("/diff/" + path_segment(policy.policy.id))
            .add("from", format_day(from))
            .add("to", format_day(to))
            .text();
    };
    view["older"] = has_older ? text_view(policy_url(policy.policy.id, at[-1])) : View(false);
    view["newer"] = has_newer ? text_view(policy_url(policy.policy.id, at[1])) : View(false);
    view["diff_older"] = has_older ? text_view(diff_url(at[-1], *at)) : View(false);
    view["diff_newest"] = has_newer ? text_view(diff_url(*at, days.back())) : View(false);
}

void add_sources(View& view, const PolicyView& policy) {
    const auto archived = archive_link(policy.archive_url);
    const auto source = web_link(policy.source_url);
    view["has_archive"] = archived.has_value();
    view["archive_url"] = text_view(archived ? archived->url : "");
    view["archive_label"] = text_view(archived ? archived->label : "");
    view["source"] = source ? text_view(*source) : View(false);
}

}  // namespace

std::string policy_page(const PolicyView& policy, const Site& site) {
    const std::string vendor = vendor_name(policy.policy);
    const std::string type = policy.policy.type.empty() ? "Policy" : policy.policy.type;
    const std::string day = policy.captured ? format_day(day_of(*policy.captured)) : "";
    View view;
    view["vendor"] = text_view(vendor);
    view["has_vendor"] = !policy.policy.vendor.empty();
    view["vendor_url"] = text_view(vendor_url(policy.policy.vendor));
    view["type"] = text_view(type);
    view["policy_url"] = text_view(policy_url(policy.policy.id));
    view["when"] = policy.captured ? text_view(capture_text(*policy.captured)) : View(false);
    view["place"] = text_view(
        fmt::format("Snapshot {} of {}", thousands(policy.snapshot), thousands(policy.snapshots)));
    view["language"] =
        policy.policy.language.empty() ? View(false) : text_view(policy.policy.language);
    add_picker(view, policy);
    add_sources(view, policy);
    View sections = sections_view(policy);
    view["has_sections"] = sections.list_value().size() > 1;
    view["sections"] = std::move(sections);
    view["lines"] = html_view(lines_html(policy));
    return framed(site, {.title = fmt::format("{}, {}{}{} – Smallprint", vendor, type,
                                              day.empty() ? "" : " of ", day),
                         .main = rendered(site.files, "policy", view)});
}

}  // namespace smallprint
