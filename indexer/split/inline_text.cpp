// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/split/inline_text.h"

#include "common/base/strings.h"
#include "common/model/section.h"
#include "common/text/utf8.h"
#include "indexer/split/character_reference.h"
#include "indexer/split/mending.h"

#include <libxml/HTMLparser.h>
#include <md4c.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint::split {
namespace {

bool is_plain(char c) {
    return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7F;
}

// Soft hyphens and the joiners that Persian and Indic words are spelled with. They stay in the
// text; words pass over them.
bool is_joiner(char32_t c) {
    return c == 0xAD || c == 0x200C || c == 0x200D;
}

bool is_dropped(char32_t c) {
    return c == 0x200B || c == 0x2060 || c == 0xFEFF;
}

// True if a reader sees two words where nothing but the edge of a link parts the characters, as in
// "2025[Previous Version]"; "[cookie]s" is one.
bool parts_words(char before, char after) {
    return (is_digit(before) && is_letter(after)) || (is_letter(before) && is_digit(after)) ||
           (is_lower(before) && is_upper(after));
}

// Does `text` begin with a bracket, quote or stop that closes?
bool starts_closing(std::string_view text) {
    if (text.starts_with("”") || text.starts_with("’")) {
        return true;
    }
    return is_one_of(text.front(), ".,)]\"") && (text.size() == 1 || !is_alphanumeric(text[1]));
}

// Makes md4c see a paragraph: after a word and a blank no block can start.
constexpr std::string_view k_prefix = "x ";
// The same for a block that a link ends in which began before it.
constexpr std::string_view k_linked_prefix = "x [";
static_assert(k_linked_prefix.size() == k_prefix.size() + 1);

// Does `text` end with a bracket or quote that opens?
bool ends_opening(std::string_view text) {
    if (text.ends_with('"')) {
        const std::string_view before = text.substr(0, text.size() - 1);
        return before.empty() || is_one_of(before.back(), k_white_space) || before.back() == '(';
    }
    return text.ends_with('(') || text.ends_with('[') || text.ends_with("“") || text.ends_with("‘");
}

// The element name of "<name ...>" or "</name>", if HTML has such an element.
std::string html_element(std::string_view tag) {
    tag.remove_prefix(std::min<std::size_t>(tag.starts_with("</") ? 2 : 1, tag.size()));
    const std::string name = lower_ascii(tag.substr(0, tag.find_first_of(" \t\n/>")));
    const auto* bytes = reinterpret_cast<const xmlChar*>(name.c_str());  // NOLINT: xmlChar is UTF-8
    return htmlTagLookup(bytes) != nullptr ? name : std::string();
}

// True of the "&copy=1" in an address, which is no sign of copyright.
bool begins_parameter(std::string_view text) {
    constexpr std::size_t k_longest = 64;
    std::size_t end = 1;
    while (end < std::min(text.size(), k_longest) &&
           (is_alphanumeric(text[end]) || is_one_of(text[end], "_-."))) {
        ++end;
    }
    return end > 1 && end < text.size() && text[end] == '=';
}

// Collects md4c's events into an InlineText.
class Collector {
public:
    explicit Collector(std::string_view source) : m_source(source) {}

    InlineText take() { return m_builder.take(); }

    void text(MD_TEXTTYPE type, std::string_view piece) {
        switch (type) {
        case MD_TEXT_BR:
            m_builder.line_break();
            return;
        case MD_TEXT_SOFTBR:
            m_builder.blank();
            return;
        case MD_TEXT_NULLCHAR:
            m_builder.append_character(text::k_replacement_character, k_no_source);
            return;
        case MD_TEXT_HTML:
            tag(piece);
            return;
        case MD_TEXT_CODE:
            code(piece);
            return;
        default:  // MD_TEXT_ENTITY, which CommonMark knows fewer of than browsers, is one of them
            append_text(without_prefix(piece));
        }
    }

