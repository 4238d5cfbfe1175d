// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/write/publisher.h"

#include "common/base/error.h"
#include "common/base/hash.h"
#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "common/index_format/generation.h"
#include "common/index_format/xapian_guard.h"
#include "common/io/file.h"
#include "indexer/write/shard_writer.h"

#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>
#include <unordered_map>
#include <utility>
#include <vector>

namespace smallprint::write {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view k_building_folder = ".building";
constexpr std::string_view k_plan_file = "plan";
constexpr std::string_view k_postings_folder = "postings";
constexpr std::string_view k_postings_extension = ".glass";
constexpr std::string_view k_version_file = "iamglass";
constexpr std::size_t k_open_databases = 200;

Result<void> compact(const std::vector<fs::path>& parts, const fs::path& whole) {
    return index_format::guard_xapian_writing([&] {
        Xapian::Database databases;
        for (const fs::path& part : parts) {
            databases.add_database(Xapian::Database(part.string()));
        }
        databases.compact(whole.string(), Xapian::Compactor::FULL);
    });
}

// The bytes of Xapian's identifier, which is random: "da05d015-6d96-..." in the words of its
// interface.
std::string parse_uuid(std::string_view text) {
    std::string bytes;
    std::string digits(text);
    std::erase(digits, '-');
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        bytes += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
    }
    return bytes;
}

// The same in every index, so that an archive gives the same bytes each time; 16 bytes.
constexpr std::string_view k_uuid = "smallprint index";

// Copies a database of Xapian, which passes over a sync that fails: of what we have written we know
// that it is on the disk. What is empty is a lock.
Result<void> copy_database(const fs::path& from, const fs::path& to) {
    TRY_ASSIGN(const std::string uuid, index_format::guard_xapian_writing([&] {
                   return parse_uuid(Xapian::Database(from.string()).get_uuid());
               }));
    TRY(io::make_folder(to));
    TRY_ASSIGN(const io::FileWalk found, io::walk(from));
    for (const io::FileEntry& file : found.files) {
        const fs::path copy = to / file.path.filename();
        if (file.path.filename() == k_version_file) {
            TRY_ASSIGN(std::string bytes, io::read_file(file.path));
            if (const std::size_t at = bytes.find(uuid); at != std::string::npos) {
                bytes.replace(at, uuid.size(), k_uuid);
            }
            TRY(io::write_file(copy, bytes));
        } else if (file.size > 0) {
            TRY(io::join_files({file.path}, copy));
        }
        TRY(io::remove_tree(file.path));
    }
    return io::sync_folder(to);
}

// Passages of equal text get a common number, in the order of their first document. Within a policy
// texts are distinct, so these are texts that several policies share.
void number_copies(const std::vector<std::uint64_t>& text_hashes,
                   index_format::Directory& directory) {
    std::unordered_map<std::uint64_t, index_format::DocumentId> first_with;
    std::uint32_t groups = 0;
    for (index_format::DocumentId document = 1; document <= text_hashes.size(); ++document) {
        const std::uint64_t hash = text_hashes[document - 1];
        if (hash == 0) {
            continue;
        }
        const auto [first, is_new] = first_with.try_emplace(hash, document);
        if (!is_new) {
            const std::uint32_t known = directory.facts(first->second).copies;
            const std::uint32_t group = known == 0 ? ++groups : known;
            directory.set_copies(first->second, group);
            directory.set_copies(document, group);
        }
    }
}

}  // namespace

Publisher::Publisher(fs::path index, io::FileLock lock, std::uint64_t latest)
    : m_index(std::move(index)), m_building(m_index / k_building_folder),
      m_generation(m_building / "generation"), m_lock(std::move(lock)), m_number(latest + 1) {
    if (const auto published = index_format::published_generation(m_index)) {
        m_published = index_format::generation_number(*published);
    }
}

Result<Publisher> Publisher::open(const fs::path& index) {
    std::error_code error;
    if (index.empty() || (fs::exists(index, error) && !fs::is_directory(index, error))) {
        return fail(ErrorCode::usage, fmt::format("'{}' is not a folder", index.string()),
                    "name a folder for the index with --index");
    }
    TRY(io::make_folder(index));
    TRY_ASSIGN(io::FileLock lock, io::FileLock::acquire(index / index_format::k_lock_file));
    TRY_ASSIGN(const std::vector<std::uint64_t> numbers, index_format::list_generations(index));
    Publisher publisher(index, std::move(lock), numbers.empty() ? 0 : numbers.back());
    TRY(publisher.finish_publishing());
    return publisher;
}

// Ends what a writer began that died once its generation was whole: CURRENT names it, and its
// shards go.
Result<void> Publisher::finish_publishing() const {
    std::error_code error;
    if (!fs::exists(m_generation, error)) {
        abandon();
    }
    const std::string name = index_format::generation_name(m_published);
    const auto named = index_format::named_generation(m_index);
    if (!named || *named == name) {
        return {};
    }
    return io::replace_file(m_index / index_format::k_current_file, name + "\n");
}

Result<void> Publisher::begin(std::string_view plan) const {
    const fs::path plan_file = m_building / k_plan_file;
    std::error_code error;
    const auto left = fs::exists(plan_file, error) ? io::read_file(plan_file) : std::string();
    if (!left || *left != plan) {
        TRY(io::remove_tree(m_building));
        TRY(io::make_folder(shard_folder()));
        TRY(io::write_file(plan_file, plan));
    }
    TRY(io::remove_tree(m_generation));
    TRY(io::remove_tree(m_building / k_postings_folder));
    return io::make_folder(m_generation);
}

