// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/warc/warc_reader.h"

#include "common/base/error.h"
#include "common/base/hash.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/io/file.h"
#include "common/model/date.h"
#include "common/model/listing.h"
#include "common/model/snapshot.h"
#include "common/model/wayback_url.h"
#include "common/text/utf8.h"
#include "indexer/archive/capture_time.h"
#include "indexer/archive/files/file_tree.h"
#include "indexer/archive/limits.h"
#include "indexer/archive/source_text.h"
#include "indexer/archive/warc/http_payload.h"
#include "indexer/archive/warc/revisits.h"
#include "indexer/archive/warc/warc_header.h"
#include "indexer/archive/warc/warc_records.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::archive {
namespace {

// A block has the text, its HTTP header, and what chunks add.
constexpr std::uint64_t k_largest_block = k_largest_text + (std::uint64_t{1} << 20U);

constexpr std::array<std::string_view, 3> k_page_types = {"response", "resource", "conversion"};

// A body with what its header, or the record's, says of it.
struct Page {
    HttpHead head;
    std::string_view body;
};

// An ARC block has an HTTP header or, from HTTP/0.9, none; a resource never has one unless its type
// says so.
Result<Page> parse_page(const RecordHeader& header, std::string_view block) {
    const ContentType type = parse_content_type(header.content_type);
    Page page;
    page.head.status = 200;
    page.head.content_type = type;
    page.body = block;
    const bool is_message =
        type.type == "application/http" ||
        ((header.type == "response" || header.type == "revisit") && begins_http_message(block));
    if (is_message) {
        TRY_ASSIGN(page.head, parse_http_head(block));
        page.body = block.substr(page.head.size);
    }
    return page;
}

// Why a record is left out that is sound but holds no page, by its header alone.
std::string reason_aside(const RecordHeader& header) {
    const bool is_dns = header.target_uri.starts_with("dns:");
    if (is_dns || header.content_type.starts_with("text/dns")) {
        return "dns";
    }
    // Logs, screenshots and texts that crawlers made themselves.
    constexpr std::array<std::string_view, 4> k_schemes = {
        "metadata:", "urn:", "screenshot:", "whois:"};
    for (const std::string_view scheme : k_schemes) {
        if (header.target_uri.starts_with(scheme)) {
            return fmt::format("{} record, not a page", scheme);
        }
    }
    if (std::ranges::find(k_page_types, header.type) != k_page_types.end()) {
        return "";
    }
    constexpr std::array<std::string_view, 3> k_known = {"warcinfo", "request", "metadata"};
    const bool is_known = std::ranges::find(k_known, header.type) != k_known.end();
    return is_known              ? header.type + " record"
           : header.type.empty() ? "record without a type"
                                 : fmt::format("record of unknown type '{}'", header.type);
}

// Of an address in Latin-1 or worse, the bytes as they were asked for.
std::string valid_address(std::string_view address) {
    if (text::is_valid_utf8(address)) {
        return std::string(address);
    }
    std::string valid;
    for (const char c : address) {
        const auto byte = static_cast<unsigned char>(c);
        valid += byte < 0x80 ? std::string(1, c) : fmt::format("%{:02X}", byte);
    }
    return valid;
}

std::string only_a_part(std::string_view reason) {
    return fmt::format("only a part was captured ({})", reason);
}

// Why a record is not the whole of a page.
std::string reason_incomplete(const RecordHeader& header) {
    if (!header.segment.empty() || header.type == "continuation") {
        return fmt::format("segment {} of a record in several; segments are not joined",
                           header.segment.empty() ? "?" : header.segment);
    }
    // Heritrix calls every revisit truncated, since it holds no payload.
    if (!header.truncated.empty() && header.type != "revisit") {
        return only_a_part("WARC-Truncated: " + header.truncated);
    }
    return "";
}

// True if a digest is more than a word about it ("sha1:").
bool is_digest(std::string_view digest) {
    constexpr std::size_t k_shortest = 16;
    return digest.size() >= k_shortest;
}

// Equal bytes are equal text only if they are read the same way.
std::uint64_t text_key(std::string_view digest, const HttpHead& head, TextForm form) {
    std::string key =
        fmt::format("{} {} {}", digest, form == TextForm::html, head.content_type.charset);
    for (const std::string& coding : head.codings) {
        key += ' ' + coding;
    }
    return hash64(key, 4);
}

// Says if a record holds a page, by its header and the opening of its block.
struct Judgement {
    std::string reason;  // why it does not; empty if it does
    SkipKind kind = SkipKind::aside;
    HttpHead head;
    TextForm form = TextForm::markdown;
    std::uint64_t size = 0;  // bytes of the body, as it is coded
};

Judgement reject(std::string reason, SkipKind kind) {
    Judgement judgement;
    judgement.reason = std::move(reason);
    judgement.kind = kind;
    return judgement;
}

Judgement judge_body(const RecordItem& item, const Page& page) {
    const auto body = decode_http_body(page.head, page.body, k_largest_text);
    // A body that is no text by its header alone is said to be so, however it is coded.
    const PageKind kind = page_kind(page.head.content_type, body ? body->bytes : "");
    const bool is_whole = item.opening.size() == item.header.length;
    if (is_whole && (page.body.empty() || (body && body->bytes.empty()))) {
        return reject("empty body", SkipKind::empty);
    }
    if (!kind.not_text.empty()) {
        return reject(kind.not_text, SkipKind::aside);
    }
    if (!body) {
        return reject(body.error().message, skip_kind(body.error()));
    }
    if (is_whole && !body->missing.empty()) {
        return reject(only_a_part(body->missing), SkipKind::unreadable);
    }
    if (item.header.length > k_largest_block) {
        return reject(
            fmt::format("{} bytes, over the limit of {}", item.header.length, k_largest_text),
            SkipKind::limit);
    }
    Judgement judgement;
    judgement.head = page.head;
    judgement.form = kind.form;
    judgement.size = item.header.length - (item.opening.size() - page.body.size());
    return judgement;
}

Judgement judge(const RecordItem& item) {
    if (std::string reason = reason_incomplete(item.header); !reason.empty()) {
        return reject(std::move(reason), SkipKind::unreadable);
    }
    if (std::string reason = reason_aside(item.header); !reason.empty()) {
        return reject(std::move(reason), SkipKind::aside);
    }
    const auto page = parse_page(item.header, item.opening);
    if (!page) {
        return reject(page.error().message, skip_kind(page.error()));
    }
    if (page->head.status != 200) {
        return reject(fmt::format("HTTP status {}", page->head.status), SkipKind::aside);
    }
    return judge_body(item, *page);
}

TextNames names_of(const RecordHeader& header) {
    return {header.id.empty() ? 0 : id_name(header.id),
            is_digest(header.payload_digest) ? digest_name(header.payload_digest) : 0};
}

void note_aside(const RecordHeader& header, std::vector<std::uint64_t>& names) {
    const TextNames known = names_of(header);
    const std::uint64_t moment =
        header.date ? moment_name(valid_address(header.target_uri), *header.date) : 0;
    for (const std::uint64_t name : {known.id, known.digest, moment}) {
        if (name != 0) {
            names.push_back(name);
        }
    }
}

Revisit make_revisit(const RecordItem& item, std::string place) {
    const RecordHeader& header = item.header;
    Revisit revisit;
    revisit.snapshot.facts.place = std::move(place);
    revisit.snapshot.facts.captured = header.date;
    revisit.snapshot.facts.source_url = valid_address(header.target_uri);
    revisit.names = names_of(header);
    revisit.refers_to = header.refers_to.empty() ? 0 : id_name(header.refers_to);
    revisit.same_as = {valid_address(header.refers_to_uri), header.refers_to_date, 0};
    revisit.unmodified = header.profile.ends_with("server-not-modified");
    revisit.snapshot.payload = revisit.unmodified ? 0 : revisit.names.digest;
    if (begins_http_message(item.opening) && !revisit.unmodified) {
        const auto page = parse_page(header, item.opening);
        revisit.not_text = page ? page_kind(page->head.content_type, "").not_text : "";
    }
    return revisit;
}

// A page that was captured from a web archive is of the moment that the archive says, and no later
// capture's.
void complete_from_memento(const HttpHead& head, SnapshotFacts& facts) {
    const auto told = parse_capture_time(head.memento_datetime);
    const auto page = parse_archived_page(facts.source_url);
    if (told && !page && !head.original.empty()) {
        facts.archive_url = std::exchange(facts.source_url, valid_address(head.original));
    }
    const auto of_address = page ? page->captured : std::nullopt;
    const auto captured = told ? told : of_address;
    facts.captured = captured && is_credible(*captured) ? captured : facts.captured;
}

bool is_warc_member(std::string_view path) {
    constexpr std::array<std::string_view, 3> k_endings = {".warc", ".warc.gz", ".warc.zst"};
    const std::string lower = lower_ascii(path);
    return lower.starts_with("archive/") &&
           std::ranges::any_of(k_endings, [&](auto ending) { return lower.ends_with(ending); });
}

}  // namespace

