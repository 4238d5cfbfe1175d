// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "searcher/request/requests.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace smallprint::index {
class Index;
}  // namespace smallprint::index

namespace smallprint::search {

// Values of a field that go on as somebody has begun to write them.

struct Suggestion {
    std::string value;
    std::uint64_t policies = 0;  // with the value
};

// Those that begin with the text, then those that have it inside; each by their names.
Result<std::vector<Suggestion>> suggest_values(const request::SuggestRequest& request,
                                               index::Index& index);

}  // namespace smallprint::search
