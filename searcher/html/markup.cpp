// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/html/markup.h"

#include "common/base/strings.h"
#include "common/model/text_span.h"
#include "common/text/utf8.h"
#include "searcher/diff/word_diff.h"
#include "searcher/told/styled_text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::html {
namespace {

// Marks that only say which way a neighbour is read (U+200E, U+200F, U+061C) are part of honest
// Hebrew and Arabic text; overrides, embeddings and isolates can make a page lie.
bool is_harmful(char32_t character) {
    const bool is_control = (character < 0x20 && character != '\n' && character != '\t') ||
                            (character >= 0x7F && character < 0xA0);
    const bool turns_text = (character >= 0x202A && character <= 0x202E) ||
                            (character >= 0x2066 && character <= 0x2069);
    const bool breaks_lines = character == 0x2028 || character == 0x2029;
    const bool is_no_character = character == 0xFEFF || (character & 0xFFFEU) == 0xFFFEU;
    return is_control || turns_text || breaks_lines || is_no_character;
}

void append_escaped(std::string& out, std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const char32_t character = text::next_character(text, at);
        switch (character) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        default:
            text::append_utf8(out,
                              is_harmful(character) ? text::k_replacement_character : character);
        }
    }
}

// Writes text line by line, each a block of its own, with an element such as <mark> opened and
// closed within the line.
class LineWriter {
public:
    void add(std::string_view text, std::string_view element) {
        while (!text.empty()) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            if (end > 0) {
                add_piece(text.substr(0, end), element);
            }
            text.remove_prefix(end);
            if (!text.empty()) {
                close_line();
                text.remove_prefix(1);
            }
        }
    }

    void add_ellipsis() { add_piece("…", {}); }

    std::string finish() {
        close_line();
        return std::move(m_html);
    }

private:
    void add_piece(std::string_view piece, std::string_view element) {
        if (!m_open) {
            constexpr std::string_view bullet = "• ";
            const bool is_item = piece.starts_with(bullet);
            m_html += is_item ? R"(<span class="line item">)" : R"(<span class="line">)";
            m_open = true;
        }
        if (!element.empty()) {
            m_html.append("<").append(element).append(">");
        }
        append_escaped(m_html, piece);
        if (!element.empty()) {
            m_html.append("</").append(element).append(">");
        }
    }

    void close_line() {
        if (m_open) {
            m_html += "</span>";
            m_open = false;
        }
    }

    std::string m_html;
    bool m_open = false;
};

// Moves a cut at `at` to where a word ends, if there is an end nearby; else to a character's start.
std::size_t good_cut(std::string_view text, std::size_t at) {
    constexpr std::size_t nearby = 60;
    for (std::size_t back = 0; back < nearby && back < at; ++back) {
        if (is_one_of(text[at - back], " \n\t")) {
            return at - back;
        }
    }
    return text::utf8_prefix(text, at).size();
}

std::string_view element_of(told::Style style) {
    return style == told::Style::match      ? "mark"
           : style == told::Style::inserted ? "ins"
           : style == told::Style::struck   ? "del"
                                            : "";
}

void add_spans(LineWriter& out, const told::StyledText& text) {
    for (const told::Span& span : text) {
        out.add(span.text, element_of(span.style));
    }
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    append_escaped(out, text);
    return out;
}

std::string marked(std::string_view text, const std::vector<TextSpan>& spans) {
    LineWriter out;
    add_spans(out, told::highlighted(text, spans));
    return out.finish();
}

Excerpt excerpt(std::string_view text, const std::vector<TextSpan>& spans, std::size_t most) {
    if (text.size() <= most) {
        return {marked(text, spans), false};
    }
    std::size_t begin = 0;
    if (!spans.empty() && spans.front().end > most / 2) {
        begin =
            good_cut(text, std::min<std::size_t>(spans.front().begin, text.size() - 1) - most / 4);
    }
    const std::size_t wanted = std::min(text.size(), begin + most);
    const std::size_t end = wanted == text.size() ? wanted : good_cut(text, wanted);
    LineWriter out;
    if (begin > 0) {
        out.add_ellipsis();
    }
    const auto moved = [&](std::size_t at) {
        return static_cast<std::uint32_t>(std::clamp(at, begin, end) - begin);
    };
    std::vector<TextSpan> shown;
    shown.reserve(spans.size());
    for (const TextSpan& span : spans) {
        shown.push_back({moved(span.begin), moved(span.end)});
    }
    add_spans(out, told::highlighted(text.substr(begin, end - begin), shown));
    if (end < text.size()) {
        out.add_ellipsis();
    }
    return {out.finish(), true};
}

std::string beginning(std::string_view text, std::size_t most) {
    std::string start(text.size() <= most ? text : text.substr(0, good_cut(text, most)));
    std::ranges::replace(start, '\n', ' ');
    return text.size() <= most ? start : start + "…";
}

std::string sentence(std::string_view message) {
    std::string text(message);
    if (!text.empty() && is_lower(text.front())) {
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    }
    const bool is_ended = text.empty() || text.ends_with('.') || text.ends_with('?');
    return is_ended ? text : text + ".";
}

std::string coded(std::string_view text) {
    std::string html;
    bool is_code = false;
    for (std::size_t end = text.find('`'); end != std::string_view::npos; end = text.find('`')) {
        html += escaped(text.substr(0, end)) + (is_code ? "</code>" : "<code>");
        is_code = !is_code;
        text.remove_prefix(end + 1);
    }
    return html + escaped(text) + (is_code ? "</code>" : "");
}

std::string word_changes(std::string_view before, std::string_view after,
                         const std::vector<diff::WordChange>& changes) {
    LineWriter out;
    add_spans(out, told::reworded(before, after, changes));
    return out.finish();
}

}  // namespace smallprint::html
