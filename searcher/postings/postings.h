// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/index_format/directory.h"

#include <xapian.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace smallprint::postings {

using index_format::DocumentId;

inline constexpr DocumentId k_no_document = UINT32_MAX;

// Walks over the documents that have a term, in the order of their numbers. Xapian's exceptions
// pass through, here and in all of this room.
class Cursor {
public:
    Cursor(const Xapian::Database& database, const std::string& term);

    // k_no_document behind the last one.
    DocumentId document() const { return m_document; }

    // How often the document has the term. Not behind the last one.
    std::uint32_t count() const { return m_at.get_wdf(); }

    void next() {
        ++m_at;
        look();
    }

    // Goes on to the first document that is not before this one; never back.
    void skip_to(DocumentId document) {
        if (m_document < document) {
            m_at.skip_to(document);
            look();
        }
    }

private:
    void look() { m_document = m_at == m_end ? k_no_document : *m_at; }

    Xapian::PostingIterator m_at;
    Xapian::PostingIterator m_end;
    DocumentId m_document = k_no_document;
};

// The terms of an index, and the documents that have them. One a thread.
class Postings {
public:
    Postings(Xapian::Database database, std::shared_ptr<const index_format::Directory> directory);

    DocumentId documents() const { return m_directory->document_count(); }

    // How many documents have a term.
    std::uint64_t frequency(const std::string& term) const { return m_database.get_termfreq(term); }

    Cursor cursor(const std::string& term) const { return {m_database, term}; }

    // Calls `visit` with each document that has a term.
    template <typename Visit> void visit_documents(const std::string& term, Visit visit) const {
        for (Cursor at = cursor(term); at.document() != k_no_document; at.next()) {
            visit(at.document());
        }
    }

    // Calls `visit` with the terms that begin so, in order, and how many documents have each, until
    // it returns false.
    template <typename Visit> void visit_terms(const std::string& beginning, Visit visit) const {
        const auto end = m_database.allterms_end(beginning);
        for (auto at = m_database.allterms_begin(beginning); at != end; ++at) {
            if (!visit(*at, std::uint64_t{at.get_termfreq()})) {
                return;
            }
        }
    }

    // The words of a document that count for its rank; 0 for what is no clause.
    std::uint32_t length(DocumentId document) const { return m_directory->facts(document).length; }

    // Of all documents.
    double mean_length() const { return m_mean_length; }

private:
    Xapian::Database m_database;
    std::shared_ptr<const index_format::Directory> m_directory;
    double m_mean_length = 0;
};

}  // namespace smallprint::postings
