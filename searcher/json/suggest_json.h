// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/request/requests.h"
#include "searcher/search/suggest.h"

#include <string>
#include <vector>

namespace smallprint {

// smallprint.suggestions.v1.
std::string suggestions_json(const std::vector<Suggestion>& suggestions,
                             const SuggestRequest& request);

}  // namespace smallprint
