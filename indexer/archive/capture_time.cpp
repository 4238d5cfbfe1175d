// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/capture_time.h"

#include "common/base/strings.h"
#include "common/model/date.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace smallprint::archive {
namespace {

namespace chrono = std::chrono;

constexpr std::string_view k_digits = "0123456789";

constexpr std::array<std::string_view, 12> k_months = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};
constexpr std::array<std::string_view, 7> k_weekdays = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

struct NamedZone {
    std::string_view name;  // in lower case
    int hours;
};

// The zones that RFC 5322 names.
constexpr std::array k_zones = {NamedZone{"z", 0},    NamedZone{"utc", 0},  NamedZone{"gmt", 0},
                                NamedZone{"ut", 0},   NamedZone{"est", -5}, NamedZone{"edt", -4},
                                NamedZone{"cst", -6}, NamedZone{"cdt", -5}, NamedZone{"mst", -7},
                                NamedZone{"mdt", -6}, NamedZone{"pst", -8}, NamedZone{"pdt", -7}};

std::optional<CaptureTime> if_credible(std::optional<CaptureTime> time) {
    return time && is_credible(*time) ? time : std::nullopt;
}

bool starts_with_number(std::string_view text, std::size_t digits) {
    return text.size() >= digits && is_all_digits(text.substr(0, digits));
}

// A number of at least one and at most `most` digits, which are cut off.
std::optional<unsigned> cut_number(std::string_view& text, std::size_t most) {
    const std::size_t digits = std::min({text.find_first_not_of(k_digits), most, text.size()});
    const auto number = parse_number<unsigned>(text.substr(0, digits));
    text.remove_prefix(digits);
    return number;
}

// Two digits of at most `largest`, which are cut off.
std::optional<unsigned> cut_two(std::string_view& text, unsigned largest) {
    const bool there = starts_with_number(text, 2);
    const auto number = there ? cut_number(text, 2) : std::nullopt;
    return number && *number <= largest ? number : std::nullopt;
}

// Returns the character that is cut off, 0 if there is none of these.
char cut_separator(std::string_view& text, std::string_view any_of) {
    const char first = text.empty() ? '\0' : text.front();
    const bool there = first != '\0' && is_one_of(first, any_of);
    text.remove_prefix(there ? 1 : 0);
    return there ? first : '\0';
}

// "Z", "+02:00", "-0530", "+02", "UTC", "GMT+0100" or nothing, which is UTC; how far ahead of UTC.
std::optional<chrono::minutes> zone_offset(std::string_view zone) {
    constexpr std::string_view minus = "\u2212";
    zone = trimmed(zone);
    const std::size_t letters =
        std::min(static_cast<std::size_t>(std::ranges::find_if_not(zone, is_letter) - zone.begin()),
                 zone.size());
    const std::string name = lower_ascii(zone.substr(0, letters));
    const auto* const named = std::ranges::find(k_zones, name, &NamedZone::name);
    if (!name.empty() && named == k_zones.end()) {
        return std::nullopt;
    }
    const chrono::minutes base = chrono::hours(name.empty() ? 0 : named->hours);
    zone.remove_prefix(letters);
    if (zone.empty()) {
        return base;
    }
    const bool is_west = zone.starts_with('-') || zone.starts_with(minus);
    if (zone.starts_with(minus)) {
        zone.remove_prefix(minus.size());
    } else if (cut_separator(zone, "+-") == '\0') {
        return std::nullopt;
    }
    const auto hours = cut_two(zone, 23);
    cut_separator(zone, ":");
    const auto minutes = zone.empty() ? std::optional(0U) : cut_two(zone, 59);
    if (!hours || !minutes || !zone.empty()) {
        return std::nullopt;
    }
    return base + (is_west ? -1 : 1) * (chrono::hours(*hours) + chrono::minutes(*minutes));
}

// The part of a time that follows, if it has the same separator; 0 if there is none.
std::optional<unsigned> cut_part(std::string_view& text, char separator, unsigned largest) {
    const bool there = separator == '\0'
                           ? starts_with_number(text, 2)
                           : text.starts_with(separator) && starts_with_number(text.substr(1), 2);
    if (!there) {
        return 0;
    }
    text.remove_prefix(separator == '\0' ? 0 : 1);
    return cut_two(text, largest);
}

// "10:15:30.25+02:00" and the like, as the time since midnight UTC; also "10-15-30Z", "101530Z".
std::optional<chrono::seconds> time_of_day(std::string_view text) {
    const auto hours = cut_two(text, 24);
    const char separator = text.empty() || !is_one_of(text.front(), ":-") ? '\0' : text.front();
    const auto minutes = cut_part(text, separator, 59);
    const auto seconds = cut_part(text, separator, 60);
    if (cut_separator(text, ".,") != '\0') {
        text.remove_prefix(std::min(text.find_first_not_of(k_digits), text.size()));
    }
    const auto offset = zone_offset(text);
    if (!hours || !minutes || !seconds || !offset || (*hours == 24 && *minutes + *seconds > 0)) {
        return std::nullopt;
    }
    return chrono::hours(*hours) + chrono::minutes(*minutes) + chrono::seconds(*seconds) - *offset;
}

