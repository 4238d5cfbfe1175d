// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/io/file.h"
#include "indexer/archive/tables/csv_rows.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <ios>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

io::FileBytes file_of(std::string_view bytes) {
    std::ofstream("rows.csv", std::ios::binary) << bytes;
    auto opened = io::FileBytes::open("rows.csv");
    REQUIRE(opened.has_value());
    return *opened;
}

std::vector<archive::CsvRow> rows_of(const io::FileBytes& bytes, char separator = ',') {
    archive::CsvRows rows(bytes, separator);
    std::vector<archive::CsvRow> found;
    while (true) {
        auto row = rows.next().value_or(std::nullopt);
        if (!row) {
            return found;
        }
        found.push_back(std::move(*row));
    }
}

// The fields with '|' between, a row a line; problems in brackets.
std::string shown(std::string_view bytes, char separator = ',') {
    std::string all;
    for (const archive::CsvRow& row : rows_of(file_of(bytes), separator)) {
        std::string line;
        for (const std::string& field : row.fields) {
            line += (&field == row.fields.data() ? "" : "|") + field;
        }
        all += (row.problem.empty() ? line : "[" + std::to_string(row.line) + "]") + "/";
    }
    return all;
}

}  // namespace

TEST_CASE("rows and fields are told apart") {
    CHECK(shown("a,b\nc,d\n") == "a|b/c|d/");
    CHECK(shown("a,b\r\nc,d") == "a|b/c|d/");
    CHECK(shown("a,b\rc,d\r") == "a|b/c|d/");
    CHECK(shown("a,,\n,\n") == "a||/|/");
    CHECK(shown("\n\na\n\n") == "a/");
    CHECK(shown("a;b,c", ';') == "a|b,c/");
    CHECK(shown("").empty());
    CHECK(shown("\xEF\xBB\xBF"
                "a,b\n") == "a|b/");
}

TEST_CASE("quotes hold separators, line breaks and quotes") {
    CHECK(shown("\"a,b\",c\n") == "a,b|c/");
    CHECK(shown("\"a\nb\r\n\nc\",d\ne\n") == "a\nb\r\n\nc|d/e/");
    CHECK(shown("\"say \"\"no\"\"\",\"\"\n") == "say \"no\"|/");
    CHECK(shown("\"\"\n") == "/");
    CHECK(shown("a \"b\" c,5\" wide\n") == "a \"b\" c|5\" wide/");
    CHECK(shown("\"\"\"\"") == "\"/");
}

TEST_CASE("a quote that is not closed costs its own row only") {
    CHECK(shown("a,\"b\nc,d\n") == "[1]/c|d/");
    CHECK(shown("a,b\n\"c\" d,e\nf\n") == "a|b/[2]/f/");
    CHECK(shown("a,\"b\nc,\"d\"\ne,f\n") == "[1]/c|d/e|f/");
    CHECK(shown("\"") == "[1]/");
    CHECK(shown("a\n\"\n\"\n\"b") == "a/\n/[4]/");
}

TEST_CASE("rows know their line and place, and can be read again from there") {
    const io::FileBytes bytes = file_of("\xEF\xBB\xBFh1,h2\r\n\"two\nlines\",x\n\nlast,y\n");
    const std::vector<archive::CsvRow> rows = rows_of(bytes);
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].line == 1);
    CHECK(rows[1].line == 2);
    CHECK(rows[2].line == 5);
    for (const archive::CsvRow& row : rows) {
        const auto again = archive::CsvRows(bytes, ',', row.offset).next().value_or(std::nullopt);
        CHECK((again && again->fields == row.fields));
    }
}

TEST_CASE("rows larger than a stretch of the file are read whole") {
    const std::string large(700'001, 'x');
    const std::vector<archive::CsvRow> rows =
        rows_of(file_of("\"" + large + "\n\"\"\"," + large + "\r\nb,c\n"));
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].fields.at(0) == large + "\n\"");
    CHECK(rows[0].fields.at(1) == large);
    CHECK(rows[1].fields.at(0) == "b");
}

TEST_CASE("a row over the limit is passed over and costs no memory") {
    std::filesystem::remove("rows.csv");
    {
        std::ofstream out("rows.csv", std::ios::binary);
        out << "a,\"";
        for (int i = 0; i < 100; ++i) {
            out << std::string(std::size_t{1} << 20U, 'x');
        }
        out << "\"\nb,c\n" << std::string(100'000, ',') << "\nd,e\n";
    }
    const std::vector<archive::CsvRow> rows = rows_of(io::FileBytes::open("rows.csv").value());
    std::filesystem::remove("rows.csv");
    REQUIRE(rows.size() == 4);
    CHECK(rows[0].over_limit);
    CHECK(rows[1].fields.at(1) == "c");
    CHECK(rows[2].over_limit);
    CHECK(rows[3].line == 4);
}

TEST_CASE("many rows with open quotes take no longer than the file's size") {
    for (const std::string_view line :
         {"a,\"b\"\"\n", "a,\"\n\"\"\n", "\"\"\n", "\"a\n\"\"\n\"\"\n"}) {
        std::string bytes = "\"";
        while (bytes.size() < 2'000'000) {
            bytes += line;
        }
        CHECK(rows_of(file_of(bytes)).size() <= bytes.size());
    }
}

TEST_CASE("any bytes are read to their end") {
    std::mt19937 random(11);
    constexpr std::string_view alphabet = "ab,\"\"\n\r;\t";
    for (int round = 0; round < 500; ++round) {
        std::string bytes(random() % 60, '\0');
        for (char& c : bytes) {
            c = alphabet[random() % alphabet.size()];
        }
        std::uint64_t last = 0;
        for (const archive::CsvRow& row : rows_of(file_of(bytes))) {
            CHECK(row.offset >= last);
            last = row.offset;
        }
    }
}

TEST_CASE("the separator is told by the header") {
    CHECK(archive::find_csv_header("vendor,date,text\n").separator == ',');
    CHECK(archive::find_csv_header("vendor;date;text, long\n").separator == ';');
    CHECK(archive::find_csv_header("vendor\tdate\ttext\n").separator == '\t');
    CHECK(archive::find_csv_header("\"a,b,c\";d\n").separator == ';');
    CHECK(archive::find_csv_header("text\n").separator == ',');
    const archive::CsvHeader behind =
        archive::find_csv_header("\xEF\xBB\xBFsep=;\r\n\r\n# A crawl\n;;;\nvendor;a,b,c,d\n");
    CHECK(behind.separator == ';');
    CHECK(behind.line == 5);
    CHECK(behind.offset == 26);
    CHECK(archive::find_csv_header("#id,text\n").offset == 0);
    CHECK(archive::find_csv_header("\n\n").offset <= 2);
    CHECK_FALSE(archive::first_csv_row("a,b", ',').has_value());
}

}  // namespace smallprint
