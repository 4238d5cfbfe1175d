// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/range_source.h"

#include "common/index_format/directory.h"

#include <xapian.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace smallprint {

RangeSource::RangeSource(std::vector<DocumentRange> ranges) : m_ranges(std::move(ranges)) {
    for (const DocumentRange& range : m_ranges) {
        m_documents += range.last - range.first + 1;
    }
}

void RangeSource::init(const Xapian::Database& /*database*/) {
    m_range = 0;
    m_document = 0;
}

void RangeSource::next(double min_weight) {
    skip_to(m_document + 1, min_weight);
}

void RangeSource::skip_to(Xapian::docid document, double /*min_weight*/) {
    document = std::max(document, m_document);
    while (m_range < m_ranges.size() && m_ranges[m_range].last < document) {
        ++m_range;
    }
    if (m_range < m_ranges.size()) {
        m_document = std::max(document, m_ranges[m_range].first);
    }
}

Xapian::PostingSource* RangeSource::clone() const {
    return new RangeSource(m_ranges);
}

}  // namespace smallprint
