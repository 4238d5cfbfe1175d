// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/files/packed_stream.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/io/file_bytes.h"
#include "indexer/archive/decompression.h"

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint {
namespace {

constexpr std::size_t k_window = std::size_t{1} << 18U;
constexpr std::size_t k_room = std::size_t{1} << 18U;
constexpr std::size_t k_mark = 4;  // bytes that tell the form

}  // namespace

PackedStream::PackedStream(FileBytes packed, Compression compression)
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
        TRY_ASSIGN(m_window, m_packed.read(m_at, k_window));
        m_at += m_window.size();
        m_used = 0;
    }
    return {};
}

Result<void> PackedStream::decode() {
    TRY(fill());
    std::string_view input = std::string_view(m_window).substr(m_used);
    const std::size_t given = input.size();
    const DecodeState state = m_decoder.decode(input, m_piece, k_room);
    m_used += given - input.size();
    if (state == DecodeState::damaged) {
        m_damage = fmt::format("damaged compressed data ({})", m_decoder.damage());
        m_ended = true;
    } else if (state == DecodeState::end) {
        TRY_ASSIGN(const bool goes_on, begins_member());
        m_ended = !goes_on;
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
    return compression_of(std::string_view(m_window).substr(m_used)) == m_compression;
}

}  // namespace smallprint