WarcReader::WarcReader(std::string name, io::FileBytes bytes)
    : m_name(std::move(name)), m_bytes(std::move(bytes)) {}

Result<Listing> WarcReader::list() {
    Listing listing;
    m_places.clear();
    TRY_ASSIGN(m_records, WarcRecords::open(m_bytes));
    bool has_records = false;
    while (true) {
        TRY_ASSIGN(std::optional<RecordItem> item, m_records->next());
        if (!item) {
            break;
        }
        has_records = has_records || !item->header.type.empty();
        list_item(std::move(*item), listing);
    }
    if (!has_records) {
        return fail(ErrorCode::input, fmt::format("'{}' holds no WARC record", m_name));
    }
    m_text_numbers = {};
    return listing;
}

void WarcReader::list_item(RecordItem item, Listing& listing) {
    const RecordHeader& header = item.header;
    std::string place = fmt::format("{}@{}", m_name, to_string(item.place));
    if (!header.target_uri.empty()) {
        place += ' ' + valid_address(header.target_uri);
    }
    if (item.trouble) {
        listing.skipped.push_back(
            {std::move(place), std::move(item.trouble->reason), item.trouble->kind});
        return;
    }
    if (header.type == "revisit" && reason_incomplete(header).empty()) {
        listing.revisits.push_back(make_revisit(item, std::move(place)));
        return;
    }
    const std::size_t before = listing.snapshots.size();
    list_page(item, std::move(place), listing);
    const bool has_text = listing.snapshots.size() > before;
    // A request or metadata has the address and the moment of the page it came with.
    const bool is_page = std::ranges::find(k_page_types, header.type) != k_page_types.end();
    if (has_text) {
        listing.names.push_back(names_of(header));
    } else if (is_page) {
        note_aside(header, listing.names_aside);
    }
}

