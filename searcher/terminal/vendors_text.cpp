// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/over_time/coverage.h"
#include "searcher/request/period.h"
#include "searcher/terminal/page.h"
#include "searcher/terminal/text.h"
#include "searcher/told/facts.h"
#include "searcher/told/styled_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::terminal {
namespace {

constexpr int k_longest_gap = 20;  // half-years with a line each though they have no snapshot
constexpr std::size_t k_most_vendor_width = 34;
constexpr std::size_t k_small_vendor_width = 21;
constexpr std::size_t k_day_width = 10;   // "2014-03-02",
constexpr std::size_t k_month_width = 7;  // "2014-03"
constexpr std::size_t k_least_width_with_dates = 72;
constexpr std::size_t k_blank = 2;  // columns between columns

// The span of all snapshots, in cells of some half-years each.
class Strip {
public:
    Strip(request::Period first, request::Period last, std::size_t room) : m_first(first) {
        const int half_years = last.since(first) + 1;
        while (half_years > m_step * static_cast<int>(room)) {
            m_step *= 2;
        }
        m_cells = static_cast<std::size_t>((half_years + m_step - 1) / m_step);
    }

    std::size_t cells() const { return m_cells; }

    int step() const { return m_step; }

    std::size_t cell_of(request::Period half_year) const {
        return static_cast<std::size_t>(half_year.since(m_first) / m_step);
    }

    request::Period start_of(std::size_t cell) const {
        return m_first.plus(static_cast<int>(cell) * m_step);
    }

    std::vector<std::uint64_t> counts(const over_time::HalfYearCounts& half_years) const {
        std::vector<std::uint64_t> counts(m_cells, 0);
        for (const auto& [half_year, count] : half_years) {
            counts[cell_of(half_year)] += count;
        }
        return counts;
    }

    // The years above their first cells, as many as have room.
    std::string years() const {
        std::string line;
        for (std::size_t cell = 0; cell < m_cells; ++cell) {
            const bool begins_year = cell == 0 || start_of(cell).year() > start_of(cell - 1).year();
            const bool has_room = line.empty() || (line.size() < cell && cell + 4 <= m_cells);
            if (begins_year && has_room && start_of(cell).number_in_year() == 1) {
                line = padded(line, cell) + fmt::format("{:04}", start_of(cell).year());
            }
        }
        return line;
    }

private:
    request::Period m_first;
    int m_step = 1;
    std::size_t m_cells = 0;
};

// 1 to 9 as they are where nothing is more, else bars that grow with the number's magnitude.
std::string cell_text(std::uint64_t count, bool as_digit) {
    if (as_digit) {
        return std::to_string(count);
    }
    constexpr double highest = 8;
    return upright_bar(static_cast<double>(std::bit_width(count)) / highest);
}

class VendorsPage {
public:
    VendorsPage(Page& page, const over_time::Coverage& coverage, Detail detail)
        : m_page(page), m_coverage(coverage), m_detail(detail) {
        for (const over_time::VendorCoverage& vendor : coverage.vendors) {
            const std::size_t width =
                width_of({{told::Style::plain, told::name_vendor(vendor.vendor)}});
            m_vendor_width = std::max(m_vendor_width, std::min(width, k_most_vendor_width));
            m_count_width = std::max(m_count_width, told::thousands(vendor.all.snapshots).size());
        }
        if (!coverage.all.half_years.empty()) {
            lay_out_strip();
        }
    }

    void add_head() {
        const over_time::Holdings& all = m_coverage.all;
        m_page.add_paragraph(
            {{told::Style::strong, told::holdings_text(m_coverage.known_vendors, all)},
             {told::Style::plain,
              fmt::format(" · {}{}", told::date_span(all.first, all.last),
                          all.undated > 0 && all.first
                              ? fmt::format(" · {} without a date", told::thousands(all.undated))
                              : "")}});
        if (m_strip) {
            m_page.add_paragraph(legend(*m_strip), told::Style::dim);
        }
    }

