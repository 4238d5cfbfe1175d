// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace smallprint {

// Small archives made by tests: who said what and when.

struct DatedCapture {
    std::string day;  // 2014-03-02
    std::vector<std::string> clauses;
};

using Archive = std::map<std::string, std::vector<DatedCapture>>;  // by vendor, in order of time

// As files in the form of the Princeton-Leuven corpus.
void write_archive(const Archive& archive, const std::filesystem::path& folder);

}  // namespace smallprint
