// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace smallprint {

// Tables with one row for each value of an enum, which do not compile when a row is missing or out
// of order; and one such table for the names that users see, read in both ways.
//
// An enum gets names by a function right below it, which argument-dependent lookup finds:
//
//     constexpr auto enum_names(Sort) {
//         return std::array{EnumName{Sort::relevance, "relevance"}, EnumName{Sort::newest, ...}};
//     }
//
// Then name_of(Sort::newest) is "newest", value_named<Sort>("newest") is Sort::newest, and
// k_names_of<Sort> has all names.

template <typename Enum> struct EnumName {
    Enum value;
    std::string_view name;
};

// The compiler writes a value without an enumerator as a cast, such as "(Sort)3".
template <auto Value> consteval bool is_enumerator() {
    constexpr std::string_view function = __PRETTY_FUNCTION__;
    constexpr std::string_view before = "Value = ";
    return function[function.find(before) + before.size()] != '(';
}

// True when row i is that of the enum's value i, and no value is left over.
template <typename Row, std::size_t Count, typename Enum>
consteval bool has_row_for_each(const std::array<Row, Count>& rows, Enum Row::* value) {
    for (std::size_t i = 0; i < Count; ++i) {
        if (static_cast<std::size_t>(rows[i].*value) != i) {
            return false;
        }
    }
    return !is_enumerator<static_cast<Enum>(Count)>();
}

// All values of an enum whose values count from 0 without a gap.
template <typename Enum, Enum... Known> consteval auto values_of() {
    constexpr auto next = static_cast<Enum>(sizeof...(Known));
    if constexpr (is_enumerator<next>()) {
        return values_of<Enum, Known..., next>();
    } else {
        return std::array<Enum, sizeof...(Known)>{Known...};
    }
}

template <typename Enum> inline constexpr auto k_values = values_of<Enum>();

// An array with one element for each value of an enum, which is its index.
template <typename Enum, typename T> struct EnumArray : std::array<T, k_values<Enum>.size()> {
    constexpr T& operator[](Enum value) { return this->begin()[static_cast<std::size_t>(value)]; }

    constexpr const T& operator[](Enum value) const {
        return this->begin()[static_cast<std::size_t>(value)];
    }
};

template <typename Enum> inline constexpr auto k_enum_names = enum_names(Enum{});

template <typename Enum>
inline constexpr auto k_names_of = [] {
    constexpr auto rows = k_enum_names<Enum>;
    static_assert(has_row_for_each(rows, &EnumName<Enum>::value));
    std::array<std::string_view, rows.size()> names;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        names[i] = rows[i].name;
    }
    return names;
}();

template <typename Enum>
    requires requires(Enum value) { enum_names(value); }
constexpr std::string_view name_of(Enum value) {
    return k_names_of<Enum>[static_cast<std::size_t>(value)];
}

template <typename Enum> constexpr std::optional<Enum> value_named(std::string_view name) {
    for (const EnumName<Enum>& row : k_enum_names<Enum>) {
        if (row.name == name) {
            return row.value;
        }
    }
    return std::nullopt;
}

// "relevance, newest or oldest".
template <typename Names> std::string one_of(const Names& names) {
    std::string text;
    std::size_t left = names.size();
    for (const auto& name : names) {
        text.append(text.empty() ? "" : left == 1 ? " or " : ", ").append(name);
        --left;
    }
    return text;
}

}  // namespace smallprint
