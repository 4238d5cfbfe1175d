// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/index/index.h"

#include "common/base/result.h"
#include "common/index_format/bytes.h"
#include "common/index_format/directory.h"
#include "common/index_format/generation.h"
#include "common/index_format/record_file.h"
#include "common/index_format/xapian_guard.h"
#include "common/model/policy.h"
#include "searcher/postings/postings.h"

#include <xapian.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::index {
namespace {

constexpr std::size_t k_recent_policies = 256;
constexpr int k_most_tries = 10;

}  // namespace

Index::Index(index_format::Generation generation, postings::Postings postings,
             index_format::RecordStore records)
    : m_generation(std::move(generation)), m_postings(std::move(postings)),
      m_records(std::move(records)) {}

// A generation goes once two later ones are published, which may happen while it is being opened.
Result<Index> Index::open(const std::filesystem::path& folder) {
    for (int tries = 1;; ++tries) {
        TRY_ASSIGN(const std::string before, index_format::published_generation(folder));
        Result<Index> opened = open_published(folder);
        if (opened || tries == k_most_tries) {
            return opened;
        }
        TRY_ASSIGN(const std::string after, index_format::published_generation(folder));
        if (after == before) {
            return opened;
        }
    }
}

Result<Index> Index::open_published(const std::filesystem::path& folder) {
    TRY_ASSIGN(index_format::Generation generation, index_format::open_generation(folder));
    TRY_ASSIGN(index_format::Directory decoded,
               index_format::Directory::read(generation.folder / index_format::k_directory_file));
    auto directory = std::make_shared<const index_format::Directory>(std::move(decoded));
    TRY_ASSIGN(index_format::RecordStore records,
               index_format::RecordStore::open(generation.folder / index_format::k_records_file,
                                               generation.dictionary, directory));
    TRY_ASSIGN(const Xapian::Database database, index_format::guard_xapian([&] {
                   return Xapian::Database(
                       (generation.folder / index_format::k_xapian_folder).string());
               }));
    if (database.get_doccount() != directory->document_count()) {
        return index_format::damaged_index("the parts of the index do not belong together");
    }
    return Index(std::move(generation), postings::Postings(database, directory),
                 std::move(records));
}

Result<PolicyPointer> Index::policy(index_format::DocumentId policy_document) {
    if (const auto known = m_recent_at.find(policy_document); known != m_recent_at.end()) {
        m_recent.splice(m_recent.begin(), m_recent, known->second);
        return m_recent.front().second;
    }
    TRY_ASSIGN(Policy decoded, m_records.policy(policy_document));
    if (decoded.passage_count != last_of(policy_document) - policy_document) {
        return index_format::damaged_index("a policy of the index does not fit its clauses");
    }
    m_recent.emplace_front(policy_document, std::make_shared<const Policy>(std::move(decoded)));
    m_recent_at[policy_document] = m_recent.begin();
    if (m_recent.size() > k_recent_policies) {
        m_recent_at.erase(m_recent.back().first);
        m_recent.pop_back();
    }
    return m_recent.front().second;
}

Result<std::vector<Passage>> Index::passages(index_format::DocumentId policy_document) {
    std::vector<Passage> passages;
    for (index_format::DocumentId at = policy_document + 1; at <= last_of(policy_document); ++at) {
        TRY_ASSIGN(Passage decoded, passage(at));
        if (decoded.number != passages.size() + 1) {
            return index_format::damaged_index("a clause of the index does not fit its policy");
        }
        passages.push_back(std::move(decoded));
    }
    return passages;
}

Result<std::vector<index_format::DocumentId>> Index::policies_with(std::string_view term) const {
    return index_format::guard_xapian([&] {
        std::vector<index_format::DocumentId> found;
        m_postings.visit_documents(std::string(term), [&](index_format::DocumentId document) {
            if (is_policy(document)) {
                found.push_back(document);
            }
        });
        return found;
    });
}

Result<std::vector<index_format::DocumentRange>>
Index::documents_with(std::string_view term) const {
    std::vector<index_format::DocumentRange> found;
    const auto add = [&](index_format::DocumentRange range) {
        if (!found.empty() && found.back().last + 1 == range.first) {
            found.back().last = range.last;
        } else {
            found.push_back(range);
        }
    };
    TRY(index_format::guard_xapian([&] {
        postings::Cursor at = m_postings.cursor(std::string(term));
        while (at.document() != postings::k_no_document) {
            const index_format::DocumentId document = at.document();
            at.next();
            const index_format::DocumentId last = last_of(directory().policy_of(document));
            const bool speaks_for_all = is_policy(document) && at.document() > last;
            if (!is_policy(document) || speaks_for_all) {
                add({document, speaks_for_all ? last : document});
            }
        }
    }));
    return found;
}

index_format::DocumentId Index::last_of(index_format::DocumentId policy_document) const {
    const std::vector<index_format::DocumentId>& policies = directory().policies();
    const auto next = std::upper_bound(policies.begin(), policies.end(), policy_document);
    return next == policies.end() ? directory().document_count() : *next - 1;
}

}  // namespace smallprint::index
