// SPDX-License-Identifier: GPL-2.0-or-later
//
// Real WARC files, which are too large to be kept here; SMALLPRINT_SHARED names their folder. What
// each record holds was found out by another program, warcio.

#include "common/base/result.h"
#include "common/io/file.h"
#include "common/model/date.h"
#include "common/model/listing.h"
#include "indexer/archive/warc/http_payload.h"
#include "indexer/archive/warc/revisits.h"
#include "indexer/archive/warc/warc_header.h"
#include "indexer/archive/warc/warc_reader.h"
#include "indexer/archive/warc/warc_records.h"
#include "tests/support/sha1.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

namespace fs = std::filesystem;

// A folder of shared/corpora; nothing, after a word about it, where there is none.
std::optional<fs::path> corpus(const std::string& name) {
    const char* shared = std::getenv("SMALLPRINT_SHARED");
    fs::path folder = fs::path(shared == nullptr ? "" : shared) / "corpora" / name;
    if (shared != nullptr && fs::is_directory(folder)) {
        return folder;
    }
    MESSAGE("SKIPPED: no real WARC files; SMALLPRINT_SHARED is not set or has none");
    return std::nullopt;
}

io::FileBytes open(const fs::path& path) {
    auto bytes = io::FileBytes::open(path);
    REQUIRE(bytes.has_value());
    return *bytes;
}

struct Row {
    std::string type, url, date, status, sha1;
    bool is_policy = false;

    bool operator==(const Row&) const = default;
};

std::map<std::string, std::vector<Row>> expected_rows(const fs::path& path) {
    std::ifstream file(path);
    std::map<std::string, std::vector<Row>> rows;
    std::string line;
    std::getline(file, line);  // names of the columns
    while (std::getline(file, line)) {
        std::vector<std::string> cells;
        std::istringstream text(line);
        for (std::string cell; std::getline(text, cell, '\t');) {
            cells.push_back(cell);
        }
        REQUIRE(cells.size() >= 10);
        std::string date = cells[4].substr(0, 19);
        std::erase_if(date, [](char c) { return c < '0' || c > '9'; });
        rows[cells[0]].push_back({cells[2], cells[3], date, cells[5], cells[7], cells[9] == "1"});
    }
    return rows;
}

// The record in the words of expected.tsv, which has no digests of records without payload.
Row row_of(const archive::WarcRecords& records, const archive::RecordItem& item) {
    const archive::RecordHeader& header = item.header;
    Row row;
    row.type = header.type;
    row.url = header.target_uri;
    row.date = header.date ? format_timestamp(*header.date) : "";
    const auto block = records.read(item.place, 1U << 26U);
    REQUIRE(block.has_value());
    const bool is_message = block->bytes.starts_with("HTTP/");
    const auto payload = archive::read_http_payload(block->bytes);
    REQUIRE(payload.has_value());
    row.status = is_message ? fmt::format("{}", payload->head.status) : "";
    if (header.type == "response" || header.type == "resource") {
        row.sha1 = sha1(payload->body.bytes);
        CHECK(payload->body.note == "");
    } else if (header.type == "request") {
        row.sha1 = sha1(block->bytes.substr(block->bytes.find("\r\n\r\n") + 4));
    }
    return row;
}

Result<Listing> list_resolved(archive::WarcReader& reader) {
    TRY_ASSIGN(Listing listing, reader.list());
    std::vector<Listing> listings = {std::move(listing)};
    archive::resolve_revisits(listings);
    return std::move(listings[0]);
}

}  // namespace

TEST_CASE("every record of the WARC files of the corpus is what another program says it is") {
    const auto folder = corpus("html/warc");
    if (!folder) {
        return;
    }
    const auto expected = expected_rows(*folder / "expected.tsv");
    CHECK(expected.size() == 6);
    for (const auto& [name, rows] : expected) {
        INFO(name);
        auto records = archive::WarcRecords::open(open(*folder / name));
        REQUIRE(records.has_value());
        std::vector<archive::RecordItem> items;
        while (std::optional<archive::RecordItem> item = records->next().value_or(std::nullopt)) {
            CHECK_FALSE(item->trouble);
            items.push_back(std::move(*item));
        }
        REQUIRE(items.size() == rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            CAPTURE(i);
            const Row got = row_of(*records, items[i]);
            CHECK(got.type == rows[i].type);
            CHECK(got.url == rows[i].url);
            CHECK(got.date == rows[i].date);
            CHECK(got.status == rows[i].status);
            CHECK(got.sha1 == rows[i].sha1);
        }
    }
}

