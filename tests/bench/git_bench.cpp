// SPDX-License-Identifier: GPL-2.0-or-later
//
// Measures the reading of a git repository by itself: listing, and decoding every text in the order
// in which the pipeline asks for them, policy by policy. `git_bench REPOSITORY [THREADS]` prints a
// table in Markdown.

#include "common/base/result.h"
#include "common/model/listing.h"
#include "indexer/archive/git/git_reader.h"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

std::vector<std::vector<ListedSnapshot>> by_file(const Listing& listing) {
    std::map<std::string, std::vector<ListedSnapshot>> files;
    for (const ListedSnapshot& snapshot : listing.snapshots) {
        files[snapshot.facts.place.substr(0, snapshot.facts.place.rfind('@'))].push_back(snapshot);
    }
    std::vector<std::vector<ListedSnapshot>> grouped;
    grouped.reserve(files.size());
    for (auto& [path, versions] : files) {
        grouped.push_back(std::move(versions));
    }
    return grouped;
}

struct Decoded {
    std::atomic<std::uint64_t> bytes = 0;
    std::atomic<std::size_t> failed = 0;
};

void decode(const archive::GitReader& reader, const std::vector<std::vector<ListedSnapshot>>& files,
            std::atomic<std::size_t>& next, Decoded& decoded) {
    for (std::size_t file = next++; file < files.size(); file = next++) {
        for (const ListedSnapshot& snapshot : files[file]) {
            if (const auto text = reader.read(snapshot)) {
                decoded.bytes += text->bytes.size();
            } else {
                ++decoded.failed;
            }
        }
    }
}

Result<void> measure(const std::string& repository, unsigned threads) {
    archive::GitReader reader(repository);
    auto start = Clock::now();
    TRY_ASSIGN(const Listing listing, reader.list());
    fmt::print("| git | |\n|---|---|\n| snapshots | {} |\n| left out | {} |\n| list | {:.2f} s |\n",
               listing.snapshots.size(), listing.skipped.size(), seconds_since(start));
    const auto files = by_file(listing);
    std::atomic<std::size_t> next = 0;
    Decoded decoded;
    start = Clock::now();
    {
        std::vector<std::jthread> workers;
        workers.reserve(threads);
        for (unsigned i = 0; i < threads; ++i) {
            workers.emplace_back([&] { decode(reader, files, next, decoded); });
        }
    }
    const double seconds = seconds_since(start);
    const double megabytes = static_cast<double>(decoded.bytes) / 1e6;
    fmt::print("| text | {:.1f} MB, {} unreadable |\n", megabytes, decoded.failed.load());
    fmt::print("| decode, {} threads | {:.2f} s, {:.0f} MB/s |\n", threads, seconds,
               megabytes / seconds);
    return {};
}

}  // namespace
}  // namespace smallprint

int main(int argc, char** argv) {
    if (argc != 2 && argc != 3) {
        fmt::print(stderr, "usage: git_bench REPOSITORY [THREADS]\n");
        return 2;
    }
    const unsigned threads = argc == 3 ? static_cast<unsigned>(std::stoul(argv[2])) : 2;
    const auto done = smallprint::measure(argv[1], threads);
    if (!done) {
        fmt::print(stderr, "git_bench: {}\n", done.error().message);
        return 1;
    }
    return 0;
}
