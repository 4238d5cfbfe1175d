// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/date.h"
#include "common/model/listing.h"
#include "common/model/snapshot.h"
#include "indexer/archive/files/companions.h"
#include "indexer/archive/git/git_reader.h"
#include "tests/support/git_builder.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <ios>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

const std::string k_capture = "https://github.com/OpenTermsArchive/pga-snapshots/commit/"
                              "25e5e01925f1a549f7b1eb5fa6a5287c197874d3";

Listing list(const std::filesystem::path& folder) {
    auto listing = archive::GitReader(folder).list();
    REQUIRE_MESSAGE(listing.has_value(), (listing ? "" : listing.error().message));
    return *listing;
}

// A history of "Walrus Mail/Terms of Service.md" with these subjects.
Listing list_terms(const std::vector<std::string>& messages) {
    GitBuilder git("terms.git");
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const git_oid folder =
            git.tree({{"Terms of Service.md", git.blob("Text " + std::to_string(i) + "\n")}});
        git.commit(git.tree({{"Walrus Mail", folder, k_folder_mode}}), "1420113600", messages[i]);
    }
    return list(git.folder());
}

}  // namespace

TEST_CASE("texts that come again are numbered from 1, others not at all") {
    GitBuilder git("again.git");
    for (const char* text : {"a", "b", "a", "c", "d", "c", "a"}) {
        git.commit_file("p.md", text, "1420113600");
    }
    std::vector<std::uint64_t> numbers;
    for (const ListedSnapshot& snapshot : list(git.folder()).snapshots) {
        numbers.push_back(snapshot.text_number);
    }
    CHECK(numbers == std::vector<std::uint64_t>{1, 0, 1, 2, 0, 2, 1});
}

TEST_CASE("what a terms archive extracted anew is told from what it captured") {
    const std::vector<std::string> messages = {
        "Start tracking Walrus Mail Terms of Service",
        "Update Walrus Mail Terms of Service",
        "Refilter Walrus Mail Terms of Service\n\nThis version was recorded after filtering",
        "First record of Walrus Mail Terms of Service",
        "Record new changes of Walrus Mail Terms of Service",
        "Apply technical or declaration upgrade on Walrus Mail Terms of Service",
        "Refilter everything",
    };
    const Listing listing = list_terms(messages);
    REQUIRE(listing.snapshots.size() == messages.size());
    for (std::size_t i = 0; i < messages.size(); ++i) {
        CHECK(listing.snapshots[i].facts.vendor == "Walrus Mail");
        CHECK(listing.snapshots[i].facts.reextracted == (i == 2 || i == 5 || i == 6));
    }
}

TEST_CASE("a terms archive is told by all of it, not by each subject") {
    GitBuilder git("renamed.git");
    const auto tree = [&](const char* service, const char* file, std::string_view text) {
        return git.tree({{service, git.tree({{file, git.blob(text)}}), k_folder_mode}});
    };
    git.commit(tree("Walrus Mail", "Privacy Policy.md", "We keep tusks."), "1420113600",
               "First record of Walrus Mail Privacy Policy");
    git.commit(tree("Walrus Mail", "Privacy Policy.md", "We sell tusks."), "1430113600",
               "Record new changes of Walrus Mail Privacy Policy");
    git.commit(tree("Seal Post", "Terms of Service.md", "We keep seals."), "1440113600",
               "Rename Old Seal to Seal Post");
    const Listing listing = list(git.folder());
    REQUIRE(listing.snapshots.size() == 3);
    CHECK(listing.snapshots[1].facts.vendor == "Walrus Mail");
    CHECK(listing.snapshots[2].facts.vendor == "Seal Post");
    CHECK(listing.snapshots[2].facts.terms_type == "Terms of Service");
}

TEST_CASE("the snapshots of a terms archive are pages") {
    GitBuilder git("terms-snapshots.git");
    const git_oid folder = git.tree({{"Privacy Policy.html", git.blob("<p>We keep tusks.</p>")},
                                     {"Terms of Service.pdf", git.blob("%PDF-1.4")}});
    git.commit(git.tree({{"Walrus Mail", folder, k_folder_mode}}), "1420113600",
               "Record new changes of Walrus Mail Privacy Policy");
    archive::GitReader reader(git.folder());
    const auto listing = reader.list();
    REQUIRE(listing.has_value());
    REQUIRE(listing->snapshots.size() == 1);
    CHECK(listing->snapshots[0].facts.vendor == "Walrus Mail");
    CHECK(listing->snapshots[0].facts.terms_type == "Privacy Policy");
    const auto text = reader.read(listing->snapshots[0]);
    REQUIRE(text.has_value());
    CHECK(text->form == TextForm::html);
    REQUIRE(listing->skipped.size() == 1);
    CHECK(listing->skipped[0].kind == SkipKind::aside);
}

