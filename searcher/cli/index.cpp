// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/cli/options.h"
#include "searcher/cli/commands.h"
#include "searcher/cli/runner.h"
#include "searcher/request/requests.h"

#include <fmt/format.h>

#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

namespace smallprint::cli {
namespace {

// Becomes the program smallprint-index that stands beside this one.
int run_index(const Command& /*command*/, const Arguments& arguments) {
    std::error_code error;
    const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
    const std::filesystem::path program = self.parent_path() / "smallprint-index";
    std::string name = program.string();
    std::vector<std::string> words = arguments;
    std::vector<char*> pointers = {name.data()};
    for (std::string& word : words) {
        pointers.push_back(word.data());
    }
    pointers.push_back(nullptr);
    ::execv(name.c_str(), pointers.data());
    const std::error_code why(errno, std::generic_category());
    return report({ErrorCode::io, fmt::format("cannot start '{}': {}", name, why.message()),
                   "smallprint and smallprint-index belong into the same folder: install both"},
                  request::OutputFormat::text);
}

}  // namespace

const Command k_index_command = {
    .name = "index",
    .arguments = "SOURCE... [-i DIR]",
    .summary = "read archives and publish an index",
    .run = run_index,
};

}  // namespace smallprint::cli
