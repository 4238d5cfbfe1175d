// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/date.h"
#include "common/model/policy.h"
#include "common/model/section.h"
#include "searcher/over_time/history.h"
#include "searcher/request/requests.h"
#include "tests/support/sample_results.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

using Texts = std::vector<std::string>;

// A snapshot's lines: "# Heading", "| boilerplate", else clauses. The days are 1, 2, 3 ... of 2015.
class Archive {
public:
    explicit Archive(const std::vector<Texts>& snapshots) {
        for (const Texts& lines : snapshots) {
            add(lines);
            m_history.policy.snapshots.back().captured =
                CaptureTime(day("2015-01-01")) +
                std::chrono::days(m_history.policy.snapshots.size() - 1);
        }
    }

    Snapshot& snapshot(std::size_t at) { return m_history.policy.snapshots[at]; }

    std::uint32_t number(std::string_view text) const {
        const auto found = std::ranges::find(m_history.passages, text, &Passage::text);
        REQUIRE(found != m_history.passages.end());
        return found->number;
    }

    over_time::PolicyTimeline timeline(const request::HistoryRequest& request = {}) const {
        return over_time::make_timeline(m_history.policy, m_history.passages, request);
    }

    over_time::ClauseLife life(std::string_view text,
                               const request::HistoryRequest& request = {}) const {
        return over_time::make_life(m_history.policy, m_history.passages, number(text), request);
    }

private:
    void add(const Texts& lines) {
        Snapshot snapshot;
        for (const std::string& line : lines) {
            snapshot.order.push_back(line.starts_with("# ") ? heading(line.substr(2))
                                                            : passage(line));
            if (!snapshot.order.back().is_heading) {
                note_run(m_history.passages[snapshot.order.back().number - 1].runs);
            }
        }
        m_history.policy.snapshots.push_back(std::move(snapshot));
    }

    // The snapshot at hand has the passage; none without a date continues a run.
    void note_run(std::vector<Run>& runs) const {
        const auto number = static_cast<std::uint32_t>(m_history.policy.snapshots.size());
        const bool continues = number > 0 && m_history.policy.snapshots.back().captured &&
                               !runs.empty() && runs.back().last + 1 >= number;
        if (continues) {
            runs.back().last = number;
        } else if (runs.empty() || runs.back().last != number) {
            runs.push_back({number, number});
        }
    }

    Step heading(const std::string& text) {
        std::vector<Heading>& headings = m_history.policy.headings;
        const auto found = std::ranges::find(headings, text, &Heading::text);
        if (found != headings.end()) {
            return {true, static_cast<std::uint32_t>(found - headings.begin())};
        }
        headings.push_back({2, text});
        return {true, static_cast<std::uint32_t>(headings.size() - 1)};
    }

    Step passage(const std::string& text) {
        const auto found = std::ranges::find(m_history.passages, text, &Passage::text);
        if (found != m_history.passages.end()) {
            return {false, found->number};
        }
        Passage passage;
        passage.number = static_cast<std::uint32_t>(m_history.passages.size() + 1);
        passage.text = text;
        passage.kind = text.starts_with("| ") ? PieceKind::boilerplate : PieceKind::clause;
        m_history.passages.push_back(passage);
        return {false, passage.number};
    }

    PolicyHistory m_history;
};

// "-old +new": what changed in a snapshot, by kind and text.
std::string make_change(const over_time::PolicyTimeline& timeline, std::size_t snapshot) {
    std::string words;
    for (const over_time::ClauseChange& change : timeline.dated.at(snapshot).changes) {
        words += words.empty() ? "" : " ";
        words += change.before == 0 ? "" : "-" + timeline.clauses[change.before].text;
        words += change.kind == over_time::ChangeKind::reworded ? "=>" : "";
        words += change.after == 0 ? "" : "+" + timeline.clauses[change.after].text;
        words += change.restored ? "!" : "";
    }
    return words;
}