TEST_CASE("declarations say where the documents of a service are") {
    const auto addresses = [](std::string_view json) {
        std::string told;
        for (const DeclaredAddress& address :
             archive::parse_declaration("declarations/Walrus Mail.json", json)) {
            told += address.vendor + '/' + address.terms_type + ' ' + address.url + '\n';
        }
        return told;
    };
    CHECK(addresses(
              R"({"name": "x", "terms": {"Privacy Policy": {"fetch": "https://a.example/p"}}})") ==
          "Walrus Mail/Privacy Policy https://a.example/p\n");
    CHECK(addresses(R"({"documents": {"Terms of Service":
                        {"combine": [{"fetch": "https://a.example/1"}, {"fetch": "x"}]}}})") ==
          "Walrus Mail/Terms of Service https://a.example/1\n");
    for (const char* json : {"", "{", "[]", R"({"terms": []})", R"({"terms": {"x": 1}})",
                             R"({"terms": {"x": {"fetch": "file:///etc"}}})",
                             R"({"terms": {"x": {"combine": [1]}}})"}) {
        CAPTURE(json);
        CHECK(addresses(json).empty());
    }
    GitBuilder git("declared.git");
    const git_oid file = git.blob(R"({"terms": {"T": {"fetch": "https://a.example/t"}}})");
    const git_oid folder = git.tree({{"Walrus.json", file}});
    git.commit(git.tree({{"declarations", folder, k_folder_mode}}), "1420113600");
    const Listing listing = list(git.folder());
    CHECK(listing.snapshots.empty());
    REQUIRE(listing.addresses.size() == 1);
    CHECK(listing.addresses[0].since == parse_timestamp("20150101120000"));
}

TEST_CASE("the paths of ordinary repositories name vendor and document") {
    const auto told = [](std::string_view path) {
        const SnapshotFacts facts = archive::layout_facts(path);
        return facts.vendor + " / " + facts.terms_type;
    };
    CHECK(told("delta.example/privacy.md") == "delta.example / privacy");
    CHECK(told("privacy/gamma.example.md") == "gamma.example / privacy");
    CHECK(told("acme/terms.md") == "acme / terms");
    CHECK(told("data/acme/legal/terms-of-use.md") == "acme / terms of use");
    CHECK(told("a/ab/abc.example.md") == "abc.example / ");
    CHECK(told("policies/privacy-policy.md") == " / privacy policy");
    CHECK(told("privacy.md") == " / privacy");
    CHECK(told("2020/acme/privacy.md") == "acme / privacy");
    CHECK(told("/.md") == " / ");
    CHECK(told("taxes/ohio.md") == " / ohio");
    CHECK(told("abuse/index.md") == " / abuse");
    CHECK(told("security-policies/acme-terms.md") == " / acme terms");
    CHECK(told("en/terms.md") == " / terms");
    CHECK(told(".github/privacy.md") == " / privacy");
    CHECK(archive::layout_facts("www.delta.example/legal/privacy.html").source_url ==
          "http://www.delta.example/legal/privacy.html");
}

TEST_CASE("a file whose vendor nobody names is one document, in every clone") {
    GitBuilder git("nameless.git");
    git.commit_file("privacy.md", "first", "1420113600");
    git.commit_file("privacy.md", "second", "1451649600");
    const Listing listing = list(git.folder());
    REQUIRE(listing.snapshots.size() == 2);
    CHECK(listing.snapshots[0].facts.vendor.empty());
    CHECK_FALSE(listing.snapshots[0].document.empty());
    CHECK(listing.snapshots[0].document == listing.snapshots[1].document);
    CHECK(listing.snapshots[0].opening.empty());
    CHECK(listing.snapshots[1].opening == "second");
}

TEST_CASE("settings that leave the objects as they are do not keep a repository closed") {
    GitBuilder git("extended.git");
    git.commit_file("p.md", "first", "1420113600");
    std::ofstream(git.folder() / "config", std::ios::app)
        << "[core]\nrepositoryformatversion = 1\n[extensions]\nworktreeConfig = true\n"
           "partialClone = origin\npreciousObjects = true\nrelativeWorktrees = true\n";
    CHECK(list(git.folder()).snapshots.size() == 1);
    std::ofstream(git.folder() / "config", std::ios::app) << "unheardOf = true\n";
    CHECK_FALSE(archive::GitReader(git.folder()).list().has_value());
}

