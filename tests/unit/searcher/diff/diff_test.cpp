// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/hash.h"
#include "common/model/section.h"
#include "searcher/diff/diff.h"
#include "searcher/diff/word_diff.h"
#include "searcher/index/clause_view.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace smallprint;

namespace {

constexpr std::size_t k_everything = 1'000'000;

std::string id_of(const std::string& text) {
    return "id-" + std::to_string(hash64(text));
}

// A policy of lines: "# heading", "## heading inside of it", "| boilerplate", or a clause.
index::PolicyView policy(const std::vector<std::string>& lines, std::size_t snapshot = 1) {
    index::PolicyView view;
    view.snapshot = snapshot;
    view.snapshots = 2;
    for (const std::string& line : lines) {
        const std::size_t level = line.find_first_not_of('#');
        if (line.starts_with("! ")) {
            view.lines.push_back({PieceKind::title, 0, line.substr(2), {}, false});
        } else if (level > 0) {
            view.lines.push_back({PieceKind::heading,
                                  static_cast<std::uint8_t>(level - 1),
                                  line.substr(level + 1),
                                  {},
                                  false});
        } else {
            const bool boilerplate = line.starts_with("| ");
            view.lines.push_back({boilerplate ? PieceKind::boilerplate : PieceKind::clause, 0, line,
                                  id_of(line), false});
        }
    }
    return view;
}

diff::PolicyDiff compare(const std::vector<std::string>& before,
                         const std::vector<std::string>& after, std::size_t context = 0) {
    return diff::compare_snapshots(policy(before), policy(after, 2), context);
}

std::string path_of(const std::vector<std::string>& path) {
    std::string text;
    for (const std::string& heading : path) {
        text += (text.empty() ? "" : "/") + heading;
    }
    return text;
}

// One line a section and a change: "Sharing moved", "  ~ We may sell data.".
std::vector<std::string> told(const diff::PolicyDiff& diff) {
    std::vector<std::string> lines;
    for (const diff::SectionDiff& section : diff.sections) {
        const bool removed = section.fate == diff::SectionFate::removed;
        std::string line = path_of(removed ? section.before_path : section.after_path);
        line += removed ? " removed" : section.fate == diff::SectionFate::added ? " added" : "";
        line += section.renamed ? " was " + path_of(section.before_path) : "";
        line += section.moved ? " stood after " + section.stood_after : "";
        lines.push_back(line);
        for (const diff::ClauseDiff& change : section.changes) {
            static const std::map<diff::DiffKind, std::string> signs = {
                {diff::DiffKind::unchanged, "  = "},  {diff::DiffKind::added, "  + "},
                {diff::DiffKind::removed, "  - "},    {diff::DiffKind::reworded, "  ~ "},
                {diff::DiffKind::moved_here, "  > "}, {diff::DiffKind::moved_away, "  < "}};
            const bool gone = change.kind == diff::DiffKind::removed;
            lines.push_back(signs.at(change.kind) + (gone ? change.before : change.after) +
                            (change.elsewhere.empty() ? "" : " @" + path_of(change.elsewhere)));
        }
    }
    return lines;
}

using Lines = std::vector<std::string>;

const std::string k_sell = "We do not sell the personal data of our customers to anyone.";
const std::string k_cookies = "Our website sets a cookie when you log in to read your receipts.";
const std::string k_kept = "Recordings of calls to the support line are kept for thirty days.";
const std::string k_write = "Write to the office in Dovington with questions about this policy.";
const std::string k_children = "Children under thirteen may not open an account with us.";

std::string word(std::mt19937& random) {
    std::string text;
    for (std::size_t i = 0; i < 6; ++i) {
        text += static_cast<char>('a' + static_cast<int>(random() % 26));
    }
    return text;
}

std::string sentence(std::mt19937& random, std::size_t words) {
    std::string text;
    for (std::size_t i = 0; i < words; ++i) {
        text += (text.empty() ? "" : " ") + word(random);
    }
    return text + ".";
}

std::vector<std::string> random_policy(std::mt19937& random, std::size_t sections) {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < sections; ++i) {
        if (i > 0 || random() % 2 == 0) {
            lines.push_back(std::string(1 + random() % 3, '#') + " " + word(random));
        }
        for (std::size_t j = random() % 6; j > 0; --j) {
            lines.push_back(random() % 8 == 0 ? "Yes." : sentence(random, 3 + random() % 20));
        }
    }
    return lines;
}

