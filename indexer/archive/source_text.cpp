// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/source_text.h"

#include "common/model/date.h"
#include "common/model/listing.h"
#include "common/model/snapshot.h"
#include "common/model/wayback_url.h"
#include "common/text/utf8.h"
#include "indexer/archive/charset.h"
#include "indexer/archive/limits.h"

#include <algorithm>
#include <cstddef>
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
    const auto wayback = parse_wayback_url(line.substr(0, end));
    if (!wayback) {
        return;
    }
    facts.source_url = text::repaired_utf8(wayback->original_url);
    facts.archive_url = wayback_address(wayback->captured, facts.source_url);
    // The address has the time of day as well; where it contradicts the date, the date is believed.
    if (!facts.captured || day_of(*facts.captured) == day_of(wayback->captured)) {
        facts.captured = wayback->captured;
    }
}

void complete(std::string& known, const std::string& found) {
    known = known.empty() ? found : known;
}

}  // namespace

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

SourceText make_source(std::string_view bytes, TextForm form, std::string_view declared) {
    DecodedText decoded = decode_text(bytes, declared);
    SourceText source;
    source.form = form;
    source.charset = std::move(decoded.charset);
    source.mojibake = decoded.mojibake;
    source.bytes = std::move(decoded.text);
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
