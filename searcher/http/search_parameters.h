// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/engine/engine.h"
#include "searcher/http/parameters.h"

#include <span>

namespace smallprint {

// The parameters of a search: `smallprint search`'s options by other names.
std::span<const ParameterRow> search_parameters();

// A mistake in `q` is ErrorCode::query.
Result<SearchRequest> search_request(const Parameters& parameters);

}  // namespace smallprint
