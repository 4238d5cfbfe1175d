// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/listing.h"
#include "common/model/policy.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace smallprint::catalog {

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

// Groups the snapshots of all archives by policy, and sorts policies by vendor, type and key. Facts
// that an archive does not state come from the address of the page, then from the text. Snapshots
// of a policy at the same moment all stay here, in the order in which their archives were named and
// then of place; that one of them is a duplicate can be told only when the texts are read.
std::vector<CatalogPolicy> make_catalog(std::vector<Listing> listings);

}  // namespace smallprint::catalog
