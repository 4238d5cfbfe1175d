// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "searcher/index/index.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace smallprint::index {

// The policies that have a value, in any case, in an exact field: vendor, type, host or language.
// ErrorCode::not_found, with the values that come nearest, if there is none.
Result<std::vector<index_format::DocumentId>> policies_with(Field field, std::string_view value,
                                                            Index& index);

// Leaves of a vendor's policies those of a type, in any case; all of them without one.
// ErrorCode::not_found, with the types that there are, if none is left.
Result<std::vector<index_format::DocumentId>>
keep_type(const std::vector<index_format::DocumentId>& policies, std::string_view vendor,
          std::string_view type, Index& index);

// The clauses that have a value in an exact field, as ranges of documents in order: all of a
// policy that has it, or of one in several languages those in that one. Errors as above.
Result<std::vector<index_format::DocumentRange>> documents_with(Field field, std::string_view value,
                                                                Index& index);

// The policies that some snapshot of was captured at an address; scheme, "www.", a fragment and a
// slash at the end aside. None for what is no address.
Result<std::vector<index_format::DocumentId>> policies_at(std::string_view address, Index& index);

// An id names a passage, or with number 0 the whole policy.
struct FoundId {
    index_format::DocumentId policy = 0;
    std::uint32_t number = 0;
};

Failure no_such_id(std::string_view id);

// ErrorCode::not_found if the index has nothing with the id.
Result<FoundId> find_id(Index& index, std::string_view id);

}  // namespace smallprint::index
