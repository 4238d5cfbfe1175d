// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/copy_groups.h"

#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "common/index_format/xapian_guard.h"
#include "searcher/index/index.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace smallprint::search {

Result<CopyGroups> CopyGroups::build(const index::Index& index) {
    CopyGroups copies;
    TRY(index_format::guard_xapian([&] {
        const std::string prefix(row_of(Field::vendor).prefix);
        std::uint32_t vendor = 0;
        index.postings().visit_terms(prefix, [&](const std::string& term, std::uint64_t /*n*/) {
            index.postings().visit_documents(term, [&](index_format::DocumentId document) {
                copies.m_vendor_of[document] = vendor;
            });
            ++vendor;
            return true;
        });
    }));
    const index_format::Directory& directory = index.directory();
    std::uint32_t groups = 0;
    for (index_format::DocumentId document = 1; document <= directory.document_count();
         ++document) {
        groups = std::max(groups, directory.facts(document).copies);
    }
    copies.m_starts.assign(groups + 2, 0);
    for (index_format::DocumentId document = 1; document <= directory.document_count();
         ++document) {
        ++copies.m_starts[directory.facts(document).copies + 1];
    }
    for (std::size_t group = 1; group < copies.m_starts.size(); ++group) {
        copies.m_starts[group] += copies.m_starts[group - 1];
    }
    copies.m_documents.resize(directory.document_count());
    std::vector<std::uint32_t> next = copies.m_starts;
    for (index_format::DocumentId document = 1; document <= directory.document_count();
         ++document) {
        copies.m_documents[next[directory.facts(document).copies]++] = document;
    }
    return copies;
}

std::uint32_t CopyGroups::vendor_of(const index::Index& index,
                                    index_format::DocumentId document) const {
    const auto vendor = m_vendor_of.find(index.directory().policy_of(document));
    return vendor == m_vendor_of.end() ? UINT32_MAX : vendor->second;
}

std::uint32_t CopyGroups::other_vendors(const index::Index& index,
                                        index_format::DocumentId document) const {
    const index_format::Directory& directory = index.directory();
    const std::uint32_t group = directory.facts(document).copies;
    if (group == 0) {
        return 0;
    }
    std::set<std::uint32_t> vendors;
    for (std::uint32_t i = m_starts[group]; i < m_starts[group + 1]; ++i) {
        const auto vendor = m_vendor_of.find(directory.policy_of(m_documents[i]));
        if (vendor != m_vendor_of.end()) {
            vendors.insert(vendor->second);
        }
    }
    return vendors.empty() ? 0 : static_cast<std::uint32_t>(vendors.size() - 1);
}

}  // namespace smallprint::search
