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
#include "indexer/archive/charset.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
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
    {"date", "date captured captured_at captured_on capture_date timestamp snapshot_date "
             "snapshot_timestamp crawl_date crawl_time crawled_at archive_date archived_at "
             "archived_on fetch_date fetched_at datetime utc"},
    {"text", "text markdown policy_text body content plain_text"},
    {"html", "html policy_html raw_html"},
    {"url", "url source_url policy_url page_url original_url"},
    {"archive_url", "archive_url policy_snapshot_url snapshot_url wayback_url archived_url"},
    {"type", "type terms_type policy_type document_type doc_type"},
    {"lang", "lang language locale"},
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

// Two digits of at most `largest`, which are cut off.
std::optional<unsigned> parse_two(std::string_view& text, unsigned largest) {
    const auto value = parse_number<unsigned>(text.substr(0, 2));
    if (text.size() < 2 || !value || *value > largest) {
        return std::nullopt;
    }
    text.remove_prefix(2);
    return value;
}

bool skip_separator(std::string_view& text, std::string_view any_of) {
    const bool there = !text.empty() && is_one_of(text.front(), any_of);
    text.remove_prefix(there ? 1 : 0);
    return there;
}

// "Z", "+02:00", "-0530", "+02", "UTC" or nothing, which is UTC; how far ahead of UTC.
std::optional<std::chrono::minutes> zone_offset(std::string_view zone) {
    zone = trimmed(zone);
    if (zone.empty() || zone == "Z" || zone == "z" || zone == "UTC" || zone == "GMT") {
        return std::chrono::minutes(0);
    }
    const int sign = zone.front() == '-' ? -1 : 1;
    if (!skip_separator(zone, "+-")) {
        return std::nullopt;
    }
    const auto hours = parse_two(zone, 23);
    skip_separator(zone, ":");
    const auto minutes = zone.empty() ? std::optional(0U) : parse_two(zone, 59);
    if (!hours || !minutes || !zone.empty()) {
        return std::nullopt;
    }
    return sign * (std::chrono::hours(*hours) + std::chrono::minutes(*minutes));
}

// "10:15:30.25+02:00" and the like, as the time since midnight UTC; also "10-15-30Z", as Open Terms
// Archive names files.
std::optional<std::chrono::seconds> time_of_day(std::string_view text) {
    const auto hours = parse_two(text, 23);
    if (!hours || !skip_separator(text, ":-")) {
        return std::nullopt;
    }
    const auto minutes = parse_two(text, 59);
    std::optional<unsigned> seconds = 0;
    if (text.size() >= 3 && is_digit(text[1]) && is_digit(text[2]) && skip_separator(text, ":-")) {
        seconds = parse_two(text, 60);
        if (skip_separator(text, ".,")) {
            text.remove_prefix(std::min(text.find_first_not_of("0123456789"), text.size()));
        }
    }
    const auto offset = zone_offset(text);
    if (!minutes || !seconds || !offset) {
        return std::nullopt;
    }
    return std::chrono::hours(*hours) + std::chrono::minutes(*minutes) +
           std::chrono::seconds(*seconds) - *offset;
}

// Seconds since 1970, or milliseconds. Nine digits and more, which no other form has.
std::optional<CaptureTime> since_1970(std::string_view text) {
    const std::string_view digits = text.substr(0, text.find('.'));
    const auto value = parse_number<std::uint64_t>(digits);
    const bool is_fraction =
        text.find_first_not_of("0123456789", std::min(digits.size() + 1, text.size())) ==
        std::string_view::npos;
    if (!value || !is_fraction || digits.size() < 9 || digits.size() > 13) {
        return std::nullopt;
    }
    const bool milliseconds = digits.size() > 11;
    return CaptureTime(
        std::chrono::seconds(static_cast<std::int64_t>(milliseconds ? *value / 1000 : *value)));
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

std::optional<CaptureTime> parse_capture_time(std::string_view text) {
    const std::string_view bare = trimmed(text);
    if (const auto time = parse_timestamp(bare)) {
        return time;
    }
    if (const auto time = since_1970(bare)) {
        return time;
    }
    std::string date(bare.substr(0, 10));
    std::ranges::replace(date, '/', '-');
    const auto day = parse_day(date);
    if (!day || bare.size() == 10) {
        return day ? std::optional(CaptureTime(*day)) : std::nullopt;
    }
    std::string_view rest = bare.substr(10);
    const auto time = skip_separator(rest, "Tt ") ? time_of_day(rest) : std::nullopt;
    return time ? std::optional(CaptureTime(*day) + *time) : std::nullopt;
}

}  // namespace smallprint::archive
