// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "common/index_format/record_codec.h"
#include "common/io/file.h"
#include "common/io/zstd.h"
#include "common/model/policy.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::index_format {

// The file `records`: blocks one after the other, as the directory lists them.
//
//   block = frame                       of body, zstd with the archive's dictionary
//   body  = documents*record:string
//
// Passages of a policy share blocks, since neighbours are often wordings of the same clause: in
// blocks of about 16 KB they take two thirds of the room that records by themselves do. The
// directory has the checksum of each block, which is verified at every read: so a block that stands
// in another's place, or is that of another file, is damage too.

class RecordFileWriter {
public:
    explicit RecordFileWriter(std::string_view dictionary);

    // A policy ends the block before it and has one of its own.
    void add_policy(const Policy& policy);
    void add_passage(const Passage& passage, const DocumentFacts& facts);

    struct Written {
        std::string bytes;
        Directory directory;
    };

    // All since the last call; document numbers start from 1 again.
    Written take();

private:
    void add(std::string_view record, const DocumentFacts& facts);
    void close_block(bool is_policy);

    io::Compressor m_compressor;
    Written m_written;
    std::string m_body;
    std::vector<DocumentFacts> m_facts;
};

// Reads records of a published generation. One a thread; the directory may be shared.
class RecordStore {
public:
    static Result<RecordStore> open(const std::filesystem::path& file, std::string_view dictionary,
                                    std::shared_ptr<const Directory> directory);

    const Directory& directory() const { return *m_directory; }

    // `document` must be that of a policy.
    Result<Policy> policy(DocumentId document);

    // `document` must not be that of a policy.
    Result<Passage> passage(DocumentId document);

    // The text of a passage alone. Lives until the next call of any of these.
    Result<std::string_view> text(DocumentId document);

    // The runs of a passage alone.
    Result<std::vector<Run>> runs(DocumentId document);

private:
    RecordStore(io::RandomAccessFile file, std::string_view dictionary,
                std::shared_ptr<const Directory> directory);

    struct OpenBlock {
        std::size_t number = SIZE_MAX;
        DocumentId first = 0;
        std::string body;
        std::vector<std::string_view> records;  // into body
    };

    Result<std::string_view> record(DocumentId document);
    Result<OpenBlock> read_block(const Directory::Place& place);

    io::RandomAccessFile m_file;
    std::unique_ptr<io::Decompressor> m_decompressor;
    std::shared_ptr<const Directory> m_directory;
    std::vector<std::unique_ptr<OpenBlock>> m_cache;  // by block number modulo its size
};

}  // namespace smallprint::index_format
