// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/warc/warc_records.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/io/file.h"
#include "common/model/listing.h"
#include "indexer/archive/decompression.h"
#include "indexer/archive/warc/http_payload.h"
#include "indexer/archive/warc/member_reader.h"
#include "indexer/archive/warc/warc_header.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint::archive {
namespace {

constexpr std::size_t k_pass_chunk = std::size_t{256} << 10U;  // bytes read at once in a pass
constexpr std::size_t k_read_chunk = std::size_t{32} << 10U;   // and for one record
constexpr std::size_t k_scan = std::size_t{64} << 10U;         // bytes searched at once
constexpr std::size_t k_opening_body = 2048;                   // enough to tell text from an image

// How a file is compressed that may begin with garbage.
Result<Compression> detect(const io::FileBytes& bytes) {
    constexpr std::size_t k_searched = std::size_t{1} << 20U;
    TRY_ASSIGN(const std::string head, bytes.read(0, k_searched));
    if (const Compression form = detect_compression(head); form != Compression::none) {
        return form;
    }
    if (starts_record(head) || find_record(head) != std::string::npos) {
        return Compression::none;
    }
    return head.find("\x1F\x8B\x08") != std::string::npos       ? Compression::gzip
           : head.find("\x28\xB5\x2F\xFD") != std::string::npos ? Compression::zstd
                                                                : Compression::none;
}

// The header that comes next, or why it has no end.
struct PeekedHeader {
    std::string bytes;
    std::optional<Trouble> trouble;
};

Result<PeekedHeader> peek_header(MemberReader& reader) {
    PeekedHeader header;
    for (std::size_t wanted = k_record_start;; wanted *= 2) {
        TRY_ASSIGN(const std::string_view view, reader.peek(wanted));
        std::string_view legal = view.substr(0, k_largest_record_header);
        const std::size_t size = record_header_size(legal);
        legal = legal.substr(0, size == 0 ? legal.size() : size);
        // Without this, a header that is cut off would go on in the next record's.
        const bool is_cut = find_record(legal.substr(std::min<std::size_t>(legal.size(), 1))) !=
                            std::string_view::npos;
        if (size != 0 && !is_cut) {
            header.bytes = legal;
            return header;
        }
        if (!is_cut && view.size() > k_largest_record_header) {
            header.trouble = Trouble{
                fmt::format("its header is over the limit of {} bytes", k_largest_record_header),
                SkipKind::limit};
            return header;
        }
        if (is_cut || view.size() < wanted) {
            header.trouble = reader.trouble().value_or(Trouble{"cut off in its header"});
            return header;
        }
    }
}

// Passes over line ends, and says how many there were.
Result<std::size_t> skip_line_ends(MemberReader& reader) {
    std::size_t lines = 0;
    while (true) {
        TRY_ASSIGN(const std::string_view view, reader.peek(16));
        const std::size_t end = std::min(view.find_first_not_of("\r\n"), view.size());
        if (end == 0) {
            return lines;
        }
        lines += static_cast<std::size_t>(std::ranges::count(view.substr(0, end), '\n'));
        TRY(reader.skip(end));
    }
}

}  // namespace

std::string to_string(const RecordPlace& place) {
    return place.inner ? fmt::format("{}+{}", place.offset, *place.inner)
                       : fmt::format("{}", place.offset);
}

WarcRecords::WarcRecords(io::FileBytes bytes, Compression compression,
                         std::uint64_t largest_unpacked)
    : m_bytes(std::move(bytes)), m_compression(compression), m_largest_unpacked(largest_unpacked) {}

Result<WarcRecords> WarcRecords::open(io::FileBytes bytes, std::uint64_t largest_unpacked) {
    TRY_ASSIGN(const Compression compression, detect(bytes));
    WarcRecords records(std::move(bytes), compression, largest_unpacked);
    if (compression == Compression::zstd) {
        TRY(records.read_dictionary());
    }
    records.m_reader = std::make_unique<MemberReader>(records.m_bytes, compression,
                                                      records.m_dictionary, k_pass_chunk);
    return records;
}

