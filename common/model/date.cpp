// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/date.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"

#include <fmt/format.h>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint {
namespace {

namespace chrono = std::chrono;

}  // namespace

std::optional<Day> make_day(std::optional<unsigned> year, std::optional<unsigned> month,
                            std::optional<unsigned> day) {
    if (!year || !month || !day) {
        return std::nullopt;
    }
    const chrono::year_month_day date{chrono::year(static_cast<int>(*year)), chrono::month(*month),
                                      chrono::day(*day)};
    if (!date.ok() || *year < 1) {
        return std::nullopt;
    }
    return Day(date);
}

std::optional<Day> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    return make_day(parse_number<unsigned>(text.substr(0, 4)),
                    parse_number<unsigned>(text.substr(5, 2)),
                    parse_number<unsigned>(text.substr(8, 2)));
}

std::optional<DaySpan> parse_date(std::string_view text) {
    if (text.size() == 10) {
        const std::optional<Day> day = parse_day(text);
        return day ? std::optional(DaySpan{*day, *day}) : std::nullopt;
    }
    if (text.size() == 7 && text[4] == '-') {
        const auto first = make_day(parse_number<unsigned>(text.substr(0, 4)),
                                    parse_number<unsigned>(text.substr(5)), 1);
        if (!first) {
            return std::nullopt;
        }
        const chrono::year_month_day date{*first};
        return DaySpan{*first, Day(date.year() / date.month() / chrono::last)};
    }
    if (text.size() == 4) {
        const auto first = make_day(parse_number<unsigned>(text), 1, 1);
        const auto last = make_day(parse_number<unsigned>(text), 12, 31);
        return first && last ? std::optional(DaySpan{*first, *last}) : std::nullopt;
    }
    return std::nullopt;
}

std::optional<CaptureTime> parse_timestamp(std::string_view digits) {
    if (digits.size() < 8 || digits.size() > 14) {
        return std::nullopt;
    }
    const auto two = [&](std::size_t at) -> std::optional<unsigned> {
        return at + 2 > digits.size() ? 0 : parse_number<unsigned>(digits.substr(at, 2));
    };
    const auto day = make_day(parse_number<unsigned>(digits.substr(0, 4)), two(4), two(6));
    const auto hours = two(8);
    const auto minutes = two(10);
    const auto seconds = two(12);
    const bool ends_in_digit = is_digit(digits.back());
    if (!day || !hours || !minutes || !seconds || !ends_in_digit || *hours > 23 || *minutes > 59 ||
        *seconds > 60) {
        return std::nullopt;
    }
    return CaptureTime(*day) + chrono::hours(*hours) + chrono::minutes(*minutes) +
           chrono::seconds(*seconds);
}

std::optional<CaptureTime> parse_padded_timestamp(std::string_view digits) {
    if (digits.size() < 4 || digits.size() >= 8) {
        return parse_timestamp(digits);
    }
    const std::size_t whole = digits.size() < 6 ? 4 : 6;
    const bool ends_in_digit = is_digit(digits.back());
    return ends_in_digit ? parse_timestamp(std::string(digits.substr(0, whole)) +
                                           (whole == 4 ? "0101" : "01"))
                         : std::nullopt;
}

bool is_credible(CaptureTime time) {
    constexpr CaptureTime earliest = Day(chrono::year(1990) / 1 / 1);
    // In whole seconds, in which far times do not overflow.
    const auto now = chrono::floor<chrono::seconds>(chrono::system_clock::now());
    return time >= earliest && time <= now + chrono::days(1);
}

std::string format_day(Day day) {
    const chrono::year_month_day date{day};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string format_timestamp(CaptureTime time) {
    const Day day = day_of(time);
    const chrono::year_month_day date{day};
    const chrono::hh_mm_ss clock{time - day};
    return fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

Result<void> check_order(const SpanEnd& from, const SpanEnd& to, std::string hint) {
    if (!from.day || !to.day || *from.day <= *to.day) {
        return {};
    }
    const auto called = [](const SpanEnd& end) {
        return (end.name.empty() ? "" : std::string(end.name) + ' ') + format_day(*end.day);
    };
    return fail(ErrorCode::usage, fmt::format("{} is later than {}", called(from), called(to)),
                std::move(hint));
}

}  // namespace smallprint
