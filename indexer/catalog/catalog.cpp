// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/catalog/catalog.h"

#include "common/base/hash.h"
#include "common/model/date.h"
#include "common/model/listing.h"
#include "common/model/snapshot.h"
#include "indexer/catalog/identity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace smallprint::catalog {
namespace {

// By document; those whose text names nobody are there too.
using VendorsOfDocuments = std::map<std::string, std::string>;

// One text speaks for all versions of a document, or a new wording would tear it apart.
VendorsOfDocuments find_vendors(const std::vector<Listing>& listings) {
    VendorsOfDocuments vendors;
    for (const Listing& listing : listings) {
        for (const ListedSnapshot& snapshot : listing.snapshots) {
            if (!snapshot.document.empty() && !snapshot.opening.empty()) {
                vendors[snapshot.document] = vendor_in_text(snapshot.opening);
            }
        }
    }
    return vendors;
}

void complete(ListedSnapshot& snapshot, const VendorsOfDocuments& vendors) {
    SnapshotFacts& facts = snapshot.facts;
    facts.captured = facts.captured && is_credible(*facts.captured) ? facts.captured : std::nullopt;
    facts.vendor = normalize_vendor(std::move(facts.vendor));
    complete_from_address(facts);
    if (facts.vendor.empty()) {
        const auto known = vendors.find(snapshot.document);
        facts.vendor = known == vendors.end() ? vendor_in_text(snapshot.opening) : known->second;
        facts.vendor_source = facts.vendor.empty() ? VendorSource::unknown : VendorSource::text;
    }
    facts.terms_type = normalized_terms_type(facts.terms_type);
}

// The addresses that archives declare for a vendor's document, by the moment from which on they
// held; those without a moment first.
using Declared = std::map<std::pair<std::string, std::string>,
                          std::map<std::optional<CaptureTime>, std::string>>;

Declared find_declared(const std::vector<Listing>& listings) {
    Declared declared;
    for (const Listing& listing : listings) {
        for (const DeclaredAddress& address : listing.addresses) {
            declared[{address.vendor, address.terms_type}][address.since] = address.url;
        }
    }
    return declared;
}

// A page that moved was at its newer address only since somebody declared it.
void complete_from_declared(const Declared& declared, SnapshotFacts& facts) {
    const auto found = facts.source_url.empty() && !declared.empty()
                           ? declared.find({facts.vendor, facts.terms_type})
                           : declared.end();
    if (found == declared.end()) {
        return;
    }
    const auto later = found->second.upper_bound(facts.captured);
    if (later != found->second.begin()) {
        facts.source_url = std::prev(later)->second;
    }
}

// The key tells the policies of a vendor apart besides their type. Where the archive itself names
// vendor and document, nothing does: their page may move. A vendor that is only known by the
// address has as many policies as pages. Without a vendor nothing but the archive says that two
// texts are one policy, be they in files of the same name.
std::string make_key(const ListedSnapshot& snapshot) {
    const SnapshotFacts& facts = snapshot.facts;
    if (facts.vendor.empty() && !snapshot.document.empty()) {
        return snapshot.document;
    }
    if (facts.vendor.empty()) {
        return fmt::format("{}#{:016x}", snapshot.facts.place, hash64(snapshot.opening));
    }
    const bool names_page =
        facts.vendor_source == VendorSource::address || facts.terms_type.empty();
    return names_page ? normalize_page(facts.source_url) : std::string();
}

bool before(const CatalogEntry& a, const CatalogEntry& b) {
    return std::tie(a.snapshot.facts.captured, a.archive, a.snapshot.facts.place) <
           std::tie(b.snapshot.facts.captured, b.archive, b.snapshot.facts.place);
}

}  // namespace

std::vector<CatalogPolicy> make_catalog(std::vector<Listing> listings) {
    const VendorsOfDocuments vendors = find_vendors(listings);
    const Declared declared = find_declared(listings);
    std::map<std::tuple<std::string, std::string, std::string>, CatalogPolicy> policies;
    for (std::size_t archive = 0; archive < listings.size(); ++archive) {
        for (ListedSnapshot& snapshot : listings[archive].snapshots) {
            complete_from_declared(declared, snapshot.facts);
            complete(snapshot, vendors);
            const SnapshotFacts& facts = snapshot.facts;
            CatalogPolicy& policy = policies[{facts.vendor, facts.terms_type, make_key(snapshot)}];
            policy.vendor_source = std::max(policy.vendor_source, facts.vendor_source);
            policy.size += snapshot.size;
            snapshot.opening = std::string();  // have told what they could
            snapshot.document = std::string();
            policy.entries.push_back({archive, std::move(snapshot)});
        }
    }
    std::vector<CatalogPolicy> catalog;
    catalog.reserve(policies.size());
    for (auto& [identity, policy] : policies) {
        std::tie(policy.vendor, policy.terms_type, policy.key) = identity;
        std::ranges::stable_sort(policy.entries, before);
        catalog.push_back(std::move(policy));
    }
    return catalog;
}

}  // namespace smallprint::catalog
