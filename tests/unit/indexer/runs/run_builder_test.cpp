// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/date.h"
#include "common/model/policy.h"
#include "common/model/section.h"
#include "indexer/runs/run_builder.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

Piece clause(std::string text, std::uint32_t lead_in = k_no_piece) {
    Piece piece;
    piece.text = std::move(text);
    piece.lead_in = lead_in;
    return piece;
}

Piece heading(std::string text, std::uint8_t level = 2) {
    Piece piece;
    piece.kind = PieceKind::heading;
    piece.level = level;
    piece.text = std::move(text);
    return piece;
}

Piece title(std::string text) {
    Piece piece = heading(std::move(text), 1);
    piece.kind = PieceKind::title;
    return piece;
}

Snapshot at(std::string_view day) {
    Snapshot snapshot;
    snapshot.captured = parse_timestamp(day);
    return snapshot;
}

// The days are 1, 2, 3 ... of 2015.
PolicyHistory history_of(const std::vector<std::vector<Piece>>& snapshots) {
    runs::RunBuilder builder(Policy{});
    for (std::size_t i = 0; i < snapshots.size(); ++i) {
        builder.add(at("2015010" + std::to_string(i + 1)), snapshots[i]);
    }
    return builder.take();
}

std::vector<std::string> texts(const PolicyHistory& history) {
    std::vector<std::string> found;
    found.reserve(history.passages.size());
    for (const Passage& passage : history.passages) {
        found.push_back(passage.text);
    }
    return found;
}

std::vector<std::string> path_of(const PolicyHistory& history, std::size_t passage) {
    std::vector<std::string> path;
    path.reserve(history.passages.at(passage).heading_path.size());
    for (const std::uint32_t heading : history.passages.at(passage).heading_path) {
        path.push_back(history.policy.headings.at(heading).text);
    }
    return path;
}

using Texts = std::vector<std::string>;
using Runs = std::vector<Run>;

}  // namespace

TEST_CASE("a repeated snapshot is as one with the same pieces") {
    const std::vector<Piece> first = {title("T"), clause("A"), heading("H"), clause("B", 1),
                                      clause("A")};
    const std::vector<Piece> second = {clause("C"), heading("H"), clause("A")};
    const auto build = [&](bool repeats) {
        runs::RunBuilder builder(Policy{});
        const auto again = [&](Snapshot snapshot, const std::vector<Piece>& pieces) {
            repeats ? builder.repeat(std::move(snapshot))
                    : builder.add(std::move(snapshot), pieces);
        };
        builder.add(Snapshot{}, first);
        again(Snapshot{}, first);
        again(at("20150101"), first);
        again(at("20150102"), first);
        builder.add(at("20150103"), second);
        again(at("20150104"), second);
        builder.add(at("20150105"), first);
        return builder.take();
    };
    const PolicyHistory added = build(false);
    const PolicyHistory repeated = build(true);
    CHECK(repeated.policy.title == added.policy.title);
    REQUIRE(texts(repeated) == texts(added));
    for (std::size_t i = 0; i < added.passages.size(); ++i) {
        CHECK(repeated.passages[i].runs == added.passages[i].runs);
        CHECK(repeated.passages[i].step == added.passages[i].step);
        CHECK(repeated.passages[i].lead_in == added.passages[i].lead_in);
        CHECK(path_of(repeated, i) == path_of(added, i));
    }
    REQUIRE(repeated.policy.snapshots.size() == added.policy.snapshots.size());
    for (std::size_t i = 0; i < added.policy.snapshots.size(); ++i) {
        CHECK(repeated.policy.snapshots[i].order == added.policy.snapshots[i].order);
    }
}

TEST_CASE("a clause that stands in consecutive snapshots has one run") {
    const PolicyHistory history = history_of({{clause("A")}, {clause("A")}, {clause("A")}});
    REQUIRE(texts(history) == Texts{"A"});
    CHECK(history.passages[0].runs == Runs{{0, 2}});
    CHECK(history.policy.passage_count == 1);
    CHECK(history.policy.snapshots.size() == 3);
}

TEST_CASE("a clause that vanishes and is restored is one passage with two runs") {
    const PolicyHistory history =
        history_of({{clause("A"), clause("B")}, {clause("A")}, {clause("A"), clause("B")}});
    REQUIRE(texts(history) == Texts{"A", "B"});
    CHECK(history.passages[1].runs == Runs{{0, 0}, {2, 2}});
}

TEST_CASE("an empty snapshot breaks every run") {
    const PolicyHistory history = history_of({{clause("A")}, {}, {clause("A")}});
    CHECK(history.passages.at(0).runs == Runs{{0, 0}, {2, 2}});
}

