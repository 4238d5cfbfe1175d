// SPDX-License-Identifier: GPL-2.0-or-later
//
// Repositories that are damaged or meant to do harm: what can be read is listed, the rest is named
// with its kind, and nothing is written anywhere.
#include "common/model/listing.h"
#include "common/text/utf8.h"
#include "indexer/archive/git/git_objects.h"
#include "indexer/archive/git/git_pack.h"
#include "indexer/archive/git/git_reader.h"
#include "indexer/archive/limits.h"
#include "tests/support/git_builder.h"

#include <doctest/doctest.h>

#include <git2.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

namespace fs = std::filesystem;

const std::string k_2015 = "1420113600";
const std::string k_2016 = "1451649600";

Listing list(const fs::path& folder) {
    auto listing = archive::GitReader(folder).list();
    REQUIRE_MESSAGE(listing.has_value(), (listing ? "" : listing.error().message));
    return *listing;
}

// "privacy.md" of "privacy.md@0123456789".
std::vector<std::string> paths(const Listing& listing) {
    std::vector<std::string> found;
    found.reserve(listing.snapshots.size());
    for (const ListedSnapshot& snapshot : listing.snapshots) {
        found.push_back(snapshot.facts.place.substr(0, snapshot.facts.place.rfind('@')));
    }
    return found;
}

// What was left out at a place that begins so.
Skipped skipped(const Listing& listing, std::string_view place) {
    for (const Skipped& entry : listing.skipped) {
        if (entry.place.starts_with(place)) {
            return entry;
        }
    }
    FAIL("nothing was left out at " << place);
    return {};
}

