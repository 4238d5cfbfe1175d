// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/suggest.h"

#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "common/index_format/xapian_guard.h"
#include "searcher/index/index.h"
#include "searcher/request/requests.h"

#include <xapian.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace smallprint::search {
namespace {

// Values as terms have them. All are looked at only where few begin with the text.
std::vector<Suggestion> folded_matches(const request::SuggestRequest& request,
                                       const index::Index& index) {
    const std::string prefix(row_of(request.field).prefix);
    const std::string wanted = folded_value(request.text);
    const Xapian::Database& postings = index.postings();
    // Clauses have no other values than policies do, and are not counted.
    const auto count_policies = [&](const std::string& term) {
        return std::count_if(postings.postlist_begin(term), postings.postlist_end(term),
                             [&](Xapian::docid document) { return index.is_policy(document); });
    };
    std::vector<Suggestion> found;
    const auto add_those = [&](const std::string& beginning, const auto& is_wanted) {
        const auto end = postings.allterms_end(beginning);
        for (auto at = postings.allterms_begin(beginning);
             at != end && found.size() < request.count; ++at) {
            std::string value = (*at).substr(prefix.size());
            if (!value.empty() && is_wanted(value)) {
                found.push_back(
                    {std::move(value), static_cast<std::uint64_t>(count_policies(*at))});
            }
        }
    };
    add_those(prefix + wanted, [](const std::string&) { return true; });
    add_those(prefix, [&](const std::string& value) {
        const std::size_t at = value.find(wanted);
        return at != 0 && at != std::string::npos;
    });
    return found;
}

// As the policies that have it write it.
Result<std::string> written(Field field, const std::string& value, index::Index& index) {
    if (field != Field::vendor && field != Field::type) {
        return value;
    }
    TRY_ASSIGN(const std::vector<index_format::DocumentId> policies,
               index.policies_with(make_term(field, value)));
    if (policies.empty()) {
        return value;
    }
    TRY_ASSIGN(const index::PolicyPointer policy, index.policy(policies.front()));
    return field == Field::vendor ? policy->vendor : policy->terms_type;
}

}  // namespace

Result<std::vector<Suggestion>> suggest_values(const request::SuggestRequest& request,
                                               index::Index& index) {
    TRY_ASSIGN(std::vector<Suggestion> suggestions,
               index_format::guard_xapian([&] { return folded_matches(request, index); }));
    for (Suggestion& each : suggestions) {
        TRY_ASSIGN(each.value, written(request.field, each.value, index));
    }
    return suggestions;
}

}  // namespace smallprint::search
