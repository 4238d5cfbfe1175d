// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/support/random_past.h"

#include "common/model/date.h"
#include "tests/support/slow_clause.h"
#include "tests/support/slow_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

// Headings of a policy's sections, outermost first.
const std::vector<std::vector<std::string>> k_headings = {
    {"Selling data"},
    {"The web site", "Sharing cookies"},
    {"Website"},
    {"Opt-out", "The location"},
};

std::string random_clause(std::mt19937& random) {
    static const std::vector<std::string> words = slow_words();
    std::string text;
    for (int sentence = 0; sentence < 2; ++sentence) {
        for (std::size_t i = 0, size = 5 + random() % 3; i < size; ++i) {
            std::string word = words[random() % words.size()];
            word[0] = i == 0 ? static_cast<char>(word[0] - 'a' + 'A') : word[0];
            text += (text.empty() ? "" : " ") + word;
        }
        text += '.';
    }
    return text;
}

std::vector<std::string> random_clauses(std::mt19937& random, std::size_t count) {
    std::vector<std::string> clauses;
    clauses.reserve(count);
    while (clauses.size() < count) {
        clauses.push_back(random_clause(random));
    }
    return clauses;
}

std::string year_of(Day day) {
    return format_day(day).substr(0, 4);
}

}  // namespace

RandomPast::RandomPast(std::mt19937& random) {
    const std::vector<std::string> shared = random_clauses(random, 8);
    for (const char* vendor : {"one.example", "two.example", "three.example"}) {
        add_vendor(random, vendor, shared);
        read_clauses(vendor);
        note_years(vendor);
    }
}

void RandomPast::add_vendor(std::mt19937& random, const std::string& vendor,
                            const std::vector<std::string>& shared) {
    std::vector<std::string> pool = random_clauses(random, 14);
    pool.insert(pool.end(), shared.begin(), shared.end());
    std::vector<std::size_t> sections;
    sections.reserve(pool.size());
    for (std::size_t i = 0; i < pool.size(); ++i) {
        sections.push_back(random() % k_headings.size());
    }
    const bool begins_without_date = random() % 3 > 0;
    for (int year = begins_without_date ? 2009 : 2010; year < 2016; ++year) {
        Snapshot snapshot;
        if (year > 2009) {
            snapshot.day =
                parse_day(fmt::format("{}-0{}-1{}", year, 1 + random() % 9, random() % 10));
        }
        for (const auto& headings : k_headings) {
            snapshot.sections.push_back({headings, {}});
        }
        for (std::size_t i = 0; i < pool.size(); ++i) {
            if (random() % 3 > 0) {
                sections[i] = random() % 8 == 0 ? random() % k_headings.size() : sections[i];
                snapshot.sections[sections[i]].clauses.push_back(pool[i]);
            }
        }
        m_snapshots[vendor].push_back(std::move(snapshot));
    }
}

void RandomPast::read_clauses(const std::string& vendor) {
    const std::vector<Snapshot>& snapshots = m_snapshots[vendor];
    std::map<std::string, SlowClause> clauses;
    std::vector<std::optional<Day>> days;
    for (std::size_t i = 0; i < snapshots.size(); ++i) {
        days.push_back(snapshots[i].day);
        for (const Section& section : snapshots[i].sections) {
            // A heading with nothing under it speaks for itself.
            const std::vector<std::string> alone = {section.headings.back()};
            for (const std::string& text : section.clauses.empty() ? alone : section.clauses) {
                SlowClause& clause = clauses[text];
                clause.headings = section.headings;
                // What has no date is in no row with what has.
                const bool goes_on = !clause.runs.empty() && clause.runs.back().second + 1 == i &&
                                     days[i - 1].has_value() == days[i].has_value();
                if (goes_on) {
                    clause.runs.back().second = i;
                } else {
                    clause.runs.emplace_back(i, i);
                }
            }
        }
    }
    for (auto& [text, clause] : clauses) {
        clause.vendor = vendor;
        clause.text = text;
        clause.days = days;
        m_clauses.push_back(std::move(clause));
    }
}

// A snapshot is in force until the next one, the last to the end of its year.
void RandomPast::note_years(const std::string& vendor) {
    const std::vector<Snapshot>& snapshots = m_snapshots[vendor];
    for (std::size_t i = 0; i < snapshots.size(); ++i) {
        const std::optional<Day> day = snapshots[i].day;
        if (!day) {
            continue;
        }
        const std::string first = year_of(*day);
        m_in_force.push_back({first, vendor, i});
        const std::optional<Day> next =
            i + 1 < snapshots.size() ? snapshots[i + 1].day : std::nullopt;
        const std::string last = next ? year_of(*next - Day::duration(1)) : first;
        if (last != first) {
            m_in_force.push_back({last, vendor, i});  // the next one is of the year after
        }
    }
}

void RandomPast::write(const std::filesystem::path& folder) const {
    std::filesystem::create_directories(folder);
    std::ofstream rows(folder / "rows.jsonl");
    for (const auto& [vendor, snapshots] : m_snapshots) {
        for (const Snapshot& snapshot : snapshots) {
            std::string text = "# Policy";
            for (const Section& section : snapshot.sections) {
                std::string level = "#";
                for (const std::string& heading : section.headings) {
                    level += "#";
                    text += fmt::format("\\n\\n{} {}", level, heading);
                }
                for (const std::string& clause : section.clauses) {
                    text += "\\n\\n" + clause;
                }
            }
            rows << fmt::format(R"({{"vendor":"{}","type":"Privacy Policy","text":"{}")", vendor,
                                text);
            if (snapshot.day) {
                rows << fmt::format(R"(,"date":"{}")", format_day(*snapshot.day));
            }
            rows << "}\n";
        }
    }
}

std::set<std::string> RandomPast::vendors_with(const std::string& text) const {
    std::set<std::string> vendors;
    for (const SlowClause& clause : m_clauses) {
        if (clause.text == text) {
            vendors.insert(clause.vendor);
        }
    }
    return vendors;
}

std::map<std::string, RandomPast::Vendors>
RandomPast::vendors_by_year(const std::vector<const SlowClause*>& clauses) const {
    std::map<std::string, Vendors> years;
    for (const InForce& in_force : m_in_force) {
        Vendors& vendors = years[in_force.year];
        vendors.observed.insert(in_force.vendor);
        const bool says = std::ranges::any_of(clauses, [&](const SlowClause* clause) {
            return clause->vendor == in_force.vendor &&
                   std::ranges::any_of(clause->runs, [&](const auto& run) {
                       return run.first <= in_force.snapshot && in_force.snapshot <= run.second;
                   });
        });
        if (says) {
            vendors.matching.insert(in_force.vendor);
        }
    }
    return years;
}

}  // namespace smallprint