TEST_CASE("the snapshots of the corpus's WARC files are its policies and their revisits") {
    const auto folder = corpus("html/warc");
    if (!folder) {
        return;
    }
    for (const auto& [name, rows] : expected_rows(*folder / "expected.tsv")) {
        INFO(name);
        archive::WarcReader reader(name, open(*folder / name));
        const auto listing = list_resolved(reader);
        REQUIRE(listing.has_value());
        CHECK(listing->snapshots.size() + listing->skipped.size() == rows.size());
        std::vector<std::string> wanted;
        for (const Row& row : rows) {
            if (row.is_policy || row.type == "revisit") {
                wanted.push_back(row.date + row.url);
            }
        }
        std::vector<std::string> got;
        for (const ListedSnapshot& snapshot : listing->snapshots) {
            const auto captured = snapshot.facts.captured.value_or(CaptureTime());
            got.push_back(format_timestamp(captured) + snapshot.facts.source_url);
            const auto source = reader.read(snapshot);
            REQUIRE(source.has_value());
            CHECK(source->form == TextForm::html);
            CHECK(source->bytes.size() > 1000);
        }
        std::ranges::sort(wanted);
        std::ranges::sort(got);
        CHECK(got == wanted);
        for (const Skipped& skipped : listing->skipped) {
            CAPTURE(skipped.place);
            CAPTURE(skipped.reason);
            CHECK((skipped.kind == SkipKind::aside || skipped.kind == SkipKind::empty));
        }
    }
}

TEST_CASE("what GNU Wget wrote is read, angle brackets and all") {
    const auto folder = corpus("html/warc");
    if (!folder) {
        return;
    }
    archive::WarcReader reader("wget", open(*folder / "dev-wget.warc.gz"));
    const auto listing = reader.list();
    REQUIRE(listing.has_value());
    CHECK(listing->snapshots.size() > 5);
    for (const ListedSnapshot& snapshot : listing->snapshots) {
        CHECK(snapshot.facts.source_url.starts_with("http://127.0.0.1:8765/"));
        CHECK(snapshot.facts.source_url.back() != '>');
        CHECK(reader.read(snapshot).has_value());
    }
}

TEST_CASE("the WARC and ARC files of warcio's own tests are read") {
    const auto folder = corpus("warcio-fixtures");
    if (!folder) {
        return;
    }
    const std::map<std::string, std::pair<std::size_t, std::size_t>> expected = {
        // name, records with and without a page
        {"example-digest.warc", {0, 4}},
        {"example-iana.org-chunked.warc", {1, 2}},
        {"example-resource.warc.gz", {1, 2}},
        {"example.arc.gz", {1, 1}},
        {"example.warc", {2, 4}},
        {"example.warc.gz", {2, 4}},
        {"post-test.warc.gz", {0, 6}}};
    for (const auto& [name, counts] : expected) {
        INFO(name);
        archive::WarcReader reader(name, open(*folder / name));
        const auto listing = list_resolved(reader);
        REQUIRE(listing.has_value());
        CHECK(listing->snapshots.size() == counts.first);
        CHECK(listing->skipped.size() == counts.second);
        for (const Skipped& skipped : listing->skipped) {
            CAPTURE(skipped.place);
            CHECK(skipped.kind == SkipKind::aside);
        }
        for (const ListedSnapshot& snapshot : listing->snapshots) {
            CAPTURE(snapshot.facts.place);
            const auto source = reader.read(snapshot);
            REQUIRE(source.has_value());
            CHECK(source->bytes.find("<html") != std::string::npos);
        }
    }
}

}  // namespace smallprint
