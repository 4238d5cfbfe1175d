// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/index_format/generation.h"

#include "common/base/enum_names.h"
#include "common/base/error.h"
#include "common/base/hash.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/base/version.h"
#include "common/index_format/bytes.h"
#include "common/io/file.h"
#include "common/model/listing.h"
#include "common/model/skip_reasons.h"
#include "common/text/analyzer.h"
#include "common/text/utf8.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace smallprint::index_format {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::string_view k_format_name = "smallprint";
constexpr std::string_view k_name_start = "gen-";
constexpr std::uint64_t k_largest_number = 999'999'999;
// Files up to this size are hashed at every open, which takes some milliseconds at most: a flipped
// bit in one of Xapian's can crash it, or change answers without a word. Of larger ones some pages
// are, which tells a file of another generation.
constexpr std::uint64_t k_hashed_at_open = std::uint64_t{32} << 20U;
constexpr std::uint64_t k_sampled_pages = 64;
constexpr std::size_t k_sampled_page = std::size_t{64} << 10U;

constexpr std::size_t k_longest_name = 64;

Result<std::string> digest_whole(const fs::path& path) {
    Digest128 digest;
    TRY(io::digest_file(path, digest));
    return digest.value();
}

// Pages from the start to the end, equally far apart.
Result<std::string> digest_sample(const fs::path& path) {
    TRY_ASSIGN(const io::RandomAccessFile file, io::RandomAccessFile::open(path));
    TRY_ASSIGN(const std::uint64_t size, file.size());
    const std::size_t page_size = std::min<std::uint64_t>(size, k_sampled_page);
    Digest128 digest;
    for (std::uint64_t page = 0; page < k_sampled_pages; ++page) {
        const std::uint64_t offset = (size - page_size) / (k_sampled_pages - 1) * page;
        TRY_ASSIGN(const std::string bytes, file.read(offset, page_size));
        digest.add(bytes);
    }
    return digest.value();
}

// Records are verified when they are read, one by one.
bool verifies_itself(const FileDigest& file) {
    return file.name == k_records_file;
}

json::object counts_to_json(const Counts& counts) {
    return {{"policies", counts.policies},
            {"snapshots", counts.snapshots},
            {"clauses", counts.clauses},
            {"boilerplate", counts.boilerplate},
            {"clause_occurrences", counts.clause_occurrences},
            {"source_bytes", counts.source_bytes},
            {"skipped", counts.skipped}};
}

Counts counts_from_json(const json::object& object) {
    const auto at = [&](std::string_view name) {
        return object.at(name).to_number<std::uint64_t>();
    };
    return {at("policies"),           at("snapshots"),    at("clauses"), at("boilerplate"),
            at("clause_occurrences"), at("source_bytes"), at("skipped")};
}

json::array strings_to_json(const std::vector<std::string>& strings) {
    json::array array;
    for (const std::string& each : strings) {
        array.emplace_back(each);
    }
    return array;
}

std::vector<std::string> strings_from_json(const json::array& array) {
    std::vector<std::string> strings;
    for (const json::value& each : array) {
        strings.emplace_back(each.as_string());
    }
    return strings;
}

json::array lacks_to_json(const std::vector<Lacks>& lacks) {
    json::array array;
    for (const Lacks& run : lacks) {
        json::array reasons;
        for (const SkipReason& each : run.reasons) {
            reasons.push_back({{"kind", name_of(each.kind)},
                               {"reason", text::repaired_utf8(each.reason)},
                               {"count", each.count}});
        }
        array.push_back({{"sources", strings_to_json(run.sources)}, {"reasons", reasons}});
    }
    return array;
}

std::vector<Lacks> lacks_from_json(const json::array& array) {
    std::vector<Lacks> lacks;
    for (const json::value& run : array) {
        Lacks read{strings_from_json(run.at("sources").as_array()), {}};
        for (const json::value& each : run.at("reasons").as_array()) {
            const json::string& kind = each.at("kind").as_string();
            read.reasons.push_back(
                {value_named<SkipKind>({kind.data(), kind.size()}).value_or(SkipKind::unreadable),
                 std::string(each.at("reason").as_string()),
                 each.at("count").to_number<std::uint64_t>()});
        }
        lacks.push_back(std::move(read));
    }
    return lacks;
}

Result<void> check_versions(const Meta& meta, const fs::path& folder) {
    if (meta.format_version != k_format_version) {
        const bool newer = meta.format_version > k_format_version;
        return fail(ErrorCode::index_version,
                    fmt::format("'{}' has index format {}, written by smallprint {}; this is "
                                "smallprint {}, which reads format {}",
                                folder.string(), meta.format_version, meta.written_by, k_version,
                                k_format_version),
                    newer ? "use the newer smallprint that wrote it, or index the archive again"
                          : "index the archive again with this version");
    }
    if (meta.analyzer_version != text::k_analyzer_version) {
        return fail(ErrorCode::index_version,
                    fmt::format("'{}' was made with word rules {}; this smallprint uses {}",
                                folder.string(), meta.analyzer_version, text::k_analyzer_version),
                    "index the archive again with this version");
    }
    return {};
}

