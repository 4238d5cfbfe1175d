// SPDX-License-Identifier: GPL-2.0-or-later
#define ZLIB_CONST  // zlib does not write to its input

#include "indexer/archive/decompression.h"

#include "common/base/error.h"
#include "common/base/owned.h"
#include "common/base/result.h"
#include "common/io/file.h"
#include "indexer/archive/limits.h"

#include <fmt/format.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <brotli/decode.h>
#include <zlib.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint::archive {
namespace {

constexpr int k_largest_window_log = 27;                      // of zstd
constexpr int k_window_bits = 15;                             // of zlib, the most there are
constexpr std::size_t k_room = std::size_t{64} << 10U;        // bytes unpacked at once
constexpr std::size_t k_file_window = std::size_t{1} << 18U;  // bytes read of a file at once
constexpr std::size_t k_file_room = std::size_t{1} << 18U;    // bytes unpacked of it at once
constexpr std::size_t k_mark = 4;                             // bytes that tell gzip and zstd
constexpr int k_most_layers = 4;                              // of compression, one upon the other

using Brotli = Owned<BrotliDecoderState, BrotliDecoderDestroyInstance>;

Brotli make_brotli() {
    return own<BrotliDecoderDestroyInstance>(
        BrotliDecoderCreateInstance(nullptr, nullptr, nullptr));
}

// zlib's number for the form of the stream.
int window_bits(Compression compression) {
    constexpr int k_gzip = 16;
    return compression == Compression::gzip      ? k_gzip + k_window_bits
           : compression == Compression::deflate ? -k_window_bits
                                                 : k_window_bits;
}

// With the largest window, which is what everybody uses.
bool begins_as_zlib(std::string_view bytes) {
    return bytes.starts_with("\x78\x01") || bytes.starts_with("\x78\x5E") ||
           bytes.starts_with("\x78\x9C") || bytes.starts_with("\x78\xDA");
}

}  // namespace

Compression detect_compression(std::string_view bytes) {
    if (bytes.starts_with("\x1F\x8B\x08")) {
        return Compression::gzip;
    }
    const bool is_skippable = bytes.size() >= 4 &&
                              (static_cast<unsigned char>(bytes[0]) >> 4U) == 5 &&
                              bytes.substr(1).starts_with("\x2A\x4D\x18");
    return is_skippable || bytes.starts_with("\x28\xB5\x2F\xFD") ? Compression::zstd
                                                                 : Compression::none;
}

ZstdDictionary make_zstd_dictionary(std::string_view bytes) {
    return {ZSTD_createDDict(bytes.data(), bytes.size()), [](const ZSTD_DDict* dictionary) {
                ZSTD_freeDDict(const_cast<ZSTD_DDict*>(dictionary));  // NOLINT: zstd's signature
            }};
}

struct StreamDecoder::Context {
    Compression compression;
    z_stream zlib = {};
    Owned<ZSTD_DCtx, ZSTD_freeDCtx> zstd;
    Brotli brotli;
    ZstdDictionary dictionary;
    std::string damage;
};

StreamDecoder::StreamDecoder(Compression compression, ZstdDictionary dictionary)
    : m_context(std::make_unique<Context>()) {
    m_context->compression = compression;
    m_context->dictionary = std::move(dictionary);
    if (compression == Compression::zstd) {
        m_context->zstd = own<ZSTD_freeDCtx>(ZSTD_createDCtx());
        ZSTD_DCtx_setParameter(m_context->zstd.get(), ZSTD_d_windowLogMax, k_largest_window_log);
        ZSTD_DCtx_refDDict(m_context->zstd.get(), m_context->dictionary.get());
    } else if (compression == Compression::brotli) {
        m_context->brotli = make_brotli();
    } else if (inflateInit2(&m_context->zlib, window_bits(compression)) != Z_OK) {
        throw std::bad_alloc();  // with this version of zlib, nothing else can go wrong
    }
}

StreamDecoder::~StreamDecoder() {
    if (m_context->zstd == nullptr && m_context->brotli == nullptr) {
        inflateEnd(&m_context->zlib);
    }
}

DecodeState StreamDecoder::decode(std::string_view& input, std::string& out, std::size_t room) {
    switch (m_context->compression) {
    case Compression::zstd:
        return decode_zstd(input, out, room);
    case Compression::brotli:
        return decode_brotli(input, out, room);
    case Compression::none:
    case Compression::gzip:
    case Compression::zlib:
    case Compression::deflate:
        break;
    }
    return decode_zlib(input, out, room);
}

