// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/date.h"
#include "common/model/section.h"
#include "common/model/snapshot.h"
#include "searcher/query/ast.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace smallprint {

// What the engine answers, as plain values: everything the presenters show and nothing they have
// to look up.

struct TextSpan {
    std::uint32_t begin = 0;  // byte offsets, end exclusive
    std::uint32_t end = 0;

    friend bool operator==(const TextSpan&, const TextSpan&) = default;
};

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
    std::string language;  // ISO 639-1
};

// A clause with what is known of it. What depends on the snapshot (headings, neighbours, source) is
// that of the newest snapshot with the clause.
struct ClauseView {
    std::string id;
    PolicyFacts policy;
    bool boilerplate = false;
    std::vector<std::string> heading_path;  // outermost first
    std::string lead_in;  // what introduces the list or table it is from, or empty
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
    std::string source_url;
    std::string archive_url;
    std::string place;               // the file or record it was read from,
    std::uint32_t source_begin = 0;  // and where in it, in bytes
    std::uint32_t source_end = 0;
};

struct Hit {
    std::size_t rank = 0;  // from 1
    double score = 0;
    bool complete = true;  // has every word of the query, else lacks some
    ClauseView clause;
    std::vector<TextSpan> highlights;  // in clause.text, in order, not overlapping
};

// How often a word of the query occurs by itself, to explain results and their absence.
struct WordCount {
    std::string word;
    std::uint64_t clauses = 0;
    bool ignored = false;      // too common to be searched for by itself,
    bool passed_over = false;  // and so it was not looked for at all
};

struct FacetValue {
    std::string value;  // empty where it is not known
    std::uint64_t clauses = 0;
};

struct Facet {
    std::vector<FacetValue> values;  // most clauses first
    std::uint64_t others = 0;        // values that are left out
};

// How many of the clauses that match have what. Copies count once for each value if they are
// collapsed.
struct Facets {
    std::uint64_t clauses = 0;  // all of them
    Facet vendor;
    Facet type;
    Facet host;  // each a policy was read from
    Facet language;
    Facet year;  // in which the clause stood: all in order, then those without any date
    bool exact = true;
};

// One condition of a query that was looked for.
struct ExplainedStep {
    std::size_t depth = 0;             // below the whole
    std::string text;                  // what it asks: stems, forms, distances
    std::uint64_t candidates = 0;      // documents that may have it, at most
    bool decided_by_postings = false;  // else each candidate is looked at
    double weight = 1;                 // in the ranking
};

// What became of a query, stage by stage.
struct Explanation {
    std::string text;
    std::string parsed;  // the query, written out in the one way
    std::string tree;    // a line each node
    std::vector<ExplainedStep> steps;
    std::vector<std::string> synonyms;
    std::string asked;        // what Xapian was asked, in its words
    std::uint64_t most = 0;   // candidates at most
    bool reads_text = false;  // of candidates
};

struct SearchResults {
    Query query;
    std::uint64_t total = 0;
    bool total_is_exact = true;  // else there are at least `total`
    bool widened = false;        // some results lack some of the words,
    std::uint64_t complete = 0;  // which so many have all of; they come first
    std::vector<WordCount> words;
    std::vector<std::string> synonyms;      // of the thesaurus, looked for as well
    std::optional<std::string> suggestion;  // the query as it was probably meant
    std::vector<std::string> notes;         // what the user should know of how the query was read
    std::size_t offset = 0;                 // results before the first of these
    std::vector<Hit> hits;
    std::optional<std::string> next;  // cursor of the next page, where there is one
    std::optional<Facets> facets;     // where they were asked for
    std::optional<Explanation> explanation;
    double took_ms = 0;
};

// A line of a policy's text as it stood in one snapshot.
struct PolicyLine {
    PieceKind kind = PieceKind::clause;
    std::uint8_t level = 0;  // of a heading: how many stand above it
    std::string text;
    std::string id;        // of a clause or boilerplate block
    bool focused = false;  // the clause that was asked for
};

struct PolicyView {
    PolicyFacts policy;
    std::optional<CaptureTime> captured;
    std::string source_url;
    std::string archive_url;
    std::string place;
    std::size_t snapshot = 0;  // from 1
    std::size_t snapshots = 0;
    std::vector<CaptureTime> captures;  // of all snapshots that have a date, oldest first
    std::vector<PolicyLine> lines;
};

// A part of an index that is not what was written.
struct Damage {
    std::string part;  // a file or record
    std::string problem;
};

struct CheckReport {
    std::string generation;
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
    std::uint64_t records = 0;
    std::vector<Damage> damaged;
};

// What the index holds of one policy.
struct PolicyOverview {
    PolicyFacts policy;
    std::size_t snapshots = 0;
    std::size_t undated = 0;
    std::optional<Day> first;
    std::optional<Day> last;
    std::uint64_t clauses = 0;
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
    std::uint64_t skipped = 0;
    std::vector<std::string> sources;
    std::vector<PolicyOverview> listed;  // by vendor
};

}  // namespace smallprint
