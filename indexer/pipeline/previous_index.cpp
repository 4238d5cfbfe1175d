// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/pipeline/previous_index.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "common/index_format/generation.h"
#include "common/index_format/record_file.h"
#include "common/model/policy.h"
#include "indexer/catalog/public_suffixes.h"
#include "indexer/pipeline/policy_loader.h"
#include "indexer/split/splitter.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace smallprint::pipeline {
namespace {

// The stretches of a policy's snapshots that are of one page each.
std::vector<PreviousPart> make_parts(const Policy& policy, index_format::DocumentId document) {
    std::vector<PreviousPart> parts;
    std::uint32_t number = 0;
    for (const Snapshot& snapshot : policy.snapshots) {
        const bool begins_part = number == 0 || (snapshot.moved && !policy.later_keys.empty());
        if (begins_part) {
            PreviousPart& part = parts.emplace_back();
            part.key = number == 0 ? policy.key : policy.later_keys[parts.size() - 2];
            part.document = document;
            part.begin = number;
            part.first = snapshot.captured;
        }
        parts.back().last = snapshot.captured;
        parts.back().text_bytes += snapshot.text_bytes;
        parts.back().end = ++number;
    }
    return parts;
}

constexpr const char* k_rebuild_hint =
    "--rebuild makes a new index of the archives that are named, without what this one holds";

Result<index_format::Generation> open_published(const std::filesystem::path& index) {
    auto generation = index_format::open_generation(index);
    if (!generation && generation.error().code != ErrorCode::no_index) {
        return fail(generation.error().code,
                    "cannot add to the index that is there: " + generation.error().message,
                    k_rebuild_hint);
    }
    if (generation && generation->meta.splitter_version != split::k_splitter_version) {
        return fail(ErrorCode::index_version,
                    fmt::format("cannot add to the index that is there: its clauses were made by "
                                "rules {}, this smallprint has rules {}",
                                generation->meta.splitter_version, split::k_splitter_version),
                    k_rebuild_hint);
    }
    // Another list may tell another vendor of the same address, and so tear a policy apart.
    if (generation && generation->meta.public_suffixes != catalog::public_suffix_version()) {
        const std::string& other = generation->meta.public_suffixes;
        return fail(ErrorCode::index_version,
                    fmt::format("cannot add to the index that is there: its vendors were told by "
                                "{}, this smallprint has that of {}",
                                other.empty() ? "the machine's public suffix list"
                                              : "the public suffix list of " + other,
                                catalog::public_suffix_version()),
                    k_rebuild_hint);
    }
    return generation;
}

}  // namespace

PreviousIndex::PreviousIndex(index_format::Generation generation,
                             std::shared_ptr<const index_format::Directory> directory)
    : m_generation(std::move(generation)), m_directory(std::move(directory)) {}

Result<std::optional<PreviousIndex>> PreviousIndex::open(const std::filesystem::path& index) {
    auto generation = open_published(index);
    if (!generation) {
        if (generation.error().code == ErrorCode::no_index) {
            return std::nullopt;
        }
        return fail(generation.error());
    }
    TRY_ASSIGN(index_format::Directory directory,
               index_format::Directory::read(generation->folder / index_format::k_directory_file));
    PreviousIndex previous(std::move(*generation),
                           std::make_shared<const index_format::Directory>(std::move(directory)));
    TRY_ASSIGN(index_format::RecordStore records, previous.records());
    for (const index_format::DocumentId document : previous.m_directory->policies()) {
        TRY_ASSIGN(Policy policy, records.policy(document));
        PreviousPolicy known;
        known.parts = make_parts(policy, document);
        known.identity = {std::move(policy.vendor), std::move(policy.terms_type),
                          std::move(policy.key)};
        previous.m_policies.push_back(std::move(known));
    }
    std::ranges::sort(previous.m_policies, {}, &PreviousPolicy::identity);
    return std::optional<PreviousIndex>(std::move(previous));
}

Result<index_format::RecordStore> PreviousIndex::records() const {
    return index_format::RecordStore::open(m_generation.folder / index_format::k_records_file,
                                           m_generation.dictionary, m_directory);
}

Result<PolicyHistory> read_history(index_format::RecordStore& records,
                                   index_format::DocumentId policy_document) {
    PolicyHistory history;
    TRY_ASSIGN(history.policy, records.policy(policy_document));
    history.passages.reserve(history.policy.passage_count);
    for (std::uint32_t number = 1; number <= history.policy.passage_count; ++number) {
        TRY_ASSIGN(Passage passage, records.passage(policy_document + number));
        history.passages.push_back(std::move(passage));
    }
    return history;
}

Result<KnownSnapshots> read_known(index_format::RecordStore& records,
                                  const PreviousPolicy& policy) {
    KnownSnapshots known;
    std::map<index_format::DocumentId, std::size_t> numbers;
    for (const PreviousPart& part : policy.parts) {
        const auto [number, is_new] = numbers.try_emplace(part.document, known.histories.size());
        if (is_new) {
            TRY_ASSIGN(PolicyHistory history, read_history(records, part.document));
            known.histories.push_back(std::move(history));
        }
        for (std::uint32_t snapshot = part.begin; snapshot < part.end; ++snapshot) {
            known.snapshots.push_back({number->second, snapshot, part.key});
        }
    }
    return known;
}

}  // namespace smallprint::pipeline
