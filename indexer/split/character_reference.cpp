// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/split/character_reference.h"

#include "common/base/strings.h"
#include "common/text/utf8.h"
#include "indexer/split/character_reference_data.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace smallprint::split {
namespace {

constexpr std::size_t k_longest_name = 32;  // bytes, with the semicolon
constexpr std::size_t k_longest_bare_name = 6;

struct NamedCharacter {
    std::string_view name;  // with its semicolon, if it needs one
    char32_t first = 0;
    char32_t second = 0;
};

char32_t parse_hexadecimal(std::string_view digits) {
    return parse_number<std::uint32_t>(digits, 16).value_or(0);
}

std::vector<NamedCharacter> parse_table(std::string_view lines) {
    std::vector<NamedCharacter> table;
    while (!lines.empty()) {
        std::string_view characters = cut_until(lines, '\n');
        NamedCharacter& entry = table.emplace_back();
        entry.name = cut_until(characters, '\t');
        entry.first = parse_hexadecimal(cut_until(characters, ' '));
        entry.second = parse_hexadecimal(characters);
    }
    std::ranges::sort(table, {}, &NamedCharacter::name);
    return table;
}

const NamedCharacter* find_name(std::string_view name) {
    static const std::vector<NamedCharacter> table = parse_table(k_character_reference_data);
    const auto found = std::ranges::lower_bound(table, name, {}, &NamedCharacter::name);
    return found != table.end() && found->name == name ? &*found : nullptr;
}

// What follows "&" is a name.
CharacterReference read_named(std::string_view text) {
    std::size_t size = 0;
    while (size < text.size() && size < k_longest_name && is_alphanumeric(text[size])) {
        ++size;
    }
    const bool is_closed = size < text.size() && text[size] == ';';
    const NamedCharacter* found = is_closed ? find_name(text.substr(0, size + 1)) : nullptr;
    for (size = std::min(size, k_longest_bare_name); found == nullptr && size > 1; --size) {
        found = find_name(text.substr(0, size));
    }
    return found == nullptr
               ? CharacterReference()
               : CharacterReference{found->name.size() + 1, found->first, found->second};
}

// What follows "&#" is a number.
CharacterReference read_number(std::string_view text) {
    constexpr char32_t k_beyond_unicode = 0x110000;
    const bool is_hexadecimal = !text.empty() && to_lower(text[0]) == 'x';
    const std::size_t begin = is_hexadecimal ? 1 : 0;
    std::size_t at = begin;
    char32_t number = 0;
    for (; at < text.size(); ++at) {
        const char c = to_lower(text[at]);
        if (!is_digit(c) && !(is_hexadecimal && c >= 'a' && c <= 'f')) {
            break;
        }
        const auto digit = static_cast<char32_t>(is_digit(c) ? c - '0' : c - 'a' + 10);
        number =
            std::min<char32_t>(number * (is_hexadecimal ? 16U : 10U) + digit, k_beyond_unicode);
    }
    if (at == begin) {
        return {};
    }
    at += at < text.size() && text[at] == ';' ? 1U : 0U;
    const bool is_character =
        number != 0 && number < k_beyond_unicode && (number < 0xD800 || number > 0xDFFF);
    return {at + 2, is_character ? text::meant_by_control(number) : text::k_replacement_character};
}

}  // namespace

CharacterReference read_character_reference(std::string_view text) {
    if (!text.starts_with('&')) {
        return {};
    }
    return text.starts_with("&#") ? read_number(text.substr(2)) : read_named(text.substr(1));
}

}  // namespace smallprint::split
