// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/git/git_pack.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/io/file.h"
#include "indexer/archive/decompression.h"
#include "indexer/archive/limits.h"

#include <fmt/format.h>

#include <git2.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::archive {
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
constexpr std::uint64_t k_largest_pack = std::uint64_t{1} << 48U;
constexpr std::uint64_t k_is_far = 0x80000000U;

//   pack  = "PACK", version, number of objects, entries, checksum
//   entry = kind and size:varint, of a delta its base, zlib over the bytes
constexpr int k_delta_by_offset = 6;
constexpr int k_delta_by_name = 7;
constexpr std::uint64_t k_entry_start = 512;   // bytes that hold a header and some of a delta
constexpr std::size_t k_delta_start = 20;      // bytes of a delta that hold its two sizes
constexpr std::size_t k_longest_chain = 5000;  // git makes none over 4,095
constexpr std::size_t k_kept = std::size_t{16} << 20U;  // bytes, in the cache
// An object over the limit of texts may be what a smaller one is built on.
constexpr std::uint64_t k_largest_base = 4 * k_largest_text;
constexpr std::uint64_t k_most_built = std::uint64_t{1} << 30U;  // bytes, on the way to one object

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

Failure damaged() {
    return fail(ErrorCode::input, "the object is damaged");
}

Failure too_large(std::uint64_t size) {
    return fail(ErrorCode::limit,
                fmt::format("{} bytes, over the limit of {}", size, k_largest_base));
}

std::size_t count_objects(std::string_view index) {
    return static_cast<std::size_t>(number_at(index, k_names - 4, 4));
}

// Where the object with this number in the order of names begins; an error if that is said outside
// of the index.
Result<std::uint64_t> offset_at(std::string_view index, std::size_t objects, std::size_t number) {
    const std::size_t table = k_names + objects * (20 + 4);
    const std::uint64_t offset = number_at(index, table + number * 4, 4);
    if ((offset & k_is_far) == 0) {
        return offset;
    }
    const std::size_t far = table + objects * 4;
    const std::size_t row = offset & ~k_is_far;
    if (row >= (index.size() - k_checksums - far) / 8) {
        return bad_index();
    }
    return number_at(index, far + row * 8, 8);
}

// `pack` is the size of the pack in bytes.
Result<std::vector<std::uint64_t>> read_offsets(std::string_view index, std::uint64_t pack) {
    const std::size_t objects = count_objects(index);
    std::vector<std::uint64_t> offsets;
    offsets.reserve(objects);
    for (std::size_t i = 0; i < objects; ++i) {
        TRY_ASSIGN(const std::uint64_t offset, offset_at(index, objects, i));
        if (offset < k_pack_header || offset >= pack || pack - offset <= k_pack_checksum) {
            return bad_index();
        }
        offsets.push_back(offset);
    }
    std::ranges::sort(offsets);
    if (std::ranges::adjacent_find(offsets) != offsets.end()) {
        return bad_index();
    }
    return offsets;
}

Result<void> check_index(std::string_view index) {
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
    return {};
}

// Takes a number off the front, seven bits a byte and the lowest first.
std::optional<std::uint64_t> cut_number(std::string_view& bytes, unsigned shift = 0,
                                        std::uint64_t number = 0) {
    while (!bytes.empty() && shift < 57) {
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        number |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
        if ((byte & 0x80U) == 0) {
            return number;
        }
        shift += 7;
    }
    return std::nullopt;
}

// Takes off how far in front of a delta its base begins: the highest seven bits first, and each
// byte but the last stands for one more.
std::optional<std::uint64_t> cut_distance(std::string_view& bytes) {
    std::uint64_t distance = 0;
    for (int i = 0; i < 8 && !bytes.empty(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        distance = (i == 0 ? 0 : (distance + 1) << 7U) | (byte & 0x7FU);
        if ((byte & 0x80U) == 0) {
            return distance;
        }
    }
    return std::nullopt;
}

// Unpacks exactly `size` bytes, which have to be all there are.
Result<std::string> inflate(StreamDecoder& zlib, std::string_view packed, std::uint64_t size) {
    if (size > k_largest_base) {
        return too_large(size);
    }
    std::string bytes;
    // One more than there should be, to see that there is no more.
    zlib.restart();
    const DecodeState state = zlib.decode(packed, bytes, static_cast<std::size_t>(size) + 1);
    if (state != DecodeState::end || bytes.size() != size) {
        return damaged();
    }
    return bytes;
}

// Takes the number that the bits of a copying command say is spread over the next bytes.
std::optional<std::uint64_t> cut_spread(std::string_view& bytes, unsigned bits, unsigned count) {
    std::uint64_t number = 0;
    for (unsigned i = 0; i < count; ++i) {
        if ((bits >> i & 1U) == 0) {
            continue;
        }
        if (bytes.empty()) {
            return std::nullopt;
        }
        number |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes.front())) << 8U * i;
        bytes.remove_prefix(1);
    }
    return number;
}

