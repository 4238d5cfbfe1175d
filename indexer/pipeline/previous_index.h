// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "common/index_format/generation.h"
#include "common/index_format/record_file.h"
#include "common/model/policy.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace smallprint::pipeline {

// Tells policies apart, in the order in which they are indexed.
struct PolicyIdentity {
    std::string vendor;
    std::string terms_type;
    std::string key;

    friend auto operator<=>(const PolicyIdentity&, const PolicyIdentity&) = default;
};

struct PreviousPolicy {
    PolicyIdentity identity;
    index_format::DocumentId document = 0;
    std::uint64_t text_bytes = 0;  // of all its snapshots
};

// The published generation, to which a run adds. Safe to share; what reads records is not.
class PreviousIndex {
public:
    // Nothing if nothing is published yet. An index of another version, made by other rules or
    // damaged is an error that names --rebuild.
    static Result<std::optional<PreviousIndex>> open(const std::filesystem::path& index);

    const index_format::Generation& generation() const { return m_generation; }

    // Sorted by identity.
    const std::vector<PreviousPolicy>& policies() const { return m_policies; }

    // Opened anew for each thread.
    Result<index_format::RecordStore> records() const;

private:
    PreviousIndex(index_format::Generation generation,
                  std::shared_ptr<const index_format::Directory> directory);

    index_format::Generation m_generation;
    std::shared_ptr<const index_format::Directory> m_directory;
    std::vector<PreviousPolicy> m_policies;
};

// A policy with all its passages.
Result<PolicyHistory> read_history(index_format::RecordStore& records,
                                   index_format::DocumentId policy_document);

}  // namespace smallprint::pipeline
