// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "common/index_format/generation.h"
#include "common/index_format/record_file.h"
#include "common/model/policy.h"
#include "common/text/analyzer.h"

#include <xapian.h>

#include <cstdint>
#include <filesystem>
#include <list>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace smallprint {

using PolicyPointer = std::shared_ptr<const Policy>;

// A published generation: postings, records and directory, with the policies used last kept
// decoded. One Index a thread; Xapian's databases must not be shared.
class Index {
public:
    static Result<Index> open(const std::filesystem::path& folder);

    const Generation& generation() const { return m_generation; }

    const Xapian::Database& postings() const { return m_postings; }

    const Directory& directory() const { return m_records.directory(); }

    // Document ids are 1 to directory().document_count().
    Result<PolicyPointer> policy(DocumentId policy_document);

    Result<Passage> passage(DocumentId document) { return m_records.passage(document); }

    // All of a policy: number i + 1 at i.
    Result<std::vector<Passage>> passages(DocumentId policy_document);

    // The text of a passage. It lives until the next call of any function that reads records.
    Result<std::string_view> text(DocumentId document) { return m_records.text(document); }

    // The runs of a passage.
    Result<std::vector<Run>> runs(DocumentId document) { return m_records.runs(document); }

    // Policy documents that have a term; for exact fields.
    Result<std::vector<DocumentId>> policies_with(std::string_view term) const;

    // True for the document of a policy, false for those of its passages.
    bool is_policy(DocumentId document) const {
        return directory().policy_of(document) == document;
    }

    // The documents of a policy's passages are policy + 1 to last_of(policy).
    DocumentId last_of(DocumentId policy_document) const;

    Tokenizer& tokenizer() { return m_tokenizer; }

    Stemmer& stemmer() { return m_stemmer; }

private:
    Index(Generation generation, Xapian::Database postings, RecordStore records);

    Generation m_generation;
    Xapian::Database m_postings;
    RecordStore m_records;
    Tokenizer m_tokenizer;
    Stemmer m_stemmer;

    using Recent = std::list<std::pair<DocumentId, PolicyPointer>>;
    Recent m_recent;  // newest first
    std::unordered_map<DocumentId, Recent::iterator> m_recent_at;
};

}  // namespace smallprint
