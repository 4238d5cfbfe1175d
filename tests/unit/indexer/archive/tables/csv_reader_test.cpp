// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/io/file.h"
#include "common/model/date.h"
#include "common/model/listing.h"
#include "common/model/snapshot.h"
#include "indexer/archive/tables/csv_reader.h"
#include "indexer/archive/tables/row_facts.h"

#include <doctest/doctest.h>

#include <fstream>
#include <ios>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint {
namespace {

using namespace std::string_view_literals;

archive::CsvReader reader_of(std::string_view bytes, archive::ColumnMap map = {}) {
    std::ofstream("t.csv", std::ios::binary) << bytes;
    auto opened = io::FileBytes::open("t.csv");
    REQUIRE(opened.has_value());
    return {"t.csv", *opened, std::move(map)};
}

Listing list(archive::CsvReader& reader) {
    auto listing = reader.list();
    INFO((listing ? "" : listing.error().message));
    REQUIRE(listing.has_value());
    return *listing;
}

Error error_of(std::string_view bytes, archive::ColumnMap map = {}) {
    archive::CsvReader reader = reader_of(bytes, std::move(map));
    const auto listing = reader.list();
    REQUIRE_FALSE(listing.has_value());
    CHECK(listing.error().code == ErrorCode::input);
    return listing.error();
}

// 14 digits, or "none".
std::string moment(const SnapshotFacts& facts) {
    return facts.captured ? format_timestamp(*facts.captured) : "none";
}

}  // namespace

TEST_CASE("a row of a table is a snapshot with its facts") {
    archive::CsvReader reader =
        reader_of("vendor,date,text,url,archive_url,type,lang\n"
                  "a.example,2014-03-02,\"# Privacy\n\nWe \"\"keep\"\" data.\","
                  "http://a.example/p,http://archive/p,Privacy Policy,EN\n"
                  "b.example,20150101000000,None.,,,,\n");
    const Listing listing = list(reader);
    CHECK(listing.skipped.empty());
    REQUIRE(listing.snapshots.size() == 2);
    const ListedSnapshot& first = listing.snapshots[0];
    CHECK(first.facts.place == "t.csv:line 2");
    CHECK(first.facts.vendor == "a.example");
    CHECK(moment(first.facts) == "20140302000000");
    CHECK(first.facts.source_url == "http://a.example/p");
    CHECK(first.facts.archive_url == "http://archive/p");
    CHECK(first.facts.terms_type == "Privacy Policy");
    CHECK(first.facts.language == "en");
    CHECK(first.size == 26);
    CHECK(reader.read(first)->bytes == "# Privacy\n\nWe \"keep\" data.");
    CHECK(listing.snapshots[1].facts.place == "t.csv:line 5");
    CHECK(reader.read(listing.snapshots[1])->bytes == "None.");
    CHECK(reader.read(first)->form == TextForm::markdown);
}

TEST_CASE("HTML is taken where there is no text") {
    archive::CsvReader reader = reader_of("site;html;text\na;<p>x</p>;\nb;<p>x</p>;y\n");
    const Listing listing = list(reader);
    REQUIRE(listing.snapshots.size() == 2);
    CHECK(reader.read(listing.snapshots[0])->form == TextForm::html);
    CHECK(reader.read(listing.snapshots[0])->bytes == "<p>x</p>");
    CHECK(reader.read(listing.snapshots[1])->form == TextForm::markdown);
}

TEST_CASE("rows without a date or vendor are snapshots, those without text are not") {
    archive::CsvReader reader =
        reader_of("vendor,date,text\n,someday,We keep data.\na,2014-03-02, \n");
    const Listing listing = list(reader);
    REQUIRE(listing.snapshots.size() == 1);
    CHECK(listing.snapshots[0].facts.vendor.empty());
    CHECK(moment(listing.snapshots[0].facts) == "none");
    CHECK(listing.snapshots[0].opening == "We keep data.");
    REQUIRE(listing.skipped.size() == 1);
    CHECK(listing.skipped[0].place == "t.csv:line 3");
    CHECK(listing.skipped[0].kind == SkipKind::empty);
}

TEST_CASE("rows that do not fit the header are left out with their line") {
    archive::CsvReader reader = reader_of("vendor,date,text\na,2014-03-02\nb,2014-03-02,x,y\n"
                                          "c,2014-03-02,fine,,\nd,\"2014\n");
    const Listing listing = list(reader);
    REQUIRE(listing.snapshots.size() == 1);
    CHECK(listing.snapshots[0].facts.vendor == "c");
    REQUIRE(listing.skipped.size() == 3);
    CHECK(listing.skipped[0].reason == "has 2 fields where the header has 3");
    CHECK(listing.skipped[1].reason == "has 4 fields where the header has 3");
    CHECK(listing.skipped[2].place == "t.csv:line 5");
    CHECK(listing.skipped[2].kind == SkipKind::unreadable);
}

