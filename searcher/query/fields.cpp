// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/query/fields.h"

#include "common/base/enum_names.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/fields/field_table.h"
#include "common/model/date.h"
#include "common/model/policy.h"
#include "common/text/nearest.h"
#include "searcher/query/ast.h"
#include "searcher/query/foreign_fields.h"
#include "searcher/query/source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::query {
namespace {

// A date or a span of dates as days, or why it is none.
struct DateReading {
    std::optional<DayRange> days = {};
    std::string complaint = {};
    std::optional<std::string> repaired = {};  // how it was probably meant
};

// The last day of the month, or the year, that a date which does not exist begins with.
std::optional<std::string> last_that_exists(std::string_view text) {
    if (text.size() == 10 && text[7] == '-' && is_digit(text[8]) && is_digit(text[9])) {
        const auto month = parse_date(text.substr(0, 7));
        return month ? std::optional(format_day(month->last)) : std::nullopt;
    }
    return std::nullopt;
}

// "2014-2018", "2014-05 - 2018": two dates with another sign between them than two dots.
std::optional<std::string> as_span(std::string_view value) {
    constexpr std::array<std::string_view, 6> signs = {"...", "-", "–", "—", ":", "/"};
    for (const std::string_view sign : signs) {
        for (std::size_t at = value.find(sign); at != std::string_view::npos;
             at = value.find(sign, at + 1)) {
            const std::string_view from = value.substr(0, at);
            const std::string_view to = value.substr(at + sign.size());
            const auto first = parse_date(from);
            const auto second = parse_date(to);
            if (first && second && first->first <= second->last) {
                return fmt::format("{}..{}", from, to);
            }
        }
    }
    return std::nullopt;
}

// The one end of a span; `repaired` is that of the date alone.
DateReading read_end(std::string_view text) {
    if (const auto span = parse_date(text)) {
        return {.days = DayRange{span->first, span->last}};
    }
    DateReading reading{.complaint = fmt::format("`{}` is no date", text)};
    reading.repaired = last_that_exists(text);
    if (reading.repaired) {
        reading.complaint = fmt::format("there is no day {}", text);
    } else {
        reading.repaired = rewrite_date(text);
    }
    return reading;
}

DateReading read_single(std::string_view value) {
    DateReading reading = read_end(value);
    if (!reading.days) {
        if (const auto span = as_span(value)) {
            reading.repaired = span;
        } else if (const auto compared = rewrite_comparison(value)) {
            reading.repaired = compared;
        }
    }
    return reading;
}

// "2014..2018", "2016-03..", "..2015", "2014": from the first day of the one to the last of the
// other.
DateReading read_day_range(std::string_view value) {
    const std::size_t dots = value.find("..");
    if (dots == std::string_view::npos) {
        return read_single(value);
    }
    const std::string_view from_text = value.substr(0, dots);
    const std::string_view to_text = value.substr(dots + 2);
    if (from_text.empty() && to_text.empty()) {
        return {.complaint = "a span needs a date before or behind the dots"};
    }
    const DateReading from =
        from_text.empty() ? DateReading{.days = DayRange{}} : read_end(from_text);
    const DateReading to = to_text.empty() ? DateReading{.days = DayRange{}} : read_end(to_text);
    if (!from.days || !to.days) {
        DateReading reading = from.days ? to : from;
        const std::optional<std::string> good_from =
            from.days ? std::optional(std::string(from_text)) : from.repaired;
        const std::optional<std::string> good_to =
            to.days ? std::optional(std::string(to_text)) : to.repaired;
        reading.repaired = good_from && good_to
                               ? std::optional(fmt::format("{}..{}", *good_from, *good_to))
                               : as_span(value);
        return reading;
    }
    if (from.days->from && to.days->to && *from.days->from > *to.days->to) {
        return {.complaint = fmt::format("{} begins after its end", value),
                .repaired = fmt::format("{}..{}", to_text, from_text)};
    }
    return {.days = DayRange{from.days->from, to.days->to}};
}

// One date, as its last day: both ends of the range.
DateReading read_last_day(std::string_view value) {
    DateReading reading = read_end(value);
    if (reading.days) {
        reading.days->from = reading.days->to;
    } else if (read_day_range(value).days) {
        reading.complaint = fmt::format("as-of: takes one date, and `{}` is a span", value);
    }
    return reading;
}

std::string format_range(const std::string& from, const std::string& to) {
    return from == to ? from : fmt::format("{}..{}", from, to);
}

// ">20", "<=60" as a range.
std::optional<std::string> compared_number(std::string_view value) {
    const std::string_view bound =
        value.substr(std::min(value.find_first_not_of("<>="), value.size()));
    const std::string_view sign = value.substr(0, value.size() - bound.size());
    const auto number = parse_number<std::uint32_t>(bound);
    if (!number || sign.empty() || sign.size() > 2) {
        return std::nullopt;
    }
    const std::uint64_t one = sign.ends_with('=') ? 0 : 1;
    if (sign.starts_with('>')) {
        return fmt::format("{}..", *number + one);
    }
    return *number >= one ? std::optional(fmt::format("..{}", *number - one)) : std::nullopt;
}

// "60..20" the other way round, two numbers with another sign between them, or one compared.
std::optional<std::string> repaired_range(std::string_view value) {
    if (const auto compared = compared_number(value)) {
        return compared;
    }
    for (const std::string_view sign : {"...", "..", "-", "–", "—", ":"}) {
        const std::size_t at = value.find(sign);
        if (at == std::string_view::npos) {
            continue;
        }
        const std::string from(value.substr(0, at));
        const std::string to(value.substr(at + sign.size()));
        for (const std::string& repaired :
             {fmt::format("{}..{}", from, to), fmt::format("{}..{}", to, from)}) {
            if (repaired != value && parse_number_range(repaired)) {
                return repaired;
            }
        }
    }
    return std::nullopt;
}

// The value of one field while it is read.
class ValueReader {
public:
    ValueReader(QuerySource& source, Field field, std::string_view value, SourceSpan place)
        : m_source(&source), m_value(value), m_place(place) {
        m_node.kind = NodeKind::field;
        m_node.field = field;
        m_node.text = value;
        m_node.begin = place.begin;
        m_node.end = place.end;
    }

