// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/postings/postings.h"

#include "common/index_format/directory.h"

#include <xapian.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace smallprint::postings {

Cursor::Cursor(const Xapian::Database& database, const std::string& term)
    : m_at(database.postlist_begin(term)), m_end(database.postlist_end(term)) {
    look();
}

Postings::Postings(Xapian::Database database,
                   std::shared_ptr<const index_format::Directory> directory)
    : m_database(std::move(database)), m_directory(std::move(directory)) {
    std::uint64_t words = 0;
    for (DocumentId document = 1; document <= documents(); ++document) {
        words += length(document);
    }
    m_mean_length =
        documents() == 0 ? 0 : static_cast<double>(words) / static_cast<double>(documents());
}

}  // namespace smallprint::postings
