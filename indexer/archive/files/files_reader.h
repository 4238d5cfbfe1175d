// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/model/listing.h"
#include "common/model/snapshot.h"
#include "indexer/archive/archive_reader.h"
#include "indexer/archive/decompression.h"
#include "indexer/archive/files/file_tree.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::archive {

// Fills in what the path of a file says of a snapshot, as far as it is unknown; what is sound in it
// counts though the rest is not. Layouts, below any folders, for moments as parse_calendar_time()
// reads them:
//
//   abc.example/20140302101530.md           Princeton-Leuven corpus, with one file a snapshot
//   abc.example.md                          the same, a file a site
//   abc.example/privacy.md                  a folder a site
//   Service/Terms Type/2024-01-31T10-20-30Z.md   a release of an Open Terms Archive database
//   20140302101530/abc.example/legal/page   waybackpack
//   abc.example/20140302101530/legal/page   wayback-machine-downloader
//   2014-03-02/abc.example/legal/page.html  mirrors by day, also 2014/03/02
//   abc.example/legal/page.html             wget and HTTrack, also below web.archive.org
void complete_from_path(std::string_view path, SnapshotFacts& facts);

// True if the path is that of a page beside or below its moment and site, whatever its name ends
// in.
bool is_page_path(std::string_view path);

// A file of a tree that is a snapshot by itself.
struct SnapshotFile {
    std::size_t number = 0;  // in the tree
    TextForm form = TextForm::markdown;
    SnapshotFacts told = {};  // by the user; stands above what the file says
    std::string path = {};    // without the ending of a compression; empty where that is none
};

// Files that are a snapshot each: the Princeton-Leuven corpus unpacked, the pages that waybackpack
// saves, a release of an Open Terms Archive database, loose files. Facts come from what the user or
// a file beside it said, the provenance line or the comment of the program that saved the page, and
// the path, in this order, as far as they go.
class FilesReader : public ArchiveReader {
public:
    // `place` stands before the paths of the tree; empty for what the user named.
    FilesReader(std::shared_ptr<const FileTree> tree, std::string place);

    void add(SnapshotFile file) { m_files.push_back(std::move(file)); }

    bool empty() const { return m_files.empty(); }

    Result<Listing> list() override;
    Result<SourceText> read(const ListedSnapshot& snapshot) const override;

private:
    Result<Unpacked> read_start(const SnapshotFile& file, std::size_t size) const;
    void list_file(std::size_t locator, Listing& listing) const;

    std::shared_ptr<const FileTree> m_tree;
    std::string m_place;
    std::vector<SnapshotFile> m_files;  // by locator
};

}  // namespace smallprint::archive
