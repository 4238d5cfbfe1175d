// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/index_format/directory.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

namespace smallprint {

// What has been decided of clauses by one condition, so that a second pass over its candidates
// reads no text again. Two bits for each document up to the last that was decided.
class MatchCache {
public:
    std::optional<bool> of(DocumentId document) const {
        if (document >= m_known.size() || !m_known[document]) {
            return std::nullopt;
        }
        return m_true[document];
    }

    void keep(DocumentId document, bool verdict) {
        if (document >= m_known.size()) {
            const std::size_t size = std::max<std::size_t>(document + 1, m_known.size() * 2);
            m_known.resize(size, false);
            m_true.resize(size, false);
        }
        m_known[document] = true;
        m_true[document] = verdict;
    }

private:
    std::vector<bool> m_known;
    std::vector<bool> m_true;
};

}  // namespace smallprint
