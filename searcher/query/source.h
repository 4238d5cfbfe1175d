// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/error.h"
#include "common/base/result.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace smallprint {

// Bytes of a query, end exclusive.
struct SourceSpan {
    std::size_t begin = 0;
    std::size_t end = 0;
};

// What helps against a mistake: advice in words and, where it is clear, what to write in its place.
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

    // The query without the mistake, where it is clear what was meant.
    const std::optional<std::string>& repaired() const { return m_repaired; }

private:
    std::string_view m_text;
    std::optional<std::string> m_repaired;
};

}  // namespace smallprint
