// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/http/request.h"
#include "searcher/index/clause_view.h"

#include <string_view>
#include <vector>

namespace smallprint {

// What says, in the words of Memento (RFC 7089), that an answer is a page as it was captured at
// some time, and where it and the list of its captures are.
std::vector<HeaderField> memento_fields(const PolicyView& view, std::string_view base_url);

}  // namespace smallprint
