// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/io/file.h"
#include "common/model/date.h"
#include "common/model/listing.h"
#include "common/model/snapshot.h"
#include "indexer/archive/tables/jsonl_reader.h"
#include "indexer/archive/tables/row_facts.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <fstream>
#include <ios>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint {
namespace {

archive::JsonlReader reader_of(std::string_view bytes, archive::ColumnMap map = {}) {
    std::ofstream("t.jsonl", std::ios::binary) << bytes;
    auto opened = io::FileBytes::open("t.jsonl");
    REQUIRE(opened.has_value());
    return {"t.jsonl", *opened, std::move(map)};
}

Listing list(archive::JsonlReader& reader) {
    auto listing = reader.list();
    INFO((listing ? "" : listing.error().message));
    REQUIRE(listing.has_value());
    return *listing;
}

// Why the one line that was left out was left out.
Skipped left_out(std::string_view line) {
    archive::JsonlReader reader =
        reader_of(std::string(line) + "\n{\"text\": \"We keep data.\"}\n");
    const Listing listing = list(reader);
    CHECK(listing.snapshots.size() == 1);
    REQUIRE(listing.skipped.size() == 1);
    CHECK(listing.skipped[0].place == "t.jsonl:line 1");
    return listing.skipped[0];
}

// 14 digits, or "none".
std::string moment(const SnapshotFacts& facts) {
    return facts.captured ? format_timestamp(*facts.captured) : "none";
}

}  // namespace

TEST_CASE("a line is a snapshot with its facts") {
    archive::JsonlReader reader = reader_of(
        "\xEF\xBB\xBF"
        R"({"vendor": "a.example", "date": "2014-03-02T10:15:30Z", "text": "# P\nWe \u201ckeep\u201d.")"
        R"(, "url": "http://a.example/p", "type": "Privacy Policy", "lang": "en", "rank": [1, {}]})"
        "\r\n\n"
        R"({"site": "b.example", "timestamp": 1393755330, "html": "<p>x</p>", "text": null})");
    const Listing listing = list(reader);
    CHECK(listing.skipped.empty());
    REQUIRE(listing.snapshots.size() == 2);
    const ListedSnapshot& first = listing.snapshots[0];
    CHECK(first.facts.place == "t.jsonl:line 1");
    CHECK(first.facts.vendor == "a.example");
    CHECK(moment(first.facts) == "20140302101530");
    CHECK(first.facts.source_url == "http://a.example/p");
    CHECK(first.facts.language == "en");
    CHECK(reader.read(first)->bytes == "# P\nWe “keep”.");
    const ListedSnapshot& second = listing.snapshots[1];
    CHECK(second.facts.place == "t.jsonl:line 3");
    CHECK(moment(second.facts) == "20140302101530");
    CHECK(reader.read(second)->form == TextForm::html);
    CHECK(reader.read(second)->bytes == "<p>x</p>");
}

TEST_CASE("an array of objects is read as lines are") {
    archive::JsonlReader reader = reader_of(
        "\xEF\xBB\xBF [\n  {\"text\": \"We [keep], \\\"all\\\\\",\n   \"tags\": [1, {\"a\": "
        "[]}]},\n"
        "  7,\n  {\"vendor\": \"b.example\", \"text\": \"We sell.\"}\n]\n{\"text\": \"cut");
    const Listing listing = list(reader);
    REQUIRE(listing.snapshots.size() == 2);
    CHECK(listing.snapshots[0].facts.place == "t.jsonl:record 1");
    CHECK(reader.read(listing.snapshots[0])->bytes == "We [keep], \"all\\");
    CHECK(listing.snapshots[1].facts.vendor == "b.example");
    CHECK(reader.read(listing.snapshots[1])->bytes == "We sell.");
    REQUIRE(listing.skipped.size() == 2);
    CHECK(listing.skipped[0].place == "t.jsonl:record 2");
    CHECK(listing.skipped[1].place == "t.jsonl:record 4");
}

