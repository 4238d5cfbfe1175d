// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

// What libFuzzer calls with every input. Defined once in a target, as FUZZ_TARGET(text) { ... }.
// NOLINTNEXTLINE(readability-identifier-naming): its name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

// Ends the run with what is wrong; an empty complaint is none.
inline void complain(const std::string& complaint) {
    if (!complaint.empty()) {
        std::fprintf(stderr, "fuzz: %s\n", complaint.c_str());
        std::abort();
    }
}

// NOLINTBEGIN(bugprone-macro-parentheses): a name
#define FUZZ_TARGET(text)                                                                          \
    static void run_on(std::string_view text);                                                     \
    extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {            \
        run_on({reinterpret_cast<const char*>(data), size});                                       \
        return 0;                                                                                  \
    }                                                                                              \
    static void run_on(std::string_view text)
// NOLINTEND(bugprone-macro-parentheses)
