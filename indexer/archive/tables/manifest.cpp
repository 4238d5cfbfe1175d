// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/tables/manifest.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/io/file.h"
#include "common/model/snapshot.h"
#include "common/text/utf8.h"
#include "indexer/archive/tables/csv_rows.h"
#include "indexer/archive/tables/row_facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::archive {
namespace {

constexpr std::size_t k_head = std::size_t{64} << 10U;  // bytes that hold any header

// "./a\b.html" -> "a/b.html"
std::string plain_path(std::string_view path) {
    std::string plain(path);
    std::ranges::replace(plain, '\\', '/');
    return std::filesystem::path(plain).lexically_normal().generic_string();
}

Failure row_failure(const CsvRow& row, std::string_view what) {
    return fail(ErrorCode::input, fmt::format("line {}: {}", row.line, what));
}

}  // namespace

const SnapshotFacts* Manifest::find(std::string_view path) {
    const auto found = m_entries.find(plain_path(path));
    if (found == m_entries.end()) {
        return nullptr;
    }
    found->second.used = true;
    return &found->second.facts;
}

std::vector<std::string> Manifest::unused() const {
    std::vector<std::string> paths;
    for (const auto& [path, entry] : m_entries) {
        if (!entry.used) {
            paths.push_back(path);
        }
    }
    return paths;
}

Result<void> Manifest::add(const CsvRow& row, const RowColumns& columns) {
    if (!row.problem.empty()) {
        return row_failure(row, row.problem);
    }
    const std::string path = plain_path(value_in(row, columns[RowField::path]));
    if (path.empty()) {
        return row_failure(row, "names no path");
    }
    Entry entry;
    set_facts(entry.facts, [&](RowField field) { return value_in(row, columns[field]); });
    if (!m_entries.try_emplace(path, std::move(entry)).second) {
        return row_failure(
            row, fmt::format("names '{}' for the second time", text::terminal_safe(path)));
    }
    return {};
}

Result<Manifest> read_manifest(const std::filesystem::path& path) {
    TRY_ASSIGN(io::FileBytes bytes, io::FileBytes::open(path));
    TRY_ASSIGN(const std::string head, bytes.read(0, k_head));
    const CsvHeader begin = find_csv_header(head + "\n");
    CsvRows rows(std::move(bytes), begin.separator, begin.offset, begin.line);
    TRY_ASSIGN(const std::optional<CsvRow> header, rows.next());
    const RowColumns columns = header ? map_columns(header->fields, {}) : RowColumns();
    if (!columns[RowField::path]) {
        return fail(ErrorCode::input,
                    fmt::format("the manifest '{}' has no column 'path'{}", path.string(),
                                header ? "; it has " + list_of_columns(header->fields) : ""),
                    "name each file by its path from the source, in a column 'path'");
    }
    Manifest manifest;
    while (true) {
        TRY_ASSIGN(const std::optional<CsvRow> row, rows.next());
        if (!row) {
            return manifest;
        }
        if (auto added = manifest.add(*row, columns); !added) {
            Error error = added.error();
            error.message = fmt::format("the manifest '{}', {}", path.string(), error.message);
            return fail(std::move(error));
        }
    }
}

}  // namespace smallprint::archive
