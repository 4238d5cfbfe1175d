// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/date.h"
#include "common/model/listing.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace smallprint::archive {

// The names by which records speak of one another: hashes that tell what kind of name it is.
std::uint64_t id_name(std::string_view id);
std::uint64_t digest_name(std::string_view digest);
std::uint64_t moment_name(std::string_view address, CaptureTime moment);

// Gives each revisit the text of the record it speaks of, wherever that is among the listings: by
// its id, else by address and moment, else by digest; where the server said that its page was not
// modified, that of the latest record of its own address before it. A revisit becomes a snapshot of
// the archive that has the text. One that speaks of what is in no archive becomes one that says
// what it is the same as, for the index that is added to; others are skipped. Returns how many
// snapshots came of the revisits of each listing. The order of the listings means nothing.
//
// Costs 16 bytes a name that a revisit speaks of and no more memory for the records that none
// speaks of; time n log n.
std::vector<std::size_t> resolve_revisits(std::vector<Listing>& listings);

}  // namespace smallprint::archive
