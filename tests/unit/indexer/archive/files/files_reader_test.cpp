// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/model/listing.h"
#include "common/text/utf8.h"
#include "indexer/archive/archive_reader.h"
#include "indexer/archive/find_archives.h"
#include "indexer/archive/reading_options.h"
#include "tests/support/warc_files.h"

#include <doctest/doctest.h>

#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <ios>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

namespace fs = std::filesystem;

void write(const fs::path& path, std::string_view bytes) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
}

// A folder of the test's own, empty.
fs::path fresh_folder(const std::string& name) {
    fs::remove_all(name);
    fs::create_directories(name);
    return name;
}

// What stands at `source`, which is files only.
struct Opened {
    std::unique_ptr<archive::ArchiveReader> reader;  // null if there is no snapshot
    Listing listing;
};

Opened open(const fs::path& source) {
    auto found = archive::find_archives(source, {});
    REQUIRE(found.has_value());
    REQUIRE(found->archives.size() <= 1);
    Opened opened;
    if (!found->archives.empty()) {
        opened.reader = std::move(found->archives[0].reader);
        auto listing = opened.reader->list();
        REQUIRE(listing.has_value());
        opened.listing = std::move(*listing);
    }
    for (const Skipped& item : found->skipped) {
        opened.listing.skipped.push_back(item);
    }
    return opened;
}

Listing list(const fs::path& source) {
    return open(source).listing;
}

std::vector<std::string> places(const Listing& listing) {
    std::vector<std::string> found;
    found.reserve(listing.snapshots.size());
    for (const ListedSnapshot& snapshot : listing.snapshots) {
        found.push_back(snapshot.facts.place);
    }
    return found;
}

// Why the one thing that was left out was left out.
std::string reason(const Listing& listing) {
    REQUIRE(listing.skipped.size() == 1);
    return listing.skipped[0].reason;
}

const std::string k_provenance =
    "> *The following text is extracted and transformed from the a.example privacy policy that was "
    "archived on 2014-11-13. Please check the [snapshot](https://web.archive.org/web/"
    "20141113222236id_/http%3A//a.example/p) for the most accurate reproduction.*\n\n";

}  // namespace

TEST_CASE("all text files of a tree are listed in order of path") {
    const fs::path folder = fresh_folder("tree");
    write(folder / "b/bc/b.example.md", "B");
    write(folder / "a/ab/a.example/20140302101530.md", "A");
    write(folder / "c.txt", "C");
    write(folder / "D.MARKDOWN", "D");
    CHECK(places(list(folder)) == std::vector<std::string>{"D.MARKDOWN",
                                                           "a/ab/a.example/20140302101530.md",
                                                           "b/bc/b.example.md", "c.txt"});
}

TEST_CASE("a single file is an archive whatever its name") {
    write("single/policy.data", "We keep data.");
    const auto [reader, listing] = open("single/policy.data");
    REQUIRE(places(listing) == std::vector<std::string>{"policy.data"});
    CHECK(listing.snapshots[0].size == 13);
    CHECK(listing.snapshots[0].opening == "We keep data.");
    const auto text = reader->read(listing.snapshots[0]);
    REQUIRE(text.has_value());
    CHECK(text->bytes == "We keep data.");
    CHECK(text->begin == 0);
}

TEST_CASE("facts come from the provenance line, and the text starts behind it") {
    write("single/with.md", k_provenance + "# Title");
    const auto [reader, listing] = open("single/with.md");
    REQUIRE(listing.snapshots.size() == 1);
    CHECK(listing.snapshots[0].facts.vendor == "a.example");
    CHECK(listing.snapshots[0].opening.empty());
    const auto text = reader->read(listing.snapshots[0]);
    REQUIRE(text.has_value());
    CHECK(text->bytes.substr(text->begin) == "# Title");
}

TEST_CASE("a byte order mark is not part of the text") {
    write("single/bom.md", "\xEF\xBB\xBFText");
    const auto [reader, listing] = open("single/bom.md");
    CHECK(reader->read(listing.snapshots.at(0))->bytes == "Text");
}

