// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/text/utf8.h"
#include "searcher/diff/diff.h"
#include "searcher/json/json.h"
#include "searcher/terminal/page.h"
#include "searcher/terminal/text.h"
#include "tests/support/sample_results.h"

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <cstddef>
#include <regex>
#include <string>

using namespace smallprint;

namespace {

constexpr terminal::Layout k_coloured = {.width = 80, .colour = terminal::Colour::on};

std::string lines_of(std::size_t count) {
    std::string line;
    for (std::size_t i = 0; i < count; ++i) {
        line += "─";
    }
    return line + '\n';
}

std::string without_colours(const std::string& text) {
    return std::regex_replace(text, std::regex("\x1b\\[[0-9;]*m"), "");
}

}  // namespace

TEST_CASE("a diff as text") {
    CHECK(terminal::diff_text(sample_diff(), {}, terminal::Detail::full) ==
          "brightloaf.example · Privacy Policy\n"
          "Before    2018-05-24 · snapshot 4 of 6\n"
          "          2018.md\n"
          "After     2020-08-15 · snapshot 5 of 6\n"
          "          2020.md\n"
          "Title     Privacy [-Policy-]{+Notice+}\n" +
              lines_of(80) +
              "1 clause added, 1 removed, 1 reworded, 1 moved · 1 section added, 1 removed, 1\n"
              "moved, 1 renamed · 13 unchanged\n"
              "Note: the archive extracted anew what it has of 2019-02-01, 2020-08-15; changes\n"
              "may be its own, not the vendor's\n"
              "2 blocks of navigation or footer differ, not shown\n"
              "\n"
              "Privacy › Disclosure\n" +
              lines_of(20) +
              "section renamed, was: Privacy › Sharing\n"
              "section moved, stood after: Cookies\n"
              "\n"
              "  … 12 clauses unchanged …\n"
              "\n"
              "  Beside it.\n"
              "\n"
              "~ We [-do not-]{+may+} sell data.\n"
              "\n"
              "> moved from: Contact\n"
              "> It moved.\n"
              "\n"
              "  … 1 clause unchanged …\n"
              "\n"
              "Contact\n" +
              lines_of(7) +
              "\n"
              "< moved to: Privacy › Disclosure\n"
              "< It moved.\n"
              "\n"
              "- Old\n" +
              lines_of(5) +
              "section removed\n"
              "\n"
              "- It was removed.\n"
              "\n"
              "+ New\n" +
              lines_of(5) +
              "section added\n"
              "\n"
              "+ It was added.\n"
              "\n"
              "brightloaf.example · Privacy Policy\n"
              "not compared: the first snapshot is of 2021-01-01\n");
}

TEST_CASE("with colours the words stand apart without marks") {
    const std::string text =
        terminal::diff_text(sample_diff(), k_coloured, terminal::Detail::normal);
    CHECK(text.find("We \x1b[9;31mdo not\x1b[0m \x1b[4;32mmay\x1b[0m sell data.") !=
          std::string::npos);
    CHECK(without_colours(text).find("~ We do not may sell data.\n") != std::string::npos);
    CHECK(without_colours(text).find("Title     Privacy Policy Notice\n") != std::string::npos);
}

TEST_CASE("no change is one sentence") {
    diff::DiffResults results = sample_diff();
    results.not_compared.clear();
    diff::PolicyDiff& diff = results.policies[0];
    diff.sections.clear();
    diff.after.title = diff.before.title;
    diff.counts = {};
    CHECK(terminal::diff_text(results, {}, terminal::Detail::normal) ==
          "brightloaf.example · Privacy Policy\n"
          "no change: the snapshots of 2018-05-24 and 2020-08-15 say the same\n");
    diff.counts.boilerplate = 1;
    CHECK(terminal::diff_text(results, {}, terminal::Detail::brief) ==
          "brightloaf.example · Privacy Policy\n"
          "no change: the snapshots of 2018-05-24 and 2020-08-15 say the same (1 block of\n"
          "navigation or footer differs, not shown)\n");
    diff.after = diff.before;
    CHECK(terminal::diff_text(results, {}, terminal::Detail::normal) ==
          "brightloaf.example · Privacy Policy\n"
          "no change: both dates fall on the snapshot of 2018-05-24\n");
}

TEST_CASE("text of an archive controls neither terminal nor JSON") {
    for (const terminal::Detail detail :
         {terminal::Detail::brief, terminal::Detail::normal, terminal::Detail::full}) {
        CHECK(is_harmless(terminal::diff_text(hostile_diff(), {}, detail)));
        CHECK(
            is_harmless(without_colours(terminal::diff_text(hostile_diff(), k_coloured, detail))));
    }
    const std::string json = json::diff_json(hostile_diff());
    CHECK(text::is_valid_utf8(json));
    CHECK(json.find('\n') == json.size() - 1);
    const auto value = boost::json::parse(json);
    const auto& change =
        value.at("policies").at(0).at("sections").at(0).at("changes").at(1).as_object();
    std::string before;
    for (const auto& word : change.at("words").as_array()) {
        const auto begin = word.at("before").at(0).to_number<std::size_t>();
        const auto end = word.at("before").at(1).to_number<std::size_t>();
        before += change.at("before").at("text").as_string().subview(begin, end - begin);
    }
    CHECK(before == change.at("before").at("text").as_string());
}
