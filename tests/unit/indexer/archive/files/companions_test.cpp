// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/date.h"
#include "common/model/snapshot.h"
#include "indexer/archive/files/companions.h"
#include "indexer/archive/files/file_tree.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

namespace fs = std::filesystem;

// "address moment", or what is known of these.
std::string told(const SnapshotFacts& facts) {
    return facts.source_url + ' ' + (facts.captured ? format_timestamp(*facts.captured) : "");
}

// Writes files and says what others beside them tell of each.
std::map<std::string, std::string> told_beside(const std::map<std::string, std::string>& files) {
    const fs::path root = "beside";
    fs::remove_all(root);
    for (const auto& [path, text] : files) {
        fs::create_directories((root / path).parent_path());
        std::ofstream(root / path) << text;
    }
    const auto tree = archive::FolderTree::open(root);
    REQUIRE(tree.has_value());
    const archive::Companions companions = archive::read_companions(**tree);
    std::map<std::string, std::string> result;
    for (const auto& [file, facts] : companions.facts) {
        result[(*tree)->files()[file].path] = told(facts);
    }
    for (const auto& [file, form] : companions.other_forms) {
        result[(*tree)->files()[file].path] = "as " + form;
    }
    return result;
}

const std::string k_index = R"({"url": "https://abc.example/legal/privacy", "title": "x"})";

}  // namespace

TEST_CASE("comments of programs that save pages say address and moment") {
    CHECK(told(archive::read_saved_page(
              "<html><!-- first --><!--\n Page saved with SingleFile \n url: "
              "https://abc.example/p \n saved date: Wed Jan 08 2020 10:11:12 GMT+0100 (Central "
              "European Standard Time)\n--><p>x")) == "https://abc.example/p 20200108091112");
    CHECK(told(archive::read_saved_page(
              "<html>\n<!-- Mirrored from abc.example/p by HTTrack Website Copier/3.x "
              "[XR&CO'2014], Wed, 08 Jan 2020 10:11:12 GMT -->")) ==
          "http://abc.example/p 20200108101112");
    CHECK(told(archive::read_saved_page("<!-- saved from url=(0021)https://abc.example/p -->")) ==
          "https://abc.example/p ");
    for (const std::string_view page :
         {"", "<!--", "<!-- Mirrored from ", "<!-- Mirrored from  by HTTrack -->",
          "<!-- Page saved with SingleFile url: a b", "<!-- saved from url=(", "<p>url: x</p>"}) {
        CAPTURE(page);
        CHECK(told(archive::read_saved_page(page)) == " ");
    }
}

TEST_CASE("the forms in which ArchiveBox saves a page are one snapshot") {
    const std::string folder = "archive/1578478272.0/";
    const auto beside = told_beside({{folder + "index.json", k_index},
                                     {folder + "singlefile.html", "<html>"},
                                     {folder + "output.html", "<html>"},
                                     {folder + "htmltotext.txt", "x"},
                                     {folder + "abc.example/legal/privacy.html", "<html>"},
                                     {"archive/privacy.html", "<html>"}});
    const std::string best = folder + "singlefile.html";
    CHECK(beside.at(best) == "https://abc.example/legal/privacy 20200108101112");
    for (const char* other : {"output.html", "htmltotext.txt", "abc.example/legal/privacy.html"}) {
        CHECK(beside.at(folder + other) == "as " + best);
    }
    CHECK_FALSE(beside.contains("archive/privacy.html"));
    const auto mirrored = told_beside({{folder + "index.json", k_index},
                                       {folder + "singlefile.html", ""},
                                       {folder + "abc.example/legal/privacy.html", "<html>"}});
    CHECK(mirrored.at(folder + "abc.example/legal/privacy.html") ==
          "https://abc.example/legal/privacy 20200108101112");
    CHECK(told_beside({{"1578478272/index.json", "{"}, {"1578478272/output.html", "x"}}).empty());
    CHECK(told_beside({{"data/index.json", k_index}, {"data/output.html", "x"}}).empty());
}

TEST_CASE("declarations of Open Terms Archive name the documents of a plain folder") {
    const auto beside =
        told_beside({{"d/declarations/Walrus Mail.json",
                      R"({"terms": {"Privacy Policy": {"fetch": "https://walrus.example/p"}}})"},
                     {"d/declarations/Walrus Mail.history.json", "{}"},
                     {"d/declarations/Auk.json", "[[\""},
                     {"v/Walrus Mail/Privacy Policy.md", "x"},
                     {"v/Walrus Mail/Privacy Policy/2024-01-31T10-20-30Z.md", "x"},
                     {"Walrus Mail/Terms of Service.md", "x"},
                     {"Privacy Policy.md", "x"}});
    CHECK(beside.size() == 2);
    CHECK(beside.at("v/Walrus Mail/Privacy Policy.md") == "https://walrus.example/p ");
    CHECK(beside.at("v/Walrus Mail/Privacy Policy/2024-01-31T10-20-30Z.md") ==
          "https://walrus.example/p ");
}

TEST_CASE("a list of captures names the bodies beside it") {
    const std::string right = "https://abc.example/p 20200108101112";
    const std::string body = "pages/20200108101112.html";
    CHECK(told_beside({{"cdx.json", R"([["original", "timestamp"],
                                        ["https://abc.example/p", "20200108101112"]])"},
                       {body, "x"}})
              .at(body) == right);
    CHECK(told_beside({{"pages/a.cdx", " CDX b a m\n20200108101112 https://abc.example/p text\n"},
                       {body, "x"}})
              .at(body) == right);
    CHECK(told_beside({{"pages/a.cdxj", "example,abc)/p 20200108101112 {\"url\": "
                                        "\"https://abc.example/p\"}\n"},
                       {body, "x"}})
              .at(body) == right);
    const std::string row =
        "example,abc)/p 20200108101112 https://abc.example/p text/html 200 A 1\n";
    CHECK(told_beside({{"pages/cdx.txt", row}, {body, "x"}}).at(body) == right);
    CHECK(told_beside(
              {{"pages/cdx.txt", row + "q 20200108101112 https://abc.example/q t\n"}, {body, "x"}})
              .empty());
    CHECK(told_beside({{"cdx.txt", "example,abc)/p 202001 https://abc.example/p text/html\n"},
                       {"202001.html", "x"}})
              .at("202001.html") == "https://abc.example/p 20200101000000");
    CHECK(told_beside({{"other/cdx.txt", row}, {body, "x"}}).empty());
    CHECK(told_beside({{"pages/a.cdx", " CDX N\n" + row}, {body, "x"}}).empty());
    CHECK(told_beside({{"pages/b.json", "[[\""}, {"pages/cdx.txt", "\xff {{{\n"}, {body, "x"}})
              .empty());
}

}  // namespace smallprint