// Takes one command off a delta and returns the bytes that it adds; none for a damaged one.
std::string_view cut_command(std::string_view base, std::string_view& delta) {
    constexpr std::uint64_t k_usual_copy = 0x10000;
    const auto command = static_cast<unsigned char>(delta.front());
    delta.remove_prefix(1);
    std::string_view added;
    if ((command & 0x80U) != 0) {
        const auto offset = cut_spread(delta, command, 4);
        auto size = offset ? cut_spread(delta, command >> 4U & 7U, 3) : std::nullopt;
        size = size == 0U ? k_usual_copy : size;
        if (size && *offset <= base.size() && *size <= base.size() - *offset) {
            added = base.substr(static_cast<std::size_t>(*offset), static_cast<std::size_t>(*size));
        }
    } else if (command <= delta.size()) {
        added = delta.substr(0, command);
        delta.remove_prefix(command);
    }
    return added;
}

}  // namespace

Result<std::string> apply_git_delta(std::string_view base, std::string_view delta) {
    const auto base_size = cut_number(delta);
    const auto size = cut_number(delta);
    if (!base_size || !size || *base_size != base.size()) {
        return damaged();
    }
    if (*size > k_largest_base) {
        return too_large(*size);
    }
    std::string made;
    made.reserve(static_cast<std::size_t>(*size));
    while (!delta.empty()) {
        const std::string_view added = cut_command(base, delta);
        if (added.empty() || added.size() > *size - made.size()) {
            return damaged();
        }
        made += added;
    }
    if (made.size() != *size) {
        return damaged();
    }
    return made;
}

GitObjectCache::Bytes GitObjectCache::find(Key key) {
    const auto found = m_places.find(key);
    if (found == m_places.end()) {
        return nullptr;
    }
    m_entries.splice(m_entries.begin(), m_entries, found->second);
    return found->second->second;
}

void GitObjectCache::keep(Key key, Bytes bytes) {
    if (bytes->size() > k_kept / 4 || m_places.contains(key)) {
        return;
    }
    m_size += bytes->size();
    m_entries.emplace_front(key, std::move(bytes));
    m_places.emplace(key, m_entries.begin());
    while (m_size > k_kept) {
        m_size -= m_entries.back().second->size();
        m_places.erase(m_entries.back().first);
        m_entries.pop_back();
    }
}

Result<GitPack> GitPack::open(const std::filesystem::path& index, std::uint64_t number) {
    TRY_ASSIGN(std::string bytes, io::read_file(index));
    TRY(check_index(bytes));
    TRY_ASSIGN(io::RandomAccessFile pack,
               io::RandomAccessFile::open(std::filesystem::path(index).replace_extension(".pack")));
    TRY_ASSIGN(const std::uint64_t size, pack.size());
    if (size >= k_largest_pack) {
        return fail(ErrorCode::limit, fmt::format("a pack of {} bytes", size));
    }
    TRY_ASSIGN(std::vector<std::uint64_t> offsets, read_offsets(bytes, size));
    return GitPack(std::make_shared<const Files>(
                       Files{std::move(pack), size, std::move(bytes), std::move(offsets)}),
                   number);
}

std::optional<std::uint64_t> GitPack::find(const git_oid& id) const {
    const std::string_view index = m_files->index;
    const std::string_view name(reinterpret_cast<const char*>(id.id), GIT_OID_RAWSZ);  // NOLINT
    const std::size_t first = id.id[0];
    std::size_t low = first == 0 ? 0 : number_at(index, k_fan_out + (first - 1) * 4, 4);
    std::size_t high = number_at(index, k_fan_out + first * 4, 4);
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        const int order =
            index.substr(k_names + middle * GIT_OID_RAWSZ, GIT_OID_RAWSZ).compare(name);
        if (order == 0) {
            const auto offset = offset_at(index, count_objects(index), middle);
            return offset ? std::optional(*offset) : std::nullopt;
        }
        (order < 0 ? low : high) = order < 0 ? middle + 1 : middle;
    }
    return std::nullopt;
}

