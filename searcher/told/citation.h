// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/index/clause_view.h"

#include <string>

namespace smallprint::told {

// Cites a clause in a text: who, in which document, when it stood, where a capture is, the
// id.
std::string citation_text(const index::ClauseView& clause);

// The same as an entry of BibTeX.
std::string citation_bibtex(const index::ClauseView& clause);

}  // namespace smallprint::told