void WarcReader::list_page(const RecordItem& item, std::string place, Listing& listing) {
    Judgement judgement = judge(item);
    if (!judgement.reason.empty()) {
        listing.skipped.push_back({std::move(place), std::move(judgement.reason), judgement.kind});
        return;
    }
    const RecordHeader& header = item.header;
    ListedSnapshot snapshot;
    snapshot.facts.captured = header.date;
    snapshot.facts.source_url = valid_address(header.target_uri);
    snapshot.facts.place = std::move(place);
    complete_from_memento(judgement.head, snapshot.facts);
    snapshot.size = judgement.size;
    if (is_digest(header.payload_digest)) {
        snapshot.payload = digest_name(header.payload_digest);
        snapshot.text_number =
            number_text(text_key(header.payload_digest, judgement.head, judgement.form));
    }
    snapshot.locator = m_places.size();
    m_places.push_back(item.place);
    listing.snapshots.push_back(std::move(snapshot));
}

std::uint64_t WarcReader::number_text(std::uint64_t text) {
    return m_text_numbers.try_emplace(text, ++m_texts).first->second;
}

Result<SourceText> WarcReader::read(const ListedSnapshot& snapshot) const {
    const RecordPlace& place = m_places[static_cast<std::size_t>(snapshot.locator)];
    if (!m_records) {
        return fail(ErrorCode::input, "the archive was not listed");
    }
    TRY_ASSIGN(const WarcBlock block, m_records->read(place, k_largest_block));
    TRY_ASSIGN(const Page page, parse_page(block.header, block.bytes));
    TRY_ASSIGN(const HttpBody body, decode_http_body(page.head, page.body, k_largest_text));
    const PageKind kind = page_kind(page.head.content_type, body.bytes);
    if (!kind.not_text.empty()) {
        return fail(ErrorCode::input, kind.not_text);
    }
    if (!body.missing.empty()) {
        return fail(ErrorCode::input, only_a_part(body.missing));
    }
    return make_source(body.bytes, kind.form, page.head.content_type.charset);
}

bool is_wacz(const FileTree& tree) {
    const auto& files = tree.files();
    return std::ranges::find(files, "datapackage.json", &TreeFile::path) != files.end() &&
           std::ranges::any_of(files, is_warc_member, &TreeFile::path);
}

WaczContents open_wacz(std::string_view name, const FileTree& tree) {
    WaczContents contents;
    for (const Skipped& skipped : tree.skipped()) {
        contents.skipped.push_back(
            {fmt::format("{}/{}", name, skipped.place), skipped.reason, skipped.kind});
    }
    for (std::size_t i = 0; i < tree.files().size(); ++i) {
        const TreeFile& file = tree.files()[i];
        std::string place = fmt::format("{}/{}", name, file.path);
        if (!is_warc_member(file.path)) {
            contents.skipped.push_back(
                {std::move(place), "describes the WACZ file", SkipKind::aside});
            continue;
        }
        auto bytes = tree.open(i);
        if (!bytes) {
            const bool is_limit = bytes.error().code == ErrorCode::limit;
            contents.skipped.push_back({std::move(place), bytes.error().message,
                                        is_limit ? SkipKind::limit : SkipKind::unreadable});
            continue;
        }
        contents.readers.push_back(
            std::make_unique<WarcReader>(std::move(place), std::move(*bytes)));
    }
    return contents;
}

}  // namespace smallprint::archive
