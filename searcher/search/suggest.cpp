// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/suggest.h"

#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "common/index_format/xapian_guard.h"
#include "searcher/index/index.h"
#include "searcher/request/requests.h"

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
    // Clauses have no other values than policies do, and are not counted.
    const auto count_policies = [&](const std::string& term) {
        std::uint64_t policies = 0;
        index.postings().visit_documents(term, [&](index_format::DocumentId document) {
            if (index.is_policy(document)) {
                ++policies;
            }
        });
        return policies;
    };
    std::vector<Suggestion> found;
    const auto add_those = [&](const std::string& beginning, const auto& is_wanted) {
        index.postings().visit_terms(beginning, [&](const std::string& term, std::uint64_t /*n*/) {
            std::string value = term.substr(prefix.size());
            if (found.size() < request.count && !value.empty() && is_wanted(value)) {
                found.push_back({std::move(value), count_policies(term)});
            }
            return found.size() < request.count;
        });
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
