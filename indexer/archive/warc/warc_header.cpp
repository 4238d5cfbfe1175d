// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/warc/warc_header.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/model/date.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::archive {
namespace {

constexpr std::string_view k_magic = "WARC/";
constexpr std::string_view k_blanks = " \t\r\n";
constexpr std::size_t k_longest_arc_line = k_record_start - 1;

std::string without_brackets(std::string_view value) {
    const bool has_brackets = value.size() > 1 && value.front() == '<' && value.back() == '>';
    return std::string(has_brackets ? value.substr(1, value.size() - 2) : value);
}

// --- ARC
// ------------------------------------------------------------------------------------------

bool is_arc_date(std::string_view text) {
    return text.size() >= 8 && text.size() <= 17 && std::ranges::all_of(text, is_digit);
}

// An address can hold spaces, so the line is told by where its date stands, counted from the end.
std::optional<RecordHeader> parse_arc_line(std::string_view line) {
    std::vector<std::string_view> fields;
    for (std::size_t begin = 0; begin <= line.size();) {
        const std::size_t end = std::min(line.find(' ', begin), line.size());
        fields.push_back(line.substr(begin, end - begin));
        begin = end + 1;
    }
    for (const std::size_t behind : {std::size_t{3}, std::size_t{8}}) {  // versions 1 and 2
        if (fields.size() < behind + 2) {
            continue;
        }
        const std::size_t date = fields.size() - behind;
        const std::optional<std::uint64_t> length = parse_number<std::uint64_t>(fields.back());
        if (!is_arc_date(fields[date]) || !length ||
            fields[0].find(':') == std::string_view::npos) {
            continue;
        }
        RecordHeader header;
        const std::string_view ip = fields[date - 1];
        header.target_uri = line.substr(0, static_cast<std::size_t>(ip.data() - line.data()) - 1);
        header.type = header.target_uri.starts_with("filedesc:") ? "warcinfo" : "response";
        header.date = parse_record_date(fields[date]);
        header.content_type = fields[date + 1];
        header.length = *length;
        return header;
    }
    return std::nullopt;
}

bool starts_arc_record(std::string_view bytes) {
    constexpr std::array<std::string_view, 5> k_schemes = {
        "http:", "https:", "dns:", "ftp:", "filedesc:"};
    if (std::ranges::none_of(k_schemes, [&](auto scheme) { return bytes.starts_with(scheme); })) {
        return false;
    }
    const std::size_t end = bytes.substr(0, k_longest_arc_line).find('\n');
    return end != std::string_view::npos && parse_arc_line(trimmed(bytes.substr(0, end), k_blanks));
}

// --- WARC
// -----------------------------------------------------------------------------------------

// "WARC/1.0", then the line's end, then a field: so that text about WARC is not taken for a record.
bool starts_warc_record(std::string_view bytes) {
    if (!bytes.starts_with(k_magic)) {
        return false;
    }
    const std::size_t end = bytes.substr(0, 16).find('\n');
    if (end == std::string_view::npos || !is_digit(bytes[k_magic.size()])) {
        return false;
    }
    const std::string_view next = bytes.substr(end + 1, 64);
    const std::size_t colon = next.find(':');
    const auto is_name = [](char c) {
        return is_digit(c) || is_lower(to_lower(c)) || c == '-' || c == '_';
    };
    return next.empty() || next.front() == '\r' || next.front() == '\n' ||
           (colon != std::string_view::npos && std::ranges::all_of(next.substr(0, colon), is_name));
}

using TextMember = std::string RecordHeader::*;

struct TextField {
    std::string_view name;
    TextMember member;
};

constexpr std::array<TextField, 10> k_text_fields = {{
    {"warc-type", &RecordHeader::type},
    {"warc-record-id", &RecordHeader::id},
    {"warc-target-uri", &RecordHeader::target_uri},
    {"content-type", &RecordHeader::content_type},
    {"warc-payload-digest", &RecordHeader::payload_digest},
    {"warc-profile", &RecordHeader::profile},
    {"warc-refers-to", &RecordHeader::refers_to},
    {"warc-refers-to-target-uri", &RecordHeader::refers_to_uri},
    {"warc-truncated", &RecordHeader::truncated},
    {"warc-segment-number", &RecordHeader::segment},
}};

void apply_field(const std::string& line, RecordHeader& header, std::string& length) {
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos) {
        return;
    }
    const std::string_view view = line;
    const std::string name = lower_ascii(trimmed(view.substr(0, colon), k_blanks));
    const std::string_view value = trimmed(view.substr(colon + 1), k_blanks);
    if (name == "content-length") {
        length = value;
    } else if (name == "warc-date") {
        header.date = parse_record_date(value);
    } else if (name == "warc-refers-to-date") {
        header.refers_to_date = parse_record_date(value);
    }
    for (const TextField& field : k_text_fields) {
        if (field.name == name) {
            header.*field.member = without_brackets(value);
        }
    }
    header.type = lower_ascii(header.type);
}

