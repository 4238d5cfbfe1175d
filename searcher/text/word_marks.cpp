// SPDX-License-Identifier: GPL-2.0-or-later

#include "common/base/strings.h"
#include "common/model/text_span.h"
#include "searcher/diff/word_diff.h"
#include "searcher/text/page.h"
#include "searcher/text/parts.h"
#include "searcher/told/styled_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {

namespace {

// What spans of words look like: their marks stand on the lines of their words.
class WordWriter {
public:
    explicit WordWriter(Colour colour) : m_colour(colour) {}

    void add(Style style, std::string_view text) {
        if (style == Style::plain) {
            append(m_text, Style::plain, text);
            m_previous = {};
            return;
        }
        const std::size_t end = text.find_last_not_of(" \n\t\r") + 1;
        const std::size_t first = std::min(end, text.find_first_not_of('\n'));
        append(m_text, Style::plain, text.substr(0, first));
        if (first < end) {
            add_marked(style, text.substr(first, end - first));
        }
        append(m_text, Style::plain, text.substr(end));
        m_previous = end == text.size() ? text : std::string_view();
    }

    StyledText take() { return std::move(m_text); }

private:
    static bool is_of_word(char c) {
        return is_digit(c) || is_lower(to_lower(c)) || static_cast<unsigned char>(c) >= 0x80U;
    }

    void add_marked(Style style, std::string_view text) {
        const bool removed = style == Style::struck;
        if (m_colour == Colour::off) {
            append(m_text, Style::plain,
                   fmt::format("{}{}{}", removed ? "[-" : "{+", text, removed ? "-]" : "+}"));
            return;
        }
        // Without marks, the old word and the new one have to be kept apart.
        if (!m_previous.empty() && is_of_word(m_previous.back()) && is_of_word(text.front())) {
            append(m_text, Style::plain, " ");
        }
        append(m_text, style, text);
    }

    Colour m_colour;
    StyledText m_text;
    std::string_view m_previous;  // what was removed or added just before, up to its last word
};

}  // namespace

StyledText marked_words(std::string_view before, std::string_view after,
                        const std::vector<WordChange>& changes, Colour colour) {
    WordWriter writer(colour);
    for (const Span& span : reworded(before, after, changes)) {
        writer.add(span.style, span.text);
    }
    return writer.take();
}

}  // namespace smallprint
