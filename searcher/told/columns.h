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
#include <variant>

namespace smallprint {

// ONE table of what programs are told of a clause: the columns of CSV and the members of JSON, in
// the order of both.

// Texts and lists are those of the clause; nothing is copied.
using ColumnValue = std::variant<std::string_view, std::optional<Day>, std::uint64_t, bool,
                                 std::span<const std::string>, std::span<const RunDates>>;

struct ClauseColumn {
    std::string_view csv;   // its name there; empty if there is no such column
    std::string_view json;  // "policy.type" is a member of a member; empty likewise
    ColumnValue (*value)(const ClauseView& clause);
};

inline constexpr std::array k_clause_columns = {
    ClauseColumn{"id", "id", [](const ClauseView& c) -> ColumnValue { return c.id; }},
    ClauseColumn{"vendor", "vendor",
                 [](const ClauseView& c) -> ColumnValue { return c.policy.vendor; }},
    ClauseColumn{
        "vendor_source", "vendor_source",
        [](const ClauseView& c) -> ColumnValue { return name_of(c.policy.vendor_source); }},
    ClauseColumn{"policy_id", "policy.id",
                 [](const ClauseView& c) -> ColumnValue { return c.policy.id; }},
    ClauseColumn{"type", "policy.type",
                 [](const ClauseView& c) -> ColumnValue { return c.policy.type; }},
    ClauseColumn{"host", "policy.host",
                 [](const ClauseView& c) -> ColumnValue { return c.policy.host; }},
    ClauseColumn{"title", "policy.title",
                 [](const ClauseView& c) -> ColumnValue { return c.policy.title; }},
    ClauseColumn{"lang", "", [](const ClauseView& c) -> ColumnValue { return c.policy.language; }},
    ClauseColumn{"heading_path", "heading_path",
                 [](const ClauseView& c) -> ColumnValue { return std::span(c.heading_path); }},
    ClauseColumn{"lead_in", "lead_in",
                 [](const ClauseView& c) -> ColumnValue { return c.lead_in; }},
    ClauseColumn{"text", "text", [](const ClauseView& c) -> ColumnValue { return c.text; }},
    ClauseColumn{"first_seen", "first_seen",
                 [](const ClauseView& c) -> ColumnValue { return c.first_seen; }},
    ClauseColumn{"last_seen", "last_seen",
                 [](const ClauseView& c) -> ColumnValue { return c.last_seen; }},
    ClauseColumn{"runs", "runs",
                 [](const ClauseView& c) -> ColumnValue { return std::span(c.runs); }},
    ClauseColumn{"snapshots", "snapshots",
                 [](const ClauseView& c) -> ColumnValue { return std::uint64_t{c.snapshots}; }},
    ClauseColumn{"still_present", "still_present",
                 [](const ClauseView& c) -> ColumnValue { return c.still_present; }},
    ClauseColumn{"", "lang", [](const ClauseView& c) -> ColumnValue { return c.policy.language; }},
    ClauseColumn{
        "also_at_vendors", "also_at.vendors",
        [](const ClauseView& c) -> ColumnValue { return std::uint64_t{c.also_at_vendors}; }},
    ClauseColumn{"source_url", "source_url",
                 [](const ClauseView& c) -> ColumnValue { return c.source_url; }},
    ClauseColumn{"archive_url", "archive_url",
                 [](const ClauseView& c) -> ColumnValue { return c.archive_url; }},
    ClauseColumn{"place", "source.place",
                 [](const ClauseView& c) -> ColumnValue { return c.place; }},
    ClauseColumn{"begin", "source.begin",
                 [](const ClauseView& c) -> ColumnValue { return std::uint64_t{c.source_begin}; }},
    ClauseColumn{"end", "source.end",
                 [](const ClauseView& c) -> ColumnValue { return std::uint64_t{c.source_end}; }},
};

}  // namespace smallprint
