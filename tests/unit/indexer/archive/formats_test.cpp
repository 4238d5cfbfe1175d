// SPDX-License-Identifier: GPL-2.0-or-later
//
// Every archive format is in schemas/archives.md and in the manual page.

#include "common/base/enum_names.h"
#include "common/base/strings.h"
#include "indexer/archive/reading_options.h"
#include "tests/support/markdown_tables.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

using namespace smallprint;

TEST_CASE("the page on archives has a row for every format, in their order") {
    std::vector<std::string> documented;
    for (const MarkdownTable& table : tables_of(repository_file("schemas/archives.md"))) {
        if (table.header.front() == "`--format`") {
            for (const std::vector<std::string>& row : table.rows) {
                for (const std::string& name : code_in(row.front())) {
                    documented.push_back(name);
                }
            }
        }
    }
    const auto& names = k_names_of<archive::ArchiveFormat>;
    CHECK(documented == std::vector<std::string>(names.begin(), names.end()));
}

TEST_CASE("the manual page names every format in its list of archives") {
    std::string listed = " ";
    const std::string page = repository_file("indexer/smallprint-index.1");
    for (std::string_view rest = page; !rest.empty();) {
        const std::string_view line = cut_until(rest, '\n');
        if (line.starts_with(".B ")) {
            listed += std::string(line.substr(3)) + ", ";
        }
    }
    for (const std::string_view name : k_names_of<archive::ArchiveFormat>) {
        CAPTURE(name);
        CHECK(listed.find(" " + std::string(name) + ",") != std::string::npos);
    }
}
