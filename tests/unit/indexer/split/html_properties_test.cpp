// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/section.h"
#include "indexer/split/splitter.h"
#include "tests/support/piece_checks.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

constexpr std::uint32_t k_pages = 1500;
constexpr std::size_t k_most_words = 500;

constexpr auto k_tags = std::to_array<std::string_view>({"p",
                                                         "div",
                                                         "b",
                                                         "a href='/x'",
                                                         "ul",
                                                         "ol start=3",
                                                         "li",
                                                         "table",
                                                         "tr",
                                                         "td",
                                                         "th",
                                                         "h1",
                                                         "h2",
                                                         "dl",
                                                         "dt",
                                                         "dd",
                                                         "nav",
                                                         "footer",
                                                         "span",
                                                         "form",
                                                         "aside",
                                                         "blockquote",
                                                         "pre",
                                                         "section",
                                                         "i",
                                                         "details",
                                                         "summary",
                                                         "main",
                                                         "div class=menu",
                                                         "div id='cookie-banner' class=\"x\"",
                                                         "p hidden",
                                                         "x-y",
                                                         "option",
                                                         "em",
                                                         "font color=red",
                                                         "noscript",
                                                         "header",
                                                         "article",
                                                         "select",
                                                         "button"});

// Pages made by chance, the same for the same seed: elements of all kinds, closed or not, scripts,
// styles, comments, attributes; with the words w1, w2 ... in order.
class RandomPage {
public:
    explicit RandomPage(std::uint32_t seed) : m_random(seed) {}

    std::string make() {
        m_page = pick(3) == 0 ? "<!DOCTYPE html><html><head><title>w0</title></head><body>" : "";
        for (std::size_t i = 5 + pick(20); i > 0; --i) {
            add_element(0);
        }
        return m_page;
    }

private:
    std::size_t pick(std::size_t below) {
        return std::uniform_int_distribution<std::size_t>(0, below - 1)(m_random);
    }

    void add_words() {
        for (std::size_t i = 1 + pick(pick(4) == 0 ? 30 : 5); i > 0; --i) {
            m_page += fmt::format("w{}{}", ++m_words, pick(9) == 0 ? "<br>" : " ");
        }
    }

    void add_element(std::size_t depth) {
        if (pick(12) == 0) {
            add_what_is_no_text();
        }
        const std::string_view name = k_tags[pick(k_tags.size())];
        m_page += fmt::format("<{}>", name);
        for (std::size_t i = pick(4); i > 0 && m_words < k_most_words; --i) {
            add_words();
            if (depth < 6) {
                add_element(depth + 1);
            }
        }
        if (pick(4) != 0) {
            m_page += fmt::format("</{}>", name.substr(0, name.find(' ')));
        }
    }

    void add_what_is_no_text() {
        static constexpr auto k_parts = std::to_array<std::string_view>(
            {"<script>var x = '<p>w999</p>';</script>", "<style>w999 > p {}</style>",
             "<!-- w999 <p> -->", "<img alt='w999'>", "<?xml w999?>", "<!w999>",
             "<SCRIPT src='x'>w999</SCRIPT>"});
        m_page += k_parts[pick(k_parts.size())];
    }

    std::mt19937 m_random;
    std::string m_page;
    std::size_t m_words = 0;
};

// Slow and simple: cuts out what begins with `open`, up to `close`.
void cut(std::string& page, std::string_view open, std::string_view close) {
    for (std::size_t at = page.find(open); at != std::string::npos; at = page.find(open, at)) {
        const std::size_t end = page.find(close, at);
        page.erase(at, end == std::string::npos ? end : end + close.size() - at);
    }
}

std::vector<std::string> words_in(std::string_view text) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == 'w') {
            const std::size_t end =
                std::min(text.find_first_not_of("0123456789", i + 1), text.size());
            words.emplace_back(text.substr(i, end - i));
        }
    }
    std::erase(words, "w");
    return words;
}

std::vector<std::string> words_of_page(std::string page) {
    cut(page, "<script", "</script>");
    cut(page, "<SCRIPT", "</SCRIPT>");
    cut(page, "<style", "</style>");
    cut(page, "<!--", "-->");
    cut(page, "<", ">");
    return words_in(page);
}

}  // namespace

TEST_CASE("every word of a page outside of scripts and styles is in its pieces, in order") {
    for (std::uint32_t seed = 0; seed < k_pages; ++seed) {
        const std::string page = RandomPage(seed).make();
        const std::vector<Piece> pieces = split::Splitter().split_html(page);
        const std::vector<std::string> shown = words_in(joined_texts(pieces));
        const std::vector<std::string> held = words_of_page(page);
        const auto differ = std::ranges::mismatch(shown, held);
        INFO("seed ", seed, ": ", differ.in1 == shown.end() ? "the end" : *differ.in1,
             " stands where this should be: ", differ.in2 == held.end() ? "the end" : *differ.in2);
        REQUIRE(shown == held);
    }
}

TEST_CASE("the pieces of a page are sound") {
    for (std::uint32_t seed = 0; seed < k_pages; ++seed) {
        const std::string page = RandomPage(seed).make();
        CAPTURE(seed);
        REQUIRE(complaint_about(split::Splitter().split_html(page), page) == "");
    }
}

TEST_CASE("the source range of a piece of a page holds its words") {
    for (std::uint32_t seed = 0; seed < k_pages; ++seed) {
        const std::string page = RandomPage(seed).make();
        for (const Piece& piece : split::Splitter().split_html(page)) {
            INFO("seed ", seed, ": ", piece.text);
            const std::vector<std::string> shown = words_in(piece.text);
            const std::vector<std::string> held = words_of_page(
                page.substr(piece.source_begin, piece.source_end - piece.source_begin));
            REQUIRE((shown.empty() || shown == held));
        }
    }
}

TEST_CASE("what was split before does not change how a page is split") {
    split::Splitter used;
    for (std::uint32_t seed = 0; seed < 200; ++seed) {
        const std::string page = RandomPage(seed).make();
        CAPTURE(seed);
        static_cast<void>(used.split_markdown(page));
        REQUIRE(used.split_html(page) == split::Splitter().split_html(page));
    }
}

}  // namespace smallprint
