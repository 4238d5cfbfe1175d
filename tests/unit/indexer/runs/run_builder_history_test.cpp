// SPDX-License-Identifier: GPL-2.0-or-later
//
// Random histories against a reference that keeps every snapshot as it is and looks everything up.

#include "common/model/date.h"
#include "common/model/policy.h"
#include "common/model/section.h"
#include "indexer/runs/run_builder.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

struct RandomHistory {
    std::size_t undated = 0;
    std::vector<std::vector<Piece>> snapshots;
};

Piece random_piece(std::mt19937& random, std::size_t at) {
    const auto up_to = [&](std::uint32_t most) {
        return std::uniform_int_distribution<std::uint32_t>(0, most)(random);
    };
    Piece piece;
    piece.text = std::string(1, static_cast<char>('a' + up_to(9)));
    piece.source_begin = static_cast<std::uint32_t>(at);
    if (up_to(4) == 0) {
        piece.kind = PieceKind::heading;
        piece.level = static_cast<std::uint8_t>(1 + up_to(2));
    } else {
        piece.kind = up_to(9) == 0 ? PieceKind::boilerplate : PieceKind::clause;
        piece.links = {{0, 1, std::string(up_to(2), 'x')}};
    }
    return piece;
}

RandomHistory random_history(std::uint32_t seed) {
    std::mt19937 random(seed);
    RandomHistory history;
    std::vector<Piece> pieces;
    history.undated = random() % 3;
    for (std::size_t snapshots = random() % 9; snapshots > 0; --snapshots) {
        // Most of a snapshot is that of the one before.
        std::erase_if(pieces, [&](const Piece&) { return random() % 6 == 0; });
        for (std::size_t added = random() % 4; added > 0; --added) {
            const std::size_t at = random() % (pieces.size() + 1);
            pieces.insert(pieces.begin() + static_cast<std::ptrdiff_t>(at),
                          random_piece(random, at));
        }
        history.snapshots.push_back(pieces);
    }
    return history;
}

Snapshot bare_snapshot(const RandomHistory& history, std::size_t number) {
    Snapshot snapshot;
    if (number >= history.undated) {
        snapshot.captured = CaptureTime(std::chrono::days(number));
    }
    return snapshot;
}

PolicyHistory built(const RandomHistory& history) {
    runs::RunBuilder builder(Policy{});
    for (std::size_t i = 0; i < history.snapshots.size(); ++i) {
        builder.add(bare_snapshot(history, i), history.snapshots[i]);
    }
    return builder.take();
}

bool is_passage(const Piece& piece) {
    return piece.kind == PieceKind::clause || piece.kind == PieceKind::boilerplate;
}

// True of a passage that stands for a heading no clause tells.
bool is_lone(const PolicyHistory& history, const Passage& passage) {
    return history.policy.snapshots.at(passage.runs.back().last).order.at(passage.step).is_heading;
}

// The text of a passage, or of a heading.
struct Wanted {
    std::string text;
    bool heading = false;

    bool is(const Piece& piece) const { return is_passage(piece) != heading && piece.text == text; }
};

bool holds(const std::vector<Piece>& pieces, const Wanted& wanted) {
    return std::ranges::any_of(pieces, [&](const Piece& piece) { return wanted.is(piece); });
}

std::vector<Run> expected_runs(const RandomHistory& history, const Wanted& wanted) {
    std::vector<Run> runs;
    for (std::uint32_t i = 0; i < history.snapshots.size(); ++i) {
        if (!holds(history.snapshots[i], wanted)) {
            continue;
        }
        const bool continues = i > history.undated && holds(history.snapshots[i - 1], wanted);
        if (continues) {
            runs.back().last = i;
        } else {
            runs.push_back({i, i});
        }
    }
    return runs;
}

std::vector<std::string> expected_path(const std::vector<Piece>& pieces, const Wanted& wanted) {
    std::vector<const Piece*> open;
    for (const Piece& piece : pieces) {
        if (!is_passage(piece)) {
            std::erase_if(open, [&](const Piece* above) { return above->level >= piece.level; });
        }
        if (wanted.is(piece)) {
            break;
        }
        if (!is_passage(piece)) {
            open.push_back(&piece);
        }
    }
    std::vector<std::string> path;
    std::ranges::transform(open, std::back_inserter(path), [](const Piece* p) { return p->text; });
    return path;
}

