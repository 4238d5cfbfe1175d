// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/text/utf8.h"
#include "searcher/json/json.h"
#include "searcher/over_time/history.h"
#include "searcher/request/requests.h"
#include "searcher/terminal/page.h"
#include "searcher/terminal/text.h"
#include "tests/support/sample_results.h"

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <cstddef>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

constexpr terminal::Layout k_plain = {.width = 80, .colour = terminal::Colour::off};
constexpr terminal::Layout k_coloured = {.width = 80, .colour = terminal::Colour::on};

void make_hostile(over_time::PolicyTimeline& timeline) {
    timeline.policy.vendor += k_hostile;
    timeline.policy.title += k_hostile;
    timeline.policy.type += k_hostile;
    for (over_time::ClauseText& clause : timeline.clauses) {
        clause.text += k_hostile;
    }
    for (over_time::SnapshotChanges& changes : timeline.dated) {
        changes.source_url = k_hostile;
        for (over_time::ClauseChange& change : changes.changes) {
            change.heading_path = {std::string(k_hostile)};
        }
    }
    timeline.undated[0].place = k_hostile;
}

}  // namespace

TEST_CASE("a timeline says of each snapshot what changed") {
    CHECK(terminal::history_text(sample_timelines(), {}, k_plain, terminal::Detail::normal) ==
          R"(brightloaf.example · Privacy Policy
Title       Brightloaf Privacy Policy
Snapshots   7 · 2014-03-02 – 2020-08-15 · 1 without a date
Id          vfh84xcbv5
────────────────────────────────────────────────────────────────────────────────

2014-03-02  first snapshot · 7 clauses

2015-03-02  2 snapshots without a change until 2016-03-02

2017-03-02  1 added · 1 reworded · 7 clauses
    The page moved from https://one.example/privacy.html to
    https://one.example/legal between 2016-03-02 and 2017-03-02.

  Sharing › Partners

  ~ We [-do not-]{+may+} sell your data.
    vfh84xcbv5-q39tnqv3y9 → vfh84xcbv5-ks4tka4p2t

  + Browsers send signals.
    vfh84xcbv5-bnqzc3baka

2018-03-02  1 removed · 7 clauses

  - Browsers send signals.
    vfh84xcbv5-bnqzc3baka

2018-03-02 09:00 UTC  1 added · 7 clauses
    The archive extracted this snapshot anew: what changed may be its doing, not
    the vendor's.

  + Browsers send signals.
    vfh84xcbv5-bnqzc3baka · restored, it stood before

Without a date, and so not compared
    old.md · 1 clause
)");
}

TEST_CASE("unchanged snapshots are listed when all is asked for") {
    const std::string page =
        terminal::history_text(sample_timelines(), {}, k_plain, terminal::Detail::full);
    CHECK(page.find("\n2015-03-02  no change · 7 clauses\n\n2016-03-02  no change") !=
          std::string::npos);
    CHECK(page.find(" · 75 % of the words kept\n") != std::string::npos);
}

TEST_CASE("what came and went is told by colour as well") {
    const std::string page =
        terminal::history_text(sample_timelines(), {}, k_coloured, terminal::Detail::normal);
    CHECK(page.find("\x1b[31m  - Browsers send signals.\x1b[0m") != std::string::npos);
    CHECK(page.find("\x1b[32m  + Browsers send signals.\x1b[0m") != std::string::npos);
    CHECK(page.find("We \x1b[9;31mdo not\x1b[0m \x1b[4;32mmay\x1b[0m sell") != std::string::npos);
}

TEST_CASE("an empty span and a limit are told") {
    over_time::History history = sample_timelines();
    history.timelines[0].dated.clear();
    history.timelines[0].undated.clear();
    history.timelines[0].all_compared = false;
    request::HistoryRequest request;
    request.from = day("2030-01-01");
    request.to = day("2030-12-31");
    const std::string page =
        terminal::history_text(history, request, k_plain, terminal::Detail::normal);
    CHECK(page.find("\nShown       from 2030-01-01 to 2030-12-31\n") != std::string::npos);
    CHECK(page.find("\nNo snapshot from 2030-01-01 to 2030-12-31.\n") != std::string::npos);
    CHECK(page.find("There was too much to compare") != std::string::npos);
}