RecordPlace WarcRecords::place_here() const {
    if (m_unpacked) {
        return {m_unpacked_from, m_reader->position()};
    }
    return {is_stream() ? m_reader->position() : m_member, std::nullopt};
}

void WarcRecords::note(const RecordPlace& place, Trouble trouble) {
    RecordItem item;
    item.place = place;
    item.trouble = std::move(trouble);
    m_items.push_back(std::move(item));
}

Result<std::optional<RecordItem>> WarcRecords::next() {
    while (m_items.empty()) {
        TRY_ASSIGN(const bool found, go_to_record());
        if (found) {
            TRY(read_record());
        } else if (m_items.empty()) {
            return std::optional<RecordItem>();
        }
    }
    std::optional<RecordItem> item = std::move(m_items.front());
    m_items.pop_front();
    return item;
}

Result<bool> WarcRecords::go_to_record() {
    while (true) {
        if (!is_stream() && !m_in_member) {
            TRY_ASSIGN(const bool found, go_to_member());
            if (!found) {
                return false;
            }
        }
        TRY(skip_line_ends(*m_reader));
        const RecordPlace place = place_here();
        TRY_ASSIGN(const std::string_view view, m_reader->peek(k_record_start));
        if (starts_record(view)) {
            return true;
        }
        TRY_ASSIGN(const Scan scan, scan_for_record());
        if (scan.found && !is_stream()) {
            TRY(unpack());
            continue;
        }
        if (const std::optional<Trouble>& trouble = m_reader->trouble()) {
            note(place, *trouble);
        } else if (scan.passed > 0) {
            note(place, {fmt::format("{} bytes that are no record", scan.passed)});
        }
        if (!is_stream()) {
            TRY(finish_member());
        } else if (!scan.found) {
            return false;
        }
    }
}

Result<WarcRecords::Scan> WarcRecords::scan_for_record() {
    Scan scan;
    // The next record is usually near.
    for (std::size_t wanted = 2 * k_record_start;; wanted = std::min(2 * wanted, k_scan)) {
        TRY_ASSIGN(const std::string_view view, m_reader->peek(wanted));
        const std::size_t at = find_record(view);
        scan.found = at != std::string_view::npos;
        const bool is_last = view.size() < wanted;
        const std::size_t step = scan.found ? at
                                 : is_last  ? view.size()
                                            : view.size() - k_record_start;
        TRY(m_reader->skip(step));
        scan.passed += step;
        if (scan.found || is_last) {
            return scan;
        }
    }
}

Result<void> WarcRecords::read_record() {
    RecordItem item;
    item.place = place_here();
    TRY_ASSIGN(PeekedHeader peeked, peek_header(*m_reader));
    const std::string header = std::move(peeked.bytes);
    if (peeked.trouble) {
        item.trouble = std::move(peeked.trouble);
        TRY_ASSIGN(const std::string_view view, m_reader->peek(k_record_start));
        item.header = salvage_record_header(view.substr(0, k_record_start));
        TRY(m_reader->skip(1));  // so that the search for the next does not find this one
        return recover(std::move(item), m_reader->position());
    }
    TRY(m_reader->skip(header.size()));
    const std::uint64_t after_header = m_reader->position();
    if (auto parsed = parse_record_header(header)) {
        item.header = std::move(*parsed);
        TRY(read_opening(item));
        TRY(pass_block(item));
    } else {
        item.header = salvage_record_header(header);
        item.trouble = Trouble{parsed.error().message};
    }
    if (item.trouble) {
        return recover(std::move(item), after_header);
    }
    if (is_stream()) {
        m_items.push_back(std::move(item));
        return {};
    }
    const RecordPlace place = item.place;
    TRY_ASSIGN(const Scan scan, scan_for_record());
    if (scan.found) {
        return unpack();  // from this record on, so it comes again
    }
    m_items.push_back(std::move(item));
    if (scan.passed > 0) {
        note(place, {fmt::format("{} bytes behind the record that are none", scan.passed)});
    }
    return finish_member();
}

