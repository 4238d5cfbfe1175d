// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/index/lookup.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "common/index_format/xapian_guard.h"
#include "common/model/policy.h"
#include "common/model/wayback_url.h"
#include "common/text/nearest.h"
#include "searcher/index/index.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::index {
namespace {

constexpr std::size_t k_most_suggestions = 3;
constexpr std::size_t k_longest_compared = 64;
constexpr std::size_t k_most_compared = 50'000;  // values; the answer is a hint and must be quick

// Also from the name of a site without what follows: who writes "gogle" means google.com.
std::size_t slips_from(std::string_view wanted, std::string_view value) {
    return std::min(text::edit_distance(wanted, value.substr(0, k_longest_compared)),
                    text::edit_distance(
                        wanted, value.substr(0, std::min(value.find('.'), k_longest_compared))));
}

std::string nearest_values(Field field, std::string_view wanted, const Index& index) {
    const std::string prefix(row_of(field).prefix);
    const std::string_view cut = wanted.substr(0, k_longest_compared);
    std::vector<std::pair<std::size_t, std::string>> near;
    std::size_t compared = 0;
    index.postings().visit_terms(prefix, [&](const std::string& term, std::uint64_t /*n*/) {
        const std::string value = term.substr(prefix.size());
        const bool contains = !cut.empty() && value.find(cut) != std::string::npos;
        const std::size_t distance = slips_from(cut, value);
        if (!value.empty() && (contains || distance <= cut.size() / 3 + 1)) {
            near.emplace_back(contains ? 0 : distance, value);
        }
        return ++compared < k_most_compared;
    });
    std::ranges::sort(near);
    near.resize(std::min(near.size(), k_most_suggestions));
    std::string names;
    for (const auto& [distance, value] : near) {
        names += (names.empty() ? "" : ", ") + value;
    }
    return names;
}

std::string none_with(Field field, std::string_view value) {
    switch (field) {
    case Field::vendor:
        return fmt::format("the index has no vendor '{}'", value);
    case Field::type:
        return fmt::format("the index has no policy of the type '{}'", value);
    case Field::host:
        return fmt::format("the index has no policy from the host '{}'", value);
    case Field::language:
        return fmt::format("the index has no policy in the language '{}'", value);
    case Field::text:
    case Field::heading:
    case Field::id:
    case Field::date:
    case Field::as_of:
    case Field::first_seen:
    case Field::last_seen:
    case Field::change:
    case Field::length:
    case Field::scope:
        break;
    }
    return fmt::format("the index has no policy with '{}'", value);
}

Error no_such_value(Field field, std::string_view value, const Index& index) {
    const std::string wanted = folded_value(value);
    const auto near =
        index_format::guard_xapian([&] { return nearest_values(field, wanted, index); });
    if (!near) {
        return near.error();
    }
    return Error{ErrorCode::not_found, none_with(field, value),
                 !near->empty()           ? fmt::format("did you mean: {}", *near)
                 : field == Field::vendor ? "`smallprint info` lists the vendors"
                                          : "`smallprint info` lists the policies"};
}

// Host and path of an address.
std::string_view bare_address(std::string_view address) {
    const std::size_t scheme = address.find("://");
    address.remove_prefix(scheme == address.npos ? 0 : scheme + 3);
    address = address.substr(0, address.find('#'));
    address.remove_prefix(address.starts_with("www.") ? 4 : 0);
    address.remove_suffix(address.ends_with('/') ? 1 : 0);
    return address;
}

// Texts are hashed rather than ids stored: a policy's passages are few and lie together.
Result<std::uint32_t> number_with_hash(Index& index, index_format::DocumentId policy,
                                       std::uint64_t hash) {
    for (index_format::DocumentId at = policy + 1; at <= index.last_of(policy); ++at) {
        TRY_ASSIGN(const Passage passage, index.passage(at));
        if (text_hash(passage.text) == hash) {
            return passage.number;
        }
    }
    return 0U;
}

}  // namespace

Result<std::vector<index_format::DocumentId>> policies_with(Field field, std::string_view value,
                                                            Index& index) {
    TRY_ASSIGN(std::vector<index_format::DocumentId> policies,
               index.policies_with(make_term(field, folded_value(value))));
    if (policies.empty()) {
        return fail(no_such_value(field, value, index));
    }
    return policies;
}

Result<std::vector<index_format::DocumentRange>> documents_with(Field field, std::string_view value,
                                                                Index& index) {
    TRY_ASSIGN(std::vector<index_format::DocumentRange> ranges,
               index.documents_with(make_term(field, folded_value(value))));
    if (ranges.empty()) {
        return fail(no_such_value(field, value, index));
    }
    return ranges;
}

Result<std::vector<index_format::DocumentId>>
keep_type(const std::vector<index_format::DocumentId>& policies, std::string_view vendor,
          std::string_view type, Index& index) {
    std::vector<index_format::DocumentId> kept;
    std::set<std::string> types;
    for (const index_format::DocumentId document : policies) {
        TRY_ASSIGN(const PolicyPointer policy, index.policy(document));
        types.insert(policy->terms_type.empty() ? "unknown" : policy->terms_type);
        if (type.empty() || folded_value(policy->terms_type) == folded_value(type)) {
            kept.push_back(document);
        }
    }
    if (kept.empty()) {
        return fail(ErrorCode::not_found,
                    fmt::format("'{}' has no policy of the type '{}'", vendor, type),
                    fmt::format("there is: {}", fmt::join(types, ", ")));
    }
    return kept;
}

Result<std::vector<index_format::DocumentId>> policies_at(std::string_view address, Index& index) {
    const std::string_view wanted = bare_address(address);
    std::vector<index_format::DocumentId> found;
    if (wanted.find('/') == wanted.npos && address.find("://") == address.npos) {
        return found;
    }
    for (const std::string_view subdomain : {"", "www."}) {
        const std::string host = host_of(fmt::format("http://{}{}", subdomain, wanted));
        TRY_ASSIGN(const std::vector<index_format::DocumentId> policies,
                   index.policies_with(make_term(Field::host, host)));
        for (const index_format::DocumentId document : policies) {
            TRY_ASSIGN(const PolicyPointer policy, index.policy(document));
            if (std::ranges::any_of(policy->snapshots, [&](const Snapshot& snapshot) {
                    return bare_address(snapshot.source_url) == wanted;
                })) {
                found.push_back(document);
            }
        }
    }
    std::ranges::sort(found);
    found.erase(std::ranges::unique(found).begin(), found.end());
    return found;
}

Failure no_such_id(std::string_view id) {
    return fail(ErrorCode::not_found, fmt::format("the index has nothing with the id '{}'", id),
                "ids are at the end of every search result");
}

Result<FoundId> find_id(Index& index, std::string_view id) {
    const std::optional<ParsedId> parsed = parse_id(id);
    if (!parsed) {
        return no_such_id(id);
    }
    TRY_ASSIGN(const std::vector<index_format::DocumentId> policies,
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

}  // namespace smallprint::index
