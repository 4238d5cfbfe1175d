// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/enum_names.h"
#include "common/model/date.h"
#include "common/model/snapshot.h"
#include "searcher/index/clause_view.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

namespace smallprint::told {

// ONE table of what programs are told of a clause: the columns of CSV and the members of JSON, in
// the order of both.

// Texts and lists are those of the clause; nothing is copied.
using ColumnValue = std::variant<std::string_view, std::optional<Day>, std::uint64_t, bool,
                                 std::span<const std::string>, std::span<const index::RunDates>>;

struct ClauseColumn {
    std::string_view csv;   // its name there; empty if there is no such column
    std::string_view json;  // "policy.type" is a member of a member; empty likewise
    ColumnValue (*value)(const index::ClauseView& clause);
};

template <auto Member> ColumnValue clause_fact(const index::ClauseView& clause) {
    const auto& value = clause.*Member;
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(value)>, std::uint32_t>) {
        return std::uint64_t{value};
    } else if constexpr (std::is_convertible_v<decltype(value), std::span<const std::string>>) {
        return std::span<const std::string>(value);
    } else if constexpr (std::is_convertible_v<decltype(value), std::span<const index::RunDates>>) {
        return std::span<const index::RunDates>(value);
    } else {
        return value;
    }
}

template <std::string index::PolicyFacts::* Member>
ColumnValue policy_fact(const index::ClauseView& clause) {
    return clause.policy.*Member;
}

inline ColumnValue vendor_source(const index::ClauseView& clause) {
    return name_of(clause.policy.vendor_source);
}

inline constexpr std::array k_clause_columns = {
    ClauseColumn{"id", "id", clause_fact<&index::ClauseView::id>},
    ClauseColumn{"vendor", "vendor", policy_fact<&index::PolicyFacts::vendor>},
    ClauseColumn{"vendor_source", "vendor_source", vendor_source},
    ClauseColumn{"policy_id", "policy.id", policy_fact<&index::PolicyFacts::id>},
    ClauseColumn{"type", "policy.type", policy_fact<&index::PolicyFacts::type>},
    ClauseColumn{"host", "policy.host", policy_fact<&index::PolicyFacts::host>},
    ClauseColumn{"title", "policy.title", policy_fact<&index::PolicyFacts::title>},
    ClauseColumn{"lang", "", policy_fact<&index::PolicyFacts::language>},
    ClauseColumn{"heading_path", "heading_path", clause_fact<&index::ClauseView::heading_path>},
    ClauseColumn{"lead_in", "lead_in", clause_fact<&index::ClauseView::lead_in>},
    ClauseColumn{"text", "text", clause_fact<&index::ClauseView::text>},
    ClauseColumn{"first_seen", "first_seen", clause_fact<&index::ClauseView::first_seen>},
    ClauseColumn{"last_seen", "last_seen", clause_fact<&index::ClauseView::last_seen>},
    ClauseColumn{"runs", "runs", clause_fact<&index::ClauseView::runs>},
    ClauseColumn{"snapshots", "snapshots", clause_fact<&index::ClauseView::snapshots>},
    ClauseColumn{"still_present", "still_present", clause_fact<&index::ClauseView::still_present>},
    ClauseColumn{"", "lang", policy_fact<&index::PolicyFacts::language>},
    ClauseColumn{"also_at_vendors", "also_at.vendors",
                 clause_fact<&index::ClauseView::also_at_vendors>},
    ClauseColumn{"source_url", "source_url", clause_fact<&index::ClauseView::source_url>},
    ClauseColumn{"archive_url", "archive_url", clause_fact<&index::ClauseView::archive_url>},
    ClauseColumn{"place", "source.place", clause_fact<&index::ClauseView::place>},
    ClauseColumn{"begin", "source.begin", clause_fact<&index::ClauseView::source_begin>},
    ClauseColumn{"end", "source.end", clause_fact<&index::ClauseView::source_end>},
};

}  // namespace smallprint::told
