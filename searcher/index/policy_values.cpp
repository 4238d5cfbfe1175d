// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/index/policy_values.h"

#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "common/index_format/xapian_guard.h"
#include "common/model/policy.h"
#include "searcher/index/index.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace smallprint::index {
namespace {

// The value as the archive writes it, for fields whose terms are in lower case.
std::string written(Field field, const Policy& policy) {
    switch (field) {
    case Field::vendor:
        return policy.vendor;
    case Field::type:
        return policy.terms_type;
    case Field::text:
    case Field::heading:
    case Field::host:
    case Field::language:
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
    return {};
}

}  // namespace

Result<PolicyValues> PolicyValues::build(Field field, const Index& index) {
    PolicyValues values;
    values.m_field = field;
    const std::vector<index_format::DocumentId>& policies = index.directory().policies();
    std::vector<std::pair<std::size_t, std::uint32_t>> pairs;  // a policy and a value
    std::vector<std::pair<index_format::DocumentId, std::uint32_t>> of_passages;
    values.m_is_mixed.resize(policies.size(), false);
    TRY(index_format::guard_xapian([&] {
        const std::string prefix(row_of(field).prefix);
        index.postings().visit_terms(prefix, [&](const std::string& term, std::uint64_t /*n*/) {
            if (term == prefix) {
                return true;  // those where it is not known
            }
            const auto value = static_cast<std::uint32_t>(values.m_terms.size());
            values.m_terms.push_back(term.substr(prefix.size()));
            values.m_examples.push_back(index.postings().cursor(term).document());
            index.postings().visit_documents(term, [&](index_format::DocumentId document) {
                const auto policy = std::prev(std::ranges::upper_bound(policies, document));
                const auto place = static_cast<std::size_t>(policy - policies.begin());
                if (*policy == document) {
                    pairs.emplace_back(place, value);
                } else {
                    of_passages.emplace_back(document, value);
                    values.m_is_mixed[place] = true;
                }
            });
            return true;
        });
    }));
    std::ranges::sort(pairs);
    values.m_values.reserve(pairs.size());
    for (std::size_t policy = 0, at = 0; policy <= policies.size(); ++policy) {
        values.m_starts.push_back(values.m_values.size());
        for (; at < pairs.size() && pairs[at].first == policy; ++at) {
            values.m_values.push_back(pairs[at].second);
        }
    }
    std::ranges::sort(of_passages);
    for (const auto& [document, value] : of_passages) {
        values.m_passages.push_back(document);
        values.m_passage_values.push_back(value);
    }
    return values;
}

std::span<const std::uint32_t> PolicyValues::of_passage(index_format::DocumentId document) const {
    const auto found = std::ranges::equal_range(m_passages, document);
    return std::span(m_passage_values)
        .subspan(static_cast<std::size_t>(found.begin() - m_passages.begin()), found.size());
}

Result<std::string> PolicyValues::name(std::uint32_t value, Index& index) {
    if (m_field != Field::vendor && m_field != Field::type) {
        return m_terms[value];
    }
    if (const auto known = m_names.find(value); known != m_names.end()) {
        return known->second;
    }
    TRY_ASSIGN(const PolicyPointer policy, index.policy(m_examples[value]));
    return m_names.try_emplace(value, written(m_field, *policy)).first->second;
}

}  // namespace smallprint::index
