// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/enum_names.h"
#include "common/model/date.h"

#include <array>
#include <optional>
#include <string>

namespace smallprint {

// How a snapshot was captured and where it can be found again. An empty string is an unknown fact.
struct Capture {
    std::optional<CaptureTime> captured;
    std::string source_url;   // the page that was captured
    std::string archive_url;  // where the capture can be seen
    std::string place;        // file or record it was read from, relative to what the user named

    friend bool operator==(const Capture&, const Capture&) = default;
};

// Says where the name of a vendor was read, so that users can judge it.
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

// Holds the facts that an archive states of one snapshot. An empty string is an unknown fact.
struct SnapshotFacts : Capture {
    std::string vendor;
    VendorSource vendor_source = VendorSource::unknown;
    std::string terms_type;
    std::string language;  // as the archive states it: "en", "pt-br"
    // The archive's own tools extracted an earlier capture anew; what differs from the snapshot
    // before is not the vendor's doing.
    bool reextracted = false;
};

}  // namespace smallprint
