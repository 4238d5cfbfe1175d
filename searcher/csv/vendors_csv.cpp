// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/csv/vendors_csv.h"

#include "searcher/csv/csv.h"
#include "searcher/over_time/coverage.h"

#include <string>

namespace smallprint {

std::string vendors_csv(const Coverage& coverage) {
    std::string csv = csv_line({"vendor", "type", "half_year", "snapshots"});
    for (const VendorCoverage& vendor : coverage.vendors) {
        for (const auto& [type, held] : vendor.types) {
            for (const auto& [half_year, snapshots] : held.half_years) {
                csv += csv_line({vendor.vendor, type, half_year.name(), std::to_string(snapshots)});
            }
            if (held.undated > 0) {
                csv += csv_line({vendor.vendor, type, "", std::to_string(held.undated)});
            }
        }
    }
    return csv;
}

}  // namespace smallprint
