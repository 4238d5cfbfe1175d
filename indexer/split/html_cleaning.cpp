// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/split/html_cleaning.h"

#include "common/base/strings.h"
#include "common/text/utf8.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint::split {
namespace {

constexpr std::string_view k_blanks = " \t\n\r\f";
constexpr std::string_view k_invisible = "\xEF\xBB\xBF";
constexpr std::string_view k_toolbar_begin = "BEGIN WAYBACK TOOLBAR INSERT";
constexpr std::string_view k_toolbar_end = "END WAYBACK TOOLBAR INSERT";

bool is_name_start(char c) {
    return is_letter(c) || c == '_' || c == ':';
}

bool is_name_part(char c) {
    return is_name_start(c) || is_digit(c) || c == '-' || c == '.';
}

// A tag with many attributes takes libxml2 quadratic time, so it sees no others than these.
bool is_attribute_we_read(std::string_view name) {
    static constexpr std::array<std::string_view, 11> k_names = {
        "href",        "id",    "class", "style", "role",   "hidden",
        "aria-hidden", "start", "value", "type",  "rowspan"};
    return std::ranges::any_of(
        k_names, [&](std::string_view known) { return equals_ignoring_case(name, known); });
}

// Bytes that are no text of any kind. Returns where the next one may be.
std::size_t clean_character(std::string& page, std::size_t at) {
    const char c = page[at];
    if (static_cast<signed char>(c) >= 0) {
        // libxml2 passes over a form feed, offsets and all.
        page[at] = c == '\0' ? k_look_up : is_one_of(c, k_blanks) && c != '\f' ? c : ' ';
        return at + 1;
    }
    std::size_t end = at;
    const char32_t character = text::next_character(page, end);
    const bool ill_formed = character == text::k_replacement_character &&
                            std::string_view(page).substr(at, end - at) != "\xEF\xBF\xBD";
    if (ill_formed) {
        std::fill(page.begin() + static_cast<std::ptrdiff_t>(at),
                  page.begin() + static_cast<std::ptrdiff_t>(end), k_look_up);
    } else if (character == 0xFFFE || character == 0xFFFF) {
        page.replace(at, end - at, k_invisible);  // libxml2 would pass over it, offsets and all
    }
    return end;
}

void clean_bytes(std::string& page) {
    for (std::size_t i = 0; i < page.size();) {
        const bool plain = page[i] >= ' ' && page[i] < k_look_up;
        i = plain ? i + 1 : clean_character(page, i);
    }
}

class Cleaner {
public:
    explicit Cleaner(std::string_view html) : m_page(html) { clean_bytes(m_page); }

    std::string clean() {
        for (std::size_t text = 0; text < m_page.size();) {
            const std::size_t markup = std::min(m_page.find('<', text), m_page.size());
            std::replace(m_page.begin() + static_cast<std::ptrdiff_t>(text),
                         m_page.begin() + static_cast<std::ptrdiff_t>(markup), '&', k_look_up);
            text = markup < m_page.size() ? clean_markup(markup) : markup;
        }
        return std::move(m_page);
    }

private:
    char at(std::size_t i) const { return i < m_page.size() ? m_page[i] : '\0'; }

    std::string_view from(std::size_t i) const { return std::string_view(m_page).substr(i); }

    void blank(std::size_t begin, std::size_t end) {
        std::fill(m_page.begin() + static_cast<std::ptrdiff_t>(begin),
                  m_page.begin() + static_cast<std::ptrdiff_t>(end), ' ');
    }

    // Returns the offset behind the first ">", or the end of the page.
    std::size_t behind_angle(std::size_t begin) const {
        return std::min(m_page.find('>', begin), m_page.size() - 1) + 1;
    }

    // Each of these takes what begins with the "<" at `begin` and returns where to go on.
    std::size_t clean_markup(std::size_t begin) {
        const char next = at(begin + 1);
        if (from(begin).starts_with("<!--")) {
            return clean_comment(begin);
        }
        if (is_name_start(next)) {
            return clean_start_tag(begin);
        }
        if (next == '/' && is_name_start(at(begin + 2))) {
            return clean_end_tag(begin);
        }
        if (next != '!' && next != '?' && next != '/') {
            return begin + 1;
        }
        const std::size_t end = behind_angle(begin);
        blank(begin, end);
        return end;
    }

    std::size_t clean_comment(std::size_t begin) {
        const std::size_t inside = begin + 4;
        const std::size_t end = comment_end(inside);
        if (end == std::string::npos || m_page.compare(end - 3, 3, "-->") != 0 ||
            end < inside + 3) {
            const std::size_t cut = end == std::string::npos ? behind_angle(begin) : end;
            blank(begin, cut);
            return cut;
        }
        const std::string_view comment = from(inside).substr(0, end - inside);
        if (comment.find(k_toolbar_begin) != comment.npos) {
            return clean_toolbar(begin, end);
        }
        // Its marks stay: a blank in place of all would part a word that a comment stands in.
        blank(inside, end - 3);
        return end;
    }

