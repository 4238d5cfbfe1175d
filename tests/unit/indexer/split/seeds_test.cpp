// SPDX-License-Identifier: GPL-2.0-or-later
//
// What has to hold for five real policies, one of each form that the corpus has. They are too large
// to be kept here; SMALLPRINT_SHARED names their folder.

#include "common/model/section.h"
#include "indexer/archive/source_text.h"
#include "indexer/split/splitter.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <ios>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

namespace fs = std::filesystem;

// The pieces of the seed whose file name starts so; none, after a word about it, if it is not
// there.
std::vector<Piece> seed(std::string_view number) {
    const char* shared = std::getenv("SMALLPRINT_SHARED");
    const fs::path folder = fs::path(shared == nullptr ? "" : shared) / "corpora" / "seeds";
    if (shared != nullptr && fs::is_directory(folder)) {
        for (const auto& entry : fs::directory_iterator(folder)) {
            if (entry.path().filename().string().starts_with(number)) {
                std::ifstream file(entry.path(), std::ios::binary);
                const std::string bytes{std::istreambuf_iterator<char>(file), {}};
                const auto provenance = archive::parse_provenance(bytes);
                return split::Splitter().split_markdown(
                    std::string_view(bytes).substr(provenance ? provenance->size : 0));
            }
        }
    }
    MESSAGE("SKIPPED: no real policies; SMALLPRINT_SHARED is not set or has none");
    return {};
}

bool has_heading(const std::vector<Piece>& pieces, std::string_view text) {
    return std::ranges::any_of(pieces, [&](const Piece& piece) {
        return piece.kind == PieceKind::heading && piece.text == text;
    });
}

// The headings above the first clause that holds `words`, joined by " > ".
std::string path_to(const std::vector<Piece>& pieces, std::string_view words) {
    std::vector<const Piece*> open;
    for (const Piece& piece : pieces) {
        if (piece.kind == PieceKind::heading) {
            std::erase_if(open, [&](const Piece* above) { return above->level >= piece.level; });
            open.push_back(&piece);
        } else if (piece.kind == PieceKind::clause && piece.text.find(words) != std::string::npos) {
            std::string path;
            for (const Piece* heading : open) {
                path += path.empty() ? heading->text : " > " + heading->text;
            }
            return path;
        }
    }
    return "no such clause";
}

bool is_boilerplate(const std::vector<Piece>& pieces, std::string_view words) {
    return std::ranges::any_of(pieces, [&](const Piece& piece) {
        return piece.kind == PieceKind::boilerplate && piece.text.find(words) != std::string::npos;
    });
}

}  // namespace

TEST_CASE("the Samanage seed has its ## headings, and its lists of lines stay together") {
    const std::vector<Piece> pieces = seed("000");
    if (pieces.empty()) {
        return;
    }
    CHECK(pieces.front().kind == PieceKind::title);
    for (const std::string_view heading : {"Purpose", "Cookies", "Security", "Opt-Out Policy"}) {
        CHECK(has_heading(pieces, heading));
    }
    CHECK(path_to(pieces, "Third Party Cookies") == "Cookies");
    CHECK(path_to(pieces, "Cary, NC") == path_to(pieces, "Physical Address"));
}

TEST_CASE("the Kaseya seed has numbered headings and bold run-in headings below them") {
    const std::vector<Piece> pieces = seed("001");
    if (pieces.empty()) {
        return;
    }
    CHECK(path_to(pieces,
                  "We will not sell, rent, or lease your personal information to third parties") ==
          "3. How We Use the Information We Collect");
    CHECK(path_to(pieces, "As is true of most websites") ==
          "2. Information We Collect > Log Files:");
    CHECK(path_to(pieces, "can be used to identify or contact a specific individual") ==
          "2. Information We Collect > Personal Information.");
    CHECK(path_to(pieces, "derived from the use of our products") ==
          "2. Information We Collect > Tracking and Location Information.");
}

TEST_CASE("the navigation of the SmarterTrack seed is boilerplate and its text is not") {
    const std::vector<Piece> pieces = seed("002");
    if (pieces.empty()) {
        return;
    }
    for (const std::string_view entry : {"Portal", "Pricing", "Partner Programs", "Get Started"}) {
        CHECK(is_boilerplate(pieces, entry));
        CHECK(path_to(pieces, "• " + std::string(entry)) == "no such clause");
    }
    CHECK(path_to(pieces, "industry-standard security measures") ==
          "Security of Personal Information");
    CHECK(path_to(pieces, "Last updated") == "Use of Collected Information");
}

TEST_CASE("the bare lines of the IC Manage seed are headings") {
    const std::vector<Piece> pieces = seed("003");
    if (pieces.empty()) {
        return;
    }
    for (const std::string_view heading :
         {"Why do we collect personal information?", "Information we collect and how we use it",
          "Choices for personal information", "Information sharing", "Enforcement",
          "Changes to this Privacy Policy", "Use of Email Addresses", "Questions"}) {
        CAPTURE(heading);
        CHECK(has_heading(pieces, heading));
    }
    CHECK(std::ranges::count(pieces, PieceKind::heading, &Piece::kind) == 8);
    CHECK(path_to(pieces, "3) Cookies") == "Information we collect and how we use it");
}

TEST_CASE("the items of a long list in the IC Manage seed carry their lead-in") {
    const std::vector<Piece> pieces = seed("003");
    if (pieces.empty()) {
        return;
    }
    const auto item = std::ranges::find_if(
        pieces, [](const Piece& piece) { return piece.text.starts_with("14) In the event"); });
    REQUIRE(item != pieces.end());
    REQUIRE(item->lead_in != k_no_piece);
    CHECK(pieces.at(item->lead_in).text.ends_with("we may collect information such as:"));
}

TEST_CASE("the SmarterTools seed keeps short lists with their lead-in and cuts long paragraphs") {
    const std::vector<Piece> pieces = seed("004");
    if (pieces.empty()) {
        return;
    }
    CHECK(has_heading(pieces, "Disclosure of Collected Data"));
    CHECK(path_to(pieces, "• the right to erasure") == "Your Rights");
    const auto rights = std::ranges::find_if(pieces, [](const Piece& piece) {
        return piece.text.find("• the right to erasure") != std::string::npos;
    });
    REQUIRE(rights != pieces.end());
    CHECK(rights->text.starts_with("Your principal rights"));
    CHECK(path_to(pieces, "(\"usage data\")") == "Collected Data and Use");
}

}  // namespace smallprint