// The texts of all snapshots; "(lost)" for one that cannot be read.
std::vector<std::string> texts(const fs::path& folder) {
    archive::GitReader reader(folder);
    const auto listing = reader.list();
    std::vector<std::string> found;
    for (std::size_t i = 0; listing && i < listing->snapshots.size(); ++i) {
        const auto text = reader.read(listing->snapshots[i]);
        found.push_back(text ? text->bytes : "(lost)");
    }
    return found;
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("names that lead out of a repository are named and never followed") {
    GitBuilder git("names.git");
    const git_oid text = git.blob("We sell tusks.\n");
    const git_oid inner = git.tree({{"x.md", text}});
    git.commit(git.tree({{"..", inner, k_folder_mode},
                         {".git", inner, k_folder_mode},
                         {"/tmp/smallprint-escaped.md", text},
                         {"../../escaped.md", text},
                         {".", inner, k_folder_mode},
                         {"fine.md", text}}),
               k_2015);
    const auto before = std::distance(fs::recursive_directory_iterator("."), {});
    const Listing listing = list(git.folder());
    CHECK(paths(listing) == Paths{"fine.md"});
    CHECK(listing.skipped.size() == 5);
    for (const char* name : {"..@", ".git@", "/tmp/smallprint-escaped.md@", "../../escaped.md@"}) {
        CHECK(skipped(listing, name).kind == SkipKind::unreadable);
    }
    CHECK(texts(git.folder()) == Paths{"We sell tusks.\n"});
    CHECK_FALSE(fs::exists("/tmp/smallprint-escaped.md"));
    CHECK_FALSE(fs::exists("../../escaped.md"));
    CHECK(std::distance(fs::recursive_directory_iterator("."), {}) == before);
}

TEST_CASE("names with control characters or broken UTF-8 are read, their places are valid text") {
    GitBuilder git("odd.git");
    const git_oid text = git.blob("We sell tusks.\n");
    git.commit(git.tree({{"a\x1b[31m.md", text}, {"b\n.md", text}, {"c\xff\xfe.md", text}}),
               k_2015);
    const Listing listing = list(git.folder());
    REQUIRE(listing.snapshots.size() == 3);
    CHECK(paths(listing)[2] == "c\xEF\xBF\xBD\xEF\xBF\xBD.md");
    for (const ListedSnapshot& snapshot : listing.snapshots) {
        CHECK(text::repaired_utf8(snapshot.facts.place) == snapshot.facts.place);
        CHECK(text::repaired_utf8(snapshot.facts.terms_type) == snapshot.facts.terms_type);
    }
}

TEST_CASE("links, submodules and files of other kinds are left aside once") {
    GitBuilder git("links.git");
    const git_oid text = git.blob("We sell tusks.\n");
    const git_oid target = git.blob("/etc/passwd");
    for (const char* image : {"one", "two"}) {
        git.commit(git.tree({{"fine.md", text},
                             {"link.md", target, "120000"},
                             {"logo.png", git.blob(image)},
                             {"module", text, "160000"}}),
                   k_2015);
    }
    const Listing listing = list(git.folder());
    CHECK(paths(listing) == Paths{"fine.md"});
    CHECK(listing.skipped.size() == 3);
    for (const char* name : {"link.md@", "module@", "logo.png@"}) {
        CHECK(skipped(listing, name).kind == SkipKind::aside);
    }
}

TEST_CASE("of two entries with one name the first is read") {
    GitBuilder git("twice.git");
    const git_oid first = git.blob("We keep tusks.\n");
    git.commit(git.tree({{"p.md", first}, {"p.md", git.blob("We sell tusks.\n")}}), k_2015);
    git.commit(git.tree({{"p.md", first}}), k_2016);
    const Listing listing = list(git.folder());
    CHECK(texts(git.folder()) == Paths{"We keep tusks.\n"});
    CHECK(skipped(listing, "p.md@").kind == SkipKind::unreadable);
}

TEST_CASE("folders that stand in any order are compared by name") {
    GitBuilder git("unsorted.git");
    const git_oid text = git.blob("We keep tusks.\n");
    git.commit(git.tree({{"z.md", text}, {"m.md", text}, {"a.md", text}}), k_2015);
    git.commit(git.tree({{"m.md", text}, {"z.md", git.blob("We sell tusks.\n")}, {"a.md", text}}),
               k_2016);
    CHECK(paths(list(git.folder())) == Paths{"z.md", "m.md", "a.md", "z.md"});
}

TEST_CASE("a folder in ten thousand folders is over the limit, what stands above is read") {
    GitBuilder git("deep.git");
    const git_oid text = git.blob("We keep tusks.\n");
    git_oid folder = git.tree({{"p.md", text}});
    for (int depth = 0; depth < 10'000; ++depth) {
        folder = git.tree({{"d", folder, k_folder_mode}});
    }
    git.commit(git.tree({{"d", folder, k_folder_mode}, {"p.md", text}}), k_2015);
    const Listing listing = list(git.folder());
    CHECK(paths(listing) == Paths{"p.md"});
    REQUIRE(listing.skipped.size() == 1);
    CHECK(listing.skipped[0].kind == SkipKind::limit);
    CHECK(listing.skipped[0].place.starts_with("d/d/d/"));
}

TEST_CASE("a few folders that stand for ten thousand million paths come to an end") {
    GitBuilder git("bomb.git");
    git_oid folder = git.tree({});
    for (int depth = 0; depth < 30; ++depth) {
        folder = git.tree({{"a", folder, k_folder_mode}, {"b", folder, k_folder_mode}});
    }
    git.commit_file("p.md", "We keep tusks.\n", k_2015);
    git.commit(git.tree({{"p.md", git.blob("We sell tusks.\n")}, {"q", folder, k_folder_mode}}),
               k_2016);
    const Listing listing = list(git.folder());
    CHECK(paths(listing) == Paths{"p.md", "p.md"});
    CHECK(skipped(listing, "commit ").kind == SkipKind::limit);
}

TEST_CASE("a pack that is cut while it is read costs what stood behind the cut") {
    GitBuilder git("cut.git");
    for (int i = 0; i < 20; ++i) {
        git.commit_file("p.md", std::string(3000, static_cast<char>('a' + i)), k_2015);
    }
    git.pack();
    archive::GitReader reader(git.folder());
    const auto listing = reader.list();
    REQUIRE(listing);
    REQUIRE(listing->snapshots.size() == 20);
    for (const auto& file : fs::directory_iterator(git.folder() / "objects" / "pack")) {
        if (file.path().extension() == ".pack") {
            fs::permissions(file.path(), fs::perms::owner_all);
            fs::resize_file(file.path(), fs::file_size(file.path()) / 2);
        }
    }
    std::size_t read = 0;
    for (const ListedSnapshot& snapshot : listing->snapshots) {
        const auto source = reader.read(snapshot);
        read += source ? 1U : 0U;
        CHECK((source || skip_kind(source.error()) == SkipKind::unreadable));
    }
    CHECK(read < 20);
}

TEST_CASE("deltas are applied, and damaged ones refused") {
    using archive::apply_git_delta;
    using std::string_literals::operator""s;
    // 5 bytes to 9: copies "ello" (offset 1, size 4), then adds " you!".
    CHECK(apply_git_delta("hello", "\x05\x09\x91\x01\x04\x05 you!"s).value_or("") == "ello you!");
    CHECK(apply_git_delta("hello", "\x05\x00"s).value_or("?").empty());
    for (const std::string& delta :
         {""s, "\x05"s, "\x04\x01\x01x"s, "\x05\x02\x01x"s, "\x05\x01\x02x"s, "\x05\x01\x00"s,
          "\x05\x04\x91\x02\x04"s, "\x05\x01\x91\x01"s, "\x05\x01\x02xy"s,
          "\x05\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"s, "\x05\xFF\xFF\xFF\xFF\x7F\x01x"s}) {
        CAPTURE(delta);
        CHECK_FALSE(apply_git_delta("hello", delta));
    }
}

TEST_CASE("a few objects give no more than their bytes can stand for") {
    GitBuilder git("few.git");
    const git_oid text = git.blob("We keep tusks.\n");
    git_oid folder = git.tree({{"p.md", text}});
    for (int depth = 0; depth < 12; ++depth) {
        std::vector<TreeEntry> entries;
        for (char name = 'a'; name < 'k'; ++name) {
            entries.push_back({std::string(1, name), folder, k_folder_mode});
        }
        folder = git.tree(entries);
    }
    git.commit(folder, k_2015);
    Listing listing = list(git.folder());
    CHECK(listing.snapshots.size() < 20'000);
    CHECK(skipped(listing, "commit ").kind == SkipKind::limit);

    GitBuilder names("names.git");
    const git_oid large = names.blob(std::string(8U << 20U, 'a'));
    std::vector<TreeEntry> entries;
    entries.reserve(200);
    for (int i = 0; i < 200; ++i) {
        entries.push_back({std::to_string(i) + ".md", large});
    }
    names.commit(names.tree(entries), k_2015);
    listing = list(names.folder());
    CHECK(listing.snapshots.size() >= 8);
    CHECK(listing.snapshots.size() < 20);
    CHECK(listing.snapshots.size() + count_items(listing.skipped) == 200);
    CHECK(skipped(listing, "99.md@").kind == SkipKind::limit);
}

TEST_CASE("a text over the limit and one without bytes are left out by their headers") {
    GitBuilder git("sizes.git");
    git.commit(git.tree({{"large.md", git.blob(std::string(archive::k_largest_text + 1, 'a'))},
                         {"just.md", git.blob(std::string(archive::k_largest_text, 'b'))},
                         {"nothing.md", git.blob("")}}),
               k_2015);
    for (const bool packed : {false, true}) {
        if (packed) {
            git.pack();
        }
        const Listing listing = list(git.folder());
        CHECK(paths(listing) == Paths{"just.md"});
        CHECK(skipped(listing, "large.md@").kind == SkipKind::limit);
        CHECK(skipped(listing, "nothing.md@").kind == SkipKind::empty);
    }
}

TEST_CASE("a lost text, folder or parent costs itself only") {
    GitBuilder git("lost.git");
    const git_oid lost_text = git.blob("We lose tusks.\n");
    const git_oid lost_folder = git.tree({{"x.md", git.blob("We hide tusks.\n")}});
    const git_oid lost_parent = git.commit_file("p.md", "We keep tusks.\n", k_2015);
    git.commit(git.tree({{"p.md", git.blob("We sell tusks.\n")},
                         {"q.md", lost_text},
                         {"r", lost_folder, k_folder_mode}}),
               k_2016);
    for (const git_oid& id : {lost_text, lost_folder, lost_parent}) {
        fs::remove(git.loose_path(id));
    }
    const Listing listing = list(git.folder());
    CHECK(texts(git.folder()) == Paths{"We sell tusks.\n"});
    CHECK(listing.skipped.size() == 3);
    for (const std::string& place :
         {"q.md@" + std::string(), "r/@" + std::string(), "commit " + hex(lost_parent)}) {
        CHECK(skipped(listing, place).kind == SkipKind::unreadable);
    }
}

TEST_CASE("an object of another type than its place asks for is left out") {
    GitBuilder git("types.git");
    const git_oid text = git.blob("We keep tusks.\n");
    const git_oid folder = git.tree({{"p.md", text}});
    git.commit(git.tree({{"p.md", folder}, {"q", text, k_folder_mode}, {"r.md", text}}), k_2015);
    const Listing listing = list(git.folder());
    CHECK(paths(listing) == Paths{"r.md"});
    CHECK(listing.skipped.size() == 2);
}

TEST_CASE("a date that cannot be is unknown, and the history goes on behind it") {
    GitBuilder git("dates.git");
    const std::vector<std::string> wrong = {
        "-5", "0", "631151999", "4133980800", "99999999999999999999", "soon", ""};
    git.commit_file("p.md", "first", k_2015);
    for (const std::string& seconds : wrong) {
        git.commit_file("p.md", "at " + seconds, seconds);
    }
    git.commit_file("p.md", "earliest", "631152000");
    git.commit_file("p.md", "last", "1735689600");
    const Listing listing = list(git.folder());
    REQUIRE(listing.snapshots.size() == wrong.size() + 3);
    CHECK(listing.skipped.empty());
    for (std::size_t i = 0; i < listing.snapshots.size(); ++i) {
        const bool known = i == 0 || i > wrong.size();
        CHECK(listing.snapshots[i].facts.captured.has_value() == known);
    }
}

TEST_CASE("a commit without author, or with the committer's date only, is read") {
    GitBuilder git("authors.git");
    const std::string tree = hex(git.tree({{"p.md", git.blob("We keep tusks.\n")}}));
    git.set_head(git.object("tree " + tree + "\nauthor T <t@a.example> 0 +0000\ncommitter T " +
                                "<t@a.example> " + k_2015 + " +0000\n\nA change\n",
                            GIT_OBJECT_COMMIT));
    REQUIRE(list(git.folder()).snapshots.size() == 1);
    CHECK(list(git.folder()).snapshots[0].facts.captured.has_value());
    git.set_head(git.object("tree " + tree + "\n", GIT_OBJECT_COMMIT));
    REQUIRE(list(git.folder()).snapshots.size() == 1);
    CHECK_FALSE(list(git.folder()).snapshots[0].facts.captured.has_value());
}

TEST_CASE("a shallow clone gives what it has and says where it ends") {
    GitBuilder git("shallow.git");
    const git_oid lost = git.commit_file("p.md", "We keep tusks.\n", k_2015);
    const git_oid last = git.commit_file("p.md", "We sell tusks.\n", k_2016);
    fs::remove(git.loose_path(lost));
    write_bytes(git.folder() / "shallow", hex(last) + "\n");
    const Listing listing = list(git.folder());
    CHECK(texts(git.folder()) == Paths{"We sell tusks.\n"});
    CHECK(skipped(listing, "commit " + hex(lost)).reason.find("shallow") != std::string::npos);
}

TEST_CASE("a flipped or cut loose object is never read as another text") {
    GitBuilder git("loose.git");
    const std::string good = "We keep tusks, and nobody else's business.\n";
    const git_oid text = git.blob(good);
    git.commit(git.tree({{"a.md", git.blob("We sell tusks.\n")}, {"p.md", text}}), k_2015);
    const fs::path path = git.loose_path(text);
    const std::string bytes = bytes_of_file(path);
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        std::string flipped = bytes;
        flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
        write_bytes(path, flipped);
        const std::vector<std::string> read = texts(git.folder());
        REQUIRE(!read.empty());
        CHECK(read[0] == "We sell tusks.\n");
        CHECK((read.size() == 1 || read[1] == "(lost)" || read[1] == good));
    }
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        write_bytes(path, bytes.substr(0, size));
        const std::vector<std::string> read = texts(git.folder());
        CHECK((read.size() == 1 || read[1] == "(lost)"));
    }
}