TEST_CASE("replaced objects are listed, a pointer to a large file is no policy") {
    GitBuilder git("replaced.git");
    git.commit_file("p.md", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n",
                    "1420113600");
    const std::string id = hex(git.blob("other"));
    std::filesystem::create_directories(git.folder() / "refs" / "replace");
    write_bytes(git.folder() / "refs" / "replace" / id, id + "\n");
    archive::GitReader reader(git.folder());
    const auto listing = reader.list();
    REQUIRE(listing.has_value());
    REQUIRE(listing->skipped.size() == 1);
    CHECK(listing->skipped[0].place == "refs/replace");
    REQUIRE(listing->snapshots.size() == 1);
    const auto text = reader.read(listing->snapshots[0]);
    REQUIRE_FALSE(text.has_value());
    CHECK(text.error().message.find("Git LFS") != std::string::npos);
}

TEST_CASE("a message names the capture, and the page where a line says so") {
    CHECK(archive::capture_address("This version was recorded after filtering snapshot " +
                                   k_capture + "\n\nX-engine-version: 14.1.0") == k_capture);
    CHECK(archive::capture_address("from 2 source documents:\n- " + k_capture + "\n- " +
                                   k_capture) == k_capture);
    const std::string renamed = "https://github.com/OpenTermsArchive/snapshots-dating/commit/7072";
    CHECK(archive::capture_address("see https://a.example/x, from (" + renamed + ")") == renamed);
    CHECK(archive::capture_address("snapshot 7072b944eccc5578c267587b9cbde9e8675a1770").empty());
    CHECK(archive::capture_address("https://github.com/a/b/commit/7072b944").empty());
    CHECK(archive::page_address(
              "Update\n\nX-source-document-location: https://a.example/terms\nX-y: z") ==
          "https://a.example/terms");
    CHECK(archive::page_address("Update https://a.example/terms\nX-source-document-location:")
              .empty());
}

TEST_CASE("dates may run backwards along a history and stay those of the captures") {
    GitBuilder git("backwards.git");
    git.commit_file("p.md", "first", "1451649600");
    git.commit_file("p.md", "second", "1420113600");
    const Listing listing = list(git.folder());
    REQUIRE(listing.snapshots.size() == 2);
    CHECK(format_day(day_of(listing.snapshots[0].facts.captured.value_or(CaptureTime()))) ==
          "2016-01-01");
    CHECK(format_day(day_of(listing.snapshots[1].facts.captured.value_or(CaptureTime()))) ==
          "2015-01-01");
}

TEST_CASE("a file that is removed gives no version, and goes on when it comes back") {
    GitBuilder git("removed.git");
    git.commit_file("p.md", "first", "1420113600");
    git.commit(git.tree({}), "1430000000");
    git.commit_file("p.md", "first", "1451649600");
    const Listing listing = list(git.folder());
    REQUIRE(listing.snapshots.size() == 2);
    CHECK(listing.snapshots[0].text_number == listing.snapshots[1].text_number);
    CHECK(listing.skipped.empty());
}

TEST_CASE("a newest version that is lost does not give its file another vendor") {
    GitBuilder git("princeton.git");
    git.commit_file("a.example.md",
                    "> *The following text is extracted and transformed from the a.example "
                    "privacy policy that was archived on 2015-01-01.*\n\nWe keep tusks.\n",
                    "1420113600");
    const git_oid lost = git.blob("We lose tusks.\n");
    git.commit(git.tree({{"a.example.md", lost}}), "1451649600");
    std::filesystem::remove(git.loose_path(lost));
    const Listing listing = list(git.folder());
    REQUIRE(listing.snapshots.size() == 1);
    CHECK(listing.snapshots[0].facts.vendor == "a.example");
    CHECK(listing.skipped.size() == 1);
}

TEST_CASE("files that describe a folder of policies are known by name") {
    for (const char* path : {"README.md", "docs/readme", "LICENSE", "Licence.txt", "NOTICE",
                             "NOTES.md", "CHANGELOG.md", "CONTRIBUTING.md", "CODE_OF_CONDUCT.md",
                             "SECURITY.md", "AUTHORS", "AUTHORS.txt", "README.fr.md"}) {
        CHECK_MESSAGE(archive::describes_repository(path), path);
    }
    for (const char* path : {"privacy-notice.md", "license-agreement.md", "security.html",
                             "notes/privacy.md", ".md", "terms"}) {
        CHECK_MESSAGE(!archive::describes_repository(path), path);
    }
}

}  // namespace smallprint
