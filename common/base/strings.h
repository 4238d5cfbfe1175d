// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>

namespace smallprint {

// Letters, digits and white space are those of ASCII, whatever the locale; the bytes of other
// characters are none of them. Formats differ in which characters they count as blank, so what
// trims or tests takes the set of them.

inline constexpr std::string_view k_white_space = " \t\n\v\f\r";

constexpr bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

constexpr bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

constexpr bool is_letter(char c) {
    return is_lower(c) || is_upper(c);
}

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// True of one digit and more, and nothing else.
constexpr bool is_all_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_digit);
}

constexpr bool is_alphanumeric(char c) {
    return is_letter(c) || is_digit(c);
}

constexpr bool is_one_of(char c, std::string_view set) {
    return std::ranges::find(set, c) != set.end();
}

constexpr char to_lower(char c) {
    return is_upper(c) ? static_cast<char>(c + ('a' - 'A')) : c;
}

inline std::string lower_ascii(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), to_lower);
    return lower;
}

constexpr bool equals_ignoring_case(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, to_lower, to_lower);
}

constexpr bool is_blank(std::string_view text, std::string_view blanks = k_white_space) {
    return text.find_first_not_of(blanks) == std::string_view::npos;
}

constexpr std::string_view trimmed(std::string_view text, std::string_view blanks = k_white_space) {
    const std::size_t begin = std::min(text.find_first_not_of(blanks), text.size());
    return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

// Removes from the front of `text` what stands before the first `mark`, and the mark, and returns
// it without the mark; everything if there is no mark.
constexpr std::string_view cut_until(std::string_view& text, char mark) {
    const std::size_t end = std::min(text.find(mark), text.size());
    const std::string_view cut = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return cut;
}

std::string join(std::span<const std::string> texts, std::string_view between);

// Reads the whole of `text` as a number in the form of std::from_chars: no blanks, no '+', and '-'
// for signed types only. Nothing if it is not one or is out of the type's range. `base` is for
// integers.
template <typename Number, typename... Base>
std::optional<Number> parse_number(std::string_view text, Base... base) {
    Number number{};
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number, base...);
    return error == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

}  // namespace smallprint
