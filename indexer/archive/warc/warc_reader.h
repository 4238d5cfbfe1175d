// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/io/file.h"
#include "common/model/listing.h"
#include "indexer/archive/archive_reader.h"
#include "indexer/archive/files/file_tree.h"
#include "indexer/archive/warc/http_payload.h"
#include "indexer/archive/warc/warc_header.h"
#include "indexer/archive/warc/warc_records.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace smallprint::archive {

// A WARC or ARC file of any kind (warc_records.h). Pages that were answered with 200, and what
// resource, conversion and revisit records hold, are snapshots; every other record is skipped with
// its reason. Revisits are listed as such, for resolve_revisits(). A record's place is "name@offset
// address".
class WarcReader : public ArchiveReader {
public:
    // `name`: how people know the file.
    WarcReader(std::string name, io::FileBytes bytes);

    Result<Listing> list() override;
    Result<SourceText> read(const ListedSnapshot& snapshot) const override;

private:
    void list_item(RecordItem item, Listing& listing);
    void list_page(const RecordItem& item, std::string place, Listing& listing);
    std::uint64_t number_text(std::uint64_t text);

    std::string m_name;
    io::FileBytes m_bytes;
    std::optional<WarcRecords> m_records;
    std::vector<RecordPlace> m_places;  // by locator

    // Only while listing.
    std::unordered_map<std::uint64_t, std::uint64_t> m_text_numbers;
    std::uint64_t m_texts = 0;
};

// WACZ (https://specs.webrecorder.net/wacz): a zip file with WARC files in archive/, their indexes,
// and datapackage.json, which says what it is.

bool is_wacz(const FileTree& tree);

struct WaczContents {
    std::vector<std::unique_ptr<WarcReader>> readers;  // one a WARC file, by path
    std::vector<Skipped> skipped;                      // all other files, and what tree had skipped
};

// `name`: how people know the WACZ file; places are "name/archive/data.warc.gz@offset address".
// Whether a WARC file is sound shows when it is listed.
WaczContents open_wacz(std::string_view name, const FileTree& tree);

}  // namespace smallprint::archive