    Result<Node> read() {
        switch (row_of(m_node.field).type) {
        case FieldType::days:
        case FieldType::day:
            TRY(read_days());
            break;
        case FieldType::choice:
            TRY(m_node.field == Field::scope ? read_choice(m_node.value.scope)
                                             : read_choice(m_node.value.change));
            break;
        case FieldType::numbers:
            TRY(read_numbers());
            break;
        case FieldType::exact:
        case FieldType::words:
            TRY(read_exact());
            break;
        }
        return m_node;
    }

private:
    Result<void> read_days() {
        if (row_of(m_node.field).type == FieldType::days && lower_ascii(m_value) == "unknown") {
            m_node.value.unknown = true;
            return {};
        }
        const DateReading reading = row_of(m_node.field).type == FieldType::day
                                        ? read_last_day(m_value)
                                        : read_day_range(m_value);
        if (reading.days) {
            m_node.value.days = *reading.days;
            return {};
        }
        return mistake(reading.complaint,
                       "a date is YYYY, YYYY-MM or YYYY-MM-DD, a span has two "
                       "dots: 2014..2018, 2016-03.. or ..2015",
                       reading.repaired);
    }

    template <typename Choice> Result<void> read_choice(Choice& into) {
        const std::string folded = lower_ascii(m_value);
        if (const auto choice = value_named<Choice>(folded)) {
            into = *choice;
            return {};
        }
        const std::string_view name = row_of(m_node.field).name;
        const std::string message =
            fmt::format("{}: is {}, not `{}`", name, one_of(k_names_of<Choice>), m_value);
        std::vector<std::string> ways;
        ways.reserve(k_names_of<Choice>.size());
        for (const std::string_view choice : k_names_of<Choice>) {
            ways.push_back(fmt::format("{}:{}", name, choice));
        }
        const std::string hint = fmt::format("write {}", one_of(ways));
        for (const std::string_view choice : k_names_of<Choice>) {
            if (folded.size() <= 12 && text::edit_distance(folded, choice) <= 2) {
                return mistake(message, hint, std::string(choice));
            }
        }
        return mistake(message, hint, std::nullopt);
    }

