// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "common/index_format/generation.h"
#include "common/index_format/record_file.h"
#include "common/model/policy.h"
#include "common/text/analyzer.h"
#include "searcher/postings/postings.h"

#include <cstdint>
#include <filesystem>
#include <list>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace smallprint::index {

using PolicyPointer = std::shared_ptr<const Policy>;

// A published generation: postings, records and directory, with the policies used last kept
// decoded. One Index a thread; Xapian's databases must not be shared.
class Index {
public:
    static Result<Index> open(const std::filesystem::path& folder);

    const index_format::Generation& generation() const { return m_generation; }

    const postings::Postings& postings() const { return m_postings; }

    const index_format::Directory& directory() const { return m_records.directory(); }

    // Document ids are 1 to directory().document_count().
    Result<PolicyPointer> policy(index_format::DocumentId policy_document);

    Result<Passage> passage(index_format::DocumentId document) {
        return m_records.passage(document);
    }

    // All of a policy: number i + 1 at i.
    Result<std::vector<Passage>> passages(index_format::DocumentId policy_document);

    // The text of a passage. It lives until the next call of any function that reads records.
    Result<std::string_view> text(index_format::DocumentId document) {
        return m_records.text(document);
    }

    // The runs of a passage.
    Result<std::vector<Run>> runs(index_format::DocumentId document) {
        return m_records.runs(document);
    }

    // Policy documents that have a term; for exact fields.
    Result<std::vector<index_format::DocumentId>> policies_with(std::string_view term) const;

    // The documents that a term of an exact field speaks for: of a policy that has it, the passages
    // that have it too, or where none does, all of them and the policy's own.
    Result<std::vector<index_format::DocumentRange>> documents_with(std::string_view term) const;

    // True for the document of a policy, false for those of its passages.
    bool is_policy(index_format::DocumentId document) const {
        return directory().policy_of(document) == document;
    }

    // The documents of a policy's passages are policy + 1 to last_of(policy).
    index_format::DocumentId last_of(index_format::DocumentId policy_document) const;

    text::Tokenizer& tokenizer() { return m_tokenizer; }

    text::Stemmer& stemmer() { return m_stemmer; }

private:
    static Result<Index> open_published(const std::filesystem::path& folder);

    Index(index_format::Generation generation, postings::Postings postings,
          index_format::RecordStore records);

    index_format::Generation m_generation;
    postings::Postings m_postings;
    index_format::RecordStore m_records;
    text::Tokenizer m_tokenizer;
    text::Stemmer m_stemmer;

    using Recent = std::list<std::pair<index_format::DocumentId, PolicyPointer>>;
    Recent m_recent;  // newest first
    std::unordered_map<index_format::DocumentId, Recent::iterator> m_recent_at;
};

}  // namespace smallprint::index
