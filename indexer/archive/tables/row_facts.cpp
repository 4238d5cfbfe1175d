// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/tables/row_facts.h"

#include "common/base/enum_names.h"
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/io/file.h"
#include "common/model/date.h"
#include "common/model/snapshot.h"
#include "common/text/utf8.h"
#include "indexer/archive/capture_time.h"
#include "indexer/archive/charset.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::archive {
namespace {

namespace json = boost::json;

constexpr std::size_t k_longest_fact = 4096;                   // bytes; addresses are the longest
constexpr std::size_t k_largest_map = std::size_t{64} << 10U;  // bytes

struct FieldNames {
    std::string_view key;    // in a column map
    std::string_view names;  // of columns, the best first
};

// By RowField. The schemas in schemas/ repeat it.
constexpr EnumArray<RowField, FieldNames> k_names = {{{
    {"vendor",
     "vendor company company_name organization organisation service site site_name domain "
     "host hostname"},
    {"date", "date captured captured_at captured_on capture_date snapshot_date "
             "crawl_date crawl_time crawled_at archive_date archived_at "
             "archived_on fetch_date fetched_at datetime utc"},
    {"text", "text markdown policy_text body content plain_text"},
    {"html", "html policy_html raw_html"},
    {"url", "url source_url policy_url page_url original_url"},
    {"archive_url", "archive_url policy_snapshot_url snapshot_url wayback_url archived_url"},
    {"type", "type terms_type policy_type document_type doc_type"},
    {"lang", "lang language locale"},
    {"timestamp", "timestamp snapshot_timestamp wayback_timestamp"},
    {"path", "path file filename file_name waybackpack_path"},
}}};

// "Source URL" -> "source_url"
std::string column_name(std::string_view column) {
    std::string name = lower_ascii(trimmed(column));
    std::ranges::replace_if(name, [](char c) { return c == ' ' || c == '-'; }, '_');
    return name;
}

// How many names stand before this one; nothing if it is not among them.
std::optional<std::size_t> rank_in(std::string_view names, std::string_view name) {
    for (std::size_t rank = 0; !names.empty(); ++rank) {
        if (cut_until(names, ' ') == name) {
            return rank;
        }
    }
    return std::nullopt;
}

std::string as_text(const json::string& text) {
    return {text.data(), text.size()};
}

// All fields but the path, which is the last.
std::span<const RowField> mappable() {
    static_assert(k_values<RowField>.back() == RowField::path);
    return std::span(k_values<RowField>).first(k_values<RowField>.size() - 1);
}

std::optional<RowField> mappable_field(std::string_view key) {
    const auto fields = mappable();
    const auto found = std::ranges::find(fields, key, [](RowField f) { return k_names[f].key; });
    return found == fields.end() ? std::nullopt : std::optional(*found);
}

std::string mappable_fields() {
    std::vector<std::string> keys;
    for (const RowField field : mappable()) {
        keys.emplace_back(k_names[field].key);
    }
    return list_of_columns(keys);
}

Failure map_failure(const std::filesystem::path& path, std::string_view what) {
    return fail(ErrorCode::usage, fmt::format("'{}' {}", path.string(), what),
                R"(a column map is a JSON object such as {"vendor": "company_name"})");
}

// A web archive's digits, which may be a year, or a date as any column has it.
std::optional<CaptureTime> parse_row_timestamp(std::string_view text) {
    const auto padded =
        text.size() < 8 && is_all_digits(text) ? parse_padded_timestamp(text) : std::nullopt;
    return padded && is_credible(*padded) ? padded : parse_capture_time(text);
}

}  // namespace

Result<ColumnMap> read_column_map(const std::filesystem::path& path) {
    TRY_ASSIGN(const std::string bytes, io::read_file(path, k_largest_map));
    boost::system::error_code error;
    const json::value value = json::parse(bytes, error);
    if (error || !value.is_object()) {
        return map_failure(path, error ? "is no JSON: " + error.message() : "is no JSON object");
    }
    ColumnMap map;
    for (const auto& [key, name] : value.get_object()) {
        const auto field = mappable_field({key.data(), key.size()});
        if (!field) {
            return map_failure(path, fmt::format("maps '{}', which is not one of {}",
                                                 text::terminal_safe({key.data(), key.size()}),
                                                 mappable_fields()));
        }
        if (!name.is_string() || name.get_string().empty()) {
            return map_failure(
                path, fmt::format("gives no name of a column for {}", k_names[*field].key));
        }
        map[*field] = as_text(name.get_string());
    }
    return map;
}

std::optional<NamedField> find_field(std::string_view column, const ColumnMap& map) {
    for (const RowField field : k_values<RowField>) {
        if (!map[field].empty() && trimmed(column) == trimmed(map[field])) {
            return NamedField{field, 0};
        }
    }
    const std::string name = column_name(column);
    for (const RowField field : k_values<RowField>) {
        if (const auto rank = rank_in(k_names[field].names, name); rank && map[field].empty()) {
            return NamedField{field, *rank};
        }
    }
    return std::nullopt;
}

RowColumns map_columns(std::span<const std::string> header, const ColumnMap& map) {
    RowColumns columns;
    EnumArray<RowField, std::size_t> ranks{};
    for (std::size_t i = 0; i < header.size(); ++i) {
        const auto named = find_field(header[i], map);
        if (!named) {
            continue;
        }
        const RowField field = named->field;
        if (!columns[field] || named->rank < ranks[field]) {
            columns[field] = i;
            ranks[field] = named->rank;
        }
    }
    return columns;
}

std::string list_of_columns(std::span<const std::string> header) {
    constexpr std::size_t most = 20;
    std::string list;
    for (std::size_t i = 0; i < header.size() && i < most; ++i) {
        const std::string_view between = i == 0 ? "" : i + 1 == header.size() ? " and " : ", ";
        list += fmt::format("{}{}", between, text::terminal_safe(text::utf8_prefix(header[i], 64)));
    }
    return header.size() > most ? list + ", ..." : list;
}

std::string fact_text(std::string_view value) {
    const std::string_view bare = trimmed(value);
    return bare.size() > k_longest_fact ? std::string() : decode_text(bare, "").text;
}

void set_fact(RowField field, std::string_view value, SnapshotFacts& facts) {
    std::string text = fact_text(value);
    if (text.empty()) {
        return;
    }
    switch (field) {
    case RowField::vendor:
        facts.vendor = std::move(text);
        facts.vendor_source = VendorSource::provenance;
        break;
    case RowField::date:
        facts.captured = parse_capture_time(text);
        break;
    case RowField::timestamp:
        facts.captured = facts.captured ? facts.captured : parse_row_timestamp(text);
        break;
    case RowField::url:
        facts.source_url = std::move(text);
        break;
    case RowField::archive_url:
        facts.archive_url = std::move(text);
        break;
    case RowField::type:
        facts.terms_type = std::move(text);
        break;
    case RowField::language:
        facts.language = lower_ascii(text);
        break;
    case RowField::text:
    case RowField::html:
    case RowField::path:
        break;
    }
}

}  // namespace smallprint::archive