    void enter(MD_SPANTYPE type, const void* detail) {
        if (type == MD_SPAN_A) {
            const MD_ATTRIBUTE& href = static_cast<const MD_SPAN_A_DETAIL*>(detail)->href;
            const std::string_view target(href.text == nullptr ? "" : href.text, href.size);
            m_builder.open_link(text::repaired_utf8(restored_target(target)));
        } else if (type == MD_SPAN_STRONG) {
            m_builder.open_bold();
        }
        // Converters of pages put blanks around emphasis: (" **usage data** ").
        if (is_emphasis(type) && m_builder.blank_waits() && ends_opening(m_builder.text())) {
            m_builder.drop_blank();
        }
    }

    void leave(MD_SPANTYPE type) {
        if (type == MD_SPAN_A) {
            m_builder.close_link();
        } else if (type == MD_SPAN_STRONG) {
            m_builder.close_bold();
        }
        if (is_emphasis(type)) {
            m_builder.attach_what_closes();
        }
    }

private:
    // Markers of emphasis that CommonMark makes no sense of are still no text.
    void append_text(std::string_view piece) {
        while (!piece.empty()) {
            const std::size_t end = std::min(piece.find("**"), piece.size());
            append_decoded(piece.substr(0, end));
            piece.remove_prefix(end);
            piece.remove_prefix(std::min(piece.find_first_not_of('*'), piece.size()));
        }
    }

