// SPDX-License-Identifier: GPL-2.0-or-later
//
// Golden cases of the splitter: split/NAME.md or split/NAME.html is split, and what comes out,
// rendered for people, has to be split/NAME.golden.
//
//   split_golden FOLDER            compares every case, shows the lines that differ
//   split_golden --update FOLDER   rewrites the expectations; read the difference
//   split_golden --print FILE...   shows how any file is split

#include "indexer/archive/provenance.h"
#include "indexer/split/splitter.h"
#include "tests/support/piece_rendering.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <ios>
#include <iterator>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

constexpr int k_wrong_usage = 2;

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        throw std::runtime_error("cannot read " + path.string());
    }
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string split(const fs::path& path) {
    const std::string bytes = read(path);
    if (path.extension() == ".html") {
        return smallprint::render_pieces(smallprint::Splitter().split_html(bytes));
    }
    const auto provenance = smallprint::parse_provenance(bytes);
    const std::string_view source =
        std::string_view(bytes).substr(provenance ? provenance->size : 0);
    return smallprint::render_pieces(smallprint::Splitter().split_markdown(source));
}

std::vector<fs::path> cases_in(const fs::path& folder) {
    std::vector<fs::path> cases;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        const fs::path extension = entry.path().extension();
        if (extension == ".md" || extension == ".html") {
            cases.push_back(entry.path());
        }
    }
    std::ranges::sort(cases);
    if (cases.empty()) {
        throw std::runtime_error("no cases in " + folder.string());
    }
    return cases;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        lines.push_back(line);
    }
    return lines;
}

// The lines between the common start and the common end.
void print_difference(const std::string& expected, const std::string& got) {
    const std::vector<std::string> before = lines_of(expected);
    const std::vector<std::string> after = lines_of(got);
    const auto [first_before, first_after] = std::ranges::mismatch(before, after);
    auto last_before = before.end();
    auto last_after = after.end();
    while (last_before != first_before && last_after != first_after &&
           *std::prev(last_before) == *std::prev(last_after)) {
        --last_before;
        --last_after;
    }
    std::for_each(first_before, last_before, [](const auto& line) { fmt::print("-{}\n", line); });
    std::for_each(first_after, last_after, [](const auto& line) { fmt::print("+{}\n", line); });
}

int compare(const fs::path& folder) {
    int failed = 0;
    for (const fs::path& input : cases_in(folder)) {
        const std::string expected = read(fs::path(input).replace_extension(".golden"));
        const std::string got = split(input);
        if (got != expected) {
            ++failed;
            fmt::print("--- {} differs\n", input.filename().string());
            print_difference(expected, got);
        }
    }
    return failed == 0 ? 0 : 1;
}

int update(const fs::path& folder) {
    for (const fs::path& input : cases_in(folder)) {
        std::ofstream file(fs::path(input).replace_extension(".golden"), std::ios::binary);
        file << split(input);
        if (!file.flush()) {
            throw std::runtime_error("cannot write the expectation of " + input.string());
        }
    }
    return 0;
}

int print(std::span<const std::string> files) {
    for (const std::string& file : files) {
        fmt::print("=== {}\n{}", file, split(file));
    }
    return 0;
}

int run(std::span<const std::string> arguments) {
    if (arguments.size() == 1) {
        return compare(arguments[0]);
    }
    if (arguments.size() == 2 && arguments[0] == "--update") {
        return update(arguments[1]);
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
