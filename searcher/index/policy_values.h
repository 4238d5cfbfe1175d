// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "searcher/index/index.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace smallprint::index {

// Numbers the values of one exact field (vendor, type, host or language) and knows those of each
// clause: those of its policy, or in a policy of several languages its own. Built from the terms of
// the field, once an index; one a thread.
class PolicyValues {
public:
    static Result<PolicyValues> build(Field field, const Index& index);

    // The values of a clause, whose policy is given by its place in Directory::policies().
    std::span<const std::uint32_t> of_clause(index_format::DocumentId document,
                                             std::size_t policy) const {
        return m_is_mixed[policy] ? of_passage(document)
                                  : std::span(m_values).subspan(
                                        m_starts[policy], m_starts[policy + 1] - m_starts[policy]);
    }

    // Values are numbered from 0.
    std::size_t count() const { return m_terms.size(); }

    // As the archive writes it, with capital letters; reads a policy's record for it the first
    // time.
    Result<std::string> name(std::uint32_t value, Index& index);

private:
    std::span<const std::uint32_t> of_passage(index_format::DocumentId document) const;

    Field m_field = Field::vendor;
    std::vector<std::size_t> m_starts;
    std::vector<std::uint32_t> m_values;
    std::vector<bool> m_is_mixed;  // by policy: its passages have their own values,
    std::vector<index_format::DocumentId> m_passages;  // in order,
    std::vector<std::uint32_t> m_passage_values;       // which are these
    std::vector<std::string> m_terms;                  // without prefix, by value
    std::vector<index_format::DocumentId> m_examples;  // a policy that has it
    std::unordered_map<std::uint32_t, std::string> m_names;
};

}  // namespace smallprint::index