// "2014-03-02", "2014/3/2" or "20140302", which are cut off.
std::optional<Day> cut_day(std::string_view& text) {
    const std::size_t digits = std::min(text.find_first_not_of(k_digits), text.size());
    if (digits != 4 && digits != 8) {
        return std::nullopt;
    }
    const auto year = cut_number(text, 4);
    const char separator = digits == 4 ? cut_separator(text, "-/._") : '\0';
    const auto month = cut_number(text, 2);
    if (digits == 4 && cut_separator(text, {&separator, 1}) == '\0') {
        return std::nullopt;
    }
    return make_day(year, month, cut_number(text, 2));
}

// Seconds since 1970, or milliseconds: nine digits and more, with a fraction or without.
std::optional<CaptureTime> since_1970(std::string_view text) {
    const std::string_view digits = text.substr(0, text.find('.'));
    const std::string_view fraction = text.substr(std::min(digits.size() + 1, text.size()));
    const auto value = parse_number<std::uint64_t>(digits);
    if (!value || (!fraction.empty() && !is_all_digits(fraction)) || digits.size() < 9 ||
        digits.size() > 13) {
        return std::nullopt;
    }
    const bool milliseconds = digits.size() > 11;
    return CaptureTime(
        chrono::seconds(static_cast<std::int64_t>(milliseconds ? *value / 1000 : *value)));
}

// The number, from 1, of the name that the word is or shortens to three letters and more; 0 if
// none.
template <std::size_t N>
unsigned number_of(std::string_view word, const std::array<std::string_view, N>& names) {
    const std::string lower = lower_ascii(word);
    const auto* const found = std::ranges::find_if(
        names, [&](std::string_view name) { return lower.size() >= 3 && name.starts_with(lower); });
    return found == names.end() ? 0 : static_cast<unsigned>(found - names.begin()) + 1;
}

struct NamedDate {
    std::optional<unsigned> year;
    std::optional<unsigned> month;
    std::optional<unsigned> day;
    std::string time;  // with the zone
};

// False for a word that no date has in this place.
bool add_word(std::string_view word, NamedDate& date) {
    if (const unsigned month = number_of(word, k_months); month > 0 && !date.month) {
        date.month = month;
    } else if (is_all_digits(word) && word.size() <= 2 && !date.day) {
        date.day = parse_number<unsigned>(word);
    } else if (is_all_digits(word) && word.size() == 4 && !date.year) {
        date.year = parse_number<unsigned>(word);
    } else if (word.find(':') == 2 && date.time.empty()) {
        date.time = word;
    } else if (!date.time.empty()) {
        date.time += word;
    } else {
        return number_of(word, k_weekdays) > 0;
    }
    return true;
}

// "Sun, 02 Mar 2014 10:15:30 +0100 (CET)"
std::optional<CaptureTime> parse_named_date(std::string_view text) {
    text = text.substr(0, text.find('('));
    NamedDate date;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(" ,"), text.size());
        if (end > 0 && !add_word(text.substr(0, end), date)) {
            return std::nullopt;
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    const auto day = make_day(date.year, date.month, date.day);
    const auto time =
        date.time.empty() ? std::optional(chrono::seconds(0)) : time_of_day(date.time);
    return day && time ? std::optional(CaptureTime(*day) + *time) : std::nullopt;
}

}  // namespace

std::optional<CaptureTime> parse_calendar_time(std::string_view text) {
    constexpr std::size_t with_milliseconds = 17;
    std::string_view rest = trimmed(text);
    rest = rest.substr(0, rest.ends_with(']') ? rest.find('[') : rest.npos);  // as in RFC 9557
    if (is_all_digits(rest)) {
        return if_credible(
            parse_timestamp(rest.substr(0, rest.size() == with_milliseconds ? 14 : rest.npos)));
    }
    const auto day = cut_day(rest);
    if (!day || rest.empty()) {
        return if_credible(day);
    }
    const auto time = cut_separator(rest, "Tt _") == '\0' ? std::nullopt : time_of_day(rest);
    return time ? if_credible(CaptureTime(*day) + *time) : std::nullopt;
}

std::optional<CaptureTime> parse_capture_time(std::string_view text) {
    const std::string_view bare = trimmed(text);
    if (const auto time = parse_calendar_time(bare)) {
        return time;
    }
    if (const auto time = if_credible(since_1970(bare))) {
        return time;
    }
    return if_credible(parse_named_date(bare));
}

}  // namespace smallprint::archive