DecodeState StreamDecoder::decode_zlib(std::string_view& input, std::string& out,
                                       std::size_t room) {
    constexpr std::size_t k_most = std::numeric_limits<unsigned>::max();
    z_stream& stream = m_context->zlib;
    const std::size_t given = std::min(input.size(), k_most);
    const std::size_t old_size = out.size();
    room = std::min(room, k_most);
    out.resize(old_size + room);
    stream.next_in = reinterpret_cast<const unsigned char*>(input.data());
    stream.avail_in = static_cast<unsigned>(given);
    stream.next_out = reinterpret_cast<unsigned char*>(out.data() + old_size);
    stream.avail_out = static_cast<unsigned>(room);
    const int result = inflate(&stream, Z_NO_FLUSH);
    input.remove_prefix(given - stream.avail_in);
    out.resize(old_size + room - stream.avail_out);
    if (result == Z_MEM_ERROR) {
        throw std::bad_alloc();
    }
    if (result == Z_OK || result == Z_BUF_ERROR) {
        return DecodeState::more;
    }
    if (result == Z_STREAM_END) {
        return DecodeState::end;
    }
    m_context->damage = stream.msg != nullptr ? stream.msg : "needs a dictionary";
    return DecodeState::damaged;
}

DecodeState StreamDecoder::decode_zstd(std::string_view& input, std::string& out,
                                       std::size_t room) {
    const std::size_t old_size = out.size();
    out.resize(old_size + room);
    ZSTD_inBuffer in = {input.data(), input.size(), 0};
    ZSTD_outBuffer unpacked = {out.data() + old_size, room, 0};
    const std::size_t result = ZSTD_decompressStream(m_context->zstd.get(), &unpacked, &in);
    input.remove_prefix(in.pos);
    out.resize(old_size + unpacked.pos);
    if (ZSTD_getErrorCode(result) == ZSTD_error_memory_allocation) {
        throw std::bad_alloc();
    }
    if (ZSTD_isError(result) != 0U) {
        m_context->damage = ZSTD_getErrorName(result);
        return DecodeState::damaged;
    }
    return result == 0 ? DecodeState::end : DecodeState::more;
}

DecodeState StreamDecoder::decode_brotli(std::string_view& input, std::string& out,
                                         std::size_t room) {
    BrotliDecoderState* state = m_context->brotli.get();
    const std::size_t old_size = out.size();
    out.resize(old_size + room);
    std::size_t left = input.size();
    std::size_t free = room;
    const auto* next_in = reinterpret_cast<const std::uint8_t*>(input.data());
    auto* next_out = reinterpret_cast<std::uint8_t*>(out.data() + old_size);
    const BrotliDecoderResult result =
        BrotliDecoderDecompressStream(state, &left, &next_in, &free, &next_out, nullptr);
    input.remove_prefix(input.size() - left);
    out.resize(old_size + room - free);
    if (result == BROTLI_DECODER_RESULT_ERROR) {
        const BrotliDecoderErrorCode code = BrotliDecoderGetErrorCode(state);
        if (code <= BROTLI_DECODER_ERROR_ALLOC_CONTEXT_MODES &&
            code >= BROTLI_DECODER_ERROR_ALLOC_BLOCK_TYPE_TREES) {
            throw std::bad_alloc();
        }
        m_context->damage = BrotliDecoderErrorString(code);
        return DecodeState::damaged;
    }
    return result == BROTLI_DECODER_RESULT_SUCCESS ? DecodeState::end : DecodeState::more;
}

std::string StreamDecoder::damage() const {
    return m_context->damage;
}

void StreamDecoder::restart() {
    m_context->damage.clear();
    if (m_context->zstd != nullptr) {
        ZSTD_DCtx_reset(m_context->zstd.get(), ZSTD_reset_session_only);
    } else if (m_context->brotli != nullptr) {
        m_context->brotli = make_brotli();
    } else {
        inflateReset(&m_context->zlib);
    }
}

PackedStream::PackedStream(io::FileBytes packed, Compression compression)
    : m_packed(std::move(packed)), m_compression(compression), m_decoder(compression) {}

Result<std::string_view> PackedStream::read() {
    m_piece.clear();
    while (m_piece.empty() && !m_ended) {
        TRY(decode());
    }
    if (m_piece.empty() && !m_damage.empty()) {
        return fail(ErrorCode::input, m_damage);
    }
    return std::string_view(m_piece);
}

