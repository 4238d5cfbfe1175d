// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/warc/member_reader.h"

#include "common/base/result.h"
#include "common/io/file.h"
#include "common/model/listing.h"
#include "indexer/archive/decompression.h"
#include "indexer/archive/limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint::archive {
namespace {

// Bytes unpacked at once: few where somebody only wants to know what a member begins with.
constexpr std::size_t k_least_room = std::size_t{4} << 10U;
constexpr std::size_t k_room = std::size_t{64} << 10U;

}  // namespace

MemberReader::MemberReader(io::FileBytes bytes, Compression compression, ZstdDictionary dictionary,
                           std::size_t chunk)
    : m_bytes(std::move(bytes)),
      m_decoder(compression == Compression::none
                    ? nullptr
                    : std::make_unique<StreamDecoder>(compression, std::move(dictionary))),
      m_chunk(chunk) {}

void MemberReader::start(std::uint64_t offset) {
    m_start = m_offset = std::min(offset, m_bytes.size());
    m_unpacked = 0;
    m_position = m_decoder == nullptr ? m_start : 0;
    m_buffer.clear();
    m_begin = 0;
    m_ended = false;
    m_trouble.reset();
    if (m_decoder != nullptr) {
        m_decoder->restart();
    }
}

Result<std::string_view> MemberReader::raw(std::uint64_t offset, std::size_t wanted) {
    const std::uint64_t end = m_window_offset + m_window.size();
    const bool is_inside = offset >= m_window_offset && offset <= end;
    const std::uint64_t there = m_bytes.size() - std::min(offset, m_bytes.size());
    if (!is_inside || end - offset < std::min<std::uint64_t>(wanted, there)) {
        TRY_ASSIGN(m_window, m_bytes.read(offset, std::max(wanted, m_chunk)));
        m_window_offset = offset;
    }
    return std::string_view(m_window).substr(static_cast<std::size_t>(offset - m_window_offset));
}

Result<std::string_view> MemberReader::peek(std::size_t wanted) {
    while (available() < wanted && !m_ended) {
        TRY(read_more(std::clamp(wanted - available(), k_least_room, k_room)));
    }
    return std::string_view(m_buffer).substr(m_begin);
}

Result<std::uint64_t> MemberReader::skip(std::uint64_t count) {
    std::uint64_t skipped = 0;
    while (true) {
        const std::uint64_t step = std::min<std::uint64_t>(count - skipped, available());
        m_begin += static_cast<std::size_t>(step);
        skipped += step;
        if (skipped == count || m_ended) {
            break;
        }
        if (m_decoder == nullptr) {  // nothing has to be read
            const std::uint64_t leap = std::min(count - skipped, m_bytes.size() - m_offset);
            m_offset += leap;
            skipped += leap;
            break;
        }
        TRY(read_more(k_room));
    }
    m_position += skipped;
    return skipped;
}

Result<void> MemberReader::read_more(std::size_t room) {
    m_buffer.erase(0, m_begin);
    m_begin = 0;
    if (m_decoder != nullptr) {
        return decode_more(room);
    }
    TRY_ASSIGN(std::string_view bytes, raw(m_offset, 1));
    bytes = bytes.substr(0, room);
    m_buffer += bytes;
    m_offset += bytes.size();
    m_ended = bytes.empty();
    return {};
}

Result<void> MemberReader::decode_more(std::size_t room) {
    TRY_ASSIGN(const std::string_view bytes, raw(m_offset, 1));
    std::string_view input = bytes;
    const std::size_t old_size = m_buffer.size();
    const DecodeState state = m_decoder->decode(input, m_buffer, room);
    const std::size_t taken = bytes.size() - input.size();
    m_offset += taken;
    m_unpacked += m_buffer.size() - old_size;
    if (state == DecodeState::damaged) {
        m_trouble = Trouble{fmt::format("damaged compressed data ({})", m_decoder->damage())};
    } else if (is_bomb(m_offset - m_start, m_unpacked)) {
        m_trouble = Trouble{fmt::format("unpacks to more than {} times its size", k_largest_ratio),
                            SkipKind::limit};
    } else if (state == DecodeState::more && taken == 0 && m_buffer.size() == old_size) {
        m_trouble = Trouble{"compressed data that is cut off"};
    }
    m_ended = state == DecodeState::end || m_trouble.has_value();
    return {};
}

}  // namespace smallprint::archive
