// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/tables/sqlite_reader.h"

#include "common/base/enum_names.h"
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/io/file.h"
#include "common/model/date.h"
#include "common/model/listing.h"
#include "common/model/snapshot.h"
#include "common/model/wayback_url.h"
#include "indexer/archive/limits.h"
#include "indexer/archive/source_text.h"
#include "indexer/archive/tables/row_facts.h"
#include "indexer/archive/tables/sqlite_file.h"
#include "indexer/archive/tables/sqlite_schema.h"

#include <fmt/format.h>

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace smallprint::archive {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view k_magic = "SQLite format 3\0"sv;
constexpr std::string_view k_terms_type = "privacy policy";  // the corpus has no others

// Steps of SQLite's machine. A million snapshots take a hundred million to list, a text takes
// twenty.
constexpr std::int64_t k_listing = 4'000'000'000;
constexpr std::int64_t k_reading = 1'000'000;

// Columns of the query for snapshots: first the facts by RowField, then these.
enum Column : int {
    k_row = k_values<RowField>.size(),
    k_id,
    k_text_id,
    k_site_id,
    k_year,
    k_phase,
};

std::string snapshots_query(const SqliteSchema& schema) {
    std::string columns;
    for (const std::string& fact : schema.facts) {
        columns += (fact.empty() ? "NULL" : quoted_name(fact)) + ", ";
    }
    columns += "rowid";
    for (const std::string* name :
         {&schema.snapshot_id, &schema.text_id, &schema.site_id, &schema.year, &schema.phase}) {
        columns += ", " + (name->empty() ? "NULL" : quoted_name(*name));
    }
    return fmt::format("SELECT {} FROM {} ORDER BY rowid", columns, quoted_name(schema.snapshots));
}

using Names = std::unordered_map<std::string, std::string>;

// Names of sites by id.
Result<Names> read_sites(sqlite3* database, const SqliteSchema& schema) {
    Names names;
    if (schema.sites.empty()) {
        return names;
    }
    TRY_ASSIGN(
        const SqliteStatement sites,
        prepare(database, fmt::format("SELECT {}, {} FROM {}", quoted_name(schema.sites_id),
                                      quoted_name(schema.site_name), quoted_name(schema.sites))));
    int code = SQLITE_OK;
    while ((code = sqlite3_step(sites.get())) == SQLITE_ROW) {
        names.try_emplace(std::string(text_at(sites.get(), 0)), text_at(sites.get(), 1));
    }
    if (code != SQLITE_DONE) {
        return sqlite_failure("read it", database);
    }
    return names;
}

// The first day of the half of a year that the corpus calls "A" or "B".
std::optional<CaptureTime> half_year(std::string_view year, std::string_view phase) {
    const std::string_view month = phase == "A" ? "-01-01" : phase == "B" ? "-07-01" : "";
    const auto day = parse_day(std::string(year) + std::string(month));
    return day ? std::optional(CaptureTime(*day)) : std::nullopt;
}

// The address of a capture says when it was and of what.
void read_archive_url(SnapshotFacts& facts) {
    const auto wayback = parse_wayback_url(facts.archive_url);
    if (!wayback) {
        return;
    }
    facts.source_url = fact_text(wayback->original_url);
    facts.archive_url = wayback_address(wayback->captured, facts.source_url);
    if (!facts.captured || day_of(*facts.captured) == day_of(wayback->captured)) {
        facts.captured = wayback->captured;
    }
}

class SnapshotRows {
public:
    SnapshotRows(const SqliteSchema& schema, const Names& sites, SqliteTexts& texts,
                 std::string_view name)
        : m_schema(schema), m_sites(sites), m_texts(texts), m_name(name) {}

    void list(sqlite3_stmt* row, Listing& listing) {
        ListedSnapshot snapshot;
        snapshot.facts.place = fmt::format(
            "{}:{} {}", m_name, m_schema.snapshots,
            text_at(row, sqlite3_column_type(row, k_id) == SQLITE_INTEGER ? k_id : k_row));
        if (auto left_out = locate(row, snapshot)) {
            listing.skipped.push_back(std::move(*left_out));
            return;
        }
        read_facts(row, snapshot.facts);
        listing.snapshots.push_back(std::move(snapshot));
    }

private:
    // Notes where the text is; returns why there is none.
    std::optional<Skipped> locate(sqlite3_stmt* row, ListedSnapshot& snapshot) {
        const bool apart = m_schema.keeps_texts_apart();
        if (apart && sqlite3_column_type(row, k_text_id) == SQLITE_NULL) {
            return Skipped{snapshot.facts.place, "has no text", SkipKind::empty};
        }
        const std::optional<std::int64_t> at =
            apart ? m_texts.row_of(text_at(row, k_text_id))
                  : std::optional<std::int64_t>(sqlite3_column_int64(row, k_row));
        if (!at) {
            return Skipped{snapshot.facts.place, "its text is not in the database"};
        }
        const SqliteTexts::Size size = m_texts.size_of(*at);
        if (!size.problem.empty()) {
            return Skipped{snapshot.facts.place, std::string(size.problem), SkipKind::unreadable};
        }
        if (size.bytes == 0) {
            return Skipped{snapshot.facts.place, "has no text", SkipKind::empty};
        }
        if (size.bytes > k_largest_text) {
            return Skipped{
                snapshot.facts.place,
                fmt::format("{} bytes, over the limit of {}", size.bytes, k_largest_text),
                SkipKind::limit};
        }
        snapshot.locator = static_cast<std::uint64_t>(*at);
        snapshot.text_number = apart ? snapshot.locator : 0;
        snapshot.size = size.bytes;
        return std::nullopt;
    }

    void read_facts(sqlite3_stmt* row, SnapshotFacts& facts) const {
        facts.terms_type = k_terms_type;
        set_facts(facts, [&](RowField field) { return text_at(row, static_cast<int>(field)); });
        const auto site = m_sites.find(std::string(text_at(row, k_site_id)));
        if (site != m_sites.end()) {
            set_fact(RowField::vendor, site->second, facts);
        }
        if (const std::string host = host_of(facts.vendor); !host.empty()) {
            facts.vendor = host;  // some name a site by its address
        }
        read_archive_url(facts);
        if (!facts.captured) {
            facts.captured = half_year(text_at(row, k_year), text_at(row, k_phase));
        }
    }

    const SqliteSchema& m_schema;
    const Names& m_sites;
    SqliteTexts& m_texts;
    std::string_view m_name;
};

}  // namespace