TEST_CASE("a flipped or cut pack never gives another text") {
    GitBuilder git("packed.git");
    std::vector<std::string> good;
    for (int i = 0; i < 40; ++i) {
        good.push_back(std::string(200, static_cast<char>('a' + i % 26)) + std::to_string(i));
        git.commit_file("p.md", good.back(), k_2015);
    }
    git.pack();
    fs::path pack;
    for (const auto& file : fs::directory_iterator(git.folder() / "objects/pack")) {
        pack = file.path().extension() == ".pack" ? file.path() : pack;
    }
    const std::string bytes = bytes_of_file(pack);
    std::mt19937 random(1);
    for (int round = 0; round < 400; ++round) {
        std::string flipped = bytes;
        char& byte = flipped[random() % flipped.size()];
        byte = static_cast<char>(byte ^ (1 << (random() % 8)));
        write_bytes(pack, round % 4 == 0 ? bytes.substr(0, random() % bytes.size()) : flipped);
        for (const std::string& text : texts(git.folder())) {
            CHECK((text == "(lost)" || std::ranges::find(good, text) != good.end()));
        }
    }
}

TEST_CASE("a pack whose index leads out of it is left out, and the error says so") {
    GitBuilder git("index.git");
    git.commit_file("p.md", "We keep tusks.\n", k_2015);
    git.commit_file("p.md", "We sell tusks.\n", k_2016);
    git.pack();
    fs::path index;
    for (const auto& file : fs::directory_iterator(git.folder() / "objects/pack")) {
        index = file.path().extension() == ".idx" ? file.path() : index;
    }
    const std::string bytes = bytes_of_file(index);
    const std::size_t offsets = bytes.size() - 40 - 24;  // of six objects
    const auto error_of = [&](const std::string& changed) {
        write_bytes(index, changed);
        const auto listing = archive::GitReader(git.folder()).list();
        return listing ? "" : listing.error().message;
    };
    CHECK(error_of(bytes).empty());
    for (const std::size_t at : {std::size_t{0}, std::size_t{8}, offsets}) {
        std::string changed = bytes;
        changed[at] = '\x80';
        CHECK(error_of(changed).find("its index is damaged") != std::string::npos);
    }
    std::string twice = bytes;
    twice.replace(offsets, 4, bytes, offsets + 4, 4);
    CHECK(error_of(twice).find("its index is damaged") != std::string::npos);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        CHECK_FALSE(error_of(bytes.substr(0, size)).empty());
    }
}

