// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/engine/engine.h"

#include <filesystem>

namespace smallprint {

// Indexes what lies in a folder, into `index` inside of it, and opens that. What goes wrong fails
// the test.
engine::Engine indexed_folder(const std::filesystem::path& folder);

}  // namespace smallprint
