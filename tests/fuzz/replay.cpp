// SPDX-License-Identifier: GPL-2.0-or-later
//
// Runs a fuzz target over kept inputs, where it is not linked with libFuzzer: replay FOLDER.
#include "tests/fuzz/fuzz_target.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <ios>
#include <iterator>
#include <vector>

namespace fs = std::filesystem;

int main(int argc, char** argv) {
    if (argc != 2 || !fs::is_directory(argv[1])) {
        std::fprintf(stderr, "usage: replay FOLDER\n");
        return 2;
    }
    std::vector<fs::path> files;
    std::ranges::copy(fs::directory_iterator(argv[1]), std::back_inserter(files));
    std::ranges::sort(files);
    for (const fs::path& file : files) {
        std::printf("%s\n", file.c_str());
        std::fflush(stdout);  // so that the last line names what went wrong
        std::ifstream in(file, std::ios::binary);
        const std::vector<char> bytes{std::istreambuf_iterator<char>(in),
                                      std::istreambuf_iterator<char>()};
        const std::vector<std::uint8_t> input(bytes.begin(), bytes.end());
        LLVMFuzzerTestOneInput(input.data(), input.size());
    }
    return files.empty() ? 1 : 0;
}
