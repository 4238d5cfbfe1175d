// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/query/field_values.h"

#include "common/base/enum_names.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/fields/field_table.h"
#include "common/model/policy.h"
#include "common/text/edit_distance.h"
#include "searcher/query/ast.h"
#include "searcher/query/characters.h"
#include "searcher/query/date_values.h"
#include "searcher/query/source.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint {
namespace {

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
            TRY(read_change());
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
            m_node.unknown_date = true;
            return {};
        }
        const DateReading reading = row_of(m_node.field).type == FieldType::day
                                        ? read_last_day(m_value)
                                        : read_day_range(m_value);
        if (reading.days) {
            m_node.days = *reading.days;
            return {};
        }
        return mistake(reading.complaint,
                       "a date is YYYY, YYYY-MM or YYYY-MM-DD, a span has two "
                       "dots: 2014..2018, 2016-03.. or ..2015",
                       reading.repaired);
    }

    Result<void> read_change() {
        const std::string folded = lower_ascii(m_value);
        if (const auto change = value_named<Change>(folded)) {
            m_node.change = *change;
            return {};
        }
        const std::string message =
            fmt::format("change: is {}, not `{}`", one_of(k_names_of<Change>), m_value);
        constexpr std::string_view hint = "write change:added or change:removed";
        for (const std::string_view choice : k_names_of<Change>) {
            if (folded.size() <= 12 && edit_distance(folded, choice) <= 2) {
                return mistake(message, hint, std::string(choice));
            }
        }
        return mistake(message, hint, std::nullopt);
    }

    Result<void> read_exact() {
        if (m_node.field == Field::id && !parse_id(lower_ascii(m_value))) {
            return mistake(fmt::format("`{}` is no id", m_value),
                           "an id is ten letters and digits for a policy, twenty with a hyphen in "
                           "the middle for a clause; `smallprint search` shows it of each result",
                           std::nullopt);
        }
        if (m_value.find('*') != std::string_view::npos) {
            const std::string without = without_stars(m_value);
            return mistake(fmt::format("{}: has whole values, where a * finds nothing",
                                       row_of(m_node.field).name),
                           "write the whole value",
                           without.empty() ? std::nullopt : std::optional(without));
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

}  // namespace

Result<Node> read_field_value(QuerySource& source, Field field, std::string_view value,
                              SourceSpan place) {
    return ValueReader(source, field, value, place).read();
}

}  // namespace smallprint
