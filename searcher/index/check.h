// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/index/clause_view.h"

#include <filesystem>

namespace smallprint::index {

// Verifies the published generation of an index: the digest of every file, then that every record
// can be read and fits the others. Needs no more than reading. An error means that there is no
// generation of a known version to verify; damage is in the report.
Result<CheckReport> check_index(const std::filesystem::path& index);

}  // namespace smallprint::index
