// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/json/json_values.h"

#include "common/base/enum_names.h"
#include "common/fields/field_table.h"
#include "common/model/date.h"
#include "common/text/utf8.h"
#include "searcher/index/clause_view.h"
#include "searcher/query/ast.h"
#include "searcher/query/fields.h"
#include "searcher/request/filters.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::json {

namespace {

void write_string(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (byte < 0x20 || byte == 0x7F) {
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", unsigned{byte});
        } else {
            out += c;
        }
    }
    out += '"';
}

// As deep as our own objects are, which is a handful of levels.
void write(std::string& out, const boost::json::value& value) {  // NOLINT(misc-no-recursion)
    auto separate = [&out, first = true]() mutable {
        out += first ? "" : ",";
        first = false;
    };
    if (const boost::json::object* object = value.if_object()) {
        out += '{';
        for (const boost::json::key_value_pair& member : *object) {
            separate();
            write_string(out, member.key());
            out += ':';
            write(out, member.value());
        }
        out += '}';
    } else if (const boost::json::array* array = value.if_array()) {
        out += '[';
        for (const boost::json::value& element : *array) {
            separate();
            write(out, element);
        }
        out += ']';
    } else if (const boost::json::string* text = value.if_string()) {
        write_string(out, *text);
    } else if (const double* number = value.if_double()) {
        fmt::format_to(std::back_inserter(out), "{}", *number);
    } else {
        out += boost::json::serialize(value);
    }
}

}  // namespace

std::string json_line(const boost::json::value& value) {
    std::string line;
    write(line, value);
    line += '\n';
    return line;
}

boost::json::value text_value(std::string_view text) {
    return boost::json::value(text::repaired_utf8(text));
}

boost::json::value text_or_null(std::string_view text) {
    return text.empty() ? boost::json::value(nullptr) : text_value(text);
}

boost::json::value day_value(std::optional<Day> day) {
    return day ? boost::json::value(format_day(*day)) : boost::json::value(nullptr);
}

boost::json::value time_value(std::optional<CaptureTime> time) {
    if (!time) {
        return nullptr;
    }
    const std::chrono::hh_mm_ss clock{*time - day_of(*time)};
    return boost::json::value(fmt::format("{}T{:02}:{:02}:{:02}Z", format_day(day_of(*time)),
                                          clock.hours().count(), clock.minutes().count(),
                                          clock.seconds().count()));
}

boost::json::array text_array(std::span<const std::string> texts) {
    boost::json::array array;
    for (const std::string& text : texts) {
        array.push_back(text_value(text));
    }
    return array;
}

double hundredths(double number) {
    constexpr double parts = 100;
    return std::isfinite(number) ? std::round(number * parts) / parts : 0;
}

boost::json::array runs_value(std::span<const index::RunDates> runs) {
    boost::json::array array;
    for (const index::RunDates& run : runs) {
        array.push_back(
            boost::json::array{day_value(run.first), day_value(run.last), run.snapshots});
    }
    return array;
}

boost::json::object policy_value(const index::PolicyFacts& policy) {
    return {{"id", text_value(policy.id)},
            {"type", text_or_null(policy.type)},
            {"host", text_or_null(policy.host)},
            {"title", text_or_null(policy.title)}};
}

boost::json::object filters_value(const request::Filters& filters) {
    boost::json::object object;
    for (const request::FilterRow& row : request::k_filters) {
        const std::vector<std::string> values = request::values_of(row, filters);
        if (request::has_several_values(row)) {
            object[row.key] = text_array(values);
        } else {
            object[row.key] =
                values.empty() ? boost::json::value(nullptr) : text_value(values.front());
        }
    }
    return object;
}

namespace {

boost::json::value number_value(std::optional<std::uint32_t> number) {
    return number ? boost::json::value(*number) : boost::json::value(nullptr);
}

void add_field(boost::json::object& object, const query::Node& node) {
    const FieldRow& row = row_of(node.field);
    object["field"] = row.name;
    switch (row.type) {
    case FieldType::days:
    case FieldType::day:
        object["from"] = day_value(node.value.days.from);
        object["to"] = day_value(node.value.days.to);
        object["unknown"] = node.value.unknown;
        break;
    case FieldType::choice:
        object["value"] = query::format_value(node.field, node.value);
        break;
    case FieldType::numbers:
        object["least"] = number_value(node.value.numbers.from);
        object["most"] = number_value(node.value.numbers.to);
        break;
    case FieldType::exact:
        object["value"] = text_value(node.text);
        break;
    case FieldType::words:
        break;
    }
}

}  // namespace

boost::json::object node_value(const query::Node& node) {
    boost::json::object object = {
        {"kind", name_of(node.kind)}, {"begin", node.begin}, {"end", node.end}};
    if (node.kind == query::NodeKind::field) {
        add_field(object, node);
    } else if (node.kind == query::NodeKind::near) {
        object["distance"] = node.distance;
        object["in_order"] = node.order == query::NearOrder::in_order;
    } else if (node.children.empty()) {
        object["text"] = text_value(node.text);
    }
    if (!node.children.empty()) {
        boost::json::array children;
        for (const query::Node& child : node.children) {
            children.push_back(node_value(child));
        }
        object["children"] = std::move(children);
    }
    return object;
}

}  // namespace smallprint::json
