// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/date.h"
#include "searcher/html/web/web_files.h"
#include "searcher/index/clause_view.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace smallprint {

// What every page knows besides its own answer.

// The archive in a few facts; made once for a generation.
struct ArchiveFacts {
    std::uint64_t vendors = 0;
    std::uint64_t policies = 0;
    std::uint64_t snapshots = 0;
    std::uint64_t clauses = 0;
    std::optional<Day> first;  // snapshots
    std::optional<Day> last;
    std::vector<std::string> vendor_names;  // for suggestions; at most some hundred
    std::vector<std::string> types;
    std::vector<std::string> languages;
};

ArchiveFacts archive_facts(const IndexOverview& overview);

struct Site {
    const WebFiles& files;
    const ArchiveFacts& archive;
};

// A page around its content.
struct Frame {
    std::string title;
    std::string section = {};  // of the navigation: "search", "trend", "vendors", "about" or none
    std::string query = {};    // in the search box of the head
    std::string feed = {};     // address of the Atom feed of the page, or empty
    std::string main;          // HTML
};

std::string framed(const Site& site, const Frame& frame);

}  // namespace smallprint