    // The offset behind "-->"; npos if there is none.
    std::size_t comment_end(std::size_t inside) {
        if (at(inside) == '>') {
            return inside + 1;
        }
        if (from(inside).starts_with("->")) {
            return inside + 2;
        }
        for (std::size_t i = inside; !m_no_comment_ends;) {
            i = m_page.find("--", i);
            if (i == std::string::npos) {
                break;
            }
            i = std::min(m_page.find_first_not_of('-', i), m_page.size());
            const std::size_t mark = at(i) == '!' ? i + 1 : i;
            if (at(mark) == '>') {
                return mark + 1;
            }
        }
        m_no_comment_ends = true;
        return std::string::npos;
    }

    std::size_t clean_toolbar(std::size_t begin, std::size_t end) {
        const std::size_t closing =
            m_no_toolbar_ends ? std::string::npos : m_page.find(k_toolbar_end, end);
        m_no_toolbar_ends = closing == std::string::npos;
        const std::size_t behind = m_no_toolbar_ends ? end : behind_angle(closing);
        blank(begin, behind);
        return behind;
    }

    std::size_t clean_end_tag(std::size_t begin) {
        std::size_t i = begin + 2;
        while (is_name_part(at(i))) {
            ++i;
        }
        const std::size_t end = behind_angle(i);
        const bool closed = m_page[end - 1] == '>';
        blank(closed ? i : begin, closed ? end - 1 : end);
        return end;
    }

    std::size_t clean_start_tag(std::size_t begin) {
        std::size_t i = begin + 1;
        while (is_name_part(at(i))) {
            ++i;
        }
        const std::string name = lower_ascii(from(begin + 1).substr(0, i - begin - 1));
        while (i < m_page.size() && m_page[i] != '>') {
            if (m_page[i] == '/' && at(i + 1) == '>') {
                return i + 2;
            }
            i = is_one_of(m_page[i], k_blanks) ? i + 1 : clean_attribute(i);
        }
        if (i == m_page.size()) {
            blank(begin, i);
            return i;
        }
        return name == "script" || name == "style" ? clean_raw_text(i + 1, name) : i + 1;
    }

    // An attribute, or whatever else stands in its place.
    std::size_t clean_attribute(std::size_t begin) {
        std::size_t i = begin;
        while (is_name_part(at(i))) {
            ++i;
        }
        bool keep = is_attribute_we_read(from(begin).substr(0, i - begin));
        while (i < m_page.size() && !is_one_of(m_page[i], k_blanks) && m_page[i] != '=' &&
               m_page[i] != '>' && (m_page[i] != '/' || i == begin)) {
            keep = false;
            ++i;
        }
        const std::size_t sign = std::min(m_page.find_first_not_of(k_blanks, i), m_page.size());
        if (at(sign) == '=') {
            i = value_end(std::min(m_page.find_first_not_of(k_blanks, sign + 1), m_page.size()));
        }
        if (!keep) {
            blank(begin, i);
        }
        return i;
    }

    std::size_t value_end(std::size_t begin) {
        const char quote = at(begin);
        if (quote == '"' || quote == '\'') {
            bool& none_follows = quote == '"' ? m_no_double_quotes : m_no_single_quotes;
            const std::size_t closing =
                none_follows ? std::string::npos : m_page.find(quote, begin + 1);
            if (closing != std::string::npos) {
                return closing + 1;
            }
            none_follows = true;
            m_page[begin] = ' ';
        }
        std::size_t end = begin;
        while (end < m_page.size() && !is_one_of(m_page[end], k_blanks) && m_page[end] != '>') {
            ++end;
        }
        return end;
    }

    // Blanks a script or style up to its end tag; without one, the rest of the page.
    std::size_t clean_raw_text(std::size_t begin, std::string_view name) {
        std::size_t end = m_page.find("</", begin);
        while (end < m_page.size() &&
               (!equals_ignoring_case(from(end + 2).substr(0, name.size()), name) ||
                is_name_part(at(end + 2 + name.size())))) {
            end = m_page.find("</", end + 2);
        }
        end = std::min(end, m_page.size());
        blank(begin, end);
        return end;
    }

    std::string m_page;
    // Nothing of the kind stands behind where we are: no need to search the page once more.
    bool m_no_comment_ends = false;
    bool m_no_toolbar_ends = false;
    bool m_no_double_quotes = false;
    bool m_no_single_quotes = false;
};

}  // namespace

std::string clean_html(std::string_view html) {
    return Cleaner(html).clean();
}

}  // namespace smallprint::split
