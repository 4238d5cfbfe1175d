// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/index/clause_view.h"
#include "searcher/text/page.h"
#include "searcher/text/styled_text.h"
#include "searcher/text/text.h"
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>

namespace smallprint {
namespace {

constexpr std::size_t k_shown_damage = 20;

}  // namespace

std::string check_text(const CheckReport& report, Layout layout, Detail detail) {
    Page page(layout);
    const std::size_t shown = detail == Detail::full
                                  ? report.damaged.size()
                                  : std::min(report.damaged.size(), k_shown_damage);
    for (std::size_t i = 0; i < shown; ++i) {
        page.add_line({{Style::strong, report.damaged[i].part},
                       {Style::plain, ": " + report.damaged[i].problem}});
    }
    if (shown < report.damaged.size()) {
        page.add_line({{Style::dim, fmt::format("... and {} more (--verbose lists them)",
                                                thousands(report.damaged.size() - shown))}});
    }
    if (!report.damaged.empty()) {
        page.add_line({{Style::strong, "Damaged: "},
                       {Style::plain, report.generation},
                       {Style::plain, ". Index the archive again to rebuild it."}});
    } else if (detail != Detail::brief) {
        page.add_line(
            {{Style::strong, "Intact: "},
             {Style::plain,
              fmt::format("{}, {} with {}, {}", report.generation, counted(report.files, "file"),
                          megabytes(report.bytes), counted(report.records, "record"))}});
    }
    return page.rendered();
}

}  // namespace smallprint