TEST_CASE("what is no text is left out with a reason") {
    const auto left_out = [](std::string_view bytes) {
        write("single/odd.md", bytes);
        const Listing listing = list("single/odd.md");
        CHECK(listing.snapshots.empty());
        return reason(listing);
    };
    CHECK(left_out("") == "empty file");
    CHECK(left_out("%PDF-1.4 ...").find("PDF") != std::string::npos);
    CHECK(left_out("\x01\x02\x03\x04").find("binary") != std::string::npos);
    CHECK(left_out(gzipped("We keep data.").substr(0, 20)) == "compressed data that is cut off");
}

TEST_CASE("NUL bytes in a text are passed over") {
    write("single/zeros.md", std::string_view("\0We ke\0ep data.\0\0", 17));
    const auto [reader, listing] = open("single/zeros.md");
    CHECK(reader->read(listing.snapshots.at(0))->bytes == "We keep data.");
}

TEST_CASE("a page stored compressed is the page of its name") {
    const std::string page = "<html><p>We keep data.</p>";
    for (const std::string name : {"legal/privacy", "legal/v1.2", "privacy.php", "privacy.html"}) {
        CAPTURE(name);
        const fs::path folder = fresh_folder("packed");
        write(folder / "20200101000000/www.a.example" / name, gzipped(page));
        write(folder / "20210101000000/www.a.example" / name, gzipped(gzipped(page)));
        write(folder / "20220101000000/www.a.example" / name, zlib_compressed(page));
        std::size_t pages = 0;
        const auto found_all = archive::find_archives(folder, {});
        REQUIRE(found_all.has_value());
        for (const archive::FoundArchive& found : found_all->archives) {
            const auto listing = found.reader->list();
            REQUIRE(listing.has_value());
            for (const ListedSnapshot& each : listing->snapshots) {
                CHECK(each.facts.source_url == "http://www.a.example/" + name);
                CHECK(found.reader->read(each)->bytes == page);
                ++pages;
            }
        }
        CHECK(pages == 3);
    }
    write("single/a.example.md.gz", gzipped("We keep data."));
    const auto [reader, listing] = open("single/a.example.md.gz");
    CHECK(listing.snapshots.at(0).facts.vendor == "a.example");
    CHECK(reader->read(listing.snapshots.at(0))->bytes == "We keep data.");
}

TEST_CASE("a file over the limit of size is left out and the limit named") {
    write("single/large.md", "x");
    fs::resize_file("single/large.md", (std::uintmax_t{16} << 20U) + 1);
    std::ofstream("single/large.md", std::ios::in | std::ios::binary) << std::string(9000, 'x');
    CHECK(reason(list("single/large.md")).find("16777216") != std::string::npos);
}

TEST_CASE("other files of a tree are left out with their place") {
    const fs::path folder = fresh_folder("others");
    write(folder / "sub/logo.png", "PNG");
    write(folder / "policy.md", "Text");
    const Listing listing = list(folder);
    CHECK(places(listing) == std::vector<std::string>{"policy.md"});
    REQUIRE(listing.skipped.size() == 1);
    CHECK(listing.skipped[0].place == "sub/logo.png");
}

TEST_CASE("what describes the archive and an index of ours are left aside") {
    const fs::path folder = fresh_folder("aside");
    write(folder / "README.md", "How this archive was made.");
    write(folder / "smallprint.idx/CURRENT", "gen-000001\n");
    write(folder / "smallprint.idx/lock", "");
    write(folder / "policy.md", "Text");
    const Listing listing = list(folder);
    CHECK(places(listing) == std::vector<std::string>{"policy.md"});
    REQUIRE(listing.skipped.size() == 2);
    for (const Skipped& item : listing.skipped) {
        CHECK(item.kind == SkipKind::aside);
    }
}

TEST_CASE("an index that is not published yet is left aside as well") {
    const fs::path folder = fresh_folder("making");
    write(folder / "smallprint.idx/lock", "");
    write(folder / "smallprint.idx/.building/plan", "0");
    write(folder / "policy.md", "Text");
    const Listing listing = list(folder);
    REQUIRE(listing.skipped.size() == 1);
    CHECK(listing.skipped[0].place == "smallprint.idx");
    CHECK(listing.skipped[0].kind == SkipKind::aside);
}

