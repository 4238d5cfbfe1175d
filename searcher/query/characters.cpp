// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/query/characters.h"

#include "common/text/utf8.h"
#include "searcher/query/source.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

constexpr std::array<std::string_view, 7> k_quotes = {"\"", "“", "”", "„", "‟", "«", "»"};

bool is_unseen(char32_t c) {
    return is_blank_character(c) || c == 0x00AD || c == 0x061C || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

// The bytes of the character at `at` if it is one of those.
template <typename Predicate>
std::size_t size_if(std::string_view text, std::size_t at, Predicate is_wanted) {
    if (at >= text.size()) {
        return 0;
    }
    std::size_t next = at;
    return is_wanted(next_character(text, next)) ? next - at : 0;
}

}  // namespace

std::size_t quote_at(std::string_view text, std::size_t at) {
    for (const std::string_view quote : k_quotes) {
        if (at < text.size() && text.substr(at).starts_with(quote)) {
            return quote.size();
        }
    }
    return 0;
}

std::size_t blank_at(std::string_view text, std::size_t at) {
    return size_if(text, at, is_blank_character);
}

std::size_t unseen_at(std::string_view text, std::size_t at) {
    return size_if(text, at, is_unseen);
}

SourceSpan seen_part(std::string_view text, SourceSpan place) {
    SourceSpan part{place.begin, place.begin};
    for (std::size_t at = place.begin; at < place.end;) {
        const bool seen = unseen_at(text, at) == 0;
        next_character(text, at);
        if (seen) {
            part.end = at;
        } else if (part.end == part.begin) {
            part = {at, at};
        }
    }
    return part;
}

std::string without_stars(std::string_view text) {
    std::string kept;
    for (const char c : text) {
        if (c != '*') {
            kept += c;
        }
    }
    return kept;
}

SourceSpan run_at(std::string_view text, std::size_t begin) {
    std::size_t end = begin;
    while (end < text.size() && blank_at(text, end) == 0 && quote_at(text, end) == 0 &&
           text[end] != '(' && text[end] != ')') {
        next_character(text, end);
    }
    return seen_part(text, {begin, end});
}

}  // namespace smallprint