TEST_CASE("a pipe in the place of an object is not waited for") {
    GitBuilder git("pipe.git");
    const git_oid text = git.blob("We keep tusks.\n");
    git.commit(git.tree({{"a.md", git.blob("We sell tusks.\n")}, {"p.md", text}}), k_2015);
    fs::remove(git.loose_path(text));
    REQUIRE(::mkfifo(git.loose_path(text).c_str(), 0600) == 0);
    CHECK(texts(git.folder()) == Paths{"We sell tusks.\n"});
}

TEST_CASE("an empty repository and one whose HEAD names nothing are errors") {
    GitBuilder git("empty.git");
    const auto empty = archive::GitReader(git.folder()).list();
    REQUIRE_FALSE(empty.has_value());
    CHECK(empty.error().message.find("newest commit") != std::string::npos);
    const git_oid id = git.commit_file("p.md", "We keep tusks.\n", k_2015);
    fs::remove(git.loose_path(id));
    CHECK_FALSE(archive::GitReader(git.folder()).list().has_value());
    write_bytes(git.folder() / "HEAD", "nonsense");
    CHECK_FALSE(archive::GitReader(git.folder()).list().has_value());
}

TEST_CASE("where HEAD names no commit, main or the only branch is read; a detached HEAD is read") {
    GitBuilder git("head.git");
    const git_oid first = git.commit_file("p.md", "We keep tusks.\n", k_2015);
    git.commit_file("p.md", "We sell tusks.\n", k_2016);
    write_bytes(git.folder() / "refs/heads/other", hex(first) + "\n");
    write_bytes(git.folder() / "HEAD", "ref: refs/heads/gone\n");
    CHECK(list(git.folder()).snapshots.size() == 2);
    write_bytes(git.folder() / "HEAD", hex(first) + "\n");
    CHECK(list(git.folder()).snapshots.size() == 1);
    write_bytes(git.folder() / "HEAD", "ref: refs/heads/gone\n");
    fs::remove(git.folder() / "refs/heads/main");
    CHECK(list(git.folder()).snapshots.size() == 1);
}

