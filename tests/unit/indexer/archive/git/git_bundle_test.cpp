// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/io/file.h"
#include "common/model/listing.h"
#include "indexer/archive/git/git_bundle.h"
#include "indexer/archive/git/git_reader.h"
#include "tests/support/git_builder.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint {
namespace {

namespace fs = std::filesystem;

Result<archive::BundleRepository> unpack(std::string_view bytes) {
    write_bytes("a.bundle", bytes);
    const auto file = io::FileBytes::open("a.bundle");
    REQUIRE(file.has_value());
    return archive::BundleRepository::unpack(*file);
}

std::string message_of(const Result<archive::BundleRepository>& made) {
    return made ? "(unpacked)" : made.error().message;
}

// A bundle of three commits with these references; "%1" and "%3" stand for the first and the last.
std::string sample(std::string lines) {
    GitBuilder git("bundled.git");
    const std::string first = hex(git.commit_file("p.md", "We keep tusks.\n", "1420113600"));
    git.commit_file("p.md", "We lend tusks.\n", "1451649600");
    const std::string last = hex(git.commit_file("p.md", "We sell tusks.\n", "1483272000"));
    for (const auto& [mark, id] : {std::pair("%1", first), std::pair("%3", last)}) {
        for (std::size_t at = lines.find(mark); at != std::string::npos; at = lines.find(mark)) {
            lines.replace(at, 2, id);
        }
    }
    return git.bundle(lines);
}

// How many versions the newest commit of such a bundle leads to.
std::size_t versions(const std::string& lines) {
    auto made = unpack(sample(lines));
    REQUIRE_MESSAGE(made.has_value(), message_of(made));
    archive::GitReader reader(std::move(*made));
    const auto listing = reader.list();
    REQUIRE(listing.has_value());
    REQUIRE_FALSE(listing->snapshots.empty());
    CHECK(listing->snapshots[0].facts.vendor.empty());
    CHECK(reader.read(listing->snapshots[0])->bytes == "We keep tusks.\n");
    return listing->snapshots.size();
}

}  // namespace

TEST_CASE("a bundle is read at its HEAD, else main, master or its only branch") {
    CHECK(versions("%1 refs/heads/main\n%3 HEAD\n") == 3);
    CHECK(versions("%3 refs/heads/main\n%1 refs/heads/master\n") == 3);
    CHECK(versions("%1 refs/heads/x\n%3 refs/heads/master\n") == 3);
    CHECK(versions("%1 refs/tags/v1\n%3 refs/heads/x\n") == 3);
    CHECK(message_of(unpack(sample("%3 refs/heads/x\n%1 refs/heads/y\n"))).find("no HEAD") !=
          std::string::npos);
    CHECK(message_of(unpack(sample(""))).find("no HEAD") != std::string::npos);
}

TEST_CASE("an unpacked bundle leaves nothing behind and takes no name from it") {
    ::setenv("TMPDIR", fs::absolute("scratch").c_str(), 1);  // NOLINT: no other thread, <cstdlib>
    fs::create_directories("scratch");
    {
        const auto made = unpack(sample("%3 HEAD\n%3 refs/heads/../../../escaped\n"));
        REQUIRE_MESSAGE(made.has_value(), message_of(made));
        CHECK(made->folder().parent_path() == fs::absolute("scratch"));
        CHECK(fs::is_empty(made->folder() / "refs/heads"));
        CHECK_FALSE(fs::exists("scratch/escaped"));
    }
    CHECK_FALSE(unpack(sample("%3 HEAD\n").substr(0, 300)).has_value());
    CHECK(fs::is_empty("scratch"));
    ::unsetenv("TMPDIR");  // NOLINT
}

TEST_CASE("a bundle that needs commits it does not hold is an error that says how to go on") {
    const auto made = unpack(sample("-%1 A change\n-%1\n%3 HEAD\n"));
    REQUIRE_FALSE(made.has_value());
    CHECK(made.error().message.find("needs 2 commits that it does not hold") != std::string::npos);
    CHECK(made.error().hint == "clone it into the repository it was made from");
}

TEST_CASE("capabilities of version 3 are understood or refused") {
    const std::string plain = sample("%3 HEAD\n").substr(16);
    const std::string signature = "# v3 git bundle\n";
    CHECK(unpack(signature + plain).has_value());
    CHECK(unpack(signature + "@object-format=sha1\n" + plain).has_value());
    CHECK(message_of(unpack(signature + "@object-format=sha256\n" + plain)) ==
          "line 2 of the git bundle's header asks for another hash than SHA-1, which is not "
          "supported");
    CHECK(message_of(unpack(signature + "@teleport\n" + plain)).find("not known") !=
          std::string::npos);
    CHECK(message_of(unpack("# v9 git bundle\n" + plain)) == "not a git bundle of version 2 or 3");
}

TEST_CASE("a header that is damaged, endless or without end is an error") {
    CHECK(message_of(unpack(sample("nonsense\n"))) ==
          "line 2 of the git bundle's header is damaged");
    CHECK(message_of(unpack(sample("%3\n"))).find("names no reference") != std::string::npos);
    CHECK(message_of(unpack("# v2 git bundle\n")).find("ends within") != std::string::npos);
    CHECK(message_of(unpack("")).find("ends within") != std::string::npos);
    const auto endless = unpack("# v2 git bundle\n" + std::string(17U << 20U, 'a'));
    REQUIRE_FALSE(endless.has_value());
    CHECK(endless.error().code == ErrorCode::limit);
}

TEST_CASE("a bundle cut anywhere is an error") {
    const std::string whole = sample("%3 HEAD\n");
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CHECK_FALSE(unpack(whole.substr(0, size)).has_value());
    }
    CHECK(message_of(unpack(whole.substr(0, whole.size() - 60))).find("cut off after") !=
          std::string::npos);
}

TEST_CASE("a flipped bit in a bundle is an error, or changes no text") {
    const std::string whole = sample("%3 HEAD\n");
    const std::size_t pack = whole.find("\n\n") + 2;
    for (std::size_t bit = 0; bit < whole.size() * 8; bit += 7) {
        std::string flipped = whole;
        flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
        const auto made = unpack(flipped);
        CHECK((!made.has_value() || bit / 8 < pack));
    }
}

}  // namespace smallprint
