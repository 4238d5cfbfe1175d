// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/split/mending.h"

#include "common/base/strings.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::split {
namespace {

// No byte of UTF-8, and nothing that ends a link's target.
constexpr char k_blank_stand_in = '\xFF';
constexpr std::string_view k_no_break_space = "\xC2\xA0";
constexpr std::size_t k_longest_target = 1000;  // bytes, of one that has blanks

// Two blanks or a backslash before the line end at `at` make the next line start a new one.
bool is_hard_break(std::string_view text, std::size_t at) {
    const std::string_view before = text.substr(0, at);
    const std::size_t slashes = before.size() - (before.find_last_not_of('\\') + 1);
    return before.ends_with("  ") || slashes % 2 == 1;
}

bool starts_like_address(std::string_view target) {
    static constexpr std::array<std::string_view, 6> k_starts = {"http:", "https:",  "/",
                                                                 "#",     "mailto:", "tel:"};
    return std::ranges::any_of(k_starts,
                               [&](std::string_view start) { return target.starts_with(start); });
}

// The size of a link's target, whose text begins with `rest`: up to the parenthesis that closes it.
std::size_t target_size(std::string_view rest) {
    std::size_t depth = 0;
    for (std::size_t i = 0; i < std::min(rest.size(), k_longest_target); ++i) {
        if (rest[i] == ')' && depth == 0) {
            return i;
        }
        depth += rest[i] == '(' ? 1U : 0U;
        depth -= rest[i] == ')' ? 1U : 0U;
    }
    return 0;
}

// Bytes of the blank that `text` ends or begins with.
std::ptrdiff_t blank_before(std::string_view text) {
    return text.ends_with(' ') ? 1 : text.ends_with(k_no_break_space) ? 2 : 0;
}

std::ptrdiff_t blank_after(std::string_view text) {
    return text.starts_with(' ') ? 1 : text.starts_with(k_no_break_space) ? 2 : 0;
}

bool starts_with_letter(std::string_view text) {
    return !text.empty() && is_letter(text.front());
}

bool ends_with_stop(std::string_view text) {
    return !text.empty() && is_one_of(text.back(), ".:;!?");
}

}  // namespace

void join_lines(std::string& block) {
    for (std::size_t at = block.find_first_of("\r\n"); at != std::string::npos;
         at = block.find_first_of("\r\n", at)) {
        if (!is_hard_break(block, at)) {
            block[at] = ' ';
        }
        for (++at; at < block.size() && is_one_of(block[at], "> \t\n"); ++at) {
            block[at] = ' ';
        }
    }
}

void fill_targets(std::string& block) {
    for (std::size_t at = block.find("]("); at != std::string::npos; at = block.find("](", at)) {
        at += 2;
        const std::string_view rest = std::string_view(block).substr(at);
        const std::size_t size = starts_like_address(rest) ? target_size(rest) : 0;
        const std::string_view target = rest.substr(0, size);
        if (target.find(' ') != target.npos && target.find('"') == target.npos) {
            std::replace(block.begin() + static_cast<std::ptrdiff_t>(at),
                         block.begin() + static_cast<std::ptrdiff_t>(at + size), ' ',
                         k_blank_stand_in);
        }
        at += size;
    }
}

void tighten_bold(std::string& block) {
    bool inside = false;
    for (std::size_t at = block.find("**"); at != std::string::npos; at = block.find("**", at)) {
        const std::size_t end = std::min(block.find_first_not_of('*', at), block.size());
        if (end - at == 2 && (at == 0 || block[at - 1] != '\\')) {
            inside = !inside;
            const std::string_view before = std::string_view(block).substr(0, at);
            const std::string_view after = std::string_view(block).substr(end);
            const auto from = block.begin() + static_cast<std::ptrdiff_t>(at);
            if (inside && blank_before(before) == 0) {
                std::rotate(from, from + 2, from + 2 + blank_after(after));
            } else if (!inside && blank_after(after) == 0) {
                const bool stop = starts_with_letter(after) && ends_with_stop(before);
                std::rotate(from - (stop ? 1 : blank_before(before)), from, from + 2);
            }
        }
        at = end;
    }
}

std::string restored_target(std::string_view target) {
    std::string out;
    for (const char c : target) {
        if (c == k_blank_stand_in) {
            out += "%20";
        } else {
            out += c;
        }
    }
    return out;
}

bool blank_open_brackets(std::string& block) {
    std::vector<std::size_t> open;
    bool linked_before = false;
    for (std::size_t i = 0; i < block.size(); ++i) {
        if (block[i] == '\\') {
            ++i;
        } else if (block[i] == '[') {
            open.push_back(i);
        } else if (block[i] == ']' && !open.empty()) {
            open.pop_back();
        } else if (block[i] == ']') {
            linked_before = linked_before || block.compare(i, 2, "](") == 0;
        }
    }
    for (const std::size_t at : open) {
        block[at] = ' ';
    }
    return linked_before;
}

}  // namespace smallprint::split
