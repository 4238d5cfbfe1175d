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
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>
#include <unordered_map>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view k_building_folder = ".building";
// The published generation and the one before, which readers may still be opening.
constexpr std::uint64_t k_kept_generations = 2;

std::vector<std::uint64_t> generations_in(const fs::path& index) {
    std::vector<std::uint64_t> numbers;
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(index, error)) {
        if (const auto number = generation_number(entry.path().filename().string())) {
            numbers.push_back(number);
        }
    }
    std::ranges::sort(numbers);
    return numbers;
}

// Passages of equal text get a common number, in the order of their first document. Within a policy
// texts are distinct, so these are texts that several policies share.
void number_copies(const std::vector<std::uint64_t>& text_hashes, Directory& directory) {
    std::unordered_map<std::uint64_t, DocumentId> first_with;
    std::uint32_t groups = 0;
    for (DocumentId document = 1; document <= text_hashes.size(); ++document) {
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

Publisher::Publisher(fs::path index, FileLock lock, std::uint64_t number)
    : m_index(std::move(index)), m_building(m_index / k_building_folder),
      m_generation(m_building / "generation"), m_lock(std::move(lock)), m_number(number) {}

Result<Publisher> Publisher::open(const fs::path& index) {
    std::error_code error;
    if (fs::exists(index, error) && !fs::is_directory(index, error)) {
        return fail(ErrorCode::usage, fmt::format("'{}' is a file, not a folder", index.string()),
                    "name a folder for the index with --index");
    }
    TRY(make_folder(index));
    TRY_ASSIGN(FileLock lock, FileLock::acquire(index / k_lock_file));
    const std::vector<std::uint64_t> numbers = generations_in(index);
    Publisher publisher(index, std::move(lock), numbers.empty() ? 1 : numbers.back() + 1);
    TRY(remove_tree(publisher.m_building));
    TRY(make_folder(publisher.shard_folder()));
    TRY(make_folder(publisher.m_generation));
    return publisher;
}

Result<fs::path> Publisher::publish(const std::vector<Shard>& shards, std::string_view dictionary,
                                    Meta meta) {
    TRY(compact_postings(shards));
    TRY(join_records(shards));
    TRY(remove_tree(shard_folder()));
    TRY(write_file(m_generation / k_dictionary_file, dictionary));
    TRY(verify(meta));
    TRY_ASSIGN(meta.files, digest_files(m_generation));
    const std::string json = encode_meta(meta);
    TRY(write_file(m_generation / k_meta_file, json));
    TRY(write_file(m_generation / k_meta_digest_file, digest128(json) + "\n"));
    TRY(sync_tree(m_generation));
    const std::string name = generation_name(m_number);
    TRY(rename_durably(m_generation, m_index / name));
    TRY(replace_file(m_index / k_current_file, name + "\n"));
    TRY(remove_tree(m_building));
    TRY(remove_old());
    return m_index / name;
}

Result<void> Publisher::compact_postings(const std::vector<Shard>& shards) const {
    return guard_xapian([&] {
        Xapian::Database whole;
        for (const Shard& shard : shards) {
            whole.add_database(Xapian::Database(shard.xapian.string()));
        }
        whole.compact((m_generation / k_xapian_folder).string(), Xapian::Compactor::FULL);
    });
}

Result<void> Publisher::join_records(const std::vector<Shard>& shards) const {
    Directory directory;
    std::vector<fs::path> files;
    std::vector<std::uint64_t> text_hashes;
    for (const Shard& shard : shards) {
        directory.append(shard.directory);
        files.push_back(shard.records);
        std::ranges::copy(shard.text_hashes, std::back_inserter(text_hashes));
    }
    number_copies(text_hashes, directory);
    TRY(join_files(files, m_generation / k_records_file));
    return write_file(m_generation / k_directory_file, directory.encode());
}

// Compaction does not report every failed write, so the result is opened and counted.
Result<void> Publisher::verify(const Meta& meta) const {
    TRY_ASSIGN(
        const Xapian::doccount documents, guard_xapian([&] {
            return Xapian::Database((m_generation / k_xapian_folder).string()).get_doccount();
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

Result<void> Publisher::remove_old() const {
    for (const std::uint64_t number : generations_in(m_index)) {
        if (number + k_kept_generations <= m_number) {
            TRY(remove_tree(m_index / generation_name(number)));
        }
    }
    return {};
}

}  // namespace smallprint
