// SPDX-License-Identifier: GPL-2.0-or-later
//
// Golden cases of the splitter: split/NAME.md or split/NAME.html is split, and what comes out,
// rendered for people, has to be split/NAME.golden.
//
//   split_golden FOLDER            compares every case, shows the lines that differ
//   split_golden --update FOLDER   rewrites the expectations; read the difference
//   split_golden --print FILE...   shows how any file is split

#include "indexer/archive/source_text.h"
#include "indexer/split/splitter.h"
#include "tests/golden/golden_files.h"
#include "tests/support/piece_rendering.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

constexpr int k_wrong_usage = 2;

std::string split(const fs::path& path) {
    const std::string bytes = smallprint::read_golden(path);
    if (path.extension() == ".html") {
        return smallprint::render_pieces(smallprint::split::Splitter().split_html(bytes));
    }
    const auto provenance = smallprint::archive::parse_provenance(bytes);
    const std::string_view source =
        std::string_view(bytes).substr(provenance ? provenance->size : 0);
    return smallprint::render_pieces(smallprint::split::Splitter().split_markdown(source));
}

std::vector<smallprint::GoldenCase> cases_in(const fs::path& folder) {
    std::vector<smallprint::GoldenCase> cases;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        const fs::path extension = entry.path().extension();
        if (extension == ".md" || extension == ".html") {
            cases.push_back(
                {fs::path(entry.path()).replace_extension(".golden"), split(entry.path())});
        }
    }
    std::ranges::sort(cases, {}, &smallprint::GoldenCase::file);
    if (cases.empty()) {
        throw std::runtime_error("no cases in " + folder.string());
    }
    return cases;
}

int print(std::span<const std::string> files) {
    for (const std::string& file : files) {
        fmt::print("=== {}\n{}", file, split(file));
    }
    return 0;
}

int run(std::span<const std::string> arguments) {
    if (arguments.size() == 1) {
        return smallprint::compare_golden(cases_in(arguments[0]));
    }
    if (arguments.size() == 2 && arguments[0] == "--update") {
        smallprint::update_golden(cases_in(arguments[1]));
        return 0;
    }
    if (arguments.size() >= 2 && arguments[0] == "--print") {
        return print(arguments.subspan(1));
    }
    fmt::print(stderr, "usage: split_golden [--update] FOLDER | --print FILE...\n");
    return k_wrong_usage;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const std::vector<std::string> arguments(argv + 1, argv + argc);
        return run(arguments);
    } catch (const std::exception& error) {
        fmt::print(stderr, "split_golden: {}\n", error.what());
        return k_wrong_usage;
    }
}