    void add_vendors() {
        m_page.add_blank();
        m_page.add_line({{told::Style::strong, row("Vendor", "Snapshots", "First", "Last") +
                                                   (m_strip ? m_strip->years() : "")}});
        for (const over_time::VendorCoverage& vendor : m_coverage.vendors) {
            const over_time::Holdings& held = vendor.all;
            told::StyledText line = {
                {told::Style::plain,
                 row(told::name_vendor(vendor.vendor), told::thousands(held.snapshots),
                     told::day_or_unknown(held.first), told::day_or_unknown(held.last))}};
            if (m_strip) {
                append_strip(*m_strip, line, held);
            }
            m_page.add_line(std::move(line));
            if (m_detail == Detail::full) {
                add_details(vendor);
            }
        }
    }

    // Adds the number of vendors of each half-year, from the first to the last.
    void add_half_years() {
        if (!m_strip) {
            return;
        }
        m_page.add_blank();
        m_page.add_line({{told::Style::strong, "Half-year    Vendors   Snapshots"}});
        const over_time::HalfYearCounts& all = m_coverage.all.half_years;
        const request::Period end = all.rbegin()->first.plus(1);
        std::uint64_t most = 1;
        for (const auto& [half_year, vendors] : m_coverage.observed) {
            most = std::max(most, vendors);
        }
        constexpr std::size_t taken = 34;
        const std::size_t room = m_page.width() - taken;
        for (request::Period at = all.begin()->first; at < end; at = at.plus(1)) {
            const auto snapshots = all.find(at);
            const int empty = all.lower_bound(at)->first.since(at);
            if (empty > k_longest_gap) {  // one wrong date must not make a page of a thousand years
                m_page.add_line(
                    {{told::Style::dim,
                      fmt::format("{:<9}{} half-years with nothing", "...",
                                  told::thousands(static_cast<std::uint64_t>(empty)))}});
                at = at.plus(empty - 1);
                continue;
            }
            const auto vendors = m_coverage.observed.find(at);
            const std::uint64_t observed =
                vendors == m_coverage.observed.end() ? 0 : vendors->second;
            const std::uint64_t bar = (observed * room + most - 1) / most;
            m_page.add_line(
                {{told::Style::plain,
                  fmt::format("{:<9}{:>11}{:>12}  ", at.name(), told::thousands(observed),
                              told::thousands(snapshots == all.end() ? 0 : snapshots->second))},
                 {told::Style::mark, repeated("▪", bar)}});
        }
    }

private:
    void lay_out_strip() {
        const over_time::HalfYearCounts& all = m_coverage.all.half_years;
        const request::Period first = all.begin()->first;
        // From a first half on, so that a cell of a year is a calendar year.
        const request::Period start = first.plus(1 - first.number_in_year());
        const request::Period last = all.rbegin()->first;
        const auto wanted = static_cast<std::size_t>(last.since(start)) + 1;
        const Widths widths = widths_for(wanted);
        m_vendor_width = widths.vendor;
        m_date_width = widths.date;
        m_strip.emplace(start, last, std::max<std::size_t>(4, room_beside(widths)));
        for (const over_time::VendorCoverage& vendor : m_coverage.vendors) {
            for (const std::uint64_t count : m_strip->counts(vendor.all.half_years)) {
                m_most = std::max(m_most, count);
            }
        }
    }

    struct Widths {
        std::size_t vendor;
        std::size_t date;
    };

    // As much of names and dates as leaves room for the finest strip there can be.
    Widths widths_for(std::size_t half_years) const {
        const std::size_t narrow = std::min(m_vendor_width, k_small_vendor_width);
        const std::array<Widths, 4> tries = {
            Widths{m_vendor_width, k_day_width}, Widths{m_vendor_width, k_month_width},
            Widths{narrow, k_day_width}, Widths{narrow, k_month_width}};
        if (m_page.width() < k_least_width_with_dates) {
            return {std::min(narrow, m_page.width() / 3), 0};
        }
        for (std::size_t step = 1;; step *= 2) {
            for (const Widths& widths : tries) {
                if (room_beside(widths) * step >= half_years) {
                    return widths;
                }
            }
        }
    }

