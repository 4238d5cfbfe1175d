// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::query {

// Bytes of a query, end exclusive.
struct SourceSpan {
    std::size_t begin = 0;
    std::size_t end = 0;
};

// Helps against a mistake: advice in words and, where it is clear, the text to write in its place.
struct Advice {
    std::string hint;
    std::optional<std::string> replacement = {};
};

// The text of a query while it is read. Keeps the repair of the mistake that was found.
class QuerySource {
public:
    // The text has to be valid UTF-8 and to live as long as this.
    explicit QuerySource(std::string_view text) : m_text(text) {}

    std::string_view text() const { return m_text; }

    std::string_view text(SourceSpan place) const {
        return m_text.substr(place.begin, place.end - place.begin);
    }

    // A mistake at a place; `advice.replacement` is to stand there instead.
    Failure mistake(SourceSpan place, std::string message, Advice advice);
    static Failure limit(std::size_t position, std::string message, std::string hint);

    // Tells the user how something of the query is read; said twice it is told once.
    void note(std::string text);

    // The query without the mistake, where it is clear what was meant.
    const std::optional<std::string>& repaired() const { return m_repaired; }

    const std::vector<std::string>& notes() const { return m_notes; }

private:
    std::string_view m_text;
    std::optional<std::string> m_repaired;
    std::vector<std::string> m_notes;
};

// Characters that mean something in a query. Text is valid UTF-8; `at` may be its end.

// The bytes of the quote that stands there: straight, typographic or French; any closes any.
std::size_t quote_at(std::string_view text, std::size_t at);

// True where a quote or an opening bracket stands.
bool group_follows(std::string_view text, std::size_t at);

// Letters and digits, and the bytes of all characters outside of ASCII.
constexpr bool is_word_byte(char c) {
    return is_alphanumeric(c) || static_cast<unsigned char>(c) >= 0x80;
}

// The bytes of the blank there: white space and controls of Unicode.
std::size_t blank_at(std::string_view text, std::size_t at);

// The same for blanks and for marks that nobody sees, such as those that turn the direction.
std::size_t unseen_at(std::string_view text, std::size_t at);

// A place without the unseen marks and blanks around it.
SourceSpan seen_part(std::string_view text, SourceSpan place);

std::string without(char sign, std::string_view text);

// From `begin` to the next blank, quote or bracket, without unseen marks around it.
SourceSpan run_at(std::string_view text, std::size_t begin);

}  // namespace smallprint::query