TEST_CASE("the life of a clause is told run by run") {
    CHECK(terminal::history_text(sample_life(), {}, k_plain, terminal::Detail::normal) ==
          R"(brightloaf.example · Privacy Policy
Heading     Privacy › Sharing your information
Stood       2011-06-14 – 2018-05-24 · 4 of 6 snapshots
Id          vfh84xcbv5-q39tnqv3y9
────────────────────────────────────────────────────────────────────────────────

▌ We do not sell your personal data to anyone.

2011-06-14  It stands in the first snapshot of the policy.

2012-01-01  It vanished; nothing came in its place.

2014-03-02  It came back; at its place went:

  - Browsers send signals.
    vfh84xcbv5-bnqzc3baka

2018-05-24  The page moved from https://one.example/privacy.html to
    https://one.example/legal between 2014-03-02 and 2018-05-24.

2018-05-24  The last of 3 snapshots in a row with it.

2020-08-15  It was reworded to:
    The archive extracted this snapshot anew: what changed may be its doing, not
    the vendor's.

  ~ We [-do not-]{+may+} sell your [-personal-] data[- to anyone-].
    vfh84xcbv5-ks4tka4p2t

It also stands in 1 snapshot without a date.
)");
}

TEST_CASE("histories as JSON") {
    request::HistoryRequest request;
    request.target = "brightloaf.example";
    const boost::json::value answer =
        boost::json::parse(json::history_json(sample_timelines(), request));
    CHECK(answer.at("schema") == "smallprint.history.v1");
    CHECK(answer.at("target") == "brightloaf.example");
    CHECK(answer.at_pointer("/policies/0/timeline/0/compared_with").is_null());
    const boost::json::value& changed = answer.at_pointer("/policies/0/timeline/3");
    CHECK(changed.at("captured") == "2017-03-02T00:00:00Z");
    CHECK(changed.at("reworded") == 1);
    CHECK(changed.at_pointer("/changes/0/before/id") == "vfh84xcbv5-q39tnqv3y9");
    CHECK(changed.at_pointer("/changes/0/similarity") == 0.75);
    CHECK(changed.at_pointer("/changes/1/before").is_null());
    CHECK(changed.at_pointer("/changes/1/similarity").is_null());
    CHECK(answer.at_pointer("/policies/0/undated/0/place") == "old.md");
    const boost::json::value life = boost::json::parse(json::history_json(sample_life(), {}));
    CHECK(life.at("schema") == "smallprint.clause_history.v1");
    CHECK(life.at_pointer("/runs/1/restored").as_bool());
    CHECK(life.at_pointer("/runs/1/replaced/0/similarity").is_null());
    CHECK(life.at_pointer("/runs/1/replaced_by/0/similarity") == 0.75);
    CHECK(life.at_pointer("/runs/1/gone") == "2020-08-15T00:00:00Z");
}

TEST_CASE("a history cannot control a terminal, and fits into its width") {
    over_time::History history = sample_timelines();
    make_hostile(history.timelines[0]);
    CHECK(is_harmless(terminal::history_text(history, {}, k_plain, terminal::Detail::full)));
    CHECK(text::is_valid_utf8(json::history_json(history, {})));
    for (const std::size_t width : {40U, 60U, 100U}) {
        for (const over_time::History& shown : {sample_timelines(), sample_life()}) {
            std::istringstream lines(
                terminal::history_text(shown, {}, {.width = width, .colour = terminal::Colour::off},
                                       terminal::Detail::normal));
            for (std::string line; std::getline(lines, line);) {
                CHECK_MESSAGE(text::display_width(line) <= width, line);
            }
        }
    }
}

}  // namespace smallprint