// Lines go, come, change and move, headings too.
std::vector<std::string> edited(std::vector<std::string> lines, std::mt19937& random) {
    for (std::size_t i = random() % 8; i > 0 && !lines.empty(); --i) {
        const auto at = lines.begin() + static_cast<std::ptrdiff_t>(random() % lines.size());
        switch (random() % 5) {
        case 0:
            lines.erase(at);
            break;
        case 1:
            lines.insert(at, sentence(random, 10));
            break;
        case 2:
            *at += " " + word(random);
            break;
        case 3:
            lines.insert(at, "# " + word(random));
            break;
        default:
            std::rotate(lines.begin(), at, lines.begin() + (at - lines.begin()) + 1);
        }
    }
    return lines;
}

std::multimap<std::string, int> clauses_of(const index::PolicyView& view) {
    std::multimap<std::string, int> ids;
    for (const index::PolicyLine& line : view.lines) {
        if (line.kind == PieceKind::clause) {
            ids.emplace(line.id, 0);
        }
    }
    return ids;
}

bool take_one(std::multimap<std::string, int>& ids, const std::string& id) {
    const auto found = ids.find(id);
    if (found == ids.end()) {
        return false;
    }
    ids.erase(found);
    return true;
}

// Every clause of both snapshots is told once, or unchanged in a section left out.
void check_complete(const index::PolicyView& before, const index::PolicyView& after) {
    const diff::PolicyDiff diff = diff::compare_snapshots(before, after, k_everything);
    auto old_clauses = clauses_of(before);
    auto new_clauses = clauses_of(after);
    diff::DiffCounts counts;
    std::size_t away = 0;
    std::size_t from_elsewhere = 0;
    for (const diff::SectionDiff& section : diff.sections) {
        CHECK((section.unchanged_after == 0 || section.changes.empty()));
        for (const diff::ClauseDiff& change : section.changes) {
            CHECK(change.unchanged_before == 0);
            CHECK(change.words.empty() ==
                  (change.before.empty() || change.after.empty() || change.before == change.after));
            if (change.kind == diff::DiffKind::moved_away) {
                ++away;
                continue;
            }
            REQUIRE((change.before_id.empty() || take_one(old_clauses, change.before_id)));
            REQUIRE((change.after_id.empty() || take_one(new_clauses, change.after_id)));
            counts.added += change.kind == diff::DiffKind::added ? 1U : 0U;
            counts.removed += change.kind == diff::DiffKind::removed ? 1U : 0U;
            counts.reworded += change.kind == diff::DiffKind::reworded ? 1U : 0U;
            counts.moved += change.kind == diff::DiffKind::moved_here ? 1U : 0U;
            const bool within =
                change.elsewhere == section.before_path && section.fate == diff::SectionFate::kept;
            from_elsewhere += change.kind == diff::DiffKind::moved_here && !within ? 1U : 0U;
        }
    }
    CHECK(old_clauses == new_clauses);
    CHECK(counts.added == diff.counts.added);
    CHECK(counts.removed == diff.counts.removed);
    CHECK(counts.reworded == diff.counts.reworded);
    CHECK(counts.moved == diff.counts.moved);
    CHECK(away >= from_elsewhere);
    const std::size_t total = clauses_of(after).size();
    CHECK(diff.counts.unchanged + counts.added + counts.reworded + counts.moved == total);
}

std::size_t longest_common(const Lines& a, const Lines& b) {
    std::vector<std::vector<std::size_t>> table(a.size() + 1,
                                                std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            table[i][j] = a[i - 1] == b[j - 1] ? table[i - 1][j - 1] + 1
                                               : std::max(table[i - 1][j], table[i][j - 1]);
        }
    }
    return table[a.size()][b.size()];
}

}  // namespace

