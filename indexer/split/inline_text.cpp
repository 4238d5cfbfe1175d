// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/split/inline_text.h"

#include "common/base/ascii.h"
#include "common/model/section.h"
#include "common/text/utf8.h"
#include "indexer/split/mending.h"

#include <libxml/HTMLparser.h>
#include <md4c.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

// Makes md4c see a paragraph: after a word and a blank no block can start.
constexpr std::string_view k_prefix = "x ";
// The same for a block that a link ends in which began before it.
constexpr std::string_view k_linked_prefix = "x [";
static_assert(k_linked_prefix.size() == k_prefix.size() + 1);

bool is_ascii_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

bool is_dropped(char32_t c) {
    return c == 0xAD || (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF;
}

bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// Does `text` end with a bracket or quote that opens?
bool ends_opening(std::string_view text) {
    if (text.ends_with('"')) {
        const std::string_view before = text.substr(0, text.size() - 1);
        return before.empty() || is_ascii_blank(before.back()) || before.back() == '(';
    }
    return text.ends_with('(') || text.ends_with('[') || text.ends_with("“") || text.ends_with("‘");
}

// Does `text` begin with a bracket, quote or stop that closes?
bool starts_closing(std::string_view text) {
    if (text.starts_with("”") || text.starts_with("’")) {
        return true;
    }
    const bool closing = std::string_view(".,)]\"").find(text.front()) != std::string_view::npos;
    return closing && (text.size() == 1 || !is_alphanumeric(text[1]));
}

bool is_space(char32_t c) {
    return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
           c == 0x202F || c == 0x205F || c == 0x3000 || (c >= 0x7F && c < 0xA0);
}

// The element name of "<name ...>" or "</name>", if HTML has such an element.
std::string html_element(std::string_view tag) {
    tag.remove_prefix(std::min<std::size_t>(tag.starts_with("</") ? 2 : 1, tag.size()));
    const std::string name = lower_ascii(tag.substr(0, tag.find_first_of(" \t\n/>")));
    const auto* bytes = reinterpret_cast<const xmlChar*>(name.c_str());  // NOLINT: xmlChar is UTF-8
    return htmlTagLookup(bytes) != nullptr ? name : std::string();
}

char32_t entity_character(std::string_view entity) {
    std::string body(entity.substr(1, entity.size() - 2));  // without & and ;
    if (!body.starts_with('#')) {
        const auto* name = reinterpret_cast<const xmlChar*>(body.c_str());  // NOLINT: as above
        const htmlEntityDesc* found = htmlEntityLookup(name);
        return found == nullptr ? 0 : static_cast<char32_t>(found->value);
    }
    const bool hex = body.size() > 1 && (body[1] == 'x' || body[1] == 'X');
    const char* first = body.data() + (hex ? 2 : 1);
    std::uint32_t value = 0;
    const auto [end, error] =
        std::from_chars(first, body.data() + body.size(), value, hex ? 16 : 10);
    const bool valid = error == std::errc() && end == body.data() + body.size() && value != 0 &&
                       value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
    return valid ? static_cast<char32_t>(value) : k_replacement_character;
}

// Collects md4c's events into an InlineText.
class Collector {
public:
    explicit Collector(std::string_view source) : m_source(source) {}

    InlineText take() {
        while (!m_out.text.empty() && is_ascii_blank(m_out.text.back())) {
            m_out.text.pop_back();
        }
        const auto size = static_cast<std::uint32_t>(m_out.text.size());
        m_out.bold_end = std::min(m_out.bold_end, size);
        for (Link& link : m_out.links) {
            link.begin = std::min(link.begin, size);
            link.end = std::min(link.end, size);
        }
        return std::move(m_out);
    }

    void text(MD_TEXTTYPE type, std::string_view piece) {
        switch (type) {
        case MD_TEXT_BR:
            line_break();
            return;
        case MD_TEXT_SOFTBR:
            m_space = true;
            return;
        case MD_TEXT_NULLCHAR:
            append_utf8(m_out.text, k_replacement_character);
            return;
        case MD_TEXT_HTML:
            tag(piece);
            return;
        case MD_TEXT_ENTITY:
            entity(piece);
            return;
        case MD_TEXT_CODE:
            code(piece);
            return;
        default:
            append_text(without_prefix(piece));
        }
    }

    void enter(MD_SPANTYPE type, const void* detail) {
        if (type == MD_SPAN_A && !m_in_link) {
            const MD_ATTRIBUTE& href = static_cast<const MD_SPAN_A_DETAIL*>(detail)->href;
            m_in_link = true;
            m_link_has_text = false;
            m_target.assign(href.text == nullptr ? "" : href.text, href.size);
        } else if (type == MD_SPAN_STRONG && m_bold_depth++ == 0 && m_out.text.empty()) {
            m_bold_from_start = true;
        }
        // Converters of pages put blanks around emphasis: (" **usage data** ").
        if (is_emphasis(type) && m_space && ends_opening(m_out.text)) {
            m_space = false;
        }
    }

    void leave(MD_SPANTYPE type) {
        const auto size = static_cast<std::uint32_t>(m_out.text.size());
        if (type == MD_SPAN_A && m_in_link) {
            m_in_link = false;
            if (m_link_has_text) {
                m_out.links.push_back(
                    {m_link_begin, size, repaired_utf8(restored_target(m_target))});
                m_out.link_bytes += size - m_link_begin;
            }
        } else if (type == MD_SPAN_STRONG && --m_bold_depth == 0 && m_bold_from_start) {
            m_out.bold_end = size;
            m_bold_from_start = false;
        }
        m_emphasis_end = is_emphasis(type) ? size : m_emphasis_end;
    }

private:
    // Markers of emphasis that CommonMark makes no sense of are still no text.
    void append_text(std::string_view piece) {
        while (!piece.empty()) {
            const std::size_t end = std::min(piece.find("**"), piece.size());
            append(piece.substr(0, end));
            piece.remove_prefix(end);
            piece.remove_prefix(std::min(piece.find_first_not_of('*'), piece.size()));
        }
    }

    static bool is_emphasis(MD_SPANTYPE type) {
        return type == MD_SPAN_STRONG || type == MD_SPAN_EM;
    }

    // md4c reads k_prefix as well, which stands before m_source.
    std::string_view without_prefix(std::string_view piece) const {
        const std::less<const char*> before;
        if (before(piece.data(), m_source.data()) &&
            !before(piece.data(), m_source.data() - k_linked_prefix.size())) {
            const auto missing = static_cast<std::size_t>(m_source.data() - piece.data());
            piece.remove_prefix(std::min(piece.size(), missing));
        }
        return piece;
    }

    void append(std::string_view piece) {
        for (std::size_t i = 0; i < piece.size();) {
            const char c = piece[i];
            if (static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7F) {
                const std::size_t start = i;
                while (i < piece.size() && static_cast<unsigned char>(piece[i]) > 0x20 &&
                       static_cast<unsigned char>(piece[i]) < 0x7F) {
                    ++i;
                }
                put(piece.substr(start, i - start), piece.data() + start);
                continue;
            }
            const std::size_t start = i;
            const char32_t character = next_character(piece, i);
            if (character <= 0x20 || is_space(character)) {
                m_space = true;
            } else if (!is_dropped(character)) {
                std::string encoded;
                append_utf8(encoded, character);
                put(encoded, piece.data() + start);
            }
        }
    }

    // md4c takes a blank away at either end of code; where the code comes of stray backticks, that
    // blank parts two words.
    void code(std::string_view piece) {
        m_space = m_space || piece.data()[-1] == ' ';
        append(piece);
        m_space = m_space || piece.data()[piece.size()] == ' ';
    }

    // Adds text that is not blank, with the white space that came before it.
    void put(std::string_view bytes, const char* source) {
        const bool starts_line = m_out.text.empty() || m_out.text.back() == '\n';
        if (starts_line || (m_emphasis_end == m_out.text.size() && starts_closing(bytes))) {
            m_space = false;
        }
        if (m_space) {
            m_out.text += ' ';
            m_space = false;
        }
        const auto at = static_cast<std::uint32_t>(m_out.text.size());
        if (m_in_link && !m_link_has_text) {
            m_link_has_text = true;
            m_link_begin = at;
        }
        if (m_bold_depth == 0 && m_out.text.empty()) {
            m_bold_from_start = false;
        }
        note_mark(at, source);
        m_out.text += bytes;
    }

    void note_mark(std::uint32_t at, const char* source) {
        const std::less_equal<const char*> not_after;
        if (!not_after(m_source.data(), source) ||
            !not_after(source, m_source.data() + m_source.size())) {
            return;
        }
        const auto offset = static_cast<std::uint32_t>(source - m_source.data());
        const bool follows = !m_out.marks.empty() &&
                             offset - m_out.marks.back().source == at - m_out.marks.back().text;
        if (!follows) {
            m_out.marks.push_back({at, offset});
        }
    }

    void line_break() {
        if (!m_out.text.empty() && m_out.text.back() != '\n') {
            m_out.text += '\n';
        }
        m_space = false;
    }

    // A tag of HTML goes, "<your name>" stays.
    void tag(std::string_view piece) {
        if (piece.starts_with("<!")) {
            return;
        }
        const std::string element = html_element(piece);
        if (element.empty()) {
            append(piece);
        } else if (element == "br" || element == "p" || element == "div" || element == "li" ||
                   element == "tr") {
            line_break();
        } else if (element == "td" || element == "th") {
            const bool between =
                !piece.starts_with("</") && !m_out.text.empty() && m_out.text.back() != '\n';
            m_out.text += between ? " |" : "";
            m_space = true;
        }
    }

    void entity(std::string_view piece) {
        const char32_t character = entity_character(piece);
        if (character == 0) {
            append(piece);
            return;
        }
        std::string encoded;
        append_utf8(encoded, character);
        const bool blank = character <= 0x20 || is_space(character);
        if (blank) {
            m_space = true;
        } else if (!is_dropped(character)) {
            put(encoded, piece.data());
        }
    }

    std::string_view m_source;
    InlineText m_out;
    std::string m_target;
    std::uint32_t m_link_begin = 0;
    std::size_t m_emphasis_end = 0;  // where the text stood when emphasis last ended
    int m_bold_depth = 0;
    bool m_bold_from_start = false;
    bool m_in_link = false;
    bool m_link_has_text = false;
    bool m_space = false;  // white space seen since the last text
};

MD_PARSER make_parser() {
    MD_PARSER parser = {};
    parser.flags = MD_FLAG_NOHTMLBLOCKS | MD_FLAG_NOINDENTEDCODEBLOCKS;
    parser.enter_block = [](MD_BLOCKTYPE, void*, void*) { return 0; };
    parser.leave_block = [](MD_BLOCKTYPE, void*, void*) { return 0; };
    parser.enter_span = [](MD_SPANTYPE type, void* detail, void* collector) {
        static_cast<Collector*>(collector)->enter(type, detail);
        return 0;
    };
    parser.leave_span = [](MD_SPANTYPE type, void*, void* collector) {
        static_cast<Collector*>(collector)->leave(type);
        return 0;
    };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* collector) {
        static_cast<Collector*>(collector)->text(type, {text, size});
        return 0;
    };
    return parser;
}

}  // namespace

std::uint32_t InlineText::source_offset(std::uint32_t text_offset) const {
    const auto after = std::ranges::upper_bound(marks, text_offset, {}, &Mark::text);
    if (after == marks.begin()) {
        return 0;
    }
    const Mark& mark = *std::prev(after);
    const std::uint32_t offset = mark.source + (text_offset - mark.text);
    return after == marks.end() ? offset : std::min(offset, after->source);
}

InlineText parse_inline(std::string_view markdown) {
    std::string buffer(k_prefix);
    buffer += markdown;
    join_lines(buffer);
    fill_targets(buffer);
    tighten_bold(buffer);
    const bool linked_before = blank_open_brackets(buffer);
    if (linked_before) {
        buffer.replace(0, k_prefix.size(), k_linked_prefix);
    }
    static const MD_PARSER parser = make_parser();
    const std::string_view source(buffer);
    Collector collector(source.substr(source.size() - markdown.size()));
    (void)md_parse(buffer.data(), static_cast<MD_SIZE>(buffer.size()), &parser, &collector);
    return collector.take();
}

}  // namespace smallprint
