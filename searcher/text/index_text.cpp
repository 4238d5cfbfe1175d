// SPDX-License-Identifier: GPL-2.0-or-later

#include "searcher/index/clause_view.h"
#include "searcher/text/page.h"
#include "searcher/text/text.h"
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

Row row_of(const PolicyOverview& listed) {
    return {
        vendor_name(listed.policy),  listed.policy.type.empty() ? "unknown" : listed.policy.type,
        thousands(listed.snapshots), day_or_unknown(listed.first),
        day_or_unknown(listed.last), thousands(listed.clauses)};
}

Row title_row() {
    Row row;
    for (std::size_t i = 0; i < row.size(); ++i) {
        row[i] = k_columns[i].title;
    }
    return row;
}

std::size_t width_of_cell(const std::string& cell) {
    return width_of({{Style::plain, cell}});
}

void add_row(Page& page, const Row& row, const Widths& widths, Style style) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const std::string cell = shortened(row[i], widths[i]);
        const std::string padding(widths[i] - std::min(widths[i], width_of_cell(cell)), ' ');
        line += i == 0 ? "" : "  ";
        line += k_columns[i].side == Side::right ? padding + cell : cell + padding;
    }
    page.add_line({{style, std::move(line)}});
}

void add_table(Page& page, const std::vector<PolicyOverview>& listed) {
    std::vector<Row> rows = {title_row()};
    for (const PolicyOverview& policy : listed) {
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
        add_row(page, rows[i], widths, i == 0 ? Style::strong : Style::plain);
    }
}

// "2026-11-22T20:54:31Z" without the signs that are for programs.
std::string readable_time(std::string time) {
    constexpr std::size_t at_t = 10;
    constexpr std::size_t size = 20;
    if (time.size() != size || time[at_t] != 'T' || time.back() != 'Z') {
        return time;
    }
    time[at_t] = ' ';
    time.replace(size - 1, 1, " UTC");
    return time;
}

void add_fact(Page& page, std::string_view name, const std::string& value) {
    page.add_paragraph({{Style::plain, value}},
                       {.first_gutter = {{Style::dim, fmt::format("{:<12}", name)}},
                        .gutter = {{Style::plain, std::string(12, ' ')}}});
}

}  // namespace

std::string info_text(const IndexOverview& overview, Layout layout, Detail detail) {
    Page page(layout);
    if (detail != Detail::brief) {
        page.add_line({{Style::dim, fmt::format("{:<12}", "Index")},
                       {Style::strong, overview.folder},
                       {Style::plain, ", " + overview.generation}});
        add_fact(page, "Written",
                 fmt::format("{} by smallprint {}, format {}", readable_time(overview.created),
                             overview.written_by, overview.format_version));
        add_fact(page, "Size",
                 fmt::format("{} on disk, of {} of text", megabytes(overview.index_bytes),
                             megabytes(overview.source_bytes)));
        add_fact(page, "Holds",
                 fmt::format("{}, {}, {}", counted(overview.vendors, "vendor"),
                             counted(overview.policies, "policy"),
                             counted(overview.snapshots, "snapshot")));
        add_fact(page, "Clauses",
                 fmt::format("{}, standing {} times in the snapshots", thousands(overview.clauses),
                             thousands(overview.clause_occurrences)));
        add_fact(page, "Boilerplate", counted(overview.boilerplate, "block") + ", not searched");
        add_fact(page, "Skipped", counted(overview.skipped, "item"));
        for (std::size_t i = 0; i < overview.sources.size(); ++i) {
            add_fact(page, i == 0 ? "Sources" : "", overview.sources[i]);
        }
    }
    add_table(page, overview.listed);
    return page.rendered();
}

}  // namespace smallprint