bool looks_like_sqlite(std::string_view head) {
    return head.starts_with(k_magic);
}

SqliteReader::SqliteReader(std::string name, io::FileBytes bytes)
    : m_name(std::move(name)), m_bytes(bytes), m_file(std::move(bytes)) {}

Result<Listing> SqliteReader::list() {
    TRY_ASSIGN(const std::string head, m_bytes.read(0, k_magic.size()));
    if (!looks_like_sqlite(head)) {
        return fail(ErrorCode::input, fmt::format("'{}' is no SQLite database", m_name));
    }
    auto listing = list_database();
    if (!listing) {
        Error error = listing.error();
        error.message = fmt::format("'{}': {}", m_name, error.message);
        return fail(std::move(error));
    }
    return listing;
}

Result<Listing> SqliteReader::list_database() {
    TRY_ASSIGN(SqliteConnection connection, m_file.open());
    sqlite3* database = connection.database();
    connection.allow(k_listing);
    TRY_ASSIGN(m_schema, probe_schema(database));
    TRY_ASSIGN(const Names sites, read_sites(database, m_schema));
    TRY_ASSIGN(SqliteTexts texts, SqliteTexts::open(database, m_schema));
    TRY_ASSIGN(const SqliteStatement rows, prepare(database, snapshots_query(m_schema)));
    SnapshotRows snapshots(m_schema, sites, texts, m_name);
    Listing listing;
    int code = SQLITE_OK;
    while ((code = sqlite3_step(rows.get())) == SQLITE_ROW) {
        snapshots.list(rows.get(), listing);
    }
    if (code != SQLITE_DONE) {
        const Error error = sqlite_failure("read on", database).value();
        if (listing.snapshots.empty()) {
            return fail(error);
        }
        listing.skipped.push_back({listing.snapshots.back().facts.place,
                                   "behind it, " + error.message, SkipKind::unreadable});
    }
    return listing;
}

Result<SourceText> SqliteReader::read(const ListedSnapshot& snapshot) const {
    TRY_ASSIGN(std::unique_ptr<Reading> reading, borrow());
    sqlite3_stmt* text = reading->text.get();
    reading->connection.allow(k_reading);
    sqlite3_bind_int64(text, 1, static_cast<sqlite3_int64>(snapshot.locator));
    const int code = sqlite3_step(text);
    Result<SourceText> source =
        code == SQLITE_ROW ? make_source(text_at(text, 0), m_schema.form)
                           : sqlite_failure("read its text", reading->connection.database());
    sqlite3_reset(text);
    give_back(std::move(reading));
    return source;
}

Result<std::unique_ptr<SqliteReader::Reading>> SqliteReader::borrow() const {
    {
        const std::lock_guard lock(m_mutex);
        if (!m_free.empty()) {
            std::unique_ptr<Reading> reading = std::move(m_free.back());
            m_free.pop_back();
            return reading;
        }
    }
    TRY_ASSIGN(SqliteConnection connection, m_file.open());
    connection.allow(k_reading);
    TRY_ASSIGN(SqliteStatement text,
               prepare(connection.database(),
                       fmt::format("SELECT {} FROM {} WHERE rowid = ?", quoted_name(m_schema.text),
                                   quoted_name(m_schema.texts))));
    return std::make_unique<Reading>(Reading{std::move(connection), std::move(text)});
}

void SqliteReader::give_back(std::unique_ptr<Reading> reading) const {
    const std::lock_guard lock(m_mutex);
    m_free.push_back(std::move(reading));
}

}  // namespace smallprint::archive
