// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/io/file.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct ZSTD_DDict_s;

namespace smallprint::archive {

enum class Compression : std::uint8_t {
    none,     // only where a file is asked how it is compressed; no StreamDecoder knows it
    gzip,     // RFC 1952, one member
    zlib,     // RFC 1950
    deflate,  // RFC 1951, without any frame
    zstd,     // RFC 8878, one frame
    brotli,   // RFC 7932; nothing in its bytes says so
};

// By its first four bytes; none if they are those of neither gzip nor zstd.
Compression detect_compression(std::string_view bytes);

// May be used by several threads at once. Null: no dictionary.
using ZstdDictionary = std::shared_ptr<const ZSTD_DDict_s>;

// Null for bytes that are no dictionary.
ZstdDictionary make_zstd_dictionary(std::string_view bytes);

enum class DecodeState : std::uint8_t {
    more,     // wants more input, or more room
    end,      // of the member or frame; its checksum, if it has one, is right
    damaged,  // what came out until then may be wrong
};

// Undoes a compression piece by piece. What a stream says of its own size is never believed, and a
// zstd window is 128 MB at most, a brotli one 16 MB.
class StreamDecoder {
public:
    explicit StreamDecoder(Compression compression, ZstdDictionary dictionary = nullptr);
    ~StreamDecoder();
    StreamDecoder(const StreamDecoder&) = delete;
    StreamDecoder& operator=(const StreamDecoder&) = delete;
    StreamDecoder(StreamDecoder&&) = delete;
    StreamDecoder& operator=(StreamDecoder&&) = delete;

    // Takes bytes off the front of `input` and appends at most `room` bytes to `out`.
    DecodeState decode(std::string_view& input, std::string& out, std::size_t room);

    // Returns what the library says about the damage.
    std::string damage() const;

    // For the next member or frame.
    void restart();

private:
    struct Context;
    DecodeState decode_zlib(std::string_view& input, std::string& out, std::size_t room);
    DecodeState decode_zstd(std::string_view& input, std::string& out, std::size_t room);
    DecodeState decode_brotli(std::string_view& input, std::string& out, std::size_t room);

    std::unique_ptr<Context> m_context;
};

// Yields what a file in gzip or zstd form unpacks to, all its members or frames one behind the
// other. Checksums are verified, and what stands before a damage is handed out before the damage is
// told, neither of which libarchive does with gzip.
class PackedStream {
public:
    // `compression`: gzip or zstd.
    PackedStream(io::FileBytes packed, Compression compression);

    // The next bytes, empty at the end of the last member. They live until the next call.
    // ErrorCode::input for damage.
    Result<std::string_view> read();

    // At the end: bytes of the file that stand behind it and belong to no member. Zeros, as tapes
    // fill their blocks, are none.
    std::uint64_t behind() const { return m_behind; }

private:
    Result<void> fill();
    Result<void> decode();
    Result<bool> begins_member();
    Result<void> find_behind();

    io::FileBytes m_packed;
    Compression m_compression;
    StreamDecoder m_decoder;
    std::uint64_t m_at = 0;  // in the file: behind m_window
    std::string m_window;    // of the file
    std::size_t m_used = 0;  // bytes of it
    std::string m_piece;
    std::string m_damage;
    bool m_ended = false;
    std::uint64_t m_behind = 0;
};

struct Unpacked {
    std::string bytes;
    bool is_cut = false;       // what was compressed breaks off
    std::uint64_t behind = 0;  // bytes behind what was compressed; zeros at the end are none
};

// Undoes a compression of bytes in memory, of all members or frames that follow one another.
// ErrorCode::input for damage, ErrorCode::limit for more than `limit` bytes and for bombs.
Result<Unpacked> unpack(Compression form, std::string_view bytes, std::uint64_t limit);

// True if it is worth a try to unpack them.
bool may_be_compressed(std::string_view bytes);

// The same for whatever text has been compressed with and nobody says so, once or several times:
// gzip, zstd or zlib, by its first bytes. Other bytes are returned as they are.
Result<Unpacked> unpack_unlabelled(std::string bytes, std::uint64_t limit);

// True if so little that unpacks to so much must be a bomb (limits.h).
bool is_bomb(std::uint64_t compressed, std::uint64_t unpacked);

}  // namespace smallprint::archive