const std::string k_sell = "We do not sell your personal data to anyone at all";
const std::string k_sells = "We may sell your personal data to anyone who pays";
const std::string k_track = "Browsers can send a signal that asks sites not to track them";

}  // namespace

TEST_CASE("the first snapshot has no changes, and an unchanged one neither") {
    const over_time::PolicyTimeline timeline = Archive({{"a", "b"}, {"a", "b"}}).timeline();
    REQUIRE(timeline.dated.size() == 2);
    CHECK(timeline.dated[0].compared_with == 0);
    CHECK(timeline.dated[0].clauses == 2);
    CHECK(timeline.dated[1].compared_with == 1);
    CHECK(timeline.dated[0].changes.empty());
    CHECK(timeline.dated[1].changes.empty());
    CHECK(timeline.first == day("2015-01-01"));
    CHECK(timeline.last == day("2015-01-02"));
}

TEST_CASE("clauses are added and removed in the order of the text") {
    const over_time::PolicyTimeline timeline =
        Archive({{"a", "b", "c"}, {"x", "a", "c", "z"}}).timeline();
    CHECK(make_change(timeline, 1) == "+x -b +z");
}

TEST_CASE("wordings of one clause at one place are a rewording") {
    const over_time::PolicyTimeline timeline =
        Archive({{"a", k_sell, "b"}, {"a", k_track, k_sells, "b"}}).timeline();
    CHECK(make_change(timeline, 1) == fmt::format("+{} -{}=>+{}", k_track, k_sell, k_sells));
    CHECK(timeline.dated[1].changes[1].similarity > 0.5);
}

TEST_CASE("what is at one place but not alike is removed and added") {
    const over_time::PolicyTimeline timeline =
        Archive({{"a", k_sell, "b"}, {"a", k_track, "b"}}).timeline();
    CHECK(make_change(timeline, 1) == fmt::format("-{} +{}", k_sell, k_track));
}

TEST_CASE("wordings far from each other are one clause under the same heading only") {
    const Texts before = {"# A", "a", k_sell, "b", "c", "# B", "d"};
    const std::string twin = "We do not sell your personal data to anyone";
    CHECK(make_change(Archive({before, {"# A", "a", "b", twin, "c", "# B", "d"}}).timeline(), 1) ==
          fmt::format("-{}=>+{}", k_sell, twin));
    CHECK(make_change(Archive({before, {"# A", "a", "b", "c", "# B", "d", twin}}).timeline(), 1) ==
          fmt::format("-{} +{}", k_sell, twin));
}

TEST_CASE("the most alike wordings find each other") {
    const std::string near = "one two three four five six";
    const std::string nearer = "one two three four five nine";
    const over_time::PolicyTimeline timeline =
        Archive({{"one two three four five nine ten"}, {near, nearer}}).timeline();
    CHECK(make_change(timeline, 1) ==
          fmt::format("+{} -one two three four five nine ten=>+{}", near, nearer));
}

TEST_CASE("a clause that moved, or stands once more, is no change") {
    const over_time::PolicyTimeline timeline =
        Archive({{"# A", "a", "b", "# B", "c"}, {"# A", "c", "b", "# B", "a", "b"}}).timeline();
    CHECK(make_change(timeline, 1).empty());
}

TEST_CASE("boilerplate is not counted") {
    const over_time::PolicyTimeline timeline =
        Archive({{"| Home", "a"}, {"| Help", "a"}}).timeline();
    CHECK(make_change(timeline, 1).empty());
    CHECK(timeline.dated[0].clauses == 1);
}

TEST_CASE("what stood before and comes back is restored") {
    const over_time::PolicyTimeline timeline = Archive({{"a", "x"}, {"a"}, {"a", "x"}}).timeline();
    CHECK(make_change(timeline, 1) == "-x");
    CHECK(make_change(timeline, 2) == "+x!");
    const over_time::PolicyTimeline back = Archive({{k_sell}, {k_sells}, {k_sell}}).timeline();
    CHECK(make_change(back, 2) == fmt::format("-{}=>+{}!", k_sells, k_sell));
}

