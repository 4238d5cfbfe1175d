// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/split/html_events.h"

#include "common/base/owned.h"

#include <libxml/HTMLparser.h>
#include <libxml/encoding.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlstring.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <new>
#include <string>
#include <string_view>

namespace smallprint::split {
namespace {

// This much of the depth is for elements such as <font>, which old pages never close: with no room
// left for lists and headings, those would be lost.
constexpr int k_deepest_inline = k_deepest_element / 2;
constexpr int k_most_restarts = 16;

std::string_view view(const xmlChar* text) {
    return reinterpret_cast<const char*>(text);  // NOLINT: xmlChar is UTF-8
}

bool is_phrase_markup(std::string_view name) {
    static constexpr std::array<std::string_view, 14> k_names = {
        "a", "abbr", "b",     "big",  "code",   "em",  "font",
        "i", "s",    "small", "span", "strong", "sub", "u"};
    return std::ranges::binary_search(k_names, name);
}

// One run of libxml2 over a page, from `begin` on.
class Reader {
public:
    Reader(const std::string& page, std::size_t begin, HtmlHandler& handler)
        : m_page(std::string_view(page).substr(begin)), m_begin(static_cast<std::uint32_t>(begin)),
          m_handler(handler), m_context(own<htmlFreeParserCtxt>(htmlCreateMemoryParserCtxt(
                                  m_page.data(), static_cast<int>(m_page.size())))) {
        htmlCtxtUseOptions(m_context.get(), HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
                                                HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                                HTML_PARSE_IGNORE_ENC);
        xmlSwitchEncoding(m_context.get(), XML_CHAR_ENCODING_UTF8);
        install_handlers();
    }

    // Returns the offset into the page where libxml2 stopped.
    std::size_t run() {
        htmlParseDocument(m_context.get());
        if (m_failure) {
            std::rethrow_exception(m_failure);
        }
        if (m_context->errNo == XML_ERR_NO_MEMORY) {
            throw std::bad_alloc();
        }
        close_down_to(0);
        return m_begin + std::min(position(), m_page.size());
    }

private:
    void install_handlers() {
        htmlSAXHandler& sax = *m_context->sax;
        std::memset(&sax, 0, sizeof(sax));
        sax.startElement = [](void* self, const xmlChar* name, const xmlChar** attributes) {
            static_cast<Reader*>(self)->guarded(
                [&](Reader& reader) { reader.open(view(name), HtmlAttributes(attributes)); });
        };
        sax.endElement = [](void* self, const xmlChar*) {
            static_cast<Reader*>(self)->guarded(
                [](Reader& reader) { reader.close_down_to(reader.m_context->nameNr - 1); });
        };
        sax.characters = [](void* self, const xmlChar* text, int size) {
            static_cast<Reader*>(self)->guarded([&](Reader& reader) {
                reader.add_text(view(text).substr(0, static_cast<std::size_t>(size)));
            });
        };
        sax.ignorableWhitespace = sax.characters;
        sax.cdataBlock = sax.characters;
        m_context->userData = this;
    }

    // No exception goes through libxml2; it stops, and run() throws it again.
    template <typename Handle> void guarded(Handle handle) {
        if (m_failure) {
            return;
        }
        try {
            handle(*this);
        } catch (...) {
            m_failure = std::current_exception();
            xmlStopParser(m_context.get());
        }
    }

    // The new element is on libxml2's stack already. Some leave that stack unannounced.
    void open(std::string_view name, const HtmlAttributes& attributes) {
        close_down_to(m_context->nameNr - 1);
        m_handler.open_element(name, attributes);
        ++m_depth;
        const int deepest = is_phrase_markup(name) ? k_deepest_inline : k_deepest_element;
        if (m_depth > deepest) {
            close_down_to(m_depth - 1);
            forget_last_name();
        }
    }

    // libxml2 searches its whole stack for every end tag, which is why it must not grow without
    // limit; what is not on the stack is never closed.
    void forget_last_name() {
        --m_context->nameNr;
        m_context->name = m_context->nameTab[m_context->nameNr - 1];
    }

    void close_down_to(int depth) {
        for (; m_depth > std::max(depth, 0); --m_depth) {
            m_handler.close_element();
        }
    }

    void add_text(std::string_view text) {
        close_down_to(m_context->nameNr);
        m_handler.add_text(text, m_begin + static_cast<std::uint32_t>(offset_of(text)));
    }

    // How far libxml2 has read.
    std::size_t position() const {
        const xmlParserInput& input = *m_context->input;
        return input.consumed + static_cast<std::size_t>(input.cur - input.base);
    }

    // Text is a copy of what libxml2 has read last. Where that fills its buffer and where it is a
    // lone "<", the last character is still to be passed.
    std::size_t offset_of(std::string_view text) const {
        const std::size_t end = std::min(position(), m_page.size());
        const std::size_t begin = end - std::min(end, text.size());
        std::size_t last = text.size() - 1;
        while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0U) == 0x80U) {
            --last;
        }
        const std::size_t ahead = begin + text.size() - last;
        const bool is_ahead = m_page.substr(begin, text.size()) != text && ahead < m_page.size() &&
                              m_page.substr(ahead, text.size()) == text;
        return is_ahead ? ahead : begin;
    }

    std::string_view m_page;
    std::uint32_t m_begin;
    HtmlHandler& m_handler;
    Owned<htmlParserCtxt, htmlFreeParserCtxt> m_context;
    std::exception_ptr m_failure;
    int m_depth = 0;
};

}  // namespace

const unsigned char* const* HtmlAttributes::find(std::string_view name) const {
    for (const xmlChar* const* pair = m_pairs; pair != nullptr && *pair != nullptr; pair += 2) {
        if (view(*pair) == name) {
            return pair;
        }
    }
    return nullptr;
}

std::string_view HtmlAttributes::value(std::string_view name) const {
    const unsigned char* const* pair = find(name);
    return pair == nullptr || pair[1] == nullptr ? std::string_view() : view(pair[1]);
}

void read_html(const std::string& page, HtmlHandler& handler) {
    static const bool initialized = (xmlInitParser(), true);
    static_cast<void>(initialized);
    std::size_t begin = 0;
    for (int restarts = 0; begin < page.size() && restarts < k_most_restarts; ++restarts) {
        const std::size_t end = Reader(page, begin, handler).run();
        begin = std::max(end, begin + 1);
    }
}

}  // namespace smallprint::split
