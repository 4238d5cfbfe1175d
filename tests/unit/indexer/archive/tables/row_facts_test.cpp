// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/result.h"
#include "common/model/date.h"
#include "common/model/snapshot.h"
#include "indexer/archive/tables/row_facts.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

std::optional<std::size_t> column(const std::vector<std::string>& header, archive::RowField field,
                                  const archive::ColumnMap& map = {}) {
    return archive::map_columns(header, map)[field];
}

Result<archive::ColumnMap> map_of(std::string_view json) {
    std::ofstream("map.json") << json;
    return archive::read_column_map("map.json");
}

}  // namespace

TEST_CASE("columns are known by several names, of which the best counts") {
    CHECK(column({"Domain", "Company"}, archive::RowField::vendor) == 1);
    CHECK(column({"Crawl Date"}, archive::RowField::date) == 0);
    CHECK(column({"id", "policy-text"}, archive::RowField::text) == 1);
    CHECK(column({"source_url", "url"}, archive::RowField::url) == 1);
    CHECK(column({"text", "text"}, archive::RowField::text) == 0);
    CHECK_FALSE(column({"context", "", "texts"}, archive::RowField::text).has_value());
}

TEST_CASE("a map names columns otherwise") {
    const auto map = map_of(R"({"vendor": "who", "date": "Crawled on"})");
    REQUIRE(map.has_value());
    CHECK(column({"vendor", "who"}, archive::RowField::vendor, *map) == 1);
    CHECK(column({"Crawled on", "date"}, archive::RowField::date, *map) == 0);
    CHECK(column({"who", "text"}, archive::RowField::text, *map) == 1);
    CHECK_FALSE(column({"date"}, archive::RowField::date, *map).has_value());
}

TEST_CASE("a map that is none is an error that says why") {
    const auto error = [](std::string_view json) {
        const auto map = map_of(json);
        REQUIRE_FALSE(map.has_value());
        return map.error().message;
    };
    CHECK(error("vendor: who").find("no JSON") != std::string::npos);
    CHECK(error("[]").find("no JSON object") != std::string::npos);
    CHECK(error(R"({"vendor": 1})").find("name of a column for vendor") != std::string::npos);
    CHECK(error(R"({"vendor": ""})").find("name of a column for vendor") != std::string::npos);
    CHECK(error(R"({"publisher": "x"})").find("'publisher', which is not one of vendor, date") !=
          std::string::npos);
    CHECK(error(std::string(100'000, '[')).find("no JSON") != std::string::npos);
    CHECK(archive::read_column_map("none.json").error().message.find("none.json") !=
          std::string::npos);
}

TEST_CASE("facts are trimmed, valid text and of reasonable length") {
    SnapshotFacts facts;
    archive::set_fact(archive::RowField::vendor, " caf\xE9.example\n", facts);
    CHECK(facts.vendor == "café.example");
    CHECK(facts.vendor_source == VendorSource::provenance);
    archive::set_fact(archive::RowField::language, "PT-br", facts);
    CHECK(facts.language == "pt-br");
    archive::set_fact(archive::RowField::url, std::string(100'000, 'x'), facts);
    CHECK(facts.source_url.empty());
    archive::set_fact(archive::RowField::date, "soon", facts);
    CHECK_FALSE(facts.captured.has_value());
    archive::set_fact(archive::RowField::vendor, "  ", facts);
    CHECK(facts.vendor == "café.example");
}

TEST_CASE("a year is a moment in a column of timestamps only, where no date is") {
    const auto read = [](std::string_view date, std::string_view timestamp) {
        SnapshotFacts facts;
        archive::set_facts(facts, [&](archive::RowField field) {
            return field == archive::RowField::date        ? date
                   : field == archive::RowField::timestamp ? timestamp
                                                           : std::string_view();
        });
        return facts.captured ? format_timestamp(*facts.captured) : std::string("unknown");
    };
    CHECK(read("", "2014") == "20140101000000");
    CHECK(read("", "201403") == "20140301000000");
    CHECK(read("", "20140302101530") == "20140302101530");
    CHECK(read("", "2014-03-02") == "20140302000000");
    CHECK(read("", "1420070400") == "20150101000000");
    CHECK(read("", "1889") == "unknown");
    CHECK(read("2014", "") == "unknown");
    CHECK(read("2015-01-02", "2014") == "20150102000000");
    CHECK(read("soon", "2014") == "20140101000000");
    CHECK(column({"Timestamp"}, archive::RowField::timestamp) == 0);
}

TEST_CASE("the columns there are are told within reason") {
    CHECK(archive::list_of_columns(std::vector<std::string>{"a"}) == "a");
    CHECK(archive::list_of_columns(std::vector<std::string>{"a", "b", "c"}) == "a, b and c");
    CHECK(archive::list_of_columns(std::vector<std::string>{"\x1B[31m"}) == "\\x1b[31m");
    CHECK(archive::list_of_columns(std::vector<std::string>(1000, std::string(1000, 'x'))).size() <
          2000);
}

}  // namespace smallprint