TEST_CASE("clauses are added, removed and reworded inside of their section") {
    const std::string sold = "We may sell the personal data of our customers to partners.";
    const diff::PolicyDiff diff = compare({"# Sharing", k_sell, k_kept, "# Cookies", k_cookies},
                                          {"# Sharing", sold, k_children, "# Cookies", k_cookies});
    CHECK(told(diff) == Lines{"Sharing", "  ~ " + sold, "  - " + k_kept, "  + " + k_children});
    CHECK(diff.sections[0].changes[0].words == diff::diff_words(k_sell, sold));
    CHECK(diff.counts.unchanged == 1);
    CHECK(diff.changed());
}

TEST_CASE("the same text is no change, and boilerplate is only counted") {
    const diff::PolicyDiff diff = compare({"! Privacy", "# Sharing:", k_sell, "| Home | Help"},
                                          {"! Privacy", "# Sharing", k_sell, "| Home | Jobs"});
    CHECK_FALSE(diff.changed());
    CHECK(diff.counts.boilerplate == 2);
    CHECK_FALSE(diff.same_snapshot());
    CHECK(compare({"! Privacy policy", k_sell}, {"! Privacy notice", k_sell}).changed());
}

TEST_CASE("a moved section is told as moved, with the sections inside of it") {
    const Lines before = {"# Contact", k_write,       "# Sharing", k_sell,       "## Cookies",
                          k_cookies,   "# Retention", k_kept,      "# Children", k_children};
    const Lines after = {"# Sharing", k_sell,       "## Cookies", k_cookies,   "# Retention",
                         k_kept,      "# Children", k_children,   "# Contact", k_write};
    CHECK(told(compare(before, after)) == Lines{"Contact stood after "});
    CHECK(compare(before, after).counts.sections_moved == 1);
    const Lines further = {"# Retention", k_kept,      "# Children", k_children,   "# Contact",
                           k_write,       "# Sharing", k_sell,       "## Cookies", k_cookies};
    CHECK(told(compare(after, further)) == Lines{"Sharing stood after "});
}

TEST_CASE("a renamed section is recognised, a renumbered one is the same") {
    CHECK(told(compare({"# 1. Sharing", k_sell}, {"# 2) Sharing:", k_sell})).empty());
    CHECK(told(compare({"# 1. Sharing", k_sell, k_kept}, {"# 1. Disclosure", k_sell, k_kept})) ==
          Lines{"1. Disclosure was 1. Sharing"});
    CHECK(told(compare({"# Sharing", "## Cookies", k_cookies},
                       {"# Giving", "## Cookies", k_cookies})) == Lines{"Giving was Sharing"});
}

TEST_CASE("a section moves and is renamed at once, its clause reworded") {
    const std::string later = "Recordings of calls to the support line are kept for ninety days.";
    const diff::PolicyDiff diff =
        compare({"# Retention", k_kept, "# Sharing", k_sell, k_write, "# Cookies", k_cookies},
                {"# Sharing", k_sell, k_write, "# Cookies", k_cookies, "# How long", later});
    CHECK(told(diff) == Lines{"How long was Retention stood after ", "  ~ " + later});
}

TEST_CASE("a section with another text at another place is another section") {
    const diff::PolicyDiff diff =
        compare({"# Notes", k_kept, "# Sharing", k_sell, k_write, "# Cookies", k_cookies},
                {"# Sharing", k_sell, k_write, "# Cookies", k_cookies, "# Notes", k_children});
    CHECK(diff.counts.sections_moved == 0);
    CHECK(told(diff) ==
          Lines{"Notes removed", "  - " + k_kept, "Notes added", "  + " + k_children});
}

