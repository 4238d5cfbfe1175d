// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/io/file.h"
#include "common/model/date.h"
#include "common/model/listing.h"
#include "common/model/snapshot.h"
#include "indexer/archive/tables/sqlite_reader.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <sqlite3.h>

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <ios>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace smallprint {
namespace {

namespace fs = std::filesystem;

// The tables of the release database, as far as they matter and then some.
constexpr std::string_view k_release = R"(
    CREATE TABLE sites (id INTEGER PRIMARY KEY, domain TEXT, categories TEXT);
    CREATE TABLE alexa_ranks (site_id INTEGER, year INTEGER, phase TEXT, rank INTEGER);
    CREATE TABLE policy_texts (id INTEGER PRIMARY KEY, policy_text TEXT, flesch_kincaid REAL,
        smog REAL, flesch_ease TEXT, length INTEGER, sha1 TEXT, simhash TEXT);
    CREATE TABLE policy_snapshots (id INTEGER PRIMARY KEY, site_id INTEGER,
        homepage_snapshot_url TEXT, policy_snapshot_url TEXT, policy_url TEXT,
        homepage_snapshot_redirected_url TEXT, year INTEGER, phase TEXT, policy_text_id INTEGER,
        policy_html_id INTEGER, policy_reader_view_html_id INTEGER, file_type TEXT,
        policy_title TEXT, link_text TEXT, pdf_filename TEXT, classifier_probability REAL,
        analysis_subcorpus INTEGER, parked_domain INTEGER, cross_domain_homepage_redir INTEGER);
    INSERT INTO sites VALUES (1, 'a.example', 'business'), (2, 'b.example', NULL);
    INSERT INTO policy_texts VALUES (10, '# Privacy' || char(10) || 'We keep data.', 9.5, 12.1,
        'difficult', 24, 'da39', '1');
    INSERT INTO policy_texts (id, policy_text) VALUES (11, 'We keep no data.');
    INSERT INTO policy_snapshots (id, site_id, policy_snapshot_url, policy_url, year, phase,
        policy_text_id, file_type) VALUES
        (1, 1, 'https://web.archive.org/web/20190204122452id_/http%3A//a.example/privacy',
         'http://a.example/privacy', 2019, 'A', 10, 'html'),
        (2, 1, 'https://web.archive.org/web/20190811000000id_/http%3A//a.example/privacy',
         'http://a.example/privacy', 2019, 'B', 10, 'html'),
        (3, 2, NULL, 'http://b.example/p', 2018, 'B', 11, 'pdf');
)";

// A fresh database from these statements.
fs::path make(const std::string& name, std::string_view sql) {
    fs::remove(name);
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(name.c_str(), &database) == SQLITE_OK);
    char* message = nullptr;
    sqlite3_exec(database, std::string(sql).c_str(), nullptr, nullptr, &message);
    CHECK(std::string(message == nullptr ? "" : message) == "");
    sqlite3_free(message);
    sqlite3_close(database);
    return name;
}

io::FileBytes open(const fs::path& path) {
    auto bytes = io::FileBytes::open(path);
    REQUIRE(bytes.has_value());
    return *bytes;
}

Listing list(archive::SqliteReader& reader) {
    auto listing = reader.list();
    INFO((listing ? "" : listing.error().message));
    REQUIRE(listing.has_value());
    return *listing;
}

std::string read(const archive::SqliteReader& reader, const ListedSnapshot& snapshot) {
    const auto text = reader.read(snapshot);
    return text ? text->bytes : "error: " + text.error().message;
}

std::string error_of(const fs::path& path) {
    const auto listing = archive::SqliteReader("db", open(path)).list();
    REQUIRE_FALSE(listing.has_value());
    CHECK(listing.error().code == ErrorCode::input);
    return listing.error().message;
}

std::string bytes_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(file), {}};
}

void write(const fs::path& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

std::string with(std::string_view statements) {
    return std::string(k_release) + std::string(statements);
}

// 14 digits, or "none".
std::string moment(const SnapshotFacts& facts) {
    return facts.captured ? format_timestamp(*facts.captured) : "none";
}

}  // namespace

TEST_CASE("snapshots of the release database are listed with their facts") {
    archive::SqliteReader reader("release_db.sqlite", open(make("release.db", k_release)));
    const Listing listing = list(reader);
    CHECK(listing.skipped.empty());
    REQUIRE(listing.snapshots.size() == 3);
    const ListedSnapshot& first = listing.snapshots[0];
    CHECK(first.facts.place == "release_db.sqlite:policy_snapshots 1");
    CHECK(first.facts.vendor == "a.example");
    CHECK(first.facts.vendor_source == VendorSource::provenance);
    CHECK(first.facts.terms_type == "privacy policy");
    CHECK(moment(first.facts) == "20190204122452");
    CHECK(first.facts.source_url == "http://a.example/privacy");
    CHECK(first.facts.archive_url ==
          "https://web.archive.org/web/20190204122452id_/http://a.example/privacy");
    CHECK(first.size == 23);
    CHECK(read(reader, first) == "# Privacy\nWe keep data.");
    CHECK(read(reader, listing.snapshots[2]) == "We keep no data.");
}