// Reads what it can and says what keeps the header from being used, or nothing.
std::string read_warc_header(std::string_view text, RecordHeader& header) {
    std::string field;  // with the lines that continue it
    std::string length;
    std::string reason;
    for (std::size_t begin = text.find('\n'); begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', ++begin), text.size());
        const std::string_view line = text.substr(begin, end - begin);
        begin = end;
        if (line.starts_with("HTTP/")) {
            reason = "the blank line that ends its header is missing";
            break;
        }
        if (!line.starts_with(' ') && !line.starts_with('\t')) {
            apply_field(field, header, length);
            field.clear();
        }
        field += line;
    }
    apply_field(field, header, length);
    const std::optional<std::uint64_t> number = parse_number<std::uint64_t>(length);
    header.length = number.value_or(0);
    if (reason.empty() && !number) {
        reason = length.empty() ? "it has no Content-Length"
                                : fmt::format("its Content-Length is '{}'", length.substr(0, 40));
    }
    return reason;
}

}  // namespace

bool starts_record(std::string_view bytes) {
    return starts_warc_record(bytes) || starts_arc_record(bytes);
}

std::size_t find_record(std::string_view bytes) {
    std::size_t warc = bytes.find(k_magic);
    while (warc != std::string_view::npos && !starts_warc_record(bytes.substr(warc))) {
        warc = bytes.find(k_magic, warc + 1);
    }
    const std::string_view before = bytes.substr(0, warc);
    for (std::size_t line = 0; line < before.size();) {
        if (starts_arc_record(bytes.substr(line))) {
            return line;
        }
        const std::size_t end = before.find('\n', line);
        line = end == std::string_view::npos ? before.size() : end + 1;
    }
    return warc;
}

std::size_t record_header_size(std::string_view bytes) {
    if (!bytes.starts_with(k_magic)) {
        const std::size_t end = bytes.find('\n');
        return end == std::string_view::npos ? 0 : end + 1;
    }
    for (std::size_t end = bytes.find('\n'); end != std::string_view::npos;
         end = bytes.find('\n', end + 1)) {
        const std::string_view rest = bytes.substr(end + 1, 2);
        if (rest.starts_with('\n')) {
            return end + 2;
        }
        if (rest == "\r\n") {
            return end + 3;
        }
    }
    return 0;
}

Result<RecordHeader> parse_record_header(std::string_view header) {
    if (!header.starts_with(k_magic)) {
        if (std::optional<RecordHeader> parsed = parse_arc_line(trimmed(header, k_blanks))) {
            return std::move(*parsed);
        }
        return fail(ErrorCode::input, "its header has no form that is known");
    }
    RecordHeader parsed;
    if (std::string reason = read_warc_header(header, parsed); !reason.empty()) {
        return fail(ErrorCode::input, std::move(reason));
    }
    return parsed;
}

RecordHeader salvage_record_header(std::string_view header) {
    RecordHeader parsed;
    if (header.starts_with(k_magic)) {
        read_warc_header(header, parsed);
    }
    return parsed;
}

std::optional<CaptureTime> parse_record_date(std::string_view text) {
    std::string digits;
    for (const char c : text.substr(0, text.find('.'))) {  // fractions of a second are left out
        if (is_digit(c)) {
            digits += c;
        } else if (c == '+' || (c == '-' && digits.size() >= 8)) {
            return std::nullopt;  // a zone, which WARC does not have; better no date than a wrong
                                  // one
        }
    }
    if (digits.size() < 8) {
        return parse_padded_timestamp(digits);  // WARC 1.1 allows a year or a month
    }
    digits.resize(14, '0');
    return parse_timestamp(digits);
}

}  // namespace smallprint::archive
