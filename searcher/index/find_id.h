// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "searcher/index/index.h"

#include <cstdint>
#include <string_view>

namespace smallprint {

// What an id names: a passage, or with number 0 the whole policy.
struct FoundId {
    DocumentId policy = 0;
    std::uint32_t number = 0;
};

Failure no_such_id(std::string_view id);

// ErrorCode::not_found if the index has nothing with the id.
Result<FoundId> find_id(Index& index, std::string_view id);

}  // namespace smallprint