TEST_CASE("one text in several snapshots is one text") {
    archive::SqliteReader reader("db", open(make("release.db", k_release)));
    const Listing listing = list(reader);
    CHECK(listing.snapshots.at(0).text_number == 10);
    CHECK(listing.snapshots.at(1).text_number == 10);
    CHECK(listing.snapshots.at(2).text_number == 11);
}

TEST_CASE("without a capture's address the half of the year is the date") {
    archive::SqliteReader reader("db", open(make("release.db", k_release)));
    const Listing listing = list(reader);
    CHECK(moment(listing.snapshots.at(2).facts) == "20180701000000");
    CHECK(listing.snapshots.at(2).facts.source_url == "http://b.example/p");
}

TEST_CASE("columns that are not there leave facts unknown") {
    archive::SqliteReader reader("db", open(make("lean.db", R"(
        CREATE TABLE policy_texts (text BLOB, id TEXT);
        CREATE TABLE policy_snapshots (policy_text_id TEXT);
        INSERT INTO policy_texts VALUES ('Other.', 'y'), (CAST('We keep data.' AS BLOB), 'x');
        INSERT INTO policy_snapshots VALUES ('x'), ('x'), ('z');
    )")));
    const Listing listing = list(reader);
    REQUIRE(listing.snapshots.size() == 2);
    CHECK(listing.snapshots[0].facts.vendor.empty());
    CHECK(moment(listing.snapshots[0].facts) == "none");
    CHECK(read(reader, listing.snapshots[0]) == "We keep data.");
    CHECK(listing.snapshots[0].text_number == listing.snapshots[1].text_number);
    CHECK(listing.snapshots[0].text_number != 0);
    REQUIRE(listing.skipped.size() == 1);
    CHECK(listing.skipped[0].reason == "its text is not in the database");
}

TEST_CASE("texts may stand in the snapshots' own rows, as HTML too") {
    archive::SqliteReader reader("db", open(make("own.db", R"(
        CREATE TABLE snapshots (snapshot_id INTEGER, domain TEXT, timestamp TEXT, html TEXT,
            language TEXT, "terms_type" TEXT);
        INSERT INTO snapshots VALUES (5, 'https://www.A.example/', '20140302101530', '<p>x</p>',
            'EN', 'Terms of Service');
    )")));
    const Listing listing = list(reader);
    REQUIRE(listing.snapshots.size() == 1);
    CHECK(listing.snapshots[0].facts.vendor == "www.a.example");
    CHECK(listing.snapshots[0].facts.terms_type == "Terms of Service");
    CHECK(listing.snapshots[0].facts.language == "en");
    CHECK(moment(listing.snapshots[0].facts) == "20140302101530");
    CHECK(listing.snapshots[0].text_number == 0);
    CHECK(reader.read(listing.snapshots[0])->form == TextForm::html);
}

TEST_CASE("snapshots without a text are left out with a reason") {
    archive::SqliteReader reader("db", open(make("gaps.db", with(R"(
        INSERT INTO policy_texts (id, policy_text) VALUES (20, NULL), (21, ''), (22, x'');
        INSERT INTO policy_texts (id, policy_text) VALUES (23, zeroblob(17000000));
        INSERT INTO policy_snapshots (id, site_id, policy_text_id) VALUES
            (20, 1, 20), (21, 1, 21), (22, 1, 22), (23, 1, 23), (24, 1, NULL), (25, 1, 99),
            (26, NULL, 11);
    )"))));
    const Listing listing = list(reader);
    REQUIRE(listing.snapshots.size() == 4);
    CHECK(listing.snapshots[3].facts.vendor.empty());
    REQUIRE(listing.skipped.size() == 6);
    CHECK(listing.skipped[0].kind == SkipKind::empty);
    CHECK(listing.skipped[1].kind == SkipKind::empty);
    CHECK(listing.skipped[2].kind == SkipKind::empty);
    CHECK(listing.skipped[3].kind == SkipKind::limit);
    CHECK(listing.skipped[4].kind == SkipKind::empty);
    CHECK(listing.skipped[5].kind == SkipKind::unreadable);
    CHECK(listing.skipped[5].place == "db:policy_snapshots 25");
}

TEST_CASE("text in another charset is converted") {
    archive::SqliteReader reader("db", open(make("charset.db", R"(
        CREATE TABLE policy_snapshots (text BLOB);
        INSERT INTO policy_snapshots VALUES (CAST(x'63616693' AS TEXT)), (x'636166E9');
    )")));
    const Listing listing = list(reader);
    REQUIRE(listing.snapshots.size() == 2);
    CHECK(read(reader, listing.snapshots[0]) == "caf“");
    CHECK(reader.read(listing.snapshots[1])->charset == "windows-1252");
}

TEST_CASE("databases in UTF-16 and with a write-ahead log are read, and never written") {
    for (const char* pragma : {"PRAGMA encoding = 'UTF-16';", "PRAGMA journal_mode = WAL;"}) {
        const fs::path path = make("odd.db", pragma + std::string(k_release));
        const std::string before = bytes_of(path);
        {
            archive::SqliteReader reader("db", open(path));
            const Listing listing = list(reader);
            REQUIRE(listing.snapshots.size() == 3);
            CHECK(read(reader, listing.snapshots[0]) == "# Privacy\nWe keep data.");
        }
        CHECK(bytes_of(path) == before);
        CHECK_FALSE(fs::exists("odd.db-wal"));
        CHECK_FALSE(fs::exists("odd.db-shm"));
    }
}

TEST_CASE("a database may be a part of another file") {
    const std::string database = bytes_of(make("release.db", k_release));
    write("outer", "in front" + database + "behind");
    archive::SqliteReader reader("db", open("outer").part(8, database.size()));
    CHECK(list(reader).snapshots.size() == 3);
}

TEST_CASE("a database of another kind is an error that names what there is") {
    CHECK(error_of(make("other.db", "CREATE TABLE songs (id); CREATE TABLE albums (id);")) ==
          "'db': it has no table policy_snapshots; it has albums and songs");
    CHECK(error_of(make("other.db", "PRAGMA user_version = 1;")) == "'db': it has no tables");
    CHECK(error_of(make("other.db", "CREATE TABLE policy_snapshots (id, year);")) ==
          "'db': its table policy_snapshots has no column policy_text_id; it has id and year");
    CHECK(error_of(make("other.db", "CREATE TABLE policy_snapshots (id, policy_text_id);")) ==
          "'db': it has no table policy_texts");
    CHECK(error_of(make("other.db", "CREATE TABLE policy_snapshots (policy_text_id);"
                                    "CREATE TABLE policy_texts (id, sha1);")) ==
          "'db': its table policy_texts has no column policy_text, text or html; it has id and "
          "sha1");
}

TEST_CASE("views and triggers, which run code, are no tables") {
    CHECK(error_of(make("view.db", "CREATE VIEW policy_snapshots AS WITH RECURSIVE n(i) AS "
                                   "(SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                                   "SELECT i AS id, 'x' AS text FROM n;")) ==
          "'db': it has no tables");
}

TEST_CASE("names of columns are no code") {
    archive::SqliteReader reader("db", open(make("names.db", R"sql(
        CREATE TABLE policy_snapshots ("id"" FROM x --" TEXT, text TEXT);
        INSERT INTO policy_snapshots VALUES ('1', 'We keep data.');
    )sql")));
    CHECK(list(reader).snapshots.size() == 1);
}

TEST_CASE("what is no database is an error") {
    write("none.db", "");
    CHECK(error_of("none.db") == "'db' is no SQLite database");
    write("none.db", "# Privacy Policy");
    CHECK(error_of("none.db") == "'db' is no SQLite database");
    write("none.db", "SQLite format 3" + std::string(1, '\0') + std::string(4000, 'x'));
    CHECK_FALSE(error_of("none.db").empty());
    CHECK(archive::looks_like_sqlite("SQLite format 3" + std::string(1, '\0')));
    CHECK_FALSE(archive::looks_like_sqlite("SQLite format 3 is"));
}

TEST_CASE("a database that is cut off or damaged anywhere gives what it can") {
    std::string many(k_release);
    for (int i = 100; i < 400; ++i) {
        many += fmt::format("INSERT INTO policy_texts (id, policy_text) VALUES ({0}, '{1}');"
                            "INSERT INTO policy_snapshots (id, site_id, policy_text_id) "
                            "VALUES ({0}, 1, {0});",
                            i, std::string(3000, 'x'));
    }
    const std::string whole = bytes_of(make("whole.db", "BEGIN;" + many + "COMMIT;"));
    for (std::size_t part = 1; part < 20; ++part) {
        std::string cut = whole.substr(0, whole.size() * part / 20);
        std::string torn = whole;
        torn.replace(whole.size() * part / 20, 4096, std::string(4096, '\xA5'));
        for (const std::string& bytes : {cut, torn}) {
            write("damaged.db", bytes.substr(0, whole.size()));
            archive::SqliteReader reader("db", open("damaged.db"));
            const auto listing = reader.list();
            if (!listing) {
                CHECK_FALSE(listing.error().message.empty());
                continue;
            }
            for (const ListedSnapshot& snapshot : listing->snapshots) {
                reader.read(snapshot).has_value();
            }
            CHECK(listing->snapshots.size() + listing->skipped.size() <= 304);
        }
    }
}

TEST_CASE("texts are read from several threads") {
    archive::SqliteReader reader("db", open(make("release.db", k_release)));
    const Listing listing = list(reader);
    std::atomic<int> right = 0;
    std::vector<std::thread> threads;
    threads.reserve(4);
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 50; ++round) {
                right += read(reader, listing.snapshots[2]) == "We keep no data." ? 1 : 0;
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    CHECK(right == 200);
}

}  // namespace smallprint
