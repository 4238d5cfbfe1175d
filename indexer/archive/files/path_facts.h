// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/snapshot.h"

#include <string_view>

namespace smallprint {

// Fills in what the path of a file says of a snapshot, as far as it is unknown. Layouts, below any
// folders:
//
//   abc.example/20140302101530.md           Princeton-Leuven corpus, with one file a snapshot
//   abc.example.md                          the same, a file a site
//   Service/Terms Type/2024-01-31T10-20-30Z.md   a release of an Open Terms Archive database
//   20140302101530/abc.example/legal/page   waybackpack
//   abc.example/20140302101530/legal/page   wayback-machine-downloader
void complete_from_path(std::string_view path, SnapshotFacts& facts);

// True if the path is that of a page in one of the last two layouts, whatever its name ends in.
bool is_page_path(std::string_view path);

}  // namespace smallprint
