// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "searcher/index/index.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace smallprint::search {

// Knows which vendors share which texts. Built from the directory and the vendor terms, once an
// index.
class CopyGroups {
public:
    static Result<CopyGroups> build(const index::Index& index);

    // How many vendors other than the document's own have a passage of the same text.
    std::uint32_t other_vendors(const index::Index& index, index_format::DocumentId document) const;

    // The same number for documents of the same vendor.
    std::uint32_t vendor_of(const index::Index& index, index_format::DocumentId document) const;

private:
    std::unordered_map<index_format::DocumentId, std::uint32_t> m_vendor_of;  // by policy document
    std::vector<index_format::DocumentId> m_documents;                        // by group of copies
    std::vector<std::uint32_t> m_starts;  // begin of each group in m_documents
};

}  // namespace smallprint::search
