// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/date.h"
#include "tests/support/slow_clause.h"

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace smallprint {

// A random archive of the words that the slow reading knows: vendors whose policies change, with
// snapshots that have no date, clauses that come back, that move below other headings, and that
// several vendors share.
class RandomPast {
public:
    explicit RandomPast(std::mt19937& random);

    // As rows of JSON.
    void write(const std::filesystem::path& folder) const;

    // Every distinct clause of each policy.
    const std::vector<SlowClause>& clauses() const { return m_clauses; }

    std::set<std::string> vendors_with(const std::string& text) const;

    struct Vendors {
        std::set<std::string> observed;
        std::set<std::string> matching;
    };

    // By year: who has a snapshot in force on some day of it, and with one of these clauses.
    std::map<std::string, Vendors>
    vendors_by_year(const std::vector<const SlowClause*>& clauses) const;

private:
    struct Section {
        std::vector<std::string> headings;
        std::vector<std::string> clauses;
    };

    struct Snapshot {
        std::optional<Day> day;
        std::vector<Section> sections;
    };

    // A vendor's snapshot in force during a year.
    struct InForce {
        std::string year;
        std::string vendor;
        std::size_t snapshot = 0;
    };

    void add_vendor(std::mt19937& random, const std::string& vendor,
                    const std::vector<std::string>& shared);
    void read_clauses(const std::string& vendor);
    void note_years(const std::string& vendor);

    std::map<std::string, std::vector<Snapshot>> m_snapshots;  // those without a day first
    std::vector<SlowClause> m_clauses;
    std::vector<InForce> m_in_force;
};

}  // namespace smallprint
