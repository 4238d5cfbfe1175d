// SPDX-License-Identifier: GPL-2.0-or-later
//
// The half of WarcRecords that knows about compressed members.

#include "common/base/result.h"
#include "common/io/file.h"
#include "common/io/scratch.h"
#include "common/model/listing.h"
#include "indexer/archive/decompression.h"
#include "indexer/archive/warc/member_reader.h"
#include "indexer/archive/warc/warc_header.h"
#include "indexer/archive/warc/warc_records.h"

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

constexpr std::size_t k_pass_chunk = std::size_t{256} << 10U;  // bytes read at once
constexpr std::size_t k_largest_dictionary = std::size_t{2} << 20U;
// Hostile bytes could look like members that begin every few bytes and all end in damage; these
// bound the work that is done again.
constexpr std::uint64_t k_most_times_read = 4;  // on average, a byte of a file
constexpr std::size_t k_probed = 1024;          // bytes, of what may be a member
constexpr std::size_t k_probed_text = 1024;     // bytes, of what comes out of it

std::uint32_t little_endian(std::string_view bytes) {
    std::uint32_t number = 0;
    for (std::size_t i = 4; i-- > 0;) {
        number = number << 8U | static_cast<unsigned char>(bytes[i]);
    }
    return number;
}

// A dictionary may be compressed itself. Empty where it is not what it should be.
std::string unpacked_dictionary(std::string bytes) {
    if (!bytes.starts_with("\x28\xB5\x2F\xFD")) {
        return bytes;
    }
    std::string unpacked;
    std::string_view input = bytes;
    StreamDecoder decoder(Compression::zstd);
    const DecodeState state = decoder.decode(input, unpacked, k_largest_dictionary);
    return state == DecodeState::end ? unpacked : "";
}

}  // namespace

// "A WARC file compressed with Zstandard" (IIPC): the file's first frame is skippable, of the type
// 0x184D2A5D, and holds the dictionary of all others.
Result<void> WarcRecords::read_dictionary() {
    constexpr std::size_t k_frame_header = 8;
    TRY_ASSIGN(const std::string header, m_bytes.read(0, k_frame_header));
    if (header.size() < k_frame_header || !header.starts_with("\x5D\x2A\x4D\x18")) {
        return {};
    }
    const std::size_t size = little_endian(std::string_view(header).substr(4));
    if (size > k_largest_dictionary) {
        note({}, {fmt::format("a zstd dictionary of {} bytes, over the limit of {}", size,
                              k_largest_dictionary),
                  SkipKind::limit});
        return {};
    }
    TRY_ASSIGN(std::string bytes, m_bytes.read(k_frame_header, size));
    const std::string dictionary = unpacked_dictionary(std::move(bytes));
    if (!dictionary.empty()) {
        m_dictionary = make_zstd_dictionary(dictionary);
    }
    if (m_dictionary == nullptr) {
        note({}, {"a zstd dictionary that is damaged or unpacks to more than 2 MB"});
    }
    return {};
}

Result<bool> WarcRecords::go_to_member() {
    TRY_ASSIGN(const std::string_view view, m_reader->raw(m_member, 4));
    if (view.empty()) {
        return false;
    }
    if (detect_compression(view) != m_compression) {
        TRY_ASSIGN(const std::uint64_t next, find_member(m_member + 1));
        note({m_member, std::nullopt},
             {fmt::format("{} bytes that are no compressed record", next - m_member)});
        m_member = next;
        if (m_member == m_bytes.size()) {
            return false;
        }
    }
    m_reader->start(m_member);
    m_in_member = true;
    return true;
}

// Anything that was wrong with it, if anything, has been noted.
Result<void> WarcRecords::finish_member() {
    m_in_member = false;
    std::uint64_t next = m_reader->file_offset();
    if (m_reader->trouble()) {
        // Damaged data can be taken for longer than it was: what follows may have been eaten.
        m_read_twice += next - m_member;
        const bool again = m_read_twice / k_most_times_read <= m_bytes.size();
        TRY_ASSIGN(next, find_member(again ? m_member + 1 : next));
    }
    m_member = next;
    return {};
}