    void append_decoded(std::string_view piece) {
        while (!piece.empty()) {
            const std::size_t sign = std::min(piece.find('&'), piece.size());
            append(piece.substr(0, sign));
            piece.remove_prefix(sign);
            const CharacterReference reference = read_character_reference(piece);
            if (reference.size == 0 || begins_parameter(piece)) {
                append(piece.substr(0, 1));
                piece.remove_prefix(std::min<std::size_t>(piece.size(), 1));
                continue;
            }
            m_builder.append_character(reference.first, offset_of(piece));
            if (reference.second != 0) {
                m_builder.append_character(reference.second, offset_of(piece));
            }
            piece.remove_prefix(reference.size);
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

    void append(std::string_view piece) { m_builder.append(piece, offset_of(piece)); }

    // md4c hands on some text that is not in the source.
    std::uint32_t offset_of(std::string_view piece) const {
        const std::less_equal<const char*> not_after;
        const bool inside = not_after(m_source.data(), piece.data()) &&
                            not_after(piece.data(), m_source.data() + m_source.size());
        return inside ? static_cast<std::uint32_t>(piece.data() - m_source.data()) : k_no_source;
    }

    // md4c takes a blank away at either end of code; where the code comes of stray backticks, that
    // blank parts two words.
    void code(std::string_view piece) {
        if (piece.data()[-1] == ' ') {
            m_builder.blank();
        }
        append(piece);
        if (piece.data()[piece.size()] == ' ') {
            m_builder.blank();
        }
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
            m_builder.line_break();
        } else if (element == "td" || element == "th") {
            const std::string& text = m_builder.text();
            if (!piece.starts_with("</") && !text.empty() && text.back() != '\n') {
                m_builder.blank();
                m_builder.append("|", k_no_source);
            }
            m_builder.blank();
        }
    }

    std::string_view m_source;
    InlineBuilder m_builder;
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

void InlineBuilder::append(std::string_view text, std::uint32_t source) {
    const auto source_at = [source](std::size_t i) {
        return source == k_no_source ? source : source + static_cast<std::uint32_t>(i);
    };
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t start = i;
        if (is_plain(text[i])) {
            while (i < text.size() && is_plain(text[i])) {
                ++i;
            }
            put(text.substr(start, i - start), source_at(start));
        } else {
            append_character(text::next_character(text, i), source_at(start));
        }
    }
}

void InlineBuilder::append_character(char32_t character, std::uint32_t source) {
    character = text::meant_by_control(character);
    if (text::is_blank_character(character)) {
        m_space = true;
    } else if (!is_dropped(character) && !(is_joiner(character) && m_out.text.empty())) {
        std::string encoded;
        text::append_utf8(encoded, character);
        put(encoded, source);
    }
}

// Adds text that is not blank, with the white space that came before it.
void InlineBuilder::put(std::string_view bytes, std::uint32_t source) {
    const bool starts_line = m_out.text.empty() || m_out.text.back() == '\n';
    const bool attached = m_attach_at == m_out.text.size() && starts_closing(bytes);
    const bool opens_link = m_in_link && !m_link_has_text;
    const bool leaves_link = !m_out.links.empty() && m_out.links.back().end == m_out.text.size();
    m_space =
        m_space || (!starts_line && (opens_link || leaves_link) &&
                    (opens_link == leaves_link || parts_words(m_out.text.back(), bytes.front())));
    if (m_space && !starts_line && !attached) {
        m_out.text += ' ';
    }
    m_space = false;
    const auto at = static_cast<std::uint32_t>(m_out.text.size());
    if (opens_link) {
        m_link_has_text = true;
        m_link_begin = at;
    }
    if (m_out.text.empty()) {
        m_bold_from_start = m_bold_depth > 0;
    }
    note_mark(at, source);
    m_out.text += bytes;
}

void InlineBuilder::note_mark(std::uint32_t at, std::uint32_t source) {
    const bool follows =
        !m_out.marks.empty() && source - m_out.marks.back().source == at - m_out.marks.back().text;
    if (source != k_no_source && !follows) {
        m_out.marks.push_back({at, source});
    }
}

void InlineBuilder::line_break() {
    if (!m_out.text.empty() && m_out.text.back() != '\n') {
        m_out.text += '\n';
    }
    m_space = false;
}

void InlineBuilder::open_link(std::string_view target) {
    if (!m_in_link) {
        m_in_link = true;
        m_link_has_text = false;
        m_target.assign(target);
    }
}

void InlineBuilder::close_link() {
    if (m_in_link && m_link_has_text) {
        const auto size = static_cast<std::uint32_t>(m_out.text.size());
        m_out.links.push_back({m_link_begin, size, m_target});
        m_out.link_bytes += size - m_link_begin;
    }
    m_in_link = false;
}

void InlineBuilder::open_bold() {
    ++m_bold_depth;
}

void InlineBuilder::close_bold() {
    if (--m_bold_depth == 0 && m_bold_from_start) {
        m_out.bold_end = static_cast<std::uint32_t>(m_out.text.size());
        m_bold_from_start = false;
    }
}

InlineText InlineBuilder::take() {
    close_link();
    if (m_bold_depth > 0 && m_bold_from_start) {
        m_out.bold_end = static_cast<std::uint32_t>(m_out.text.size());
    }
    while (!m_out.text.empty() && (m_out.text.back() == ' ' || m_out.text.back() == '\n')) {
        m_out.text.pop_back();
    }
    const auto size = static_cast<std::uint32_t>(m_out.text.size());
    m_out.bold_end = std::min(m_out.bold_end, size);
    for (Link& link : m_out.links) {
        link.begin = std::min(link.begin, size);
        link.end = std::min(link.end, size);
    }
    InlineText out = std::move(m_out);
    *this = InlineBuilder();
    return out;
}

std::uint32_t InlineText::source_offset(std::uint32_t text_offset) const {
    const auto after = std::ranges::upper_bound(marks, text_offset, {}, &Mark::text);
    if (after == marks.begin()) {
        return 0;
    }
    const Mark& mark = *std::prev(after);
    const std::uint32_t offset = mark.source + (text_offset - mark.text);
    return after == marks.end() ? offset : std::min(offset, after->source);
}

void InlineText::append(std::string_view prefix, InlineText part, std::size_t at) {
    const bool is_first = text.empty();
    text += prefix;
    const auto shift = static_cast<std::uint32_t>(text.size());
    for (Link& link : part.links) {
        links.push_back({link.begin + shift, link.end + shift, std::move(link.target)});
    }
    for (const Mark& mark : part.marks) {
        marks.push_back({mark.text + shift, mark.source + static_cast<std::uint32_t>(at)});
    }
    link_bytes += part.link_bytes;
    if (is_first && part.bold_end > 0) {
        bold_end = part.bold_end + shift;
    }
    text += part.text;
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

}  // namespace smallprint::split