TEST_CASE("an array of many stretches is read element by element") {
    std::string many = "[";
    for (int i = 0; i < 20'000; ++i) {
        many += i == 0 ? "" : ",\n";
        many += R"({"text": "We keep whales in the sea."})";
    }
    archive::JsonlReader reader = reader_of(many + "]");
    const Listing listing = list(reader);
    CHECK(listing.skipped.empty());
    REQUIRE(listing.snapshots.size() == 20'000);
    CHECK(reader.read(listing.snapshots.back())->bytes == "We keep whales in the sea.");
    CHECK(archive::looks_like_jsonl("[\n {\n  \"vendor\": \"x\",\n  \"text\": \"y"));
    CHECK_FALSE(archive::looks_like_jsonl("[{\"name\": 1}, {\"text\": 2}]"));
    CHECK_FALSE(archive::looks_like_jsonl("[[\"text\"]]"));
    CHECK_FALSE(archive::looks_like_jsonl("["));
}

TEST_CASE("numbers of any form are moments") {
    archive::JsonlReader reader = reader_of("{\"text\": \"x\", \"date\": 20140302101530}\n"
                                            "{\"text\": \"x\", \"date\": 1393755330.5}\n"
                                            "{\"text\": \"x\", \"date\": 1e300}\n"
                                            "{\"text\": \"x\", \"date\": true}\n");
    const Listing listing = list(reader);
    REQUIRE(listing.snapshots.size() == 4);
    CHECK(moment(listing.snapshots[0].facts) == "20140302101530");
    CHECK(moment(listing.snapshots[1].facts) == "20140302101530");
    CHECK(moment(listing.snapshots[2].facts) == "none");
    CHECK(moment(listing.snapshots[3].facts) == "none");
}

TEST_CASE("lines that are no snapshot are left out with a reason, the rest is read") {
    CHECK(left_out("{\"text\": ").kind == SkipKind::unreadable);
    CHECK(left_out("[1]").reason == "is no JSON object");
    CHECK(left_out("{\"text\": \"x\"} y").kind == SkipKind::unreadable);
    CHECK(left_out("{\"text\": \"\"}").kind == SkipKind::empty);
    CHECK(left_out("{\"vendor\": \"x\"}").kind == SkipKind::empty);
    CHECK(left_out("{\"text\": {\"a\": 1}}").kind == SkipKind::empty);
    CHECK(left_out("{\"text\": " + std::string(100'000, '[') + "}").kind == SkipKind::limit);
    CHECK(left_out("{\"text\": \"" + std::string(std::size_t{17} << 20U, 'x') + "\"}").kind ==
          SkipKind::limit);
}

TEST_CASE("a line larger than a stretch of the file is read whole") {
    const std::string large(700'001, 'x');
    archive::JsonlReader reader =
        reader_of("{\"text\": \"" + large + "\"}\n{\"text\": \"y" + large + "\"}");
    const Listing listing = list(reader);
    REQUIRE(listing.snapshots.size() == 2);
    CHECK(listing.snapshots[0].size == large.size());
    CHECK(reader.read(listing.snapshots[1])->bytes == "y" + large);
}

TEST_CASE("bytes that are no UTF-8 become text, and zeros go") {
    archive::JsonlReader reader =
        reader_of("{\"text\": \"We\x92re caf\xE9\"}\n{\"text\": \"a\\u0000b\"}\n");
    const Listing listing = list(reader);
    REQUIRE(listing.snapshots.size() == 2);
    CHECK(reader.read(listing.snapshots[0])->bytes == "We’re café");
    CHECK(reader.read(listing.snapshots[1])->bytes == "ab");
}

TEST_CASE("lone surrogates and numbers that JSON does not have cost no row") {
    archive::JsonlReader reader =
        reader_of("\xEF\xBB\xBF\r\n"
                  R"({"text": "a \ud83d b \ud83d\ude00 \udc00\" c \\ud83d"})"
                  "\r\n\r\n"
                  R"({"score": NaN, "low": [-Infinity, Infinity], "text": "NaN"})"
                  "\n"
                  R"({"text": "cut \ud8)"
                  "\n");
    const Listing listing = list(reader);
    REQUIRE(listing.snapshots.size() == 2);
    CHECK(reader.read(listing.snapshots[0])->bytes == "a \uFFFD b \U0001F600 \uFFFD\" c \\ud83d");
    CHECK(reader.read(listing.snapshots[1])->bytes == "NaN");
    CHECK(listing.skipped.size() == 1);
}

TEST_CASE("a file whose objects have no text names the keys they have") {
    archive::JsonlReader reader = reader_of("{\"id\": 1, \"policy\": \"x\"}\n{\"id\": 2}\n");
    const auto listing = reader.list();
    REQUIRE_FALSE(listing.has_value());
    CHECK(listing.error().message ==
          "no line of 't.jsonl' has a key 'text' or 'html'; its first object has id and policy");
    CHECK(listing.error().hint.find("--map") != std::string::npos);
    archive::ColumnMap map;
    map[archive::RowField::text] = "policy";
    archive::JsonlReader mapped = reader_of("{\"id\": 1, \"policy\": \"x\"}\n", map);
    CHECK(list(mapped).snapshots.size() == 1);
}

TEST_CASE("JSON lines of snapshots are told from other text by their opening") {
    CHECK(archive::looks_like_jsonl("{\"text\": \"x\"}\n"));
    CHECK(archive::looks_like_jsonl("\xEF\xBB\xBF {\"vendor\" : \"a\", \"html\" : \"<p>and so on"));
    CHECK(archive::looks_like_jsonl("{\"a\": {\"b\": [\"}\"]}, \"Content\": \"x\\\"y\", "));
    CHECK_FALSE(archive::looks_like_jsonl("{\"vendor\": \"text\", \"a\": {\"text\": 1}}\n"));
    CHECK_FALSE(archive::looks_like_jsonl("{\n\"text\": \"x\"}"));
    CHECK(archive::looks_like_jsonl("[{\"text\": \"x\"}]"));
    CHECK_FALSE(archive::looks_like_jsonl("# Privacy \"text\":"));
    CHECK_FALSE(archive::looks_like_jsonl(""));
    CHECK_FALSE(archive::looks_like_jsonl("{\"text"));
    CHECK_FALSE(archive::looks_like_jsonl(std::string(10'000, '{')));
}

}  // namespace smallprint
