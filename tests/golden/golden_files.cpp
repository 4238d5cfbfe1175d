// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/golden/golden_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <ios>
#include <iterator>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace smallprint {
namespace {

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

}  // namespace

std::string read_golden(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        throw std::runtime_error("cannot read " + path.string());
    }
    return {std::istreambuf_iterator<char>(file), {}};
}

int compare_golden(std::span<const GoldenCase> cases) {
    int failed = 0;
    for (const GoldenCase& one : cases) {
        const std::string expected = read_golden(one.file);
        if (one.got != expected) {
            ++failed;
            fmt::print("--- {} differs\n", one.file.filename().string());
            print_difference(expected, one.got);
        }
    }
    return failed == 0 ? 0 : 1;
}

void update_golden(std::span<const GoldenCase> cases) {
    for (const GoldenCase& one : cases) {
        std::ofstream file(one.file, std::ios::binary);
        file << one.got;
        if (!file.flush()) {
            throw std::runtime_error("cannot write " + one.file.string());
        }
    }
}

}  // namespace smallprint
