// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/query/field_names.h"

#include "common/base/strings.h"
#include "common/fields/field_table.h"
#include "common/text/nearest.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

constexpr std::array<std::string_view, 6> k_schemes = {"http", "https",  "ftp",
                                                       "file", "mailto", "tel"};

// What other search engines call these fields.
constexpr std::array k_other_names = {
    std::pair<std::string_view, std::string_view>{"company", "vendor"},
    std::pair<std::string_view, std::string_view>{"service", "vendor"},
    std::pair<std::string_view, std::string_view>{"site", "vendor"},
    std::pair<std::string_view, std::string_view>{"domain", "host"},
    std::pair<std::string_view, std::string_view>{"url", "host"},
    std::pair<std::string_view, std::string_view>{"title", "heading"},
    std::pair<std::string_view, std::string_view>{"section", "heading"},
    std::pair<std::string_view, std::string_view>{"intitle", "heading"},
    std::pair<std::string_view, std::string_view>{"language", "lang"},
    std::pair<std::string_view, std::string_view>{"year", "date"},
    std::pair<std::string_view, std::string_view>{"changed", "change"},
};

}  // namespace

std::string_view name_before_colon(std::string_view word) {
    const std::size_t colon = word.find(':');
    if (colon == std::string_view::npos || colon == 0 || !is_letter(word[0])) {
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

std::string nearest_field(std::string_view name) {
    const std::string folded = lower_ascii(name);
    const auto other = std::ranges::find(k_other_names, std::string_view(folded),
                                         &decltype(k_other_names)::value_type::first);
    if (other != k_other_names.end()) {
        return std::string(other->second);
    }
    std::vector<std::string> names;
    for (const FieldRow& row : k_fields) {
        if (row.field != Field::text) {
            names.emplace_back(row.name);
        }
    }
    return nearest(folded, names);
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

}  // namespace smallprint