TEST_CASE("the opening is kept only of texts whose vendor it may tell") {
    const fs::path folder = fresh_folder("openings");
    write(folder / "a.example/20140302101530.md", "We keep data.");
    write(folder / "policy.md", "We keep data.");
    const Listing listing = list(folder);
    REQUIRE(listing.snapshots.size() == 2);
    CHECK(listing.snapshots[0].opening.empty());
    CHECK(listing.snapshots[1].opening == "We keep data.");
}

TEST_CASE("the same files read in another way have another fingerprint") {
    write(fresh_folder("ways") / "policy.md", "Text");
    archive::ReadingOptions pages;
    pages.format = archive::ArchiveFormat::html;
    const auto by_content = archive::find_archives("ways", {});
    const auto as_pages = archive::find_archives("ways", pages);
    REQUIRE(by_content.has_value());
    REQUIRE(as_pages.has_value());
    CHECK(by_content->fingerprint != as_pages->fingerprint);
    CHECK(by_content->fingerprint == archive::find_archives("ways", {})->fingerprint);
}

TEST_CASE("a symbolic link is followed inside of the archive and not out of it") {
    const fs::path root = fresh_folder("linked");
    write("linked/a/policy.md", "We keep walrus data.");
    write("elsewhere/secret.md", "Nobody named this.");
    fs::create_symlink("a/policy.md", root / "inside.md");
    fs::create_symlink(fs::absolute("elsewhere/secret.md"), root / "outside.md");
    const Opened opened = open(root);
    REQUIRE(opened.listing.snapshots.size() == 2);
    CHECK(opened.listing.snapshots[1].facts.place == "inside.md");
    REQUIRE(opened.listing.skipped.size() == 1);
    CHECK(opened.listing.skipped[0].place == "outside.md");
    CHECK(opened.listing.skipped[0].reason == "symbolic link out of the archive, not followed");
}

TEST_CASE("a symbolic link that leads back is reported and not followed") {
    const fs::path folder = fresh_folder("loop");
    write(folder / "a/policy.md", "Text");
    fs::create_directory_symlink("..", folder / "a/up");
    const Listing listing = list(folder);
    CHECK(places(listing) == std::vector<std::string>{"a/policy.md"});
    CHECK(reason(listing).find("symbolic link") != std::string::npos);
}

TEST_CASE("an unreadable file is left out and the rest is read") {
    const fs::path folder = fresh_folder("closed");
    write(folder / "closed.md", "Text");
    write(folder / "open.md", "Text");
    fs::permissions(folder / "closed.md", fs::perms::none);
    if (::access((folder / "closed.md").c_str(), R_OK) == 0) {
        MESSAGE("SKIPPED: runs as root, which may read everything");
        return;
    }
    const Listing listing = list(folder);
    CHECK(places(listing) == std::vector<std::string>{"open.md"});
    CHECK_FALSE(reason(listing).empty());
}

TEST_CASE("names that are no text are repaired in places and still read") {
    const fs::path folder = fresh_folder("names");
    write(folder / "caf\xE9.md", "Latin");
    write(folder / "tab\tname.md", "Tab");
    const auto [reader, listing] = open(folder);
    REQUIRE(listing.snapshots.size() == 2);
    for (const ListedSnapshot& snapshot : listing.snapshots) {
        CHECK(text::is_valid_utf8(snapshot.facts.place));
        CHECK(reader->read(snapshot).has_value());
    }
}

TEST_CASE("a source that does not exist is an error, an empty folder is not") {
    const auto missing = archive::find_archives("no/such/folder", {});
    REQUIRE_FALSE(missing.has_value());
    CHECK(missing.error().code == ErrorCode::input);
    CHECK(missing.error().message.find("no/such/folder") != std::string::npos);
    CHECK(list(fresh_folder("empty")).snapshots.empty());
}

TEST_CASE("a file that vanished after the listing is an error when it is read") {
    write("single/gone.md", "Text");
    const auto [reader, listing] = open("single/gone.md");
    fs::remove("single/gone.md");
    CHECK_FALSE(reader->read(listing.snapshots.at(0)).has_value());
}

}  // namespace smallprint
