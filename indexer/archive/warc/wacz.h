// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/listing.h"
#include "indexer/archive/files/file_tree.h"
#include "indexer/archive/warc/warc_reader.h"

#include <memory>
#include <string_view>
#include <vector>

namespace smallprint {

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

}  // namespace smallprint
