// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace smallprint::split {

// Elements nested deeper than this are taken for empty, and their text for their parent's.
inline constexpr int k_deepest_element = 256;

// The attributes of one start tag, while it is being handled.
class HtmlAttributes {
public:
    // Names and values in turn, ended by a null pointer; null if there are none.
    explicit HtmlAttributes(const unsigned char* const* pairs) : m_pairs(pairs) {}

    bool has(std::string_view name) const { return find(name) != nullptr; }

    // Empty if there is no such attribute.
    std::string_view value(std::string_view name) const;

private:
    const unsigned char* const* find(std::string_view name) const;

    const unsigned char* const* m_pairs;
};

// Hears of a page in the order of its source.
class HtmlHandler {
public:
    HtmlHandler() = default;
    HtmlHandler(const HtmlHandler&) = delete;
    HtmlHandler(HtmlHandler&&) = delete;
    HtmlHandler& operator=(const HtmlHandler&) = delete;
    HtmlHandler& operator=(HtmlHandler&&) = delete;
    virtual ~HtmlHandler() = default;

    // `name` is in small letters. Every element that is opened is closed, the last one first.
    virtual void open_element(std::string_view name, const HtmlAttributes& attributes) = 0;
    virtual void close_element() = 0;
    // With k_look_up for what is to be looked up. `source` is where the text stands in the page.
    virtual void add_text(std::string_view text, std::uint32_t source) = 0;
};

// The one wall around libxml2's HTML parser: reads a page that clean_html() has been over, of less
// than 2 GiB, and hands on all its text, whatever state it is in. Several threads may call this.
void read_html(const std::string& page, HtmlHandler& handler);

}  // namespace smallprint::split