TEST_CASE("a clause that moved is told at both places, and counted once") {
    const diff::PolicyDiff diff = compare({"# Sharing", k_sell, k_kept, "# Choices", k_write},
                                          {"# Sharing", k_sell, "# Choices", k_write, k_kept});
    CHECK(told(diff) == Lines{"Sharing", "  < " + k_kept + " @Choices", "Choices",
                              "  > " + k_kept + " @Sharing"});
    CHECK(diff.counts.moved == 1);
    const diff::PolicyDiff within =
        compare({"# A", k_sell, k_kept, k_write}, {"# A", k_write, k_sell, k_kept});
    CHECK(told(within) == Lines{"A", "  > " + k_write + " @A"});
}

TEST_CASE("a short text in another section is another clause") {
    const diff::PolicyDiff diff =
        compare({"# A", k_sell, "Yes.", "# B", k_kept}, {"# A", k_sell, "# B", k_kept, "Yes."});
    CHECK(diff.counts.moved == 0);
    CHECK(diff.counts.added == 1);
    CHECK(diff.counts.removed == 1);
}

TEST_CASE("what stands between the same neighbours needs little in common") {
    const diff::PolicyDiff diff = compare({k_sell, "Stand: 15. Februar 2016", k_kept},
                                          {k_sell, "Stand: 25. Mai 2018", k_kept});
    CHECK(told(diff) == Lines{"", "  ~ Stand: 25. Mai 2018"});
}

TEST_CASE("context is shown to each side, the rest counted") {
    const Lines before = {"# A", k_sell, k_cookies, k_kept, k_write};
    Lines after = before;
    after.insert(after.begin() + 4, k_children);
    const diff::PolicyDiff one = compare(before, after, 1);
    CHECK(told(one) == Lines{"A", "  = " + k_kept, "  + " + k_children, "  = " + k_write});
    CHECK(one.sections[0].changes[0].unchanged_before == 2);
    CHECK(one.sections[0].unchanged_after == 0);
    const diff::PolicyDiff none = compare(before, after, 0);
    CHECK(none.sections[0].changes[0].unchanged_before == 3);
    CHECK(none.sections[0].unchanged_after == 1);
}

TEST_CASE("every clause of any two policies is told once") {
    std::mt19937 random(1);
    for (int round = 0; round < 400; ++round) {
        const Lines before = random_policy(random, random() % 8);
        const Lines after =
            round % 4 == 0 ? random_policy(random, random() % 8) : edited(before, random);
        check_complete(policy(before), policy(after, 2));
    }
}

TEST_CASE("of texts that are equal or unlike as many stay as can") {
    std::mt19937 random(2);
    for (int round = 0; round < 200; ++round) {
        Lines pool;
        for (std::size_t i = 0; i < 12; ++i) {
            pool.push_back(sentence(random, 6));
        }
        Lines before = pool;
        Lines after = pool;
        std::ranges::shuffle(after, random);
        before.resize(random() % 12);
        after.resize(random() % 12);
        CHECK(compare(before, after).counts.unchanged == longest_common(before, after));
    }
}

TEST_CASE("three thousand clauses are compared to the end, whatever changed") {
    std::mt19937 random(3);
    Lines before;
    Lines other;
    for (std::size_t i = 0; i < 3000; ++i) {
        if (i % 10 == 0) {
            before.push_back("# " + sentence(random, 3));
            other.push_back("# " + sentence(random, 3));
        }
        before.push_back(sentence(random, 40));
        other.push_back(sentence(random, 40));
    }
    Lines few = before;
    for (std::size_t i = 1; i < few.size(); i += 20) {
        few[i] += " And " + sentence(random, 5);
    }
    Lines shuffled = before;
    std::ranges::shuffle(shuffled, random);
    Lines flat = before;
    Lines flat_changed = few;
    std::erase_if(flat, [](const std::string& line) { return line.starts_with('#'); });
    std::erase_if(flat_changed, [](const std::string& line) { return line.starts_with('#'); });
    const std::vector<std::pair<Lines, Lines>> pairs = {
        {before, few}, {before, other}, {before, shuffled}, {flat, flat_changed}};
    for (const auto& [one, another] : pairs) {
        const index::PolicyView old_view = policy(one);
        const index::PolicyView new_view = policy(another, 2);
        CHECK(diff::compare_snapshots(old_view, new_view, 1).changed());
    }
}
