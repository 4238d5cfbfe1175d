// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/split/headings.h"

#include "common/base/strings.h"
#include "common/model/section.h"
#include "indexer/split/block.h"
#include "indexer/split/markdown_blocks.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::split {
namespace {

constexpr std::size_t k_longest_heading = 30;       // words; a longer one is a marked-up paragraph
constexpr std::size_t k_longest_bare_heading = 12;  // words
constexpr std::size_t k_longest_bare_bytes = 100;
constexpr std::size_t k_longest_bold_heading = 15;  // words
constexpr std::size_t k_longest_run_in = 10;        // words
constexpr std::size_t k_longest_chain = 3;     // bare headings in a row before the text they open
constexpr std::size_t k_shortest_opened = 12;  // words of the paragraph that follows a bare heading
constexpr std::size_t k_shortest_sentence = 6;  // the same, where it cannot be a heading itself
constexpr std::size_t k_longest_date = 5;       // words of a line that is nothing but a date
constexpr std::size_t k_longest_label = 4;      // words of a line with a colon that is a heading

template <std::size_t N>
bool contains_any(std::string_view text, const std::array<std::string_view, N>& words) {
    return std::ranges::any_of(
        words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// "Last updated May 25, 2018" stands where a heading could, but opens nothing.
bool is_date_line(std::string_view text) {
    static constexpr std::array<std::string_view, 10> k_words = {
        "updated",     "effective", "revised", "version", "modified",
        "mise à jour", "stand:",    "posted",  "date:",   "revision"};
    static constexpr std::array<std::string_view, 12> k_months = {
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"};
    const std::string lowered = lower_ascii(text);
    return std::ranges::any_of(text, is_digit) &&
           (contains_any(lowered, k_words) ||
            (contains_any(lowered, k_months) && count_words(text) <= k_longest_date));
}

// "Data transfer agreement between": the line goes on elsewhere.
bool ends_in_the_middle(std::string_view text) {
    static constexpr std::array<std::string_view, 16> k_words = {
        "and", "or",   "the",     "a",  "of",  "to", "for", "in",
        "by",  "with", "between", "de", "des", "et", "à",   "les"};
    const std::size_t blank = text.rfind(' ');
    return blank != std::string_view::npos &&
           std::ranges::find(k_words, text.substr(blank + 1)) != k_words.end();
}

bool is_address_like(std::string_view text) {
    static constexpr std::array<std::string_view, 4> k_signs = {"@", "http", "www.", "©"};
    return contains_any(text, k_signs);
}

bool names_a_policy(std::string_view text) {
    static constexpr std::array<std::string_view, 7> k_words = {
        "privacy", "policy", "terms", "statement", "notice", "confidentialité", "datenschutz"};
    return contains_any(lower_ascii(text), k_words);
}

// Long words begin with capitals: "Mobile Device Information", not "We do not sell your data".
bool is_title_case(std::string_view text) {
    std::size_t capital = 0;
    std::size_t small = 0;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t end = std::min(text.find(' ', i), text.size());
        if (end - i >= 4 || i == 0) {
            (is_lower(text[i]) ? small : capital) += 1;
        }
        i = end + 1;
    }
    return small == 0 && capital > 0;
}

bool is_bold_heading(const Block& block) {
    const std::string& text = block.inside.text;
    if (block.type != BlockType::paragraph || block.inside.bold_end == 0 ||
        block.words > k_longest_bold_heading || text.find('\n') != std::string::npos ||
        is_date_line(text)) {
        return false;
    }
    const std::string_view rest = std::string_view(text).substr(block.inside.bold_end);
    const bool all_bold = rest.find_first_not_of(" .:*") == std::string_view::npos;
    return all_bold && (text.back() != '.' || is_title_case(text) || block.words <= 4);
}

// "Legal basis: consent", a question with its answer, a cell of a table that lost its bars: they
// stand where a heading could, but say something by themselves.
bool is_statement(std::string_view text) {
    static constexpr std::array<std::string_view, 5> k_answers = {"yes", "no", "oui", "non", "n/a"};
    static constexpr std::array<std::string_view, 6> k_parts = {"part",  "section",  "article",
                                                                "annex", "appendix", "chapter"};
    const std::string lowered = lower_ascii(text);
    if (std::ranges::find(k_answers, lowered) != k_answers.end() ||
        text.find("? ") != std::string_view::npos) {
        return true;
    }
    const std::size_t colon = lowered.find(": ");
    const std::string_view label = std::string_view(lowered).substr(0, colon);
    return colon != std::string::npos && !contains_any(label, k_parts) &&
           std::ranges::none_of(label, is_digit);
}

bool is_bare_line(const Block& block) {
    const std::string& text = block.inside.text;
    if (block.type != BlockType::paragraph || block.continues_item || !block.inside.links.empty() ||
        block.words == 0 || block.words > k_longest_bare_heading ||
        text.size() > k_longest_bare_bytes || text.find('\n') != std::string::npos) {
        return false;
    }
    const bool open_end = !is_one_of(text.back(), ".,;!|");
    const bool starts_well = !is_lower(text.front()) && text.front() != '(';
    const bool has_letter = std::ranges::any_of(
        text, [](char c) { return is_lower(c) || is_upper(c) || static_cast<signed char>(c) < 0; });
    const bool introduces =
        text.back() == ':' && block.words > k_longest_label && !is_title_case(text);
    return open_end && starts_well && has_letter && !ends_in_the_middle(text) && !introduces &&
           !is_statement(text) && !is_date_line(text) && !is_address_like(text);
}

// A numbered item by itself, as in "1. Definitions" above a paragraph.
bool is_lone_numbered_line(std::span<const Block* const> blocks, std::size_t at) {
    const Block& block = *blocks[at];
    const auto is_item = [&](std::size_t i) {
        return i < blocks.size() && blocks[i]->type == BlockType::list_item;
    };
    const std::string& text = block.inside.text;
    const bool lone = block.type == BlockType::list_item && block.ordered && !is_item(at + 1) &&
                      (at == 0 || !is_item(at - 1));
    return lone && !text.empty() && block.words <= k_longest_bare_heading &&
           text.find('\n') == std::string::npos && !is_one_of(text.back(), ".,;:");
}

// Is this what stands under a heading?
bool opens_text(const Block& block) {
    if (block.type == BlockType::paragraph) {
        return block.words >= k_shortest_opened ||
               (block.words >= k_shortest_sentence && !is_bare_line(block) &&
                !is_bold_heading(block) && !is_date_line(block.inside.text));
    }
    return block.type == BlockType::list_item || block.type == BlockType::table_header ||
           block.type == BlockType::table_row;
}

// Returns where a bold start of a paragraph ends that names what follows: "Log Files:", "Cookies."
std::optional<std::uint32_t> run_in_end(const Block& block) {
    const std::string& text = block.inside.text;
    const std::uint32_t bold_end = block.inside.bold_end;
    if (block.type != BlockType::paragraph || bold_end == 0 || bold_end >= text.size()) {
        return std::nullopt;
    }
    const std::string_view bold = std::string_view(text).substr(0, bold_end);
    std::size_t end = bold_end;
    while (end < text.size() && (text[end] == ' ' || text[end] == '\n')) {
        ++end;
    }
    const bool closed_after = end < text.size() && (text[end] == ':' || text[end] == '.');
    const bool own_line = text[bold_end] == '\n';
    const char last = closed_after ? text[end] : bold.back();
    const bool named = last == ':' || last == '?' || own_line ||
                       (last == '.' && (is_title_case(bold) || count_words(bold) <= 3));
    const std::size_t longest = own_line ? k_longest_bold_heading : k_longest_run_in;
    if (!named || count_words(bold) > longest || is_date_line(bold)) {
        return std::nullopt;
    }
    end += closed_after ? 1 : 0;
    const bool text_follows = count_words(std::string_view(text).substr(end)) >= 3;
    return text_follows ? std::optional(static_cast<std::uint32_t>(end)) : std::nullopt;
}

class Finder {
public:
    Finder(std::span<const Block* const> blocks, const std::vector<bool>& boilerplate)
        : m_blocks(blocks), m_boilerplate(boilerplate), m_marks(blocks.size()) {}

    std::vector<HeadingMark> find() {
        for (std::size_t i = 0; i < m_blocks.size(); ++i) {
            if (!m_boilerplate[i]) {
                m_marks[i] = mark(i);
            }
        }
        choose_title();
        mark_statements();
        return m_marks;
    }

private:
    HeadingMark mark(std::size_t at) const {
        const Block& block = *m_blocks[at];
        if (block.type == BlockType::heading) {
            const bool fits = block.words > 0 && block.words <= k_longest_heading;
            return fits ? HeadingMark{HeadingRole::heading, block.level, 0} : HeadingMark{};
        }
        if (is_bold_heading(block)) {
            return {HeadingRole::heading, k_bold_level, 0};
        }
        if ((is_bare_line(block) || is_lone_numbered_line(m_blocks, at)) && opens_something(at)) {
            return {HeadingRole::heading, k_bare_level, 0};
        }
        if (const auto end = run_in_end(block)) {
            return {HeadingRole::run_in, k_run_in_level, *end};
        }
        return {};
    }

    // A bare line is a heading only if text follows, with at most two more of its kind, or a date,
    // between.
    // One that ends in a colon before a list introduces that list.
    bool opens_something(std::size_t at) const {
        const bool colon = m_blocks[at]->inside.text.back() == ':';
        for (std::size_t i = at + 1; i < m_blocks.size() && i <= at + k_longest_chain; ++i) {
            const Block& next = *m_blocks[i];
            if (m_boilerplate[i] || next.type == BlockType::heading) {
                return false;
            }
            if (opens_text(next)) {
                return !colon || (next.type == BlockType::paragraph && i == at + 1);
            }
            if (!is_bare_line(next) && !is_bold_heading(next) && !is_date_line(next.inside.text)) {
                return false;
            }
        }
        return false;
    }

    // The first heading names the document if no text precedes it and it speaks of a policy,
    // without a number, or is the only one of the highest level.
    void choose_title() {
        std::size_t first = 0;
        while (first < m_marks.size() && m_marks[first].role == HeadingRole::none) {
            if (!m_boilerplate[first] && m_blocks[first]->words >= k_shortest_opened) {
                return;
            }
            ++first;
        }
        if (first == m_marks.size() || m_marks[first].role != HeadingRole::heading) {
            return;
        }
        const std::uint8_t level = m_marks[first].level;
        const bool highest =
            std::none_of(m_marks.begin() + static_cast<std::ptrdiff_t>(first) + 1, m_marks.end(),
                         [&](const HeadingMark& mark) {
                             return mark.role == HeadingRole::heading && mark.level <= level;
                         });
        const std::string& text = m_blocks[first]->inside.text;
        if ((highest && level == 1) || (names_a_policy(text) && !is_digit(text.front()))) {
            m_marks[first].role = HeadingRole::title;
        }
    }

    // A heading right before another one of its level or above, or at the end, opens nothing: its
    // words would stand above no clause, where no search finds them.
    void mark_statements() {
        std::uint8_t next_level = 0;  // of the heading that follows; 0 is the end, or a title
        bool follows = true;          // a heading or the end does, rather than text
        for (std::size_t i = m_marks.size(); i-- > 0;) {
            if (m_boilerplate[i]) {
                follows = false;  // "Contents" above a table of contents
            }
            if (m_boilerplate[i] || m_blocks[i]->inside.text.empty()) {
                continue;
            }
            HeadingMark& mark = m_marks[i];
            const bool opens = !follows || next_level > mark.level;
            if (mark.role == HeadingRole::heading && !opens) {
                mark.role = HeadingRole::statement;
            }
            follows = mark.role != HeadingRole::none;
            next_level = mark.role == HeadingRole::title ? 0 : mark.level;
        }
    }

    std::span<const Block* const> m_blocks;
    const std::vector<bool>& m_boilerplate;
    std::vector<HeadingMark> m_marks;
};

}  // namespace

std::vector<HeadingMark> find_headings(std::span<const Block* const> blocks,
                                       const std::vector<bool>& boilerplate) {
    return Finder(blocks, boilerplate).find();
}

}  // namespace smallprint::split
