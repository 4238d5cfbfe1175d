// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/date.h"
#include "common/model/section.h"
#include "common/model/snapshot.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {

// Snapshots of a policy are numbered from 0 in order of time, those without a date first. Its
// distinct clauses and boilerplate blocks ("passages") are numbered from 1 in the order of the text
// over all snapshots, its distinct headings from 0. Headings that no clause tells are passages as
// well, behind all others.

// An unbroken stretch of consecutive snapshots: numbers, both ends inside.
struct Run {
    std::uint32_t first = 0;
    std::uint32_t last = 0;

    friend bool operator==(const Run&, const Run&) = default;
};

struct Heading {
    std::uint8_t level = 0;
    std::string text;

    friend bool operator==(const Heading&, const Heading&) = default;
};

// One step of a snapshot's order: the heading or the passage that comes next.
struct Step {
    bool is_heading = false;
    std::uint32_t number = 0;

    friend bool operator==(const Step&, const Step&) = default;
};

struct Snapshot : Capture {
    std::uint64_t text_hash = 0;   // hash64 of the source
    std::uint64_t text_bytes = 0;  // of the source
    std::uint64_t payload = 0;     // hash of the digest that a WARC names it by; 0 for none
    bool reextracted = false;      // by the archive; its changes are not the vendor's
    // Captured at another page than the dated snapshots before it, to none of which it came back.
    bool moved = false;
    std::string language;  // of its text, ISO 639-1; empty if unknown
    std::vector<Step> order;

    friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

// Everything about a policy but the texts of its passages.
struct Policy {
    std::string vendor;
    VendorSource vendor_source = VendorSource::unknown;
    std::string terms_type;
    // Tells the policies of a vendor and type apart: the page it is read from, or was first. Empty
    // where the archive itself names vendor and type, which are one policy wherever its page is.
    std::string key;
    // The pages to which a policy moved that has a page for its key, in order: one for each
    // snapshot that is `moved`.
    std::vector<std::string> later_keys;
    std::string title;  // of the newest snapshot that has one
    std::uint32_t passage_count = 0;
    std::uint32_t clause_count = 0;  // passages that do not stand aside
    std::vector<Heading> headings;
    std::vector<Snapshot> snapshots;

    friend bool operator==(const Policy&, const Policy&) = default;
};

// A distinct clause, boilerplate block or lone heading of a policy. What depends on the occurrence
// is that of the newest snapshot it stands in, its first occurrence there.
struct Passage {
    std::uint32_t number = 0;
    PieceKind kind = PieceKind::clause;
    std::string text;
    std::vector<Run> runs;                    // in order, never adjacent
    std::vector<std::uint32_t> heading_path;  // heading numbers, outermost first
    std::uint32_t lead_in = 0;                // passage number, 0 for none
    std::uint32_t step = 0;                   // index into that snapshot's order
    std::uint32_t source_begin = 0;
    std::uint32_t source_end = 0;
    std::vector<Link> links;

    friend bool operator==(const Passage&, const Passage&) = default;
};

struct PolicyHistory {
    Policy policy;
    std::vector<Passage> passages;  // passages[i].number == i + 1
};

// Walks on to a heading: `path` then has the numbers of the headings above what follows, outermost
// first. The title of a document is above nothing and ends all sections.
void enter_heading(const Policy& policy, std::uint32_t heading, std::vector<std::uint32_t>& path);

// Stable, content-derived ids, the same on every machine and in every generation: ten characters
// for the policy, ten for the text; a clause's id is "policy-text". Lower-case base 32 of 50 bits.
std::uint64_t policy_hash(std::string_view vendor, std::string_view terms_type,
                          std::string_view key);
std::uint64_t text_hash(std::string_view text);
std::string policy_id(std::uint64_t policy_hash);
std::string clause_id(std::uint64_t policy_hash, std::uint64_t text_hash);

// True of a policy that is told from others of its vendor by the page it is read from.
inline bool has_page_for_key(std::string_view vendor, std::string_view key) {
    return !vendor.empty() && !key.empty();
}

struct ParsedId {
    std::uint64_t policy_hash = 0;
    std::optional<std::uint64_t> text_hash;
};

std::optional<ParsedId> parse_id(std::string_view id);

}  // namespace smallprint
