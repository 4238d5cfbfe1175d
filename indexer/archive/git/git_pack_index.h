// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"

#include <cstdint>
#include <string_view>

namespace smallprint {

// Whether the index of a pack (*.idx, version 2) may be given to libgit2, which follows what it
// says out of the file. No offset may stand twice either: an object would be taken for another.
// `pack` is the size of the pack in bytes. Flipped names of objects are not noticed; such an object
// is missing.
Result<void> check_pack_index(std::string_view index, std::uint64_t pack);

}  // namespace smallprint