TEST_CASE("snapshots without a date never continue a run") {
    runs::RunBuilder builder(Policy{});
    builder.add(at(""), {clause("A")});
    builder.add(at(""), {clause("A")});
    builder.add(at("20150101"), {clause("A")});
    builder.add(at("20150102"), {clause("A")});
    CHECK(builder.take().passages.at(0).runs == Runs{{0, 0}, {1, 1}, {2, 3}});
}

TEST_CASE("a text that stands twice in one snapshot is one passage with two steps") {
    const PolicyHistory history =
        history_of({{clause("A"), clause("B"), clause("A")}, {clause("B"), clause("A")}});
    REQUIRE(texts(history) == Texts{"A", "B"});
    CHECK(history.passages[0].runs == Runs{{0, 1}});
    CHECK(history.policy.snapshots[0].order ==
          std::vector<Step>{{false, 1}, {false, 2}, {false, 1}});
}

TEST_CASE("what is new comes right after the passage it follows") {
    const PolicyHistory history =
        history_of({{clause("intro"), clause("old wording"), clause("end")},
                    {clause("intro"), clause("new wording"), clause("end")},
                    {clause("first"), clause("intro"), clause("end")}});
    CHECK(texts(history) == Texts{"first", "intro", "new wording", "old wording", "end"});
    CHECK(history.policy.snapshots[1].order ==
          std::vector<Step>{{false, 2}, {false, 3}, {false, 5}});
    for (std::size_t i = 0; i < history.passages.size(); ++i) {
        CHECK(history.passages[i].number == i + 1);
    }
}

TEST_CASE("what depends on the occurrence is that of the newest snapshot") {
    Piece moved = clause("A");
    moved.source_begin = 70;
    moved.source_end = 90;
    moved.links = {{0, 1, "https://new.example"}};
    const PolicyHistory history =
        history_of({{heading("Old"), clause("A")}, {heading("New"), clause("other"), moved}});
    const Passage& passage =
        history.passages.at(0).text == "A" ? history.passages[0] : history.passages[1];
    CHECK(path_of(history, passage.number - 1) == Texts{"New"});
    CHECK(passage.source_begin == 70);
    CHECK(passage.source_end == 90);
    CHECK(passage.links == moved.links);
    CHECK(passage.step == 2);
}

TEST_CASE("of two occurrences in the newest snapshot the first counts") {
    const PolicyHistory history =
        history_of({{heading("One"), clause("A"), heading("Two"), clause("A")}});
    CHECK(path_of(history, 0) == Texts{"One"});
    CHECK(history.passages.at(0).step == 1);
}

TEST_CASE("a lead-in is named by its passage in the newest snapshot") {
    const PolicyHistory history =
        history_of({{clause("We share:"), clause("item", 0)},
                    {clause("new"), clause("We may share:"), clause("item", 1)}});
    const auto number_of = [&](const std::string& text) {
        for (const Passage& passage : history.passages) {
            if (passage.text == text) {
                return passage.number;
            }
        }
        return 0U;
    };
    CHECK(history.passages.at(number_of("item") - 1).lead_in == number_of("We may share:"));
    CHECK(history.passages.at(number_of("new") - 1).lead_in == 0);
}

TEST_CASE("heading paths hold the headings that are open, outermost first") {
    const PolicyHistory history = history_of(
        {{title("Policy"), heading("A", 1), heading("B", 3), clause("b"), heading("C", 2),
          clause("c"), heading("D", 9), clause("d"), heading("E", 1), clause("e")}});
    CHECK(path_of(history, 0) == Texts{"A", "B"});
    CHECK(path_of(history, 1) == Texts{"A", "C"});
    CHECK(path_of(history, 2) == Texts{"A", "C", "D"});
    CHECK(path_of(history, 3) == Texts{"E"});
}

TEST_CASE("the title is that of the newest snapshot that has one, and opens no section") {
    const PolicyHistory history =
        history_of({{title("Old"), clause("A")}, {title("New"), clause("A")}, {clause("A")}});
    CHECK(history.policy.title == "New");
    CHECK(history.passages.at(0).heading_path.empty());
}

TEST_CASE("equal headings of different levels are told apart") {
    const PolicyHistory history = history_of(
        {{heading("Use", 2), heading("Use", 3), clause("A")}, {heading("Use", 2), clause("A")}});
    CHECK(history.policy.headings == std::vector<Heading>{{2, "Use"}, {3, "Use"}});
}

TEST_CASE("boilerplate is a passage of its own kind") {
    Piece menu = clause("Home");
    menu.kind = PieceKind::boilerplate;
    const PolicyHistory history = history_of({{menu, clause("A")}});
    CHECK(history.passages.at(0).kind == PieceKind::boilerplate);
    CHECK(history.passages.at(1).kind == PieceKind::clause);
}

TEST_CASE("no snapshots make an empty history") {
    const PolicyHistory history = history_of({});
    CHECK(history.passages.empty());
    CHECK(history.policy.passage_count == 0);
}

}  // namespace smallprint