// As far as its meta.json tells.
bool is_whole(const fs::path& index, std::uint64_t number) {
    const fs::path folder = index / generation_name(number);
    const auto text = io::read_file(folder / k_meta_file);
    const auto digest = io::read_file(folder / k_meta_digest_file);
    const auto meta = text ? decode_meta(*text) : Result<Meta>(fail(text.error()));
    return meta && digest && *digest == digest128(*text) + "\n" && meta->generation == number;
}

}  // namespace

Result<std::string> named_generation(const fs::path& index) {
    std::error_code error;
    if (!fs::exists(index, error)) {
        if (error) {
            return io::system_failure("look at", index, error.value());
        }
        return fail(ErrorCode::no_index, fmt::format("there is no index at '{}'", index.string()),
                    fmt::format("make one with `smallprint index ARCHIVE -i {}`, or name another "
                                "with --index or $SMALLPRINT_INDEX",
                                index.string()));
    }
    if (!fs::exists(index / k_current_file, error)) {
        if (error) {
            return io::system_failure("look at", index, error.value());
        }
        return fail(ErrorCode::no_index,
                    fmt::format("'{}' holds no published index", index.string()),
                    fmt::format("run `smallprint index ARCHIVE -i {}`", index.string()));
    }
    TRY_ASSIGN(const std::string line,
               io::read_file(index / k_current_file, k_longest_name, io::Links::refuse));
    const std::uint64_t named =
        line.ends_with('\n') ? generation_number(std::string_view(line).substr(0, line.size() - 1))
                             : 0;
    if (named == 0) {
        return damaged_index(
            fmt::format("'{}' does not name a generation", (index / k_current_file).string()));
    }
    return generation_name(named);
}

Result<std::string> published_generation(const fs::path& index) {
    TRY_ASSIGN(std::string named, named_generation(index));
    TRY_ASSIGN(const std::vector<std::uint64_t> numbers, list_generations(index));
    const std::uint64_t number = generation_number(named);
    for (std::size_t i = numbers.size(); i > 0 && numbers[i - 1] > number; --i) {
        if (is_whole(index, numbers[i - 1])) {
            return generation_name(numbers[i - 1]);
        }
    }
    return named;
}

std::string encode_meta(const Meta& meta) {
    json::array files;
    for (const FileDigest& file : meta.files) {
        json::object row = {{"name", file.name}, {"size", file.size}, {"xxh3", file.xxh3}};
        if (!file.sample.empty()) {
            row["sample"] = file.sample;
        }
        files.push_back(std::move(row));
    }
    const json::object object = {{"format", k_format_name},
                                 {"format_version", meta.format_version},
                                 {"generation", meta.generation},
                                 {"analyzer_version", meta.analyzer_version},
                                 {"splitter_version", meta.splitter_version},
                                 {"public_suffixes", meta.public_suffixes},
                                 {"written_by", meta.written_by},
                                 {"created", meta.created},
                                 {"sources", strings_to_json(meta.sources)},
                                 {"counts", counts_to_json(meta.counts)},
                                 {"lacks", lacks_to_json(meta.lacks)},
                                 {"files", files}};
    return json::serialize(object) + "\n";
}

Result<Meta> decode_meta(std::string_view text) {
    json::error_code error;
    const json::value value = json::parse({text.data(), text.size()}, error);
    const json::object* whole = error ? nullptr : value.if_object();
    const json::value* format = whole == nullptr ? nullptr : whole->if_contains("format");
    if (format == nullptr || *format != json::value(k_format_name)) {
        return fail(ErrorCode::index_version, "this is not a smallprint index",
                    "name the folder of an index with --index");
    }
    try {
        const json::object& object = *whole;
        Meta meta;
        meta.format_version = object.at("format_version").to_number<int>();
        meta.analyzer_version = object.at("analyzer_version").to_number<int>();
        meta.written_by = object.at("written_by").as_string();
        if (meta.format_version != k_format_version) {
            return meta;  // the rest may have another shape
        }
        meta.generation = object.at("generation").to_number<std::uint64_t>();
        meta.splitter_version = object.at("splitter_version").to_number<int>();
        if (const json::value* suffixes = object.if_contains("public_suffixes")) {
            meta.public_suffixes = suffixes->as_string();
        }
        meta.created = object.at("created").as_string();
        meta.sources = strings_from_json(object.at("sources").as_array());
        meta.counts = counts_from_json(object.at("counts").as_object());
        if (const json::value* lacks = object.if_contains("lacks")) {
            meta.lacks = lacks_from_json(lacks->as_array());
        }
        for (const json::value& file : object.at("files").as_array()) {
            const json::value* sample = file.as_object().if_contains("sample");
            meta.files.push_back({std::string(file.at("name").as_string()),
                                  file.at("size").to_number<std::uint64_t>(),
                                  std::string(file.at("xxh3").as_string()),
                                  std::string(sample == nullptr ? "" : sample->as_string())});
        }
        return meta;
    } catch (const std::exception&) {
        return damaged_index("meta.json lacks a fact that belongs there");
    }
}