// Reads at most `most` bytes of the entry; what goes on behind is the next.
Result<GitPack::Entry> GitPack::read_entry(std::uint64_t offset, std::uint64_t most) const {
    const auto next = std::ranges::upper_bound(m_files->offsets, offset);
    const std::uint64_t end =
        next == m_files->offsets.end() ? m_files->size - k_pack_checksum : *next;
    Entry entry;
    TRY_ASSIGN(entry.packed,
               m_files->pack.read(offset, static_cast<std::size_t>(std::min(end - offset, most))));
    std::string_view rest = entry.packed;
    if (rest.empty()) {
        return damaged();
    }
    const auto first = static_cast<unsigned char>(rest.front());
    rest.remove_prefix(1);
    const auto kind = static_cast<int>(first >> 4U & 7U);
    const auto size = (first & 0x80U) == 0 ? std::optional<std::uint64_t>(first & 0xFU)
                                           : cut_number(rest, 4, first & 0xFU);
    if (!size) {
        return damaged();
    }
    entry.size = *size;
    if (kind == k_delta_by_offset || kind == k_delta_by_name) {
        TRY(find_base(offset, kind, rest, entry));
        return entry;
    }
    if (kind < GIT_OBJECT_COMMIT || kind > GIT_OBJECT_TAG) {
        return damaged();
    }
    entry.type = static_cast<git_object_t>(kind);
    entry.header = entry.packed.size() - rest.size();
    return entry;
}

Result<void> GitPack::find_base(std::uint64_t offset, int kind, std::string_view rest,
                                Entry& entry) const {
    entry.type = GIT_OBJECT_OFS_DELTA;
    if (kind == k_delta_by_offset) {
        const auto distance = cut_distance(rest);
        if (!distance || *distance == 0 || *distance > offset ||
            !std::ranges::binary_search(m_files->offsets, offset - *distance)) {
            return damaged();
        }
        entry.base = offset - *distance;
    } else {
        git_oid id = {};
        if (rest.size() < GIT_OID_RAWSZ) {
            return damaged();
        }
        std::ranges::copy(rest.substr(0, GIT_OID_RAWSZ), id.id);
        rest.remove_prefix(GIT_OID_RAWSZ);
        const auto base = find(id);
        if (!base) {
            return fail(ErrorCode::input, "the object that it is built on is missing");
        }
        entry.base = *base;
    }
    entry.header = entry.packed.size() - rest.size();
    return {};
}

Result<git_object_t> GitPack::read_type(std::uint64_t offset, GitObjectCache& cache) const {
    std::vector<std::uint64_t> chain;
    git_object_t type = GIT_OBJECT_INVALID;
    while (type == GIT_OBJECT_INVALID) {
        if (chain.size() > k_longest_chain) {
            return damaged();
        }
        chain.push_back(offset);
        if (const auto known = cache.types.find(key(offset)); known != cache.types.end()) {
            type = known->second;
        } else {
            TRY_ASSIGN(const Entry entry, read_entry(offset, k_entry_start));
            type = entry.type == GIT_OBJECT_OFS_DELTA ? GIT_OBJECT_INVALID : entry.type;
            offset = entry.base;
        }
    }
    for (const std::uint64_t each : chain) {
        cache.types.emplace(key(each), type);
    }
    return type;
}

Result<GitObjectHeader> GitPack::read_header(std::uint64_t offset, GitObjectCache& cache) const {
    TRY_ASSIGN(const Entry entry, read_entry(offset, k_entry_start));
    if (entry.type != GIT_OBJECT_OFS_DELTA) {
        return GitObjectHeader{entry.type, entry.size};
    }
    std::string start;
    std::string_view packed = std::string_view(entry.packed).substr(entry.header);
    cache.zlib.restart();
    cache.zlib.decode(packed, start, k_delta_start);
    std::string_view rest = start;
    const auto size = cut_number(rest) ? cut_number(rest) : std::nullopt;
    if (!size) {
        return damaged();
    }
    TRY_ASSIGN(const git_object_t type, read_type(offset, cache));
    return GitObjectHeader{type, *size};
}

Result<std::string> GitPack::read(std::uint64_t offset, GitObjectCache& cache) const {
    std::vector<std::pair<std::uint64_t, std::string>> deltas;
    std::uint64_t built = 0;
    GitObjectCache::Bytes bytes = cache.find(key(offset));
    while (bytes == nullptr) {
        TRY_ASSIGN(const Entry entry, read_entry(offset, k_largest_base));
        TRY_ASSIGN(
            std::string unpacked,
            inflate(cache.zlib, std::string_view(entry.packed).substr(entry.header), entry.size));
        built += unpacked.size();
        if (entry.type != GIT_OBJECT_OFS_DELTA) {
            bytes = std::make_shared<const std::string>(std::move(unpacked));
            cache.keep(key(offset), bytes);
            break;
        }
        deltas.emplace_back(offset, std::move(unpacked));
        if (deltas.size() > k_longest_chain || built > k_most_built) {
            return damaged();
        }
        offset = entry.base;
        bytes = cache.find(key(offset));
    }
    for (auto delta = deltas.rbegin(); delta != deltas.rend(); ++delta) {
        TRY_ASSIGN(std::string made, apply_git_delta(*bytes, delta->second));
        built += made.size();
        if (built > k_most_built) {
            return fail(ErrorCode::limit, "built on too many others");
        }
        bytes = std::make_shared<const std::string>(std::move(made));
        cache.keep(key(delta->first), bytes);
    }
    return *bytes;
}

}  // namespace smallprint::archive
