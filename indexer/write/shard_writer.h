// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "common/index_format/record_file.h"
#include "common/model/policy.h"
#include "common/text/analyzer.h"

#include <xapian.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

namespace smallprint::write {

// The records of a shard stand beside its Xapian database, under the same name with this ending.
inline constexpr std::string_view k_shard_records = ".records";

// A part of the index in the making.
struct Shard {
    std::filesystem::path xapian;            // postings
    std::filesystem::path records;           // blocks
    index_format::Directory directory;       // of the records; copies are not known yet
    std::vector<std::uint64_t> text_hashes;  // by document, 0 for policies
};

// Writes policies into small shards, each policy's document followed by those of its passages.
// Small, since Xapian is fastest on some thousand short documents at a time; the publisher puts the
// shards together. One ShardWriter a thread.
class ShardWriter {
public:
    explicit ShardWriter(std::string_view dictionary) : m_records(dictionary) {}

    // Starts a series of shards named "<stem>-000", "<stem>-001", ...
    void begin(std::filesystem::path stem);

    Result<void> add(const PolicyHistory& history);

    // Nanoseconds spent on words so far.
    std::uint64_t analysis_time() const { return m_analysis_time; }

    // Ends the series; its shards in order.
    Result<std::vector<Shard>> finish();

private:
    void add_policy(const Policy& policy);
    void add_passage(const Policy& policy, const Passage& passage);
    void add_languages(Xapian::Document& document, const Policy& policy,
                       const std::vector<Run>& runs);
    // Returns the document's length, in words that count.
    std::size_t add_words(Xapian::Document& document, const Policy& policy, const Passage& passage);
    void collect_stems(std::string_view text);
    Result<void> open_shard();
    Result<void> close_shard();

    index_format::RecordFileWriter m_records;
    text::Tokenizer m_tokenizer;
    text::Stemmer m_stemmer;
    std::filesystem::path m_stem;
    std::vector<Shard> m_shards;  // the last one is open while m_xapian is
    std::unique_ptr<Xapian::WritableDatabase> m_xapian;
    std::uint64_t m_analysis_time = 0;
    bool m_is_mixed = false;                // the policy at hand has snapshots of several languages
    std::vector<std::string_view> m_stems;  // of the document at hand; here to be reused
};

}  // namespace smallprint::write