std::string default_index_folder() {
    const char* named = std::getenv("SMALLPRINT_INDEX");  // NOLINT(concurrency-mt-unsafe)
    return named != nullptr && *named != '\0' ? named : "./smallprint.idx";
}

std::string generation_name(std::uint64_t number) {
    return fmt::format("{}{:06}", k_name_start, number);
}

std::uint64_t generation_number(std::string_view name) {
    if (!name.starts_with(k_name_start)) {
        return 0;
    }
    name.remove_prefix(k_name_start.size());
    const std::uint64_t number = parse_number<std::uint64_t>(name).value_or(0);
    return number <= k_largest_number ? number : 0;
}

Result<std::vector<std::uint64_t>> list_generations(const fs::path& index) {
    std::vector<std::uint64_t> numbers;
    std::error_code error;
    fs::directory_iterator entry(index, error);
    for (const fs::directory_iterator end; !error && entry != end; entry.increment(error)) {
        if (const auto number = generation_number(entry->path().filename().string())) {
            numbers.push_back(number);
        }
    }
    if (error) {
        return io::system_failure("read the folder", index, error.value());
    }
    std::ranges::sort(numbers);
    return numbers;
}

Result<Generation> read_generation(const fs::path& index) {
    TRY_ASSIGN(const std::string name, published_generation(index));
    Generation generation;
    generation.folder = index / name;
    auto meta_json = io::read_file(generation.folder / k_meta_file);
    auto digest = io::read_file(generation.folder / k_meta_digest_file);
    for (const auto& read : {std::cref(meta_json), std::cref(digest)}) {
        if (!read.get()) {
            return damaged_index(read.get().error().message);
        }
    }
    // Versions first: whether bytes are damaged can only be told in a format we know.
    TRY_ASSIGN(generation.meta, decode_meta(*meta_json));
    TRY(check_versions(generation.meta, generation.folder));
    if (*digest != digest128(*meta_json) + "\n" ||
        name != generation_name(generation.meta.generation)) {
        return damaged_index(fmt::format("'{}' is not what was written",
                                         (generation.folder / k_meta_file).string()));
    }
    return generation;
}

Result<void> check_file(const fs::path& folder, const FileDigest& file, FileCheck how) {
    const fs::path path = folder / file.name;
    std::error_code error;
    const std::uintmax_t size = fs::file_size(path, error);
    if (error && error != std::errc::no_such_file_or_directory) {
        return io::system_failure("look at", path, error.value());
    }
    if (error) {
        return damaged_index(fmt::format("'{}' is missing from the index", path.string()));
    }
    if (size != file.size) {
        return damaged_index(
            fmt::format("'{}' has {} bytes, but {} were written", path.string(), size, file.size));
    }
    if (how == FileCheck::quick && verifies_itself(file)) {
        return {};
    }
    const bool by_sample = how == FileCheck::quick && !file.sample.empty();
    TRY_ASSIGN(const std::string digest, by_sample ? digest_sample(path) : digest_whole(path));
    if (digest != (by_sample ? file.sample : file.xxh3)) {
        return damaged_index(fmt::format("'{}' is not what was written", path.string()));
    }
    return {};
}

Result<Generation> open_generation(const fs::path& index) {
    TRY_ASSIGN(Generation generation, read_generation(index));
    for (const FileDigest& file : generation.meta.files) {
        TRY(check_file(generation.folder, file, FileCheck::quick));
    }
    TRY_ASSIGN(generation.dictionary, io::read_file(generation.folder / k_dictionary_file));
    return generation;
}

Result<std::vector<FileDigest>> digest_files(const fs::path& folder) {
    TRY_ASSIGN(const io::FileWalk found, io::walk(folder));
    std::vector<FileDigest> digests;
    for (const io::FileEntry& file : found.files) {
        FileDigest row{file.path.lexically_relative(folder).generic_string(), file.size, ""};
        TRY_ASSIGN(row.xxh3, digest_whole(file.path));
        if (file.size > k_hashed_at_open && !verifies_itself(row)) {
            TRY_ASSIGN(row.sample, digest_sample(file.path));
        }
        digests.push_back(std::move(row));
    }
    return digests;
}

}  // namespace smallprint::index_format