// The texts that a search looks at: of passages, and of the headings above them.
std::set<std::string> searched_texts(const PolicyHistory& history) {
    std::set<std::string> texts;
    for (const Passage& passage : history.passages) {
        texts.insert(passage.text);
        for (const std::uint32_t heading : passage.heading_path) {
            texts.insert(history.policy.headings.at(heading).text);
        }
    }
    return texts;
}

std::vector<std::string> path_of(const PolicyHistory& history, const Passage& passage) {
    std::vector<std::string> path;
    path.reserve(passage.heading_path.size());
    for (const std::uint32_t heading : passage.heading_path) {
        path.push_back(history.policy.headings.at(heading).text);
    }
    return path;
}

// The texts of a snapshot as its order gives them back.
std::vector<std::string> restored(const PolicyHistory& history, std::size_t snapshot) {
    const std::vector<Step>& order = history.policy.snapshots.at(snapshot).order;
    std::vector<std::string> texts;
    texts.reserve(order.size());
    for (const Step& step : order) {
        texts.push_back(step.is_heading ? history.policy.headings.at(step.number).text
                                        : history.passages.at(step.number - 1).text);
    }
    return texts;
}

}  // namespace

TEST_CASE("runs and paths of random histories are those that looking everything up gives") {
    for (std::uint32_t seed = 0; seed < 3000; ++seed) {
        CAPTURE(seed);
        const RandomHistory input = random_history(seed);
        const PolicyHistory history = built(input);
        std::set<std::string> texts;
        for (const Passage& passage : history.passages) {
            REQUIRE(texts.insert(passage.text).second);
            const Wanted wanted{passage.text, is_lone(history, passage)};
            REQUIRE(passage.runs == expected_runs(input, wanted));
            const auto& newest = input.snapshots.at(passage.runs.back().last);
            REQUIRE(path_of(history, passage) == expected_path(newest, wanted));
        }
        const std::set<std::string> searched = searched_texts(history);
        for (const std::vector<Piece>& pieces : input.snapshots) {
            for (const Piece& piece : pieces) {
                REQUIRE(searched.contains(piece.text));
            }
        }
    }
}

TEST_CASE("snapshots added to a history that was built give what building all at once gives") {
    for (std::uint32_t seed = 0; seed < 3000; ++seed) {
        CAPTURE(seed);
        const RandomHistory input = random_history(seed);
        std::mt19937 random(seed);
        std::vector<bool> is_old;
        runs::RunBuilder first(Policy{});
        for (std::size_t i = 0; i < input.snapshots.size(); ++i) {
            is_old.push_back(random() % 2 == 0);
            if (is_old.back()) {
                first.add(bare_snapshot(input, i), input.snapshots[i]);
            }
        }
        const PolicyHistory old = first.take();
        runs::RunBuilder second(Policy{});
        std::size_t taken = 0;
        for (std::size_t i = 0; i < input.snapshots.size(); ++i) {
            second.add(bare_snapshot(input, i),
                       is_old[i] ? runs::restore_pieces(old, taken) : input.snapshots[i]);
            taken += is_old[i] ? 1U : 0U;
        }
        const PolicyHistory grown = second.take();
        const PolicyHistory whole = built(input);
        REQUIRE(grown.policy == whole.policy);
        REQUIRE(grown.passages == whole.passages);
    }
}

TEST_CASE("every snapshot of a random history can be restored from its order") {
    for (std::uint32_t seed = 0; seed < 3000; ++seed) {
        CAPTURE(seed);
        const RandomHistory input = random_history(seed);
        const PolicyHistory history = built(input);
        REQUIRE(history.policy.snapshots.size() == input.snapshots.size());
        for (std::size_t i = 0; i < input.snapshots.size(); ++i) {
            std::vector<std::string> texts;
            std::ranges::transform(input.snapshots[i], std::back_inserter(texts), &Piece::text);
            REQUIRE(restored(history, i) == texts);
        }
    }
}

}  // namespace smallprint