Result<void> WarcRecords::read_opening(RecordItem& item) {
    const auto block = [&](std::string_view view) {
        return view.substr(
            0, static_cast<std::size_t>(std::min<std::uint64_t>(view.size(), item.header.length)));
    };
    TRY_ASSIGN(std::string_view view, m_reader->peek(k_record_start));
    view = block(view);
    std::size_t head = 0;
    if (begins_http_message(view)) {
        const std::size_t begin = view.find_first_not_of("\r\n");
        const auto head_end = [begin](std::string_view text) {
            return std::min({text.find("\r\n\r\n", begin), text.find("\n\n", begin), text.size()});
        };
        if (head_end(view) == view.size()) {
            TRY_ASSIGN(view, m_reader->peek(k_largest_http_head + k_opening_body));
            view = block(view);
        }
        head = head_end(view);
    }
    item.opening = view.substr(0, head + k_opening_body);
    return {};
}

Result<void> WarcRecords::pass_block(RecordItem& item) {
    const std::uint64_t length = item.header.length;
    TRY_ASSIGN(const std::uint64_t passed, m_reader->skip(length));
    if (passed < length) {
        item.trouble = m_reader->trouble().value_or(
            Trouble{fmt::format("cut off: {} of its {} bytes are there", passed, length)});
        return {};
    }
    TRY_ASSIGN(const std::size_t line_ends, skip_line_ends(*m_reader));
    TRY_ASSIGN(const std::string_view view, m_reader->peek(k_record_start));
    const std::size_t usual = item.header.id.empty() ? 1 : 2;  // ARC has one
    if (starts_record(view)) {
        return {};
    }
    if (m_reader->trouble()) {
        item.trouble = m_reader->trouble();
    } else if (!view.empty() && line_ends < usual) {
        item.trouble =
            Trouble{fmt::format("its length of {} does not lead to the next record", length)};
    }
    return {};
}

// Goes to where reading can go on after a record that is not sound.
Result<void> WarcRecords::recover(RecordItem item, std::uint64_t after_header) {
    if (is_stream()) {
        m_reader->start(after_header);
        TRY(scan_for_record());
        m_items.push_back(std::move(item));
        return {};
    }
    TRY_ASSIGN(const bool goes_on, goes_on_in_next_member());
    if (goes_on) {
        return unpack();
    }
    // The member may be a stream of many records, of which this one is not sound.
    m_reader->start(m_member);
    TRY(m_reader->skip(after_header));
    TRY_ASSIGN(const Scan scan, scan_for_record());
    if (scan.found) {
        return unpack();
    }
    m_items.push_back(std::move(item));
    return finish_member();
}

Result<WarcBlock> WarcRecords::read(const RecordPlace& place, std::uint64_t limit) const {
    const bool is_inner = place.inner && m_unpacked;
    MemberReader reader(is_inner ? *m_unpacked : m_bytes,
                        is_inner ? Compression::none : m_compression, m_dictionary, k_read_chunk);
    reader.start(place.inner.value_or(place.offset));
    TRY(skip_line_ends(reader));
    TRY_ASSIGN(const PeekedHeader header, peek_header(reader));
    WarcBlock block;
    TRY_ASSIGN(block.header, parse_record_header(header.bytes));
    if (block.header.length > limit) {
        return fail(ErrorCode::limit,
                    fmt::format("{} bytes, over the limit of {}", block.header.length, limit));
    }
    TRY(reader.skip(header.bytes.size()));
    while (block.bytes.size() < block.header.length) {
        TRY_ASSIGN(std::string_view view, reader.peek(1));
        if (view.empty()) {
            const Trouble trouble = reader.trouble().value_or(Trouble{"cut off"});
            return fail(trouble.kind == SkipKind::limit ? ErrorCode::limit : ErrorCode::input,
                        trouble.reason);
        }
        view = view.substr(0, static_cast<std::size_t>(block.header.length) - block.bytes.size());
        const std::size_t size = view.size();
        block.bytes += view;
        TRY(reader.skip(size));
    }
    return block;
}

}  // namespace smallprint::archive
