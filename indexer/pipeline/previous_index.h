// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "common/index_format/generation.h"
#include "common/index_format/record_file.h"
#include "common/model/date.h"
#include "common/model/policy.h"
#include "indexer/pipeline/policy_loader.h"

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

// The snapshots of a stored policy that are of one page, which stand in a row; of a policy that has
// no page for its key, all of them.
struct PreviousPart {
    std::string key;
    index_format::DocumentId document = 0;
    std::uint32_t begin = 0;  // snapshot numbers, end exclusive
    std::uint32_t end = 0;
    std::optional<CaptureTime> first;  // of the first one; nothing if it has no date
    std::optional<CaptureTime> last;
    std::uint64_t text_bytes = 0;
};

struct PreviousPolicy {
    PolicyIdentity identity;
    std::vector<PreviousPart> parts;  // in order of time
    // Not a stored policy as it is, since what is added tells that pages moved or did not.
    bool regrouped = false;

    std::uint64_t text_bytes() const {
        std::uint64_t bytes = 0;
        for (const PreviousPart& part : parts) {
            bytes += part.text_bytes;
        }
        return bytes;
    }
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

// A stored policy with all its passages.
Result<PolicyHistory> read_history(index_format::RecordStore& records,
                                   index_format::DocumentId policy_document);

// What is stored of a policy.
Result<KnownSnapshots> read_known(index_format::RecordStore& records, const PreviousPolicy& policy);

}  // namespace smallprint::pipeline
