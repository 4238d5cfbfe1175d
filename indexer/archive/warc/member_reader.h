// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/io/file.h"
#include "common/model/listing.h"
#include "indexer/archive/decompression.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace smallprint::archive {

// Why something in a file could not be read.
struct Trouble {
    std::string reason;
    SkipKind kind = SkipKind::unreadable;
};

// Reads forward through one member of a file (a gzip member, a zstd frame) or, uncompressed,
// through the file itself, with constant memory. Errors are those of the system; what is wrong with
// the bytes is their trouble. Views hold until the next call.
class MemberReader {
public:
    // `chunk`: bytes read at once.
    MemberReader(io::FileBytes bytes, Compression compression, ZstdDictionary dictionary,
                 std::size_t chunk);

    // Begins with the member at this offset of the file.
    void start(std::uint64_t offset);

    // Returns what comes next, at least `wanted` bytes of it; fewer only at the end.
    Result<std::string_view> peek(std::size_t wanted);

    // Passes over `count` bytes and says how many there were.
    Result<std::uint64_t> skip(std::uint64_t count);

    // Bytes of the member passed so far; where nothing is compressed, the offset in the file.
    std::uint64_t position() const { return m_position; }

    // The offset in the file of the next byte that was not needed yet; at a member's end, of what
    // follows.
    std::uint64_t file_offset() const { return m_offset; }

    // The trouble that ended the member early, once peek() or skip() came upon it.
    const std::optional<Trouble>& trouble() const { return m_trouble; }

    // The bytes of the file, as they are.
    Result<std::string_view> raw(std::uint64_t offset, std::size_t wanted);

    std::uint64_t file_size() const { return m_bytes.size(); }

private:
    std::size_t available() const { return m_buffer.size() - m_begin; }

    Result<void> read_more(std::size_t room);
    Result<void> decode_more(std::size_t room);

    io::FileBytes m_bytes;
    std::unique_ptr<StreamDecoder> m_decoder;  // null where nothing is compressed
    std::size_t m_chunk;
    std::string m_window;  // of the file
    std::uint64_t m_window_offset = 0;
    std::uint64_t m_start = 0;
    std::uint64_t m_offset = 0;
    std::uint64_t m_unpacked = 0;  // bytes of the member
    std::uint64_t m_position = 0;
    std::string m_buffer;  // unpacked and not passed yet, from m_begin on
    std::size_t m_begin = 0;
    bool m_ended = false;
    std::optional<Trouble> m_trouble;
};

}  // namespace smallprint::archive
