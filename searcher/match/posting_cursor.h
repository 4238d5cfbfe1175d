// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/index_format/directory.h"

#include <xapian.h>

#include <string>
#include <utility>

namespace smallprint {

// Says of one document after the other whether it has a term. Cheap where documents are asked for
// in the order of their ids. Xapian's exceptions pass through.
class PostingCursor {
public:
    PostingCursor(const Xapian::Database& postings, std::string term)
        : m_postings(postings), m_term(std::move(term)) {}

    bool has(DocumentId document) {
        if (!m_open || document < m_asked) {
            m_at = m_postings.postlist_begin(m_term);
            m_end = m_postings.postlist_end(m_term);
            m_open = true;
        }
        m_asked = document;
        if (m_at != m_end && *m_at < document) {
            m_at.skip_to(document);
        }
        return m_at != m_end && *m_at == document;
    }

private:
    Xapian::Database m_postings;
    std::string m_term;
    Xapian::PostingIterator m_at;
    Xapian::PostingIterator m_end;
    DocumentId m_asked = 0;
    bool m_open = false;
};

}  // namespace smallprint
