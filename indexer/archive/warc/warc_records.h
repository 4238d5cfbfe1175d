// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/io/file.h"
#include "common/io/scratch.h"
#include "indexer/archive/decompression.h"
#include "indexer/archive/limits.h"
#include "indexer/archive/warc/member_reader.h"
#include "indexer/archive/warc/warc_header.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

namespace smallprint::archive {

// Says where a record is, so that it can be read again.
struct RecordPlace {
    std::uint64_t offset = 0;  // in the file: of the record, or of the member that it is
    // Its offset in what was unpacked from `offset` on, where several records are one stream.
    std::optional<std::uint64_t> inner;
};

// "123", or "0+123" for a record inside of a stream.
std::string to_string(const RecordPlace& place);

// A pass over a file comes upon these: a record, or a stretch that is none.
struct RecordItem {
    RecordPlace place;
    RecordHeader header;  // without a type for what is no record
    std::string opening;  // of the block: an HTTP header of legal size and some of its body
    std::optional<Trouble> trouble;  // why its block cannot be read
};

struct WarcBlock {
    RecordHeader header;
    std::string bytes;
};

// The records of a file in WARC or ARC form, in the file's order: plain, with a gzip member or a
// zstd frame a record, or with one for many records. The latter are unpacked to a ScratchFile.
//
// Damage ends nothing: it is an item, and the pass goes on where the next record or member begins.
class WarcRecords {
public:
    // `largest_unpacked`: bytes that may be unpacked to disk.
    static Result<WarcRecords> open(io::FileBytes bytes,
                                    std::uint64_t largest_unpacked = k_largest_unpacked);

    // Nothing at the end.
    Result<std::optional<RecordItem>> next();

    // Safe from any thread once the pass is over. More than `limit` bytes are ErrorCode::limit.
    Result<WarcBlock> read(const RecordPlace& place, std::uint64_t limit) const;

private:
    struct Scan {
        bool found = false;        // a record begins where the reader is now
        std::uint64_t passed = 0;  // bytes before it, or before the end
    };

    WarcRecords(io::FileBytes bytes, Compression compression, std::uint64_t largest_unpacked);

    // True if the file, or what was unpacked of it, is read as one stretch.
    bool is_stream() const { return m_compression == Compression::none || m_unpacked; }

    RecordPlace place_here() const;
    void note(const RecordPlace& place, Trouble trouble);
    Result<void> read_dictionary();

    Result<bool> go_to_record();
    Result<Scan> scan_for_record();
    Result<void> read_record();
    Result<void> read_opening(RecordItem& item);
    Result<void> pass_block(RecordItem& item);
    Result<void> recover(RecordItem item, std::uint64_t after_header);

    Result<bool> go_to_member();
    Result<void> finish_member();
    Result<bool> goes_on_in_next_member();
    Result<bool> begins_record(std::uint64_t offset);
    Result<std::uint64_t> find_member(std::uint64_t from);
    Result<void> unpack();
    Result<bool> unpack_member(io::ScratchFile& scratch);

    io::FileBytes m_bytes;
    Compression m_compression;
    std::uint64_t m_largest_unpacked;
    ZstdDictionary m_dictionary;
    std::unique_ptr<MemberReader> m_reader;  // of the file or, later, of what was unpacked
    std::optional<io::FileBytes> m_unpacked;
    std::uint64_t m_unpacked_from = 0;  // member of the file
    std::uint64_t m_member = 0;         // the member that is being read, or the next
    bool m_in_member = false;
    std::uint64_t m_read_twice = 0;          // compressed bytes, because of damage
    std::unique_ptr<StreamDecoder> m_probe;  // where a member might have begun
    std::deque<RecordItem> m_items;          // found and not handed out yet
};

}  // namespace smallprint::archive
