// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/date.h"

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace smallprint {

// What a clause is to the reading.
struct SlowClause {
    std::string vendor;
    std::string text;
    std::vector<std::string> headings;                      // in the newest snapshot with it
    std::vector<std::pair<std::size_t, std::size_t>> runs;  // of snapshots, both ends inside
    std::vector<std::optional<Day>> days;                   // of all snapshots of its policy

    std::optional<Day> first_seen() const;
    std::optional<Day> last_seen() const;

    // In which it stood; an empty one if no day is known.
    std::set<std::string> years() const;
};

// A text as words: at each place those that can be read there, "web-site" as two or as one.
struct SlowText {
    struct Reading {
        std::string word;
        std::size_t width = 1;
    };

    struct Place {
        std::vector<Reading> readings;
        std::size_t begin = 0;  // bytes
        std::size_t sentence = 0;
    };

    explicit SlowText(const std::string& text);

    std::vector<Place> places;
};

}  // namespace smallprint
