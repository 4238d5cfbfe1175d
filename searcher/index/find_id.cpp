// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/index/find_id.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "common/model/policy.h"
#include "searcher/index/index.h"

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

// Texts are hashed rather than ids stored: a policy's passages are few and lie together.
Result<std::uint32_t> number_with_hash(Index& index, DocumentId policy, std::uint64_t hash) {
    for (DocumentId at = policy + 1; at <= index.last_of(policy); ++at) {
        TRY_ASSIGN(const Passage passage, index.passage(at));
        if (text_hash(passage.text) == hash) {
            return passage.number;
        }
    }
    return 0U;
}

}  // namespace

Failure no_such_id(std::string_view id) {
    return fail(ErrorCode::not_found, fmt::format("the index has nothing with the id '{}'", id),
                "ids are at the end of every search result");
}

Result<FoundId> find_id(Index& index, std::string_view id) {
    const std::optional<ParsedId> parsed = parse_id(id);
    if (!parsed) {
        return no_such_id(id);
    }
    TRY_ASSIGN(const std::vector<DocumentId> policies,
               index.policies_with(make_term(Field::id, policy_id(parsed->policy_hash))));
    if (policies.empty()) {
        return no_such_id(id);
    }
    FoundId found{policies.front(), 0};
    if (parsed->text_hash) {
        TRY_ASSIGN(found.number, number_with_hash(index, found.policy, *parsed->text_hash));
        if (found.number == 0) {
            return no_such_id(id);
        }
    }
    return found;
}

}  // namespace smallprint
