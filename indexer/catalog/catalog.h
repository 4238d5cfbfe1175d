// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/listing.h"
#include "common/model/policy.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace smallprint {

// A snapshot and the reader that has its text.
struct CatalogEntry {
    std::size_t archive = 0;  // index into the list of readers
    ListedSnapshot snapshot;
};

// One policy: its snapshots in order of time, those without a date first.
struct CatalogPolicy {
    std::string vendor;
    VendorSource vendor_source = VendorSource::unknown;
    std::string terms_type;
    std::string key;
    std::vector<CatalogEntry> entries;
    std::uint64_t size = 0;  // bytes of text
};

// Groups the snapshots of all archives by policy. Policies are sorted by vendor, type and key, so
// that the result does not depend on the order in which archives are named. Two snapshots of a
// policy at the same moment both stay, in order of place; so does a snapshot listed twice.
std::vector<CatalogPolicy> make_catalog(std::vector<Listing> listings);

}  // namespace smallprint
