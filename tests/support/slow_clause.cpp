// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/support/slow_clause.h"

#include "common/model/date.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace smallprint {

std::optional<Day> SlowClause::first_seen() const {
    std::optional<Day> first;
    for (const auto& [begin, end] : runs) {
        for (std::size_t i = begin; i <= end && !first; ++i) {
            first = days[i];
        }
    }
    return first;
}

std::optional<Day> SlowClause::last_seen() const {
    return days[runs.back().second];
}

std::set<std::string> SlowClause::years() const {
    std::set<std::string> years;
    for (const auto& [begin, end] : runs) {
        std::optional<Day> first;
        for (std::size_t i = begin; i <= end && !first; ++i) {
            first = days[i];
        }
        if (first) {
            // From the first day of a run to its last it stood, whatever the gap between snapshots.
            const int last = std::stoi(format_day(days[end].value_or(*first)));
            for (int year = std::stoi(format_day(*first)); year <= last; ++year) {
                years.insert(std::to_string(year));
            }
        }
    }
    return years.empty() ? std::set<std::string>{""} : years;
}

SlowText::SlowText(const std::string& text) {
    std::size_t sentence = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of(" -.", at), text.size());
        if (end > at) {
            std::string word = text.substr(at, end - at);
            word[0] = static_cast<char>(word[0] | 0x20);
            places.push_back({{{std::move(word)}}, at, sentence});
            const bool joins = at > 0 && text[at - 1] == '-';
            if (joins) {
                Place& before = places[places.size() - 2];
                before.readings.push_back(
                    {before.readings.front().word + places.back().readings.front().word, 2});
            }
        }
        sentence += end < text.size() && text[end] == '.' ? 1U : 0U;
        at = end + 1;
    }
}

}  // namespace smallprint
