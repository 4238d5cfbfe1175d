// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace smallprint {

// Writes queries as people would, of every operator and of these words.
class QueryWriter {
public:
    QueryWriter(std::mt19937& random, std::vector<std::string> words)
        : m_random(random), m_words(std::move(words)) {}

    std::string query() {
        std::string text = part(2);
        for (std::size_t i = 0; i < m_random() % 3; ++i) {
            text += " " + part(2);
        }
        if (m_random() % 4 == 0) {
            text += " NOT " + part(1);
        }
        if (m_random() % 2 == 0) {
            text += " " + field();
        }
        return text;
    }

private:
    const std::string& word() { return m_words[m_random() % m_words.size()]; }

    std::string term() {
        switch (m_random() % 6) {
        case 0:
            return "=" + word();
        case 1:
            return word().substr(0, 3) + "*";
        case 2:
            return "\"" + word() + " " + word() + "\"";
        default:
            return word();
        }
    }

    std::string operand(int depth) {
        switch (depth > 0 ? m_random() % 4 : 3) {
        case 0:
            return "(" + term() + " OR " + term() + ")";
        case 1:
            return "(" + near(depth - 1) + ")";
        default:
            return term();
        }
    }

    std::string near(int depth) {
        const std::string distance = std::to_string(1 + m_random() % 4);
        return operand(depth) + (m_random() % 2 == 0 ? " w/" : " pre/") + distance + " " +
               operand(depth);
    }

    std::string part(int depth) {
        switch (m_random() % 6) {
        case 0:
            return "(" + near(depth) + ")";
        case 1:
            return "(" + operand(1) + " /s " + operand(1) + ")";
        case 2:
            return "(" + term() + " OR " + (depth > 0 ? part(depth - 1) : term()) + ")";
        case 3:
            return "(" + term() + " AND " + (depth > 0 ? part(depth - 1) : term()) + ")";
        default:
            return term();
        }
    }

    std::string span() {
        const std::size_t from = 2010 + m_random() % 5;
        return fmt::format("{}-0{}..{}", from, 1 + m_random() % 9, from + m_random() % 2);
    }

    std::string field() {
        switch (m_random() % 9) {
        case 0:
            return "vendor:one.example";
        case 6:
            return "heading:" + term();
        case 7:
            return "heading:(" + word() + (m_random() % 2 == 0 ? " OR " : " ") + word() + ")";
        case 8:
            return std::string(m_random() % 3 == 0   ? "date"
                               : m_random() % 2 == 0 ? "first-seen"
                                                     : "last-seen") +
                   ":unknown";
        case 1:
            return "date:" + span();
        case 2:
            return fmt::format("as-of:201{}-0{}-1{}", m_random() % 7, 1 + m_random() % 9,
                               m_random() % 10);
        case 3:
            return (m_random() % 2 == 0 ? "first-seen:" : "last-seen:") + span();
        case 4:
            return (m_random() % 2 == 0 ? "change:added date:" : "change:removed date:") + span();
        default:
            return "change:removed";
        }
    }

    std::mt19937& m_random;
    std::vector<std::string> m_words;
};

}  // namespace smallprint
