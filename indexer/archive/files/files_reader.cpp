// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/files/files_reader.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/io/file.h"
#include "common/model/listing.h"
#include "common/model/snapshot.h"
#include "indexer/archive/content.h"
#include "indexer/archive/files/file_tree.h"
#include "indexer/archive/files/path_facts.h"
#include "indexer/archive/limits.h"
#include "indexer/archive/source_text.h"

#include <fmt/format.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace smallprint {
FilesReader::FilesReader(std::shared_ptr<const FileTree> tree, std::string place)
    : m_tree(std::move(tree)), m_place(std::move(place)) {}

Result<Listing> FilesReader::list() {
    Listing listing;
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        list_file(i, listing);
    }
    return listing;
}

Result<std::string> FilesReader::read_start(const SnapshotFile& file, std::size_t size) const {
    TRY_ASSIGN(const FileBytes bytes, m_tree->open(file.number));
    return bytes.read(0, size);
}

void FilesReader::list_file(std::size_t locator, Listing& listing) const {
    const SnapshotFile& file = m_files[locator];
    const TreeFile& entry = m_tree->files()[file.number];
    const std::string place = m_place + entry.path;
    ListedSnapshot snapshot;
    snapshot.size = entry.size;
    snapshot.locator = locator;
    const auto head = read_start(file, k_detection_bytes);
    if (!head) {
        listing.skipped.push_back({place, head.error().message});
        return;
    }
    if (entry.size > k_largest_text) {
        listing.skipped.push_back(
            {place, fmt::format("{} bytes, over the limit of {}", entry.size, k_largest_text),
             SkipKind::limit});
        return;
    }
    if (std::string reason = reason_against(*head); !reason.empty()) {
        const SkipKind kind = head->empty() ? SkipKind::empty : SkipKind::unreadable;
        listing.skipped.push_back({place, std::move(reason), kind});
        return;
    }
    const auto provenance =
        file.form == TextForm::markdown ? parse_provenance(*head) : std::optional<Provenance>();
    snapshot.facts = file.told;
    snapshot.facts.place = place;
    if (provenance) {
        complete_facts(snapshot.facts, provenance->facts);
    }
    complete_from_path(entry.path, snapshot.facts);
    if (snapshot.facts.vendor.empty() && file.form == TextForm::markdown) {
        if (auto opening = read_start(file, k_opening)) {
            snapshot.opening = std::move(*opening);
        }
    }
    listing.snapshots.push_back(std::move(snapshot));
}

Result<SourceText> FilesReader::read(const ListedSnapshot& snapshot) const {
    const SnapshotFile& file = m_files[static_cast<std::size_t>(snapshot.locator)];
    TRY_ASSIGN(const std::string bytes, read_start(file, k_largest_text));
    return make_source(bytes, file.form);
}

}  // namespace smallprint
