// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/git/git_pack_index.h"

#include "common/base/error.h"
#include "common/base/result.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

//   index = magic, version = 2:u32, fan_out = 256 x u32, names = n x 20 bytes, crcs = n x u32,
//           offsets = n x u32, far = m x u64, checksum of the pack, checksum of the index
//   an offset with its highest bit set is a number into `far`; all numbers are big-endian
constexpr std::string_view k_magic = "\377tOc";
constexpr std::size_t k_fan_out = 8;
constexpr std::size_t k_names = k_fan_out + std::size_t{256} * 4;
constexpr std::size_t k_bytes_of_object = 20 + 4 + 4;
constexpr std::size_t k_checksums = 40;
constexpr std::uint64_t k_pack_header = 12;
constexpr std::uint64_t k_pack_checksum = 20;
constexpr std::uint64_t k_is_far = 0x80000000U;

std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint64_t number = 0;
    for (const char byte : bytes.substr(at, size)) {
        number = number << 8U | static_cast<unsigned char>(byte);
    }
    return number;
}

Failure bad_index() {
    return fail(ErrorCode::input, "its index is damaged or of a form that is not known",
                "git index-pack makes a new one");
}

// Where the objects begin in the pack; nothing if one would begin outside.
Result<std::vector<std::uint64_t>> offsets_of(std::string_view index, std::size_t objects,
                                              std::uint64_t pack) {
    const std::size_t table = k_names + objects * (20 + 4);
    const std::size_t far = table + objects * 4;
    const std::size_t far_count = (index.size() - k_checksums - far) / 8;
    std::vector<std::uint64_t> offsets;
    offsets.reserve(objects);
    for (std::size_t i = 0; i < objects; ++i) {
        std::uint64_t offset = number_at(index, table + i * 4, 4);
        if ((offset & k_is_far) != 0) {
            const std::size_t row = offset & ~k_is_far;
            if (row >= far_count) {
                return bad_index();
            }
            offset = number_at(index, far + row * 8, 8);
        }
        if (offset < k_pack_header || offset + k_pack_checksum >= pack || offset >= pack) {
            return bad_index();
        }
        offsets.push_back(offset);
    }
    return offsets;
}

}  // namespace

Result<void> check_pack_index(std::string_view index, std::uint64_t pack) {
    if (index.size() < k_names + k_checksums || !index.starts_with(k_magic) ||
        number_at(index, k_magic.size(), 4) != 2) {
        return bad_index();
    }
    std::uint64_t objects = 0;
    for (std::size_t i = 0; i < 256; ++i) {
        const std::uint64_t up_to = number_at(index, k_fan_out + i * 4, 4);
        if (up_to < objects) {
            return bad_index();
        }
        objects = up_to;
    }
    const std::size_t room = index.size() - k_names - k_checksums;
    if (objects > room / k_bytes_of_object || (room - objects * k_bytes_of_object) % 8 != 0) {
        return bad_index();
    }
    TRY_ASSIGN(std::vector<std::uint64_t> offsets, offsets_of(index, objects, pack));
    std::ranges::sort(offsets);
    if (std::ranges::adjacent_find(offsets) != offsets.end()) {
        return bad_index();
    }
    return {};
}

}  // namespace smallprint
