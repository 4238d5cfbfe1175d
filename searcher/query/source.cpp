// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/query/source.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/text/utf8.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint::query {
namespace {

// Without blanks around it, and without two where a word was taken out.
std::string tidied(std::string_view before, std::string_view middle, std::string_view after) {
    if (middle.empty()) {
        while (before.ends_with(' ') &&
               (after.empty() || after.starts_with(' ') || after.starts_with(')'))) {
            before.remove_suffix(1);
        }
        while (after.starts_with(' ') && (before.empty() || before.ends_with('('))) {
            after.remove_prefix(1);
        }
    }
    return std::string(before).append(middle).append(after);
}

constexpr std::array<std::string_view, 7> k_quotes = {"\"", "“", "”", "„", "‟", "«", "»"};

bool is_unseen(char32_t c) {
    return text::is_blank_character(c) || c == 0x00AD || c == 0x061C ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

// The bytes of the character at `at` if it is one of those.
template <typename Predicate>
std::size_t size_if(std::string_view text, std::size_t at, Predicate is_wanted) {
    if (at >= text.size()) {
        return 0;
    }
    std::size_t next = at;
    return is_wanted(text::next_character(text, next)) ? next - at : 0;
}

}  // namespace

Failure QuerySource::mistake(SourceSpan place, std::string message, Advice advice) {
    if (advice.replacement) {
        m_repaired =
            tidied(m_text.substr(0, place.begin), *advice.replacement, m_text.substr(place.end));
    }
    return fail(Error{ErrorCode::query, std::move(message), std::move(advice.hint), place.begin});
}

Failure QuerySource::limit(std::size_t position, std::string message, std::string hint) {
    return fail(Error{ErrorCode::limit, std::move(message), std::move(hint), position});
}

void QuerySource::note(std::string text) {
    if (std::ranges::find(m_notes, text) == m_notes.end()) {
        m_notes.push_back(std::move(text));
    }
}

std::size_t quote_at(std::string_view text, std::size_t at) {
    for (const std::string_view quote : k_quotes) {
        if (at < text.size() && text.substr(at).starts_with(quote)) {
            return quote.size();
        }
    }
    return 0;
}

bool group_follows(std::string_view text, std::size_t at) {
    return quote_at(text, at) > 0 || (at < text.size() && text[at] == '(');
}

std::size_t blank_at(std::string_view text, std::size_t at) {
    return size_if(text, at, text::is_blank_character);
}

std::size_t unseen_at(std::string_view text, std::size_t at) {
    return size_if(text, at, is_unseen);
}

SourceSpan seen_part(std::string_view text, SourceSpan place) {
    SourceSpan part{place.begin, place.begin};
    for (std::size_t at = place.begin; at < place.end;) {
        const bool seen = unseen_at(text, at) == 0;
        text::next_character(text, at);
        if (seen) {
            part.end = at;
        } else if (part.end == part.begin) {
            part = {at, at};
        }
    }
    return part;
}

std::string without(char sign, std::string_view text) {
    std::string kept;
    for (const char c : text) {
        if (c != sign) {
            kept += c;
        }
    }
    return kept;
}

SourceSpan run_at(std::string_view text, std::size_t begin) {
    std::size_t end = begin;
    while (end < text.size() && blank_at(text, end) == 0 && quote_at(text, end) == 0 &&
           text[end] != '(' && text[end] != ')') {
        text::next_character(text, end);
    }
    return seen_part(text, {begin, end});
}

}  // namespace smallprint::query