TEST_CASE("a change stands under its headings") {
    const over_time::PolicyTimeline timeline =
        Archive({{"# A", "a", "# Sharing:", "old"}, {"# A", "a", "# Sharing:", "new", "more"}})
            .timeline();
    CHECK(timeline.dated[1].changes[0].heading_path == Texts{"Sharing"});
    CHECK(timeline.dated[1].changes[1].heading_path == Texts{"Sharing"});
}

TEST_CASE("snapshots without a date are listed apart and compared with nothing") {
    Archive archive({{"x"}, {"a"}, {"a", "b"}});
    archive.snapshot(0).captured.reset();
    const over_time::PolicyTimeline timeline = archive.timeline();
    REQUIRE(timeline.undated.size() == 1);
    CHECK(timeline.undated[0].number == 1);
    REQUIRE(timeline.dated.size() == 2);
    CHECK(timeline.dated[0].number == 2);
    CHECK(timeline.dated[0].compared_with == 0);
    CHECK(make_change(timeline, 1) == "+b");
    CHECK(timeline.first == day("2015-01-02"));
    CHECK(archive.life("x").undated == 1);
    CHECK(archive.life("x").runs.empty());
}

TEST_CASE("a span limits what is shown, not what it is compared with") {
    request::HistoryRequest request;
    request.from = day("2015-01-02");
    request.to = day("2015-01-03");
    const over_time::PolicyTimeline timeline =
        Archive({{"x"}, {"x", "a"}, {"a"}, {"a", "x"}}).timeline(request);
    REQUIRE(timeline.dated.size() == 2);
    CHECK(timeline.dated[0].number == 2);
    CHECK(make_change(timeline, 0) == "+a");
    CHECK(make_change(timeline, 1) == "-x");
    CHECK(timeline.snapshots == 4);
}

TEST_CASE("a snapshot that was extracted anew is told") {
    Archive archive({{"a"}, {"b"}});
    archive.snapshot(1).reextracted = true;
    CHECK(archive.timeline().dated[1].reextracted);
    CHECK(archive.life("b").runs[0].reextracted_first);
    CHECK(archive.life("a").runs[0].reextracted_gone);
}

TEST_CASE("the life of a clause has its runs and what stood there before and after") {
    const Archive archive(
        {{"a", k_sell}, {"a", k_sell}, {"a", k_sells}, {"a"}, {"a", k_sells}, {"a", k_track}});
    const over_time::ClauseLife life = archive.life(k_sells);
    REQUIRE(life.runs.size() == 2);
    const over_time::LifeRun& first = life.runs[0];
    CHECK(first.dates.first == day("2015-01-03"));
    CHECK(first.dates.snapshots == 1);
    CHECK_FALSE(first.begins_policy);
    CHECK_FALSE(first.restored);
    REQUIRE(first.replaced.size() == 1);
    CHECK(first.replaced[0].clause.text == k_sell);
    CHECK(first.replaced[0].similarity > 0.5);
    CHECK(first.replaced_by.empty());
    CHECK(first.gone == CaptureTime(day("2015-01-04")));
    const over_time::LifeRun& second = life.runs[1];
    CHECK(second.restored);
    CHECK(second.replaced.empty());
    REQUIRE(second.replaced_by.size() == 1);
    CHECK(second.replaced_by[0].clause.text == k_track);
    CHECK(second.replaced_by[0].similarity == 0);
}

TEST_CASE("a clause of the first and of the newest snapshot begins and ends with them") {
    const over_time::ClauseLife life = Archive({{"a"}, {"a", "b"}}).life("a");
    REQUIRE(life.runs.size() == 1);
    CHECK(life.runs[0].begins_policy);
    CHECK_FALSE(life.runs[0].gone);
    CHECK(life.runs[0].first == 1);
    CHECK(life.runs[0].last == 2);
}