// Finds where the next member begins that holds a record; the file's size if none does.
Result<std::uint64_t> WarcRecords::find_member(std::uint64_t from) {
    const std::string_view magic =
        m_compression == Compression::gzip ? "\x1F\x8B\x08" : "\x28\xB5\x2F\xFD";
    while (true) {
        TRY_ASSIGN(std::string_view view, m_reader->raw(from, magic.size()));
        if (view.size() < magic.size()) {
            return m_bytes.size();
        }
        const std::size_t at = view.find(magic);
        if (at == std::string_view::npos) {
            from += view.size() - magic.size() + 1;
            continue;
        }
        from += at;
        TRY_ASSIGN(const bool found, begins_record(from));
        if (found) {
            return from;
        }
        ++from;
    }
}

// Looks no further than a sound member needs: the name in a gzip header, for one, may be as long
// as the file.
Result<bool> WarcRecords::begins_record(std::uint64_t offset) {
    TRY_ASSIGN(std::string_view input, m_reader->raw(offset, k_probed));
    input = input.substr(0, k_probed);
    if (m_probe == nullptr) {
        m_probe = std::make_unique<StreamDecoder>(m_compression, m_dictionary);
    }
    m_probe->restart();
    std::string text;
    DecodeState state = DecodeState::more;
    while (state == DecodeState::more && !input.empty() && text.size() < k_probed_text) {
        state = m_probe->decode(input, text, k_probed_text - text.size());
    }
    return starts_record(text);
}

// True if the member that ends here ends within a record whose rest the next one has. Moves the
// reader.
Result<bool> WarcRecords::goes_on_in_next_member() {
    TRY_ASSIGN(std::string_view view, m_reader->peek(k_largest_record_header));
    const std::uint64_t next = m_reader->file_offset();
    const bool ends = view.size() < k_largest_record_header && !m_reader->trouble();
    if (!ends || find_record(view) != std::string_view::npos) {
        return false;
    }
    TRY_ASSIGN(view, m_reader->raw(next, 4));
    if (detect_compression(view) != m_compression) {
        return false;
    }
    m_reader->start(next);
    TRY_ASSIGN(view, m_reader->peek(k_record_start));
    view = view.substr(std::min(view.find_first_not_of("\r\n"), view.size()));
    return !view.empty() && !starts_record(view);
}

// Turns what is left of the file, from the member that is being read, into one stream on disk.
Result<void> WarcRecords::unpack() {
    TRY_ASSIGN(io::ScratchFile scratch, io::ScratchFile::create());
    const std::uint64_t begin = m_member;
    m_in_member = false;
    while (true) {
        TRY_ASSIGN(const bool found, go_to_member());
        if (!found) {
            break;
        }
        TRY_ASSIGN(const bool has_room, unpack_member(scratch));
        if (!has_room) {
            note({m_member, std::nullopt},
                 {fmt::format("unpacks to more than {} bytes; the rest is not read",
                              m_largest_unpacked),
                  SkipKind::limit});
            break;
        }
        if (const std::optional<Trouble>& trouble = m_reader->trouble()) {
            note({m_member, std::nullopt}, *trouble);
        }
        TRY(finish_member());
    }
    TRY_ASSIGN(m_unpacked, std::move(scratch).finish());
    m_unpacked_from = begin;
    m_reader =
        std::make_unique<MemberReader>(*m_unpacked, Compression::none, nullptr, k_pass_chunk);
    return {};
}

// False when the limit is reached.
Result<bool> WarcRecords::unpack_member(io::ScratchFile& scratch) {
    while (true) {
        TRY_ASSIGN(const std::string_view view, m_reader->peek(k_pass_chunk));
        if (view.empty()) {
            return true;
        }
        const std::uint64_t room = m_largest_unpacked - scratch.size();
        const std::size_t size =
            static_cast<std::size_t>(std::min<std::uint64_t>(room, view.size()));
        TRY(scratch.append(view.substr(0, size)));
        if (size < view.size()) {
            return false;
        }
        TRY(m_reader->skip(size));
    }
}

}  // namespace smallprint::archive
