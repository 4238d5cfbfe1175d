// SPDX-License-Identifier: GPL-2.0-or-later

#include "searcher/index/clause_view.h"
#include "searcher/terminal/page.h"
#include "searcher/terminal/text.h"
#include "searcher/told/facts.h"
#include "searcher/told/styled_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::terminal {

namespace {

constexpr std::size_t k_shown_damage = 20;

}  // namespace

std::string check_text(const index::CheckReport& report, Layout layout, Detail detail) {
    Page page(layout);
    const std::size_t shown = detail == Detail::full
                                  ? report.damaged.size()
                                  : std::min(report.damaged.size(), k_shown_damage);
    for (std::size_t i = 0; i < shown; ++i) {
        page.add_line({{told::Style::strong, report.damaged[i].part},
                       {told::Style::plain, ": " + report.damaged[i].problem}});
    }
    if (shown < report.damaged.size()) {
        page.add_line(
            {{told::Style::dim, fmt::format("... and {} more (--verbose lists them)",
                                            told::thousands(report.damaged.size() - shown))}});
    }
    if (!report.stale_current.empty()) {
        page.add_line({{told::Style::strong, "CURRENT"},
                       {told::Style::plain,
                        fmt::format(" still names {}, an older generation, and is not followed.",
                                    report.stale_current)}});
    }
    if (!report.damaged.empty()) {
        page.add_line({{told::Style::strong, "Damaged: "},
                       {told::Style::plain, report.generation},
                       {told::Style::plain, ". Index the archive again to rebuild it."}});
    } else if (detail != Detail::brief) {
        page.add_line({{told::Style::strong, "Intact: "},
                       {told::Style::plain, fmt::format("{}, {} with {}, {}", report.generation,
                                                        told::counted(report.files, "file"),
                                                        told::megabytes(report.bytes),
                                                        told::counted(report.records, "record"))}});
    }
    return page.rendered();
}

namespace {

enum class Side { left, right };

struct Column {
    std::string_view title;
    Side side;
    std::size_t widest;
};

constexpr std::array k_columns = {
    Column{"Vendor", Side::left, 34},     Column{"Type", Side::left, 20},
    Column{"Snapshots", Side::right, 12}, Column{"First", Side::left, 10},
    Column{"Last", Side::left, 10},       Column{"Clauses", Side::right, 12},
};

using Row = std::array<std::string, k_columns.size()>;
using Widths = std::array<std::size_t, k_columns.size()>;

Row row_of(const index::PolicyOverview& listed) {
    return {told::vendor_name(listed.policy),
            listed.policy.type.empty() ? "unknown" : listed.policy.type,
            told::thousands(listed.snapshots),
            told::day_or_unknown(listed.first),
            told::day_or_unknown(listed.last),
            told::thousands(listed.clauses)};
}

Row title_row() {
    Row row;
    for (std::size_t i = 0; i < row.size(); ++i) {
        row[i] = k_columns[i].title;
    }
    return row;
}

std::size_t width_of_cell(const std::string& cell) {
    return width_of({{told::Style::plain, cell}});
}

void add_row(Page& page, const Row& row, const Widths& widths, told::Style style) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const std::string cell = shortened(row[i], widths[i]);
        const std::string padding(widths[i] - std::min(widths[i], width_of_cell(cell)), ' ');
        line += i == 0 ? "" : "  ";
        line += k_columns[i].side == Side::right ? padding + cell : cell + padding;
    }
    page.add_line({{style, std::move(line)}});
}

void add_table(Page& page, const std::vector<index::PolicyOverview>& listed) {
    std::vector<Row> rows = {title_row()};
    for (const index::PolicyOverview& policy : listed) {
        rows.push_back(row_of(policy));
    }
    Widths widths = {};
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], std::min(width_of_cell(row[i]), k_columns[i].widest));
        }
    }
    page.add_blank();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        add_row(page, rows[i], widths, i == 0 ? told::Style::strong : told::Style::plain);
    }
}

}  // namespace

std::string info_text(const index::IndexOverview& overview, Layout layout, Detail detail) {
    Page page(layout);
    if (detail != Detail::brief) {
        page.add_fact("Index", {{told::Style::strong, overview.folder},
                                {told::Style::plain, ", " + overview.generation}});
        for (const told::IndexFact& fact : told::index_facts(overview)) {
            page.add_fact(fact.name, fact.value);
        }
        for (std::size_t i = 0; i < overview.sources.size(); ++i) {
            page.add_fact(i == 0 ? "Sources" : "", overview.sources[i]);
        }
    }
    add_table(page, overview.listed);
    return page.rendered();
}

}  // namespace smallprint::terminal
