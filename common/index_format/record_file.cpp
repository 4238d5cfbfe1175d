// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/index_format/record_file.h"

#include "common/base/hash.h"
#include "common/base/result.h"
#include "common/index_format/bytes.h"
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
#include <utility>
#include <vector>

namespace smallprint::index_format {
namespace {

constexpr std::size_t k_block_size = 16384;
constexpr int k_compression_level = 6;
// A policy of some thousand snapshots takes a few megabytes; more than this is damage.
constexpr std::size_t k_largest_body = std::size_t{1} << 30U;
// Up to 32 MB, filled as blocks are read.
constexpr std::size_t k_cached_blocks = 2048;

Failure damaged() {
    return damaged_index("a record of the index is damaged");
}

}  // namespace

RecordFileWriter::RecordFileWriter(std::string_view dictionary)
    : m_compressor(dictionary, k_compression_level) {}

void RecordFileWriter::add_policy(const Policy& policy) {
    close_block(false);
    add(encode_policy(policy), {});
    close_block(true);
}

void RecordFileWriter::add_passage(const Passage& passage, const DocumentFacts& facts) {
    add(encode_passage(passage), facts);
    if (m_body.size() >= k_block_size) {
        close_block(false);
    }
}

RecordFileWriter::Written RecordFileWriter::take() {
    close_block(false);
    return std::exchange(m_written, {});
}

void RecordFileWriter::add(std::string_view record, const DocumentFacts& facts) {
    ByteWriter out;
    out.string(record);
    m_body += out.bytes();
    m_facts.push_back(facts);
}

void RecordFileWriter::close_block(bool is_policy) {
    if (m_facts.empty()) {
        return;
    }
    std::string block;
    m_compressor.compress(m_body, block);
    m_written.directory.add_block({.is_policy = is_policy,
                                   .documents = static_cast<std::uint32_t>(m_facts.size()),
                                   .size = static_cast<std::uint32_t>(block.size()),
                                   .checksum = hash64(block)},
                                  m_facts);
    m_written.bytes += block;
    m_body.clear();
    m_facts.clear();
}

RecordStore::RecordStore(io::RandomAccessFile file, std::string_view dictionary,
                         std::shared_ptr<const Directory> directory)
    : m_file(std::move(file)), m_decompressor(std::make_unique<io::Decompressor>(dictionary)),
      m_directory(std::move(directory)), m_cache(k_cached_blocks) {}

Result<RecordStore> RecordStore::open(const std::filesystem::path& file,
                                      std::string_view dictionary,
                                      std::shared_ptr<const Directory> directory) {
    TRY_ASSIGN(io::RandomAccessFile opened, io::RandomAccessFile::open(file));
    return RecordStore(std::move(opened), dictionary, std::move(directory));
}

Result<Policy> RecordStore::policy(DocumentId document) {
    TRY_ASSIGN(const std::string_view bytes, record(document));
    return decode_policy(bytes);
}

Result<Passage> RecordStore::passage(DocumentId document) {
    TRY_ASSIGN(const std::string_view bytes, record(document));
    TRY_ASSIGN(Passage passage, decode_passage(bytes));
    if (m_directory->policy_of(document) + passage.number != document) {
        return damaged();
    }
    return passage;
}

Result<std::string_view> RecordStore::text(DocumentId document) {
    TRY_ASSIGN(const std::string_view bytes, record(document));
    return decode_text(bytes);
}

Result<std::vector<Run>> RecordStore::runs(DocumentId document) {
    TRY_ASSIGN(const std::string_view bytes, record(document));
    return decode_runs(bytes);
}

Result<std::string_view> RecordStore::record(DocumentId document) {
    if (document == 0 || document > m_directory->document_count()) {
        return damaged();
    }
    const Directory::Place place = m_directory->place_of(document);
    std::unique_ptr<OpenBlock>& cached = m_cache[place.block % k_cached_blocks];
    if (!cached || cached->number != place.block) {
        TRY_ASSIGN(OpenBlock block, read_block(place));
        cached = std::make_unique<OpenBlock>(std::move(block));
        // Views into a short string would not survive the move, so they are made here.
        ByteReader in(cached->body);
        while (!in.at_end() && in.good()) {
            cached->records.push_back(in.string());
        }
        if (!in.good() || cached->records.size() != place.documents) {
            cached.reset();
            return damaged();
        }
    }
    return cached->records[document - place.first];
}

Result<RecordStore::OpenBlock> RecordStore::read_block(const Directory::Place& place) {
    TRY_ASSIGN(const std::string frame, m_file.read(place.offset, place.size));
    if (hash64(frame) != place.checksum) {
        return damaged();
    }
    auto body = m_decompressor->decompress(frame, k_largest_body);
    if (!body) {
        return damaged();
    }
    return OpenBlock{place.block, place.first, std::move(*body), {}};
}

}  // namespace smallprint::index_format
