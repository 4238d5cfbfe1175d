// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/http/request.h"
#include "searcher/index/clause_view.h"

#include <string_view>
#include <vector>

namespace smallprint::http {

// The header fields of Memento (RFC 7089) for a policy as it was captured at some time: when, and
// where the capture and the list of captures are.
std::vector<HeaderField> memento_fields(const index::PolicyView& view, std::string_view base_url);

}  // namespace smallprint::http
