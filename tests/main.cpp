// SPDX-License-Identifier: GPL-2.0-or-later
//
// Runs the unit tests of one executable inside a private folder, which is removed when all went
// well and kept, with a word about where, when something failed. So a test may write files by plain
// names.

#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <stdlib.h>

#include <cerrno>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <system_error>

namespace {

namespace fs = std::filesystem;

constexpr int k_cannot_run = 2;

// CTest sets the same variables for the command-line tests; here they also hold for a test that is
// started by hand. What the caller has set stays.
void set_environment(const fs::path& source_dir) {
    ::setenv("SMALLPRINT_SOURCE_DIR", source_dir.c_str(), 0);
    ::setenv("SMALLPRINT_BIN", SMALLPRINT_TEST_BIN_DIR, 0);
    const fs::path shared = source_dir.parent_path() / "shared";
    if (fs::is_directory(shared)) {
        ::setenv("SMALLPRINT_SHARED", shared.c_str(), 0);
    }
}

bool is_inside(const fs::path& path, const fs::path& folder) {
    const fs::path relative = path.lexically_relative(folder);
    return !relative.empty() && *relative.begin() != "..";
}

fs::path make_private_folder() {
    std::string path = (fs::temp_directory_path() / "smallprint-test-XXXXXX").string();
    if (::mkdtemp(path.data()) == nullptr) {
        const std::error_code why(errno, std::generic_category());
        throw fs::filesystem_error("cannot make a folder for the tests", path, why);
    }
    return fs::canonical(path);
}

int run_tests(int argc, char** argv) {
    const fs::path source_dir = fs::canonical(SMALLPRINT_TEST_SOURCE_DIR);
    if (is_inside(fs::canonical(fs::temp_directory_path()), source_dir)) {
        std::fprintf(stderr,
                     "tests: refusing to run inside the source tree; set TMPDIR elsewhere\n");
        return k_cannot_run;
    }
    set_environment(source_dir);

    const fs::path folder = make_private_folder();
    const fs::path before = fs::current_path();
    fs::current_path(folder);
    doctest::Context context(argc, argv);
    const int status = context.run();
    fs::current_path(before);

    if (status != 0) {
        std::fprintf(stderr, "tests: the files of the failed run are kept in %s\n", folder.c_str());
        return status;
    }
    fs::remove_all(folder);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run_tests(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "tests: %s\n", error.what());
        return k_cannot_run;
    }
}
