// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/write/batch_outcome.h"

#include "common/base/hash.h"
#include "common/base/result.h"
#include "common/index_format/bytes.h"
#include "common/index_format/directory.h"
#include "common/index_format/generation.h"
#include "common/io/file.h"
#include "common/model/listing.h"
#include "indexer/write/shard_writer.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace smallprint::write {
namespace {

namespace fs = std::filesystem;

//   outcome = checksum:fixed64 body       XXH3-64 of body
//   body    = 13*number:varint vendors skipped n:varint n*shard
//   vendors = n:varint n*string
//   skipped = n:varint n*(place:string reason:string kind:varint)
//   shard   = name:string digest:string directory:string n:varint n*text_hash:fixed64

// The numbers of a tally, in the order they are written.
std::array<std::uint64_t*, 13> numbers_of(Tally& tally) {
    index_format::Counts& counts = tally.counts;
    return {&counts.policies,
            &counts.snapshots,
            &counts.clauses,
            &counts.boilerplate,
            &counts.clause_occurrences,
            &counts.source_bytes,
            &counts.skipped,
            &tally.added,
            &tally.known,
            &tally.undated,
            &tally.without_vendor,
            &tally.converted,
            &tally.mojibake};
}

std::vector<fs::path> shard_files(const fs::path& shard) {
    std::vector<fs::path> files;
    if (const auto found = io::walk(shard)) {
        for (const io::FileEntry& file : found->files) {
            files.push_back(file.path);
        }
    }
    fs::path records = shard;
    records += k_shard_records;
    files.push_back(records);
    return files;
}

Result<std::string> digest_shard(const fs::path& shard) {
    Digest128 digest;
    for (const fs::path& file : shard_files(shard)) {
        digest.add(file.filename().string());
        TRY(io::digest_file(file, digest));
    }
    return digest.value();
}

Result<void> put_shard(index_format::ByteWriter& out, const Shard& shard) {
    out.string(shard.xapian.filename().string());
    TRY_ASSIGN(const std::string digest, digest_shard(shard.xapian));
    out.string(digest);
    out.string(shard.directory.encode());
    out.varint(shard.text_hashes.size());
    for (const std::uint64_t hash : shard.text_hashes) {
        out.fixed64(hash);
    }
    return {};
}

std::optional<Shard> get_shard(index_format::ByteReader& in, const fs::path& folder) {
    Shard shard;
    shard.xapian = folder / in.string();
    shard.records = shard.xapian;
    shard.records += k_shard_records;
    const std::string_view expected = in.string();
    auto directory = index_format::Directory::decode(in.string());
    shard.text_hashes.resize(in.count());
    for (std::uint64_t& hash : shard.text_hashes) {
        hash = in.fixed64();
    }
    if (!in.good() || !directory) {
        return std::nullopt;
    }
    const auto digest = digest_shard(shard.xapian);
    if (!digest || *digest != expected) {
        return std::nullopt;
    }
    shard.directory = std::move(*directory);
    return shard;
}

void put_tally(index_format::ByteWriter& out, Tally tally) {
    for (const std::uint64_t* number : numbers_of(tally)) {
        out.varint(*number);
    }
    out.varint(tally.vendors.size());
    for (const std::string& vendor : tally.vendors) {
        out.string(vendor);
    }
    out.varint(tally.skipped.size());
    for (const Skipped& item : tally.skipped) {
        out.string(item.place);
        out.string(item.reason);
        out.varint(static_cast<std::uint64_t>(item.kind));
    }
}

Tally get_tally(index_format::ByteReader& in) {
    Tally tally;
    for (std::uint64_t* number : numbers_of(tally)) {
        *number = in.varint();
    }
    for (std::size_t left = in.count(); left > 0; --left) {
        tally.vendors.emplace(in.string());
    }
    for (std::size_t left = in.count(); left > 0; --left) {
        Skipped item;
        item.place = in.string();
        item.reason = in.string();
        item.kind = static_cast<SkipKind>(in.varint());
        tally.skipped.push_back(std::move(item));
    }
    return tally;
}

}  // namespace

void Tally::add(Tally other) {
    const auto mine = numbers_of(*this);
    const auto theirs = numbers_of(other);
    for (std::size_t i = 0; i < mine.size(); ++i) {
        *mine[i] += *theirs[i];
    }
    vendors.merge(other.vendors);
    skipped.insert(skipped.end(), std::make_move_iterator(other.skipped.begin()),
                   std::make_move_iterator(other.skipped.end()));
}

Result<void> write_outcome(const fs::path& file, const BatchOutcome& outcome) {
    index_format::ByteWriter body;
    put_tally(body, outcome.tally);
    body.varint(outcome.shards.size());
    for (const Shard& shard : outcome.shards) {
        TRY(put_shard(body, shard));
    }
    index_format::ByteWriter out;
    out.fixed64(hash64(body.bytes()));
    return io::write_unsynced(file, out.bytes() + body.bytes());
}

std::optional<BatchOutcome> read_outcome(const fs::path& file) {
    std::error_code error;
    const auto bytes = fs::exists(file, error) ? io::read_file(file) : std::string();
    if (!bytes) {
        return std::nullopt;
    }
    const std::string_view body = std::string_view(*bytes).substr(bytes->size() < 8 ? 0 : 8);
    index_format::ByteReader checksum(*bytes);
    if (checksum.fixed64() != hash64(body) || !checksum.good()) {
        return std::nullopt;
    }
    index_format::ByteReader in(body);
    BatchOutcome outcome;
    outcome.tally = get_tally(in);
    for (std::size_t left = in.count(); left > 0; --left) {
        auto shard = get_shard(in, file.parent_path());
        if (!shard) {
            return std::nullopt;
        }
        outcome.shards.push_back(std::move(*shard));
    }
    return in.good() && in.at_end() ? std::optional(std::move(outcome)) : std::nullopt;
}

}  // namespace smallprint::write
