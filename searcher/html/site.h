// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/date.h"
#include "searcher/html/page_template.h"
#include "searcher/html/web/web_files.h"
#include "searcher/index/clause_view.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::html {

// Facts that every page shows besides its own answer.

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

ArchiveFacts archive_facts(const index::IndexOverview& overview);

struct Site {
    const WebFiles& files;
    const ArchiveFacts& archive;
};

// The surroundings of a page.
struct Frame {
    std::string title;
    std::string section = {};  // of the navigation: "search", "trend", "vendors", "about" or none
    std::string feed = {};     // address of the Atom feed of the page, or empty
};

// Fills the template `name`.mustache and puts the frame around it.
std::string make_page(const Site& site, std::string_view name, const View& content,
                      const Frame& frame);

}  // namespace smallprint::html