TEST_CASE("a span limits the runs of a clause") {
    request::HistoryRequest request;
    request.from = day("2015-01-02");
    const Archive archive({{"a", "x"}, {"a"}, {"a", "x"}});
    const over_time::ClauseLife life = archive.life("x", request);
    REQUIRE(life.runs.size() == 1);
    CHECK(life.runs[0].restored);
}

namespace {

std::string random_text(std::mt19937& random) {
    std::string text;
    for (std::size_t i = 0; i < 2 + random() % 6; ++i) {
        text += fmt::format("word{} ", random() % 9);
    }
    return text;
}

std::vector<Texts> random_snapshots(std::mt19937& random) {
    Texts pool;
    for (int i = 0; i < 14; ++i) {
        pool.push_back(random() % 5 == 0 ? fmt::format("# {}", i) : random_text(random));
    }
    std::vector<Texts> snapshots(2 + random() % 6);
    for (Texts& lines : snapshots) {
        if (random() % 3 == 0) {
            std::ranges::shuffle(pool, random);
        }
        for (const std::string& text : pool) {
            for (std::size_t i = random() % 3; i > 0; --i) {
                lines.push_back(text);
            }
        }
    }
    return snapshots;
}

std::set<std::string> clauses_of(const Texts& lines) {
    std::set<std::string> clauses(lines.begin(), lines.end());
    std::erase_if(clauses, [](const std::string& line) { return line.starts_with("# "); });
    return clauses;
}

// What came and what went, however it is paired; nothing may be told twice.
void check_against_sets(const over_time::PolicyTimeline& timeline,
                        const std::vector<Texts>& snapshots) {
    std::set<std::string> seen = clauses_of(snapshots[0]);
    for (std::size_t i = 1; i < snapshots.size(); ++i) {
        std::multiset<std::string> came;
        std::multiset<std::string> went;
        for (const over_time::ClauseChange& change : timeline.dated.at(i).changes) {
            const std::string& after = timeline.clauses[change.after].text;
            if (change.after != 0) {
                came.insert(after);
                CHECK(change.restored == seen.contains(after));
            }
            if (change.before != 0) {
                went.insert(timeline.clauses[change.before].text);
            }
            CHECK((change.kind == over_time::ChangeKind::reworded) ==
                  (change.before != 0 && change.after != 0));
        }
        const std::set<std::string> before = clauses_of(snapshots[i - 1]);
        const std::set<std::string> after = clauses_of(snapshots[i]);
        std::multiset<std::string> expected_came;
        std::multiset<std::string> expected_went;
        std::ranges::set_difference(after, before,
                                    std::inserter(expected_came, expected_came.end()));
        std::ranges::set_difference(before, after,
                                    std::inserter(expected_went, expected_went.end()));
        CHECK(came == expected_came);
        CHECK(went == expected_went);
        seen.insert(after.begin(), after.end());
    }
}

}  // namespace

TEST_CASE("the changes are the set differences of neighbouring snapshots") {
    std::mt19937 random(20140302);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same each time
    for (int round = 0; round < 300; ++round) {
        const std::vector<Texts> snapshots = random_snapshots(random);
        check_against_sets(Archive(snapshots).timeline(), snapshots);
    }
}

TEST_CASE("a policy that flaps between two long texts is compared to the end") {
    std::mt19937 random(7);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same each time
    Texts one;
    Texts other;
    for (int i = 0; i < 400; ++i) {
        one.push_back(fmt::format("{} one{}", random_text(random), i));
        other.push_back(fmt::format("{} other{}", random_text(random), i));
    }
    std::vector<Texts> snapshots;
    snapshots.reserve(60);
    for (int i = 0; i < 60; ++i) {
        snapshots.push_back(i % 2 == 0 ? one : other);
    }
    check_against_sets(Archive(snapshots).timeline(), snapshots);
}

}  // namespace smallprint
