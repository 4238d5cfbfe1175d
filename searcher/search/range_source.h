// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/index_format/directory.h"

#include <xapian.h>

#include <cstddef>
#include <string>
#include <vector>

namespace smallprint {

// Lets a Xapian query pass the documents of some stretches only. Sorted, not overlapping.
class RangeSource : public Xapian::PostingSource {
public:
    explicit RangeSource(std::vector<DocumentRange> ranges);

    Xapian::doccount get_termfreq_min() const override { return m_documents; }

    Xapian::doccount get_termfreq_est() const override { return m_documents; }

    Xapian::doccount get_termfreq_max() const override { return m_documents; }

    void init(const Xapian::Database& database) override;
    void next(double min_weight) override;
    void skip_to(Xapian::docid document, double min_weight) override;

    bool at_end() const override { return m_range == m_ranges.size(); }

    Xapian::docid get_docid() const override { return m_document; }

    Xapian::PostingSource* clone() const override;

    std::string get_description() const override { return "RangeSource"; }

private:
    std::vector<DocumentRange> m_ranges;
    Xapian::doccount m_documents = 0;
    std::size_t m_range = 0;
    Xapian::docid m_document = 0;
};

}  // namespace smallprint
