// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/support/random_markdown.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

constexpr auto k_stray = std::to_array<std::string_view>(
    {"*",        "**",  "_",     "`", "[",  "]",        "(",
     ")",        "<",   ">",     "|", "#",  "~",        "!",
     "\\*",      "\\[", "&amp;", "&", "“",  "”",        ";",
     ":",        "...", "--",    "–", "\\", "\xC2\xAD", "\xE2\x80\x8B",
     "\xC2\xA0", "©",   "1)"});
constexpr auto k_wrappers = std::to_array<std::array<std::string_view, 2>>({
    {"*", "*"},
    {"**", "**"},
    {"_", "_"},
    {"***", "***"},
    {"`", "`"},
    {"[", "](http://site.example/a_b?c=d*e)"},
    {"[", "](/path_(x) \"A title\")"},
    {"[**", "**](#anchor)"},
    {"<span class=\"box\">", "</span>"},
    {"<a href='x'>", "</a>"},
    {"“", "”"},
    {"(", ")"},
});

class Author {
public:
    explicit Author(std::uint32_t seed) : m_random(seed) {}

    RandomMarkdown write() {
        const std::size_t blocks = up_to(25) + 1;
        for (std::size_t i = 0; i < blocks; ++i) {
            write_block();
            m_out.source += up_to(3) == 0 ? "\n" : "\n\n";
        }
        return m_out;
    }

private:
    std::size_t up_to(std::size_t most) {
        return std::uniform_int_distribution<std::size_t>(0, most)(m_random);
    }

    template <typename Choices> const auto& one_of(const Choices& choices) {
        return choices[up_to(choices.size() - 1)];
    }

    std::string word() { return "w" + std::to_string(++m_out.words); }

    // Words and blanks only.
    std::string words(std::size_t count) {
        std::string text;
        for (std::size_t i = 0; i < count; ++i) {
            text += i == 0 ? "" : " ";
            text += word();
        }
        return text;
    }

    std::string wrapped(std::size_t count) {
        const auto& [open, close] = one_of(k_wrappers);
        std::string text(open);
        text += words(count);
        text += close;
        return text;
    }

    // A line of a paragraph: words, some of them marked up, some with stray markers between.
    std::string line(std::size_t count) {
        std::string text = words(1);
        for (std::size_t i = 1; i < count; ++i) {
            switch (up_to(9)) {
            case 0:
                text += ' ' + wrapped(up_to(3) + 1);
                break;
            case 1:
                text += ' ' + std::string(one_of(k_stray)) + ' ' + word();
                break;
            case 2:
                text += ". W" + std::to_string(++m_out.words);
                break;
            default:
                text += ' ' + word();
            }
        }
        return text;
    }

    void write_block() {
        using Write = void (Author::*)();
        static constexpr auto k_blocks = std::to_array<Write>(
            {&Author::write_heading, &Author::write_heading, &Author::write_bold_line,
             &Author::write_bare_line, &Author::write_paragraph, &Author::write_paragraph,
             &Author::write_paragraph, &Author::write_long_paragraph, &Author::write_list,
             &Author::write_list, &Author::write_table, &Author::write_quote, &Author::write_code,
             &Author::write_rule, &Author::write_menu});
        (this->*one_of(k_blocks))();
    }

    void write_heading() {
        if (up_to(3) == 0) {
            m_out.source += words(up_to(4) + 1) + '\n' + (up_to(1) == 0 ? "=====" : "-----");
            return;
        }
        m_out.source += std::string(up_to(5) + 1, '#') + ' ' + line(up_to(6) + 1);
    }

    void write_bold_line() {
        m_out.source += "**" + words(up_to(5) + 1) + "**";
        if (up_to(1) == 0) {
            m_out.source += up_to(1) == 0 ? ": " : " . ";
            m_out.source += line(up_to(20) + 3);
        }
    }

    void write_bare_line() { m_out.source += words(up_to(5) + 1) + (up_to(3) == 0 ? ":" : ""); }

    void write_paragraph() {
        static constexpr auto k_breaks = std::to_array<std::string_view>({"\n", "  \n", "\\\n"});
        const std::size_t lines = up_to(3) + 1;
        for (std::size_t i = 0; i < lines; ++i) {
            m_out.source += i == 0 ? "" : one_of(k_breaks);
            m_out.source += line(up_to(25) + 1);
        }
        m_out.source += up_to(1) == 0 ? "." : "";
    }

    void write_long_paragraph() {
        m_out.source += up_to(1) == 0 ? line(up_to(900) + 200) : words(up_to(900) + 200);
    }

    void write_list() {
        std::size_t depth = 0;
        const std::size_t items = up_to(8) + 1;
        for (std::size_t i = 0; i < items; ++i) {
            depth = up_to(depth + 1);
            const std::string indent(2 * depth + 2, ' ');
            m_out.source += indent + (up_to(2) == 0 ? std::to_string(i + 1) + ". " : "* ");
            m_out.source += line(up_to(up_to(3) == 0 ? 120 : 12) + 1) + '\n';
            if (up_to(4) == 0) {
                m_out.source += '\n' + indent + "  " + line(up_to(30) + 1) + '\n';
            }
            m_out.source += up_to(3) == 0 ? "\n" : "";
        }
    }

    void write_table() {
        const bool framed = up_to(1) == 0;
        const std::size_t rows = up_to(6) + 2;
        for (std::size_t row = 0; row < rows; ++row) {
            std::string text = words(up_to(5) + 1);
            text += " | " + words(up_to(20) + 1);
            text += " | " + wrapped(up_to(5) + 1);
            m_out.source += framed ? "| " + text + " |\n" : text + "  \n";
            if (row == 0) {
                m_out.source += framed ? "| --- | --- | --- |\n" : "---|---|---\n";
            }
        }
    }

    void write_quote() {
        m_out.source += "> " + line(up_to(20) + 1);
        m_out.source += "\n> " + line(up_to(20) + 1);
        m_out.source += up_to(1) == 0 ? "\n>\n> * " + words(3) : "";
    }

    void write_code() {
        m_out.source += "```\n" + words(3);
        m_out.source += "\n*" + words(2) + "\n```\n";
    }

    void write_rule() { m_out.source += up_to(1) == 0 ? "* * *" : "---"; }

    void write_menu() {
        const std::size_t entries = up_to(5) + 1;
        for (std::size_t i = 0; i < entries; ++i) {
            m_out.source += "  * [" + words(up_to(2) + 1) + "](/page)\n";
        }
    }

    std::mt19937 m_random;
    RandomMarkdown m_out;
};

}  // namespace

RandomMarkdown random_markdown(std::uint32_t seed) {
    return Author(seed).write();
}

}  // namespace smallprint