    Result<void> read_numbers() {
        if (const auto range = parse_number_range(m_value)) {
            m_node.value.numbers = *range;
            return {};
        }
        return mistake(fmt::format("`{}` is no number of words and no range of them", m_value),
                       "a range has two dots: 20..60, 20.. or ..60", repaired_range(m_value));
    }

    Result<void> read_exact() {
        if (m_node.field == Field::id && !parse_id(lower_ascii(m_value))) {
            return mistake(fmt::format("`{}` is no id", m_value),
                           "an id is ten letters and digits for a policy, twenty with a hyphen in "
                           "the middle for a clause; `smallprint search` shows it of each result",
                           std::nullopt);
        }
        if (m_value.find('*') != std::string_view::npos) {
            const std::string stripped = without('*', m_value);
            return mistake(fmt::format("{}: has whole values, where a * finds nothing",
                                       row_of(m_node.field).name),
                           "write the whole value",
                           stripped.empty() ? std::nullopt : std::optional(stripped));
        }
        return {};
    }

    Failure mistake(std::string message, std::string_view hint,
                    std::optional<std::string> replacement) {
        return m_source->mistake(m_place, std::move(message),
                                 {std::string(hint), std::move(replacement)});
    }

    QuerySource* m_source;
    std::string_view m_value;
    SourceSpan m_place;
    Node m_node;
};

constexpr std::array<std::string_view, 6> k_schemes = {"http", "https",  "ftp",
                                                       "file", "mailto", "tel"};

}  // namespace

Result<Node> read_field_value(QuerySource& source, Field field, std::string_view value,
                              SourceSpan place) {
    return ValueReader(source, field, value, place).read();
}

std::string_view name_before_colon(std::string_view word) {
    const std::size_t colon = word.find(':');
    if (colon == std::string_view::npos || colon == 0 || !(is_letter(word[0]) || word[0] == '_')) {
        return {};
    }
    const std::string_view name = word.substr(0, colon);
    const bool may_be_name =
        std::ranges::all_of(name, [](char c) { return is_letter(c) || c == '-' || c == '_'; });
    const bool is_address = word.substr(colon).starts_with("://") ||
                            std::ranges::find(k_schemes, lower_ascii(name)) != k_schemes.end();
    return may_be_name && !is_address ? name : std::string_view();
}

std::optional<Field> field_named(std::string_view name) {
    const std::string folded = lower_ascii(name);
    const auto row = std::ranges::find(k_fields, std::string_view(folded), &FieldRow::name);
    if (row == k_fields.end() || row->field == Field::text) {
        return std::nullopt;
    }
    return row->field;
}

std::string list_of_fields() {
    std::string list;
    for (const FieldRow& row : k_fields) {
        if (row.field == Field::text) {
            continue;
        }
        const bool last = &row == &k_fields.back();
        list += list.empty() ? "" : last ? " and " : ", ";
        list.append(row.name).append(":");
    }
    return list;
}

std::string format_value(Field field, const FieldValue& value) {
    switch (row_of(field).type) {
    case FieldType::days:
    case FieldType::day:
        return value.unknown ? "unknown"
                             : format_range(value.days.from ? format_day(*value.days.from) : "",
                                            value.days.to ? format_day(*value.days.to) : "");
    case FieldType::choice:
        return std::string(field == Field::scope ? name_of(value.scope) : name_of(value.change));
    case FieldType::numbers:
        return format_number_range(value.numbers);
    case FieldType::words:
    case FieldType::exact:
        break;
    }
    return "";
}

std::optional<NumberRange> parse_number_range(std::string_view text) {
    constexpr std::string_view dots = "..";
    const std::size_t at = std::min(text.find(dots), text.size());
    const std::string_view first = text.substr(0, at);
    const std::string_view last = at == text.size() ? first : text.substr(at + dots.size());
    const NumberRange range{parse_number<std::uint32_t>(first), parse_number<std::uint32_t>(last)};
    const bool is_read = (range.from || first.empty()) && (range.to || last.empty());
    const bool is_some = range.from || range.to;
    const bool is_in_order = !range.from || !range.to || *range.from <= *range.to;
    return is_read && is_some && is_in_order ? std::optional(range) : std::nullopt;
}

std::string format_number_range(const NumberRange& range) {
    return format_range(range.from ? std::to_string(*range.from) : "",
                        range.to ? std::to_string(*range.to) : "");
}

}  // namespace smallprint::query