// Sees to it that there is something in the window unless the file is at its end.
Result<void> PackedStream::fill() {
    if (m_used == m_window.size()) {
        TRY_ASSIGN(m_window, m_packed.read(m_at, k_file_window));
        m_at += m_window.size();
        m_used = 0;
    }
    return {};
}

Result<void> PackedStream::decode() {
    TRY(fill());
    std::string_view input = std::string_view(m_window).substr(m_used);
    const std::size_t given = input.size();
    const DecodeState state = m_decoder.decode(input, m_piece, k_file_room);
    m_used += given - input.size();
    if (state == DecodeState::damaged) {
        m_damage = fmt::format("damaged compressed data ({})", m_decoder.damage());
        m_ended = true;
    } else if (state == DecodeState::end) {
        TRY_ASSIGN(const bool goes_on, begins_member());
        m_ended = !goes_on;
        TRY(goes_on ? Result<void>() : find_behind());
        m_decoder.restart();
    } else if (given == 0 && m_piece.empty()) {
        m_damage = "compressed data that is cut off";
        m_ended = true;
    }
    return {};
}

Result<bool> PackedStream::begins_member() {
    if (m_window.size() - m_used < k_mark) {
        m_at -= m_window.size() - m_used;
        m_used = m_window.size();
        TRY(fill());
    }
    return detect_compression(std::string_view(m_window).substr(m_used)) == m_compression;
}

Result<void> PackedStream::find_behind() {
    m_behind = m_packed.size() - (m_at - (m_window.size() - m_used));
    for (bool is_blank = true; is_blank && m_behind > 0;) {
        TRY(fill());
        const std::string_view rest = std::string_view(m_window).substr(m_used);
        is_blank = rest.find_first_not_of('\0') == std::string_view::npos;
        m_used = m_window.size();
        m_behind -= is_blank ? rest.size() : 0;
    }
    return {};
}

Result<Unpacked> unpack(Compression form, std::string_view bytes, std::uint64_t limit) {
    Unpacked unpacked;
    StreamDecoder decoder(form);
    std::string_view rest = bytes;
    while (true) {
        const std::size_t left = rest.size();
        const std::size_t old_size = unpacked.bytes.size();
        const DecodeState state = decoder.decode(rest, unpacked.bytes, k_room);
        if (unpacked.bytes.size() > limit) {
            return fail(ErrorCode::limit,
                        fmt::format("its text is over the limit of {} bytes", limit));
        }
        if (is_bomb(bytes.size() - rest.size(), unpacked.bytes.size())) {
            return fail(ErrorCode::limit, fmt::format("its text unpacks to more than {} times its "
                                                      "size",
                                                      k_largest_ratio));
        }
        if (state == DecodeState::damaged) {
            return fail(ErrorCode::input,
                        fmt::format("its text is damaged compressed data ({})", decoder.damage()));
        }
        if (state == DecodeState::end) {
            if (detect_compression(rest) != form) {
                unpacked.behind = rest.substr(0, rest.find_last_not_of('\0') + 1).size();
                return unpacked;
            }
            decoder.restart();
        } else if (rest.size() == left && unpacked.bytes.size() == old_size) {
            unpacked.is_cut = true;
            return unpacked;
        }
    }
}

bool may_be_compressed(std::string_view bytes) {
    return begins_as_zlib(bytes) || detect_compression(bytes) != Compression::none;
}

Result<Unpacked> unpack_unlabelled(std::string bytes, std::uint64_t limit) {
    Unpacked unpacked{std::move(bytes)};
    for (int layers = 0; !unpacked.is_cut; ++layers) {
        const bool may_be_zlib = begins_as_zlib(unpacked.bytes);
        const Compression form =
            may_be_zlib ? Compression::zlib : detect_compression(unpacked.bytes);
        if (form == Compression::none) {
            break;
        }
        if (layers == k_most_layers) {
            return fail(ErrorCode::limit,
                        fmt::format("its text is compressed more than {} times over", layers));
        }
        auto inner = unpack(form, unpacked.bytes, limit);
        if (!inner && may_be_zlib && inner.error().code == ErrorCode::input) {
            break;  // a text that begins with "x^"
        }
        const std::uint64_t behind = unpacked.behind;
        TRY_ASSIGN(unpacked, std::move(inner));
        unpacked.behind += behind;
    }
    return unpacked;
}

bool is_bomb(std::uint64_t compressed, std::uint64_t unpacked) {
    return unpacked > k_ratio_floor && unpacked / k_largest_ratio > compressed;
}

}  // namespace smallprint::archive