TEST_CASE("what spreadsheets write is read: sep=, UTF-16, lines before the header, short rows") {
    const std::string table = "vendor;date;text;note\r\na;2014-03-02;We, keep data.\r\n";
    const std::string utf16 = "\xFF\xFE" + [&] {
        std::string wide;
        for (const char c : table) {
            wide += c;
            wide += '\0';
        }
        return wide;
    }();
    for (const std::string& bytes :
         {"sep=;\r\n" + table, "\r\n\r\n" + table, "# Policies\n" + table, utf16}) {
        CHECK(archive::looks_like_csv(bytes == utf16 ? table : bytes));
        archive::CsvReader reader = reader_of(bytes);
        const Listing listing = list(reader);
        REQUIRE(listing.snapshots.size() == 1);
        CHECK(listing.snapshots[0].facts.vendor == "a");
        CHECK(reader.read(listing.snapshots[0])->bytes == "We, keep data.");
    }
}

TEST_CASE("a table is judged by its header, however short its first texts are") {
    std::string bytes = "vendor,date,text\n";
    for (int i = 0; i < 900; ++i) {
        bytes += "a.example,2014-03-02,404\n";
    }
    CHECK(archive::looks_like_csv(bytes));
    CHECK(archive::looks_like_csv("vendor,html\na,Not Found\n"));
}

TEST_CASE("a provenance line in the text says what no column says") {
    archive::CsvReader reader = reader_of(
        "id\ttext\n1\t\"> *The following text is extracted and transformed from the a.example "
        "privacy policy that was archived on 2014-11-13. Please check the [snapshot](https://web."
        "archive.org/web/20141113222236id_/http%3A//a.example/p) for the most accurate "
        "reproduction.*\n\n# Title\"\n");
    const Listing listing = list(reader);
    REQUIRE(listing.snapshots.size() == 1);
    CHECK(listing.snapshots[0].facts.vendor == "a.example");
    CHECK(moment(listing.snapshots[0].facts) == "20141113222236");
    const auto text = reader.read(listing.snapshots[0]);
    CHECK(text->bytes.substr(text->begin) == "# Title");
}

TEST_CASE("text in another charset is converted") {
    archive::CsvReader reader = reader_of("vendor,text\ncaf\xE9,We\x92re\n");
    const Listing listing = list(reader);
    REQUIRE(listing.snapshots.size() == 1);
    CHECK(listing.snapshots[0].facts.vendor == "café");
    CHECK(reader.read(listing.snapshots[0])->bytes == "We’re");
    CHECK(reader.read(listing.snapshots[0])->charset == "windows-1252");
}

TEST_CASE("zeros and other controls do no harm") {
    archive::CsvReader reader = reader_of("vendor,text\na\0b,x\0y\n"sv);
    CHECK(reader.read(list(reader).snapshots.at(0))->bytes == "xy");
}

TEST_CASE("a table without a column for text names those it has") {
    const Error error = error_of("id,policy\n1,x\n");
    CHECK(error.message == "'t.csv' has no column 'text' or 'html'; it has id and policy");
    CHECK(error.hint.find("--map") != std::string::npos);
    CHECK(error_of("").message.find("no row with the names") != std::string::npos);
    CHECK(error_of("\"a").message.find("no row with the names") != std::string::npos);
}

TEST_CASE("a map names the columns") {
    archive::ColumnMap map;
    map[archive::RowField::text] = "policy";
    archive::CsvReader reader = reader_of("id,policy\n1,We keep data.\n", map);
    CHECK(list(reader).snapshots.size() == 1);
    CHECK(error_of("id,text\n1,x\n", map).message ==
          "'t.csv' has no column 'policy' as --map says; it has id and text");
}

TEST_CASE("tables of snapshots are told from other text") {
    CHECK(archive::looks_like_csv("vendor,date,text\n"));
    CHECK(archive::looks_like_csv("\xEF\xBB\xBF\"Domain\";\"HTML\"\r\nx;y"));
    CHECK(archive::looks_like_csv("id\tpolicy_text\n"));
    CHECK(archive::looks_like_csv("vendor,text\na,We keep your data for a year.\n"));
    CHECK_FALSE(archive::looks_like_csv("url,html\nhttp://a.example,yes\nhttp://b.example,no\n"));
    CHECK_FALSE(archive::looks_like_csv("vendor,date\n"));
    CHECK_FALSE(archive::looks_like_csv("text\nWe keep data.\n"));
    CHECK_FALSE(archive::looks_like_csv("We collect content, body and text.\n"));
    CHECK_FALSE(archive::looks_like_csv("vendor,date,text"));
    CHECK_FALSE(archive::looks_like_csv("{\"text\": \"x\", \"html\": \"y\"}\n"));
    CHECK_FALSE(archive::looks_like_csv(""));
    archive::ColumnMap map;
    map[archive::RowField::text] = "policy";
    CHECK(archive::looks_like_csv("id,policy\n", map));
}

}  // namespace smallprint
