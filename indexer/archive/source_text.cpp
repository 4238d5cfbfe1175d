// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/source_text.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/model/date.h"
#include "common/model/listing.h"
#include "common/model/snapshot.h"
#include "common/model/wayback_url.h"
#include "common/text/utf8.h"
#include "indexer/archive/charset.h"
#include "indexer/archive/limits.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint::archive {
namespace {

constexpr std::string_view k_before_vendor =
    "The following text is extracted and transformed from the ";
constexpr std::string_view k_before_date = " that was archived on ";
constexpr std::string_view k_before_url = "](";
constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view k_replacement = "\xEF\xBF\xBD";

// Returns what stands before the mark, and moves `text` behind it.
std::optional<std::string_view> cut_before(std::string_view& text, std::string_view mark) {
    const std::size_t end = text.find(mark);
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view taken = text.substr(0, end);
    text.remove_prefix(end + mark.size());
    return taken;
}

void read_url(std::string_view line, SnapshotFacts& facts) {
    if (!cut_before(line, k_before_url)) {
        return;
    }
    // The URL may hold parentheses; the line ends its link with ") for the most accurate".
    const std::size_t end = std::min(line.find(") for"), line.rfind(')'));
    if (end == std::string_view::npos) {
        return;
    }
    const auto page = parse_archived_page(line.substr(0, end));
    if (!page) {
        return;
    }
    facts.source_url = text::repaired_utf8(page->original_url);
    if (!page->captured) {
        return;
    }
    facts.archive_url = wayback_address(*page->captured, facts.source_url);
    // The address has the time of day as well; where it contradicts the date, the date is believed.
    if (!facts.captured || day_of(*facts.captured) == day_of(*page->captured)) {
        facts.captured = page->captured;
    }
}

void complete(std::string& known, const std::string& found) {
    known = known.empty() ? found : known;
}

// A control that no text has; NUL is none, since it is dropped.
bool is_binary_byte(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && byte != 0 && (byte < 0x08 || byte > 0x0D) && byte != 0x1A && byte != 0x1B;
}

std::size_t count_replacements(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = text.find(k_replacement); at != text.npos;
         at = text.find(k_replacement, at + 1)) {
        ++count;
    }
    return count;
}

}  // namespace

// Every ninth byte of compressed data is a control; a text has a few that some program put there.
bool holds_binary_data(std::string_view text) {
    constexpr std::size_t k_window = 512;  // bytes, as short as a picture behind a text may be
    constexpr std::size_t k_most_in_one = 16;
    constexpr std::size_t k_fewest = 3;  // nothing can be told from less
    constexpr std::size_t k_bytes_a_control = 40;
    constexpr std::size_t k_bytes_a_replacement = 6;  // every fourth character
    std::size_t controls = 0;
    for (std::size_t begin = 0; begin < text.size(); begin += k_window) {
        std::uint16_t found = 0;  // so narrow that the loop takes many bytes at once
        for (const char c : text.substr(begin, k_window)) {
            found = static_cast<std::uint16_t>(found + (is_binary_byte(c) ? 1U : 0U));
        }
        if (found > k_most_in_one) {
            return true;
        }
        controls += found;
    }
    const std::size_t replaced = count_replacements(text);
    return controls + replaced >= k_fewest &&
           controls * k_bytes_a_control + replaced * k_bytes_a_replacement > text.size();
}

std::optional<Provenance> parse_provenance(std::string_view text) {
    const std::size_t mark = text.starts_with(k_byte_order_mark) ? k_byte_order_mark.size() : 0;
    const std::size_t line_end = std::min(text.find_first_of("\r\n", mark), text.size());
    std::string_view line = text.substr(mark, line_end - mark);
    if (!line.starts_with('>') || !cut_before(line, k_before_vendor)) {
        return std::nullopt;
    }
    const auto named = cut_before(line, k_before_date);
    if (!named || named->empty()) {
        return std::nullopt;
    }
    Provenance provenance;
    SnapshotFacts& facts = provenance.facts;
    const std::size_t blank = std::min(named->find(' '), named->size());
    facts.vendor = text::repaired_utf8(named->substr(0, blank));
    facts.vendor_source = VendorSource::provenance;
    facts.terms_type = blank < named->size() ? text::repaired_utf8(named->substr(blank + 1)) : "";
    if (const auto day = parse_day(line.substr(0, 10))) {
        facts.captured = CaptureTime(*day);
    }
    read_url(line, facts);
    provenance.size = std::min(text.find_first_not_of("\r\n", line_end), text.size());
    return provenance;
}

std::string terms_type_of_name(std::string_view name) {
    std::string type = text::repaired_utf8(name);
    std::ranges::replace_if(type, [](char c) { return c == '-' || c == '_'; }, ' ');
    return type;
}

void complete_facts(SnapshotFacts& known, const SnapshotFacts& found) {
    if (known.vendor.empty()) {
        known.vendor = found.vendor;
        known.vendor_source = found.vendor_source;
    }
    known.captured = known.captured ? known.captured : found.captured;
    complete(known.terms_type, found.terms_type);
    complete(known.source_url, found.source_url);
    complete(known.archive_url, found.archive_url);
    complete(known.language, found.language);
}

Result<SourceText> make_source(std::string_view bytes, TextForm form, std::string_view declared) {
    DecodedText decoded = decode_text(bytes, declared);
    SourceText source;
    source.form = form;
    source.charset = std::move(decoded.charset);
    source.mojibake = decoded.mojibake;
    source.bytes = std::move(decoded.text);
    if (source.bytes.find('\0') != std::string::npos) {
        const auto rest = std::ranges::remove(source.bytes, '\0');
        source.bytes.erase(rest.begin(), rest.end());
    }
    if (holds_binary_data(source.bytes)) {
        return fail(ErrorCode::input, "binary data, not text");
    }
    if (form == TextForm::markdown) {
        const auto provenance = parse_provenance(source.bytes);
        source.begin = provenance ? provenance->size : 0;
    }
    return source;
}

void list_table_text(std::string_view text, TextForm form, ListedSnapshot& snapshot) {
    snapshot.size = text.size();
    if (form != TextForm::markdown) {
        return;
    }
    if (const auto provenance = parse_provenance(text)) {
        complete_facts(snapshot.facts, provenance->facts);
    } else if (snapshot.facts.vendor.empty()) {
        snapshot.opening = decode_text(text.substr(0, k_opening), "").text;
    }
}

}  // namespace smallprint::archive
