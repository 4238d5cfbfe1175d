// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/html/parts.h"

#include "common/model/date.h"
#include "searcher/html/page_template.h"
#include "searcher/html/page_url.h"
#include "searcher/index/clause_view.h"
#include "searcher/told/facts.h"

#include <optional>
#include <ranges>
#include <string_view>
#include <vector>

namespace smallprint::html {

void add_policy(View& view, const index::PolicyFacts& policy) {
    fill(view, {{"vendor", told::vendor_name(policy)},
                {"vendor_url",
                 policy.vendor.empty() ? View(false) : text_view(vendor_url(policy.vendor))},
                {"type", told::document_name(policy)},
                {"language", text_or_false(policy.language)}});
}

View archive_view(std::string_view archive_url) {
    const auto link = archive_link(archive_url);
    return link ? make_view({{"url", link->url}, {"label", link->label}}) : View(false);
}

View source_view(std::string_view source_url) {
    return text_or_false(web_link(source_url).value_or(""));
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

View day_choices(const std::vector<Day>& days, std::optional<Day> chosen) {
    std::optional<Day> nearest;
    for (const Day day : days) {
        nearest = chosen && day <= *chosen ? std::optional(day) : nearest;
    }
    return list_of(std::views::reverse(days), [&](Day day) {
        return make_view({{"day", format_day(day)}, {"chosen", nearest == day}});
    });
}

}  // namespace smallprint::html
