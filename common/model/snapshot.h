// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/enum_names.h"
#include "common/model/date.h"

#include <array>
#include <optional>
#include <string>

namespace smallprint {

// Where a fact about a snapshot was read, so that users can judge it.
enum class VendorSource {
    unknown,     // no vendor could be had honestly; `vendor` is empty
    provenance,  // the archive says so
    path,        // the file or folder name is a site's name
    text,        // the text itself names who speaks
    address,     // the site of the page's address
};

constexpr auto enum_names(VendorSource /*value*/) {
    return std::array{EnumName{VendorSource::unknown, "unknown"},
                      EnumName{VendorSource::provenance, "provenance"},
                      EnumName{VendorSource::path, "path"}, EnumName{VendorSource::text, "text"},
                      EnumName{VendorSource::address, "address"}};
}

// What an archive says of one snapshot, its text aside. Empty strings and absent dates are unknown.
struct SnapshotFacts {
    std::string vendor;
    VendorSource vendor_source = VendorSource::unknown;
    std::string terms_type;
    std::optional<CaptureTime> captured;
    std::string source_url;   // the page that was captured
    std::string archive_url;  // where the capture can be seen
    std::string language;     // as the archive states it: "en", "pt-br"
    // The archive's own tools extracted an earlier capture anew; what differs from the snapshot
    // before is not the vendor's doing.
    bool reextracted = false;
};

}  // namespace smallprint
