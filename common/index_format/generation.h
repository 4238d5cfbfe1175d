// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/model/skip_reasons.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::index_format {

// Layout of an index (schemas/index-format.md):
//
//   DIR/CURRENT                  one line: the name of the published generation
//   DIR/lock                     held while somebody writes
//   DIR/gen-000001/meta.json     facts, counts, and size and digest of every other file
//   DIR/gen-000001/meta.digest   digest of meta.json
//   DIR/gen-000001/dictionary    zstd dictionary of the records; empty if there is none
//   DIR/gen-000001/xapian/       one Xapian database: terms and postings, nothing else
//   DIR/gen-000001/records       texts and facts of all documents, compressed in blocks
//   DIR/gen-000001/directory     where in `records` each document is, and its dates
//
// A generation is never written again once CURRENT has named it.

inline constexpr int k_format_version = 3;
inline constexpr std::string_view k_current_file = "CURRENT";
inline constexpr std::string_view k_lock_file = "lock";
inline constexpr std::string_view k_meta_file = "meta.json";
inline constexpr std::string_view k_meta_digest_file = "meta.digest";
inline constexpr std::string_view k_dictionary_file = "dictionary";
inline constexpr std::string_view k_xapian_folder = "xapian";
inline constexpr std::string_view k_records_file = "records";
inline constexpr std::string_view k_directory_file = "directory";

struct Counts {
    std::uint64_t policies = 0;
    std::uint64_t snapshots = 0;
    std::uint64_t clauses = 0;
    std::uint64_t boilerplate = 0;
    std::uint64_t clause_occurrences = 0;
    std::uint64_t source_bytes = 0;
    std::uint64_t skipped = 0;
};

// What a run left out of the archives that it was given.
struct Lacks {
    std::vector<std::string> sources;
    std::vector<SkipReason> reasons;
};

struct FileDigest {
    std::string name;  // relative to the generation, with '/'
    std::uint64_t size = 0;
    std::string xxh3;
    std::string sample = {};  // digest of pages spread over it; empty if it is not very large
};

struct Meta {
    int format_version = k_format_version;
    std::uint64_t generation = 0;  // its number, so that no other can stand in its place
    int analyzer_version = 0;
    int splitter_version = 0;
    std::string public_suffixes;  // version of the list; empty if it was the machine's
    std::string written_by;
    std::string created;  // UTC, ISO 8601
    std::vector<std::string> sources;
    Counts counts;
    std::vector<Lacks> lacks;  // what the index lacks of its sources, in the order of the runs
    std::vector<FileDigest> files;
};

std::string encode_meta(const Meta& meta);
Result<Meta> decode_meta(std::string_view json);

// The folder that is meant when none is named: $SMALLPRINT_INDEX, else ./smallprint.idx. For the
// start of a program, before there are threads.
std::string default_index_folder();

std::string generation_name(std::uint64_t number);  // 1 -> "gen-000001"
// 0 for a name that is not a generation's.
std::uint64_t generation_number(std::string_view name);

// The numbers of the generations in the folder, sorted.
Result<std::vector<std::uint64_t>> list_generations(const std::filesystem::path& index);

// Returns the name in CURRENT; ErrorCode::no_index if there is none.
Result<std::string> named_generation(const std::filesystem::path& index);

// Returns the name in CURRENT, or that of the last generation if it is a later one and whole. A
// folder is named so once it is durable; so a CURRENT that names an older one is stale: its writer
// died before it, or it is a copy, or damaged.
Result<std::string> published_generation(const std::filesystem::path& index);

struct Generation {
    std::filesystem::path folder;
    Meta meta;
    std::string dictionary;
};

// The published generation of the index folder, checked before Xapian sees a byte of it: CURRENT,
// digest and number in meta.json, format and analyzer version, presence, size and digest of every
// file (of very large ones that of a sample), but for the records, which are checked when they are
// read. What is wrong and what to do is in the error.
Result<Generation> open_generation(const std::filesystem::path& index);

// The same but for the files: CURRENT, digest of meta.json and versions. `dictionary` is empty.
Result<Generation> read_generation(const std::filesystem::path& index);

enum class FileCheck {
    quick,  // presence and size, and the digest, of very large files that of a sample
    whole,  // the digest
};

// Checks that a file of the generation is the one that was written.
Result<void> check_file(const std::filesystem::path& folder, const FileDigest& file, FileCheck how);

// Size and digest of every file in the folder, sorted by name.
Result<std::vector<FileDigest>> digest_files(const std::filesystem::path& folder);

}  // namespace smallprint::index_format
