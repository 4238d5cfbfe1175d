// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/support/slow_words.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

// Words with their stems; "the" and "we" are stop words.
const std::map<std::string, std::string>& stems() {
    static const std::map<std::string, std::string> all = {
        {"sell", "sell"},       {"selling", "sell"},     {"sells", "sell"},
        {"data", "data"},       {"cookies", "cookie"},   {"cookie", "cookie"},
        {"location", "locate"}, {"share", "share"},      {"sharing", "share"},
        {"not", "not"},         {"the", "the"},          {"we", "we"},
        {"web", "web"},         {"site", "site"},        {"sites", "site"},
        {"website", "website"}, {"websites", "website"}, {"opt", "opt"},
        {"out", "out"},         {"outs", "out"},         {"optout", "optout"},
        {"optouts", "optout"}};
    return all;
}

}  // namespace

std::vector<std::string> slow_words() {
    std::vector<std::string> words = {"web-site", "web-sites", "opt-out", "opt-outs"};
    for (const auto& [word, stem] : stems()) {
        words.push_back(word);
    }
    return words;
}

bool is_slow_word(const std::string& word) {
    return stems().contains(word);
}

const std::string& slow_stem(const std::string& word) {
    return stems().at(word);
}

bool is_slow_stop_word(const std::string& word) {
    return word == "the" || word == "we";
}

// The parts of a compound, however it is written; nothing for other words.
std::optional<std::pair<std::string, std::string>> slow_parts(const std::string& word) {
    if (const std::size_t hyphen = word.find('-'); hyphen != std::string::npos) {
        return std::pair(word.substr(0, hyphen), word.substr(hyphen + 1));
    }
    if (word.starts_with("website") || word.starts_with("optout")) {
        return std::pair(word.substr(0, 3), word.substr(3));
    }
    return std::nullopt;
}

bool makes_slow_compound(const std::string& a, const std::string& b) {
    return (a == "web" && slow_stem(b) == "site") || (a == "opt" && slow_stem(b) == "out");
}

}  // namespace smallprint