    std::size_t room_beside(const Widths& widths) const {
        const std::size_t dates = widths.date == 0 ? 0 : 2 * (widths.date + k_blank);
        const std::size_t taken = widths.vendor + k_blank + m_count_width + k_blank + dates;
        return m_page.width() - std::min(m_page.width(), taken);
    }

    bool uses_digits() const { return m_most <= 9; }

    std::string row(std::string_view vendor, std::string_view snapshots, std::string_view first,
                    std::string_view last) const {
        const std::string count = fmt::format("{:>{}}", snapshots, m_count_width);
        const std::string blank(k_blank, ' ');
        std::string begin =
            padded(shortened(vendor, m_vendor_width), m_vendor_width) + blank + count + blank;
        if (m_date_width == 0) {
            return begin;
        }
        return begin + padded(std::string(first.substr(0, m_date_width)), m_date_width) + blank +
               padded(std::string(last.substr(0, m_date_width)), m_date_width) + blank;
    }

    std::string legend(const Strip& strip) const {
        const int step = strip.step();
        const std::string span = step == 1   ? "half a year"
                                 : step == 2 ? "a year"
                                             : fmt::format("{} years", step / 2);
        const std::string_view marks =
            uses_digits() ? "the number of its snapshots"
                          : "▁ for 1 snapshot, ▂ from 2, ▃ 4, ▄ 8, ▅ 16, ▆ 32, ▇ 64, █ 128";
        return fmt::format("One character is {}: {}, · for none.", span, marks);
    }

    void append_strip(const Strip& strip, told::StyledText& line,
                      const over_time::Holdings& held) const {
        const std::vector<std::uint64_t> counts = strip.counts(held.half_years);
        std::size_t end = counts.size();
        while (end > 0 && counts[end - 1] == 0) {
            --end;
        }
        bool begun = false;
        for (std::size_t i = 0; i < end; ++i) {
            begun = begun || counts[i] > 0;
            if (counts[i] > 0) {
                told::append(line, told::Style::mark, cell_text(counts[i], uses_digits()));
            } else {
                told::append(line, told::Style::dim, begun ? "·" : " ");
            }
        }
    }

    void add_fact_line(const std::string& fact) {
        const told::Span indent = {told::Style::plain, "    "};
        m_page.add_paragraph(fact, told::Style::dim, hanging(indent));
    }

    void add_details(const over_time::VendorCoverage& vendor) {
        for (const auto& [type, held] : vendor.types) {
            add_fact_line(fmt::format(
                "{}: {}, {}{}, {}, {}", type.empty() ? "type unknown" : type,
                told::counted(held.policies, "policy"), told::counted(held.snapshots, "snapshot"),
                held.undated > 0
                    ? fmt::format(" ({} without a date)", told::thousands(held.undated))
                    : "",
                told::counted(held.clauses, "clause"), told::date_span(held.first, held.last)));
        }
        std::string gaps;
        for (const over_time::Gap& gap : over_time::find_gaps(vendor.all)) {
            gaps += gaps.empty() ? "" : ", ";
            gaps += gap.first.name();
            gaps += gap.length() > 1 ? " – " + gap.last.name() : "";
        }
        const std::optional<over_time::Gap> longest = over_time::longest_gap(vendor.all);
        if (longest) {
            add_fact_line(fmt::format(
                "Nothing in {}; the longest gap is {}", gaps,
                told::counted(static_cast<std::uint64_t>(longest->length()), "half-year")));
        }
    }

    Page& m_page;
    const over_time::Coverage& m_coverage;
    Detail m_detail;
    std::size_t m_vendor_width = std::string_view("vendor unknown").size();
    std::size_t m_date_width = k_day_width;
    std::size_t m_count_width = std::string_view("Snapshots").size();
    std::optional<Strip> m_strip;
    std::uint64_t m_most = 0;  // in a cell
};

}  // namespace

std::string vendors_text(const over_time::Coverage& coverage, Layout layout, Detail detail) {
    Page page(layout);
    VendorsPage part(page, coverage, detail);
    if (detail != Detail::brief) {
        part.add_head();
    }
    part.add_vendors();
    if (detail != Detail::brief) {
        part.add_half_years();
    }
    return page.rendered();
}

}  // namespace smallprint::terminal
