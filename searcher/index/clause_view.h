// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/date.h"
#include "common/model/section.h"
#include "common/model/skip_reasons.h"
#include "common/model/snapshot.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace smallprint::index {

// Clauses, policies and the whole index as plain values: everything that people are shown of them,
// with nothing left to look up.

struct RunDates {
    std::optional<Day> first;  // both absent where the snapshots have no date
    std::optional<Day> last;
    std::uint32_t snapshots = 0;
};

// Who speaks, in which document.
struct PolicyFacts {
    std::string id;
    std::string vendor;  // empty if unknown
    VendorSource vendor_source = VendorSource::unknown;
    std::string type;
    std::string host;
    std::string title;
    std::string language;  // of the snapshot that is shown, else of the newest; ISO 639-1
};

// A clause with what is known of it. What depends on the snapshot (headings, neighbours, source) is
// that of the newest snapshot with the clause.
struct ClauseView : Capture {
    std::string id;
    PolicyFacts policy;
    bool boilerplate = false;
    std::vector<std::string> heading_path;  // outermost first
    std::string lead_in;  // introduces the list or table that the clause is from; empty for others
    std::string text;
    std::vector<Link> links;
    std::vector<RunDates> runs;
    std::optional<Day> first_seen;
    std::optional<Day> last_seen;
    std::uint32_t snapshots = 0;      // with the clause
    bool still_present = false;       // in the newest snapshot of the policy
    std::vector<std::string> before;  // neighbouring clauses in reading order
    std::vector<std::string> after;
    std::uint32_t also_at_vendors = 0;  // other vendors with the same text
    std::uint32_t source_begin = 0;     // bytes of the file or record, end exclusive
    std::uint32_t source_end = 0;
};

// A line of a policy's text as it stood in one snapshot.
struct PolicyLine {
    PieceKind kind = PieceKind::clause;
    std::uint8_t level = 0;  // headings above a heading
    std::string text = {};
    std::string id = {};   // empty for titles and headings
    bool focused = false;  // the clause that was asked for
    bool run_in = false;   // a heading that is the start of the clause below, and shown there
};

struct PolicyView : Capture {
    PolicyFacts policy;
    std::size_t snapshot = 0;  // from 1
    std::size_t snapshots = 0;
    std::vector<CaptureTime> captures;  // all dates of snapshots, oldest first
    std::vector<PolicyLine> lines;
};

// A part of an index that is not what was written.
struct Damage {
    std::string part;  // a file or record
    std::string problem;
};

struct CheckReport {
    std::string generation;
    std::string stale_current;  // the older generation that CURRENT names; empty if it names this
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
    std::uint64_t records = 0;
    std::vector<Damage> damaged;
};

// Sums up one policy of the index.
struct PolicyOverview {
    PolicyFacts policy;
    std::size_t snapshots = 0;
    std::size_t undated = 0;
    std::optional<Day> first;
    std::optional<Day> last;
    std::uint64_t clauses = 0;
    std::set<std::string> languages = {};  // of its snapshots; one may be unknown
};

struct IndexOverview {
    std::string folder;
    std::string generation;
    std::string created;
    std::string written_by;
    int format_version = 0;
    std::uint64_t index_bytes = 0;
    std::uint64_t source_bytes = 0;
    std::uint64_t policies = 0;
    std::uint64_t vendors = 0;
    std::uint64_t snapshots = 0;
    std::uint64_t clauses = 0;
    std::uint64_t clause_occurrences = 0;
    std::uint64_t boilerplate = 0;
    std::uint64_t skipped = 0;  // items of all sources
    std::vector<SkipReason> skipped_by_reason;
    std::string public_suffixes;             // version of the list; empty if it was the machine's
    bool has_other_public_suffixes = false;  // than this program
    std::vector<std::string> sources;
    std::vector<PolicyOverview> listed;  // by vendor
};

}  // namespace smallprint::index
