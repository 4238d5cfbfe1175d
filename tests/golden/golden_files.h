// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {

// Compares whole results with files that hold what is expected, and rewrites these files on
// request.

struct GoldenCase {
    std::filesystem::path file;
    std::string got;
};

std::string read_golden(const std::filesystem::path& path);

// Prints the lines that differ between each file and what was got. The exit status: 1 if any does.
int compare_golden(std::span<const GoldenCase> cases);

// Writes what was got to the files; whoever asks for it reads the difference.
void update_golden(std::span<const GoldenCase> cases);

}  // namespace smallprint