TEST_CASE("a worktree and objects that stand elsewhere are read, lost ones are named") {
    GitBuilder git("home.git");
    git.commit_file("p.md", "We keep tusks.\n", k_2015);
    const fs::path home = fs::absolute(git.folder());
    write_bytes("work/.git", "gitdir: " + (home / "worktrees/work").string() + "\n");
    write_bytes(home / "worktrees/work/commondir", "../..\n");
    write_bytes(home / "worktrees/work/gitdir", fs::absolute("work/.git").string() + "\n");
    write_bytes(home / "worktrees/work/HEAD", "ref: refs/heads/main\n");
    CHECK(texts("work") == Paths{"We keep tusks.\n"});

    GitBuilder borrower("borrower.git");
    write_bytes(borrower.folder() / "objects/info/alternates", (home / "objects").string() + "\n");
    borrower.set_head(git.commit_file("p.md", "We sell tusks.\n", k_2016));
    CHECK(texts(borrower.folder()).size() == 2);
    write_bytes(borrower.folder() / "objects/info/alternates", "/nowhere/objects\n");
    CHECK_FALSE(archive::GitReader(borrower.folder()).list().has_value());
}

TEST_CASE("a repository of another user is an error that names --trust, and --trust reads it") {
    GitBuilder git("foreign.git");
    git.commit_file("p.md", "We keep tusks.\n", k_2015);
    if (::chown(git.folder().c_str(), 12345, 12345) != 0) {
        MESSAGE("SKIPPED: only root can give a folder away");
        return;
    }
    const auto refused = archive::GitReader(git.folder()).list();
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().message.find("belongs to another user") != std::string::npos);
    CHECK(refused.error().hint.find("--trust") != std::string::npos);
    CHECK(archive::GitReader(git.folder(), archive::OwnerTrust::anyone).list().has_value());
    CHECK_FALSE(archive::GitReader(git.folder()).list().has_value());
    REQUIRE(::chown(git.folder().c_str(), ::geteuid(), ::getegid()) == 0);
}

}  // namespace smallprint
