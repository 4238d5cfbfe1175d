// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/model/date.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::index_format {

// Documents are numbered from 1, as in Xapian. A policy's document is followed by those of its
// passages, in order: passage n of a policy is n documents behind it.
using DocumentId = std::uint32_t;

// A range of documents, both ends inside.
struct DocumentRange {
    DocumentId first = 0;
    DocumentId last = 0;

    friend bool operator==(const DocumentRange&, const DocumentRange&) = default;
};

// A stretch of the file `records`: one policy, or some passages of one policy.
struct RecordBlock {
    bool is_policy = false;
    std::uint32_t documents = 0;
    std::uint32_t size = 0;      // bytes in the file
    std::uint64_t checksum = 0;  // XXH3-64 of them
};

// Holds what is asked of a document without reading its record. Days count from 1970-01-01, 0 is
// unknown.
struct DocumentFacts {
    std::uint16_t first_seen = 0;
    std::uint16_t last_seen = 0;
    std::uint32_t copies = 0;  // the same number for passages of equal text, 0 where there is one
    std::uint8_t runs = 0;     // held to 255
    std::uint16_t length = 0;  // words that are in the postings with a count, held to 65535

    friend bool operator==(const DocumentFacts&, const DocumentFacts&) = default;
};

std::uint16_t day_number(Day day);  // held to 1..65535 (the year 2149)
std::optional<Day> day_of_number(std::uint16_t number);

// Knows where the record of every document is, and its facts. Immutable once built; safe to share.
class Directory {
public:
    void add_block(const RecordBlock& block, const std::vector<DocumentFacts>& facts);

    // `later`'s documents come behind ours.
    void append(const Directory& later);

    DocumentId document_count() const { return static_cast<DocumentId>(m_facts.size()); }

    std::size_t block_count() const { return m_blocks.size(); }

    const std::vector<DocumentId>& policies() const { return m_policies; }

    const DocumentFacts& facts(DocumentId document) const { return m_facts[document - 1]; }

    void set_copies(DocumentId document, std::uint32_t copies) {
        m_facts[document - 1].copies = copies;
    }

    // The policy document a document belongs to.
    DocumentId policy_of(DocumentId document) const;

    struct Place {
        std::size_t block = 0;
        std::uint64_t offset = 0;
        std::uint32_t size = 0;
        DocumentId first = 0;  // first document of the block
        std::uint32_t documents = 0;
        std::uint64_t checksum = 0;
    };

    // `document` must be 1 to document_count().
    Place place_of(DocumentId document) const;

    //   directory = checksum:fixed64 frame      checksum = XXH3-64 of body, frame = zstd of body
    //   body      = n:varint n*block documents:varint
    //               first_seen:column last_seen:column copies:column runs:column length:column
    //   block     = is_policy:varint documents:varint size:varint checksum:fixed64
    //   column    = per document the difference to the one before, as signed varint
    std::string encode() const;
    static Result<Directory> decode(std::string_view bytes);
    static Result<Directory> read(const std::filesystem::path& file);

private:
    struct Entry {
        RecordBlock block;
        DocumentId first;
        std::uint64_t offset;
    };

    std::vector<Entry> m_blocks;
    std::vector<DocumentId> m_policies;
    std::vector<DocumentFacts> m_facts;
};

}  // namespace smallprint::index_format