void Publisher::abandon() const {
    (void)io::remove_tree(m_building);  // what cannot be removed is cleared away by the next run
}

Result<fs::path> Publisher::publish(const std::vector<Shard>& shards, std::string_view dictionary,
                                    index_format::Meta meta) {
    TRY(check_room());
    TRY(compact_postings(shards));
    TRY(join_records(shards));
    TRY(io::write_file(m_generation / index_format::k_dictionary_file, dictionary));
    TRY(verify(meta));
    meta.generation = m_number;
    TRY_ASSIGN(meta.files, index_format::digest_files(m_generation));
    const std::string json = index_format::encode_meta(meta);
    TRY(io::write_file(m_generation / index_format::k_meta_file, json));
    TRY(io::write_file(m_generation / index_format::k_meta_digest_file, digest128(json) + "\n"));
    TRY(io::sync_folder(m_generation));
    const std::string name = index_format::generation_name(m_number);
    TRY(name_generation(name));
    // From here on the new generation is published; failing to tidy up does not change that.
    abandon();
    remove_all_but(m_published);
    return m_index / name;
}

// The folder is durable under its name before CURRENT has that; if it does not come to it, the
// folder goes again.
Result<void> Publisher::name_generation(const std::string& name) const {
    const fs::path current = m_index / index_format::k_current_file;
    const std::string line = name + "\n";
    Result<void> named = io::rename_durably(m_generation, m_index / name);
    if (named) {
        named = io::replace_file(current, line);
    }
    if (!named) {
        const auto left = io::read_file(current);
        if (left && *left != line) {
            (void)io::remove_tree(m_index / name);  // nobody has read it
        }
    }
    return named;
}

// In rounds, since every database that is open takes file descriptors.
Result<void> Publisher::compact_postings(const std::vector<Shard>& shards) const {
    std::vector<fs::path> parts;
    parts.reserve(shards.size());
    for (const Shard& shard : shards) {
        parts.push_back(shard.xapian);
    }
    for (int round = 0; parts.size() > k_open_databases; ++round) {
        std::vector<fs::path> joined;
        for (std::size_t i = 0; i < parts.size(); i += k_open_databases) {
            const std::size_t end = std::min(i + k_open_databases, parts.size());
            joined.push_back(shard_folder() / fmt::format("round-{}-{}", round, joined.size()));
            TRY(compact({parts.begin() + static_cast<std::ptrdiff_t>(i),
                         parts.begin() + static_cast<std::ptrdiff_t>(end)},
                        joined.back()));
        }
        parts = std::move(joined);
    }
    TRY(compact(parts, m_building / k_postings_folder));
    return copy_database(m_building / k_postings_folder,
                         m_generation / index_format::k_xapian_folder);
}

Result<void> Publisher::join_records(const std::vector<Shard>& shards) const {
    index_format::Directory directory;
    std::vector<fs::path> files;
    std::vector<std::uint64_t> text_hashes;
    for (const Shard& shard : shards) {
        directory.append(shard.directory);
        files.push_back(shard.records);
        std::ranges::copy(shard.text_hashes, std::back_inserter(text_hashes));
    }
    number_copies(text_hashes, directory);
    TRY(io::join_files(files, m_generation / index_format::k_records_file));
    return io::write_file(m_generation / index_format::k_directory_file, directory.encode());
}

// The shards put together take about the room they take now; better to say so before than to fill
// the disk.
Result<void> Publisher::check_room() const {
    TRY_ASSIGN(const io::FileWalk found, io::walk(shard_folder()));
    std::uint64_t needed = 0;
    for (const io::FileEntry& file : found.files) {
        // Postings are put together first, and then copied.
        needed += file.path.extension() == k_postings_extension ? 2 * file.size : file.size;
    }
    std::error_code error;
    const fs::space_info space = fs::space(m_index, error);
    if (!error && space.available < needed) {
        return fail(ErrorCode::no_space,
                    fmt::format("putting the index together takes up to {} MB in '{}', where {} MB "
                                "are free",
                                needed / 1'000'000 + 1, m_index.string(),
                                space.available / 1'000'000),
                    "free some space and run the same command again; it goes on from here");
    }
    return {};
}

// Compaction does not report every failed write, so the result is opened and counted.
Result<void> Publisher::verify(const index_format::Meta& meta) const {
    TRY_ASSIGN(const Xapian::doccount documents, index_format::guard_xapian_writing([&] {
                   return Xapian::Database((m_generation / index_format::k_xapian_folder).string())
                       .get_doccount();
               }));
    const std::uint64_t expected =
        meta.counts.policies + meta.counts.clauses + meta.counts.boilerplate;
    if (documents != expected) {
        return fail(
            ErrorCode::io,
            fmt::format("the new index has {} documents instead of {}", documents, expected),
            "the disk may be full or failing; the previous index is untouched");
    }
    return {};
}

// The generation before the published one stays for readers that are just opening it.
void Publisher::remove_all_but(std::uint64_t previous) const {
    const auto numbers = index_format::list_generations(m_index);
    for (const std::uint64_t number : numbers.value_or(std::vector<std::uint64_t>())) {
        if (number != m_number && number != previous) {
            (void)io::remove_tree(m_index / index_format::generation_name(number));
        }
    }
}

}  // namespace smallprint::write
