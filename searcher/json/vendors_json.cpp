// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/json/vendors_json.h"

#include "searcher/json/json_line.h"
#include "searcher/json/json_values.h"
#include "searcher/over_time/coverage.h"

#include <boost/json.hpp>

#include <optional>
#include <string>
#include <utility>

namespace smallprint {
namespace {

namespace json = boost::json;

json::object gap_value(const Gap& gap) {
    return {{"first", gap.first.name()}, {"last", gap.last.name()}, {"half_years", gap.length()}};
}

json::array half_years_value(const HalfYearCounts& counts) {
    json::array array;
    for (const auto& [half_year, snapshots] : counts) {
        array.push_back({{"half_year", half_year.name()}, {"snapshots", snapshots}});
    }
    return array;
}

// What vendors, types and the whole have in common.
void add_holdings(json::object& object, const Holdings& held) {
    object["policies"] = held.policies;
    object["snapshots"] = held.snapshots;
    object["undated"] = held.undated;
    object["clauses"] = held.clauses;
    object["first"] = day_value(held.first);
    object["last"] = day_value(held.last);
}

json::object vendor_value(const VendorCoverage& vendor) {
    json::object object = {{"vendor", text_or_null(vendor.vendor)}};
    add_holdings(object, vendor.all);
    object["half_years"] = half_years_value(vendor.all.half_years);
    json::array gaps;
    for (const Gap& gap : gaps_of(vendor.all)) {
        gaps.emplace_back(gap_value(gap));
    }
    object["gaps"] = std::move(gaps);
    const std::optional<Gap> longest = longest_gap(vendor.all);
    object["longest_gap"] = longest ? json::value(gap_value(*longest)) : json::value(nullptr);
    json::array types;
    for (const auto& [name, held] : vendor.types) {
        json::object type = {{"type", text_or_null(name)}};
        add_holdings(type, held);
        type["half_years"] = half_years_value(held.half_years);
        types.emplace_back(std::move(type));
    }
    object["types"] = std::move(types);
    return object;
}

json::array totals_value(const Coverage& coverage) {
    json::array array;
    for (const auto& [half_year, snapshots] : coverage.all.half_years) {
        const auto observed = coverage.observed.find(half_year);
        array.push_back({{"half_year", half_year.name()},
                         {"vendors", observed == coverage.observed.end() ? 0 : observed->second},
                         {"snapshots", snapshots}});
    }
    return array;
}

}  // namespace

std::string vendors_json(const Coverage& coverage) {
    json::object counts = {{"vendors", coverage.known_vendors}};
    add_holdings(counts, coverage.all);
    json::array vendors;
    for (const VendorCoverage& vendor : coverage.vendors) {
        vendors.emplace_back(vendor_value(vendor));
    }
    return json_line(json::object{
        {"schema", "smallprint.vendors.v1"},
        {"counts", std::move(counts)},
        {"half_years", totals_value(coverage)},
        {"vendors", std::move(vendors)},
    });
}

}  // namespace smallprint
