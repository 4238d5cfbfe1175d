// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/warc/revisits.h"

#include "common/base/hash.h"
#include "common/model/date.h"
#include "common/model/listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace smallprint::archive {
namespace {

constexpr int k_longest_chain = 16;  // of revisits that speak of revisits

std::uint64_t address_name(std::string_view address) {
    return hash64(address, 4);
}

// Where a text is.
struct Target {
    static constexpr std::uint32_t k_nowhere = UINT32_MAX;
    static constexpr std::uint32_t k_aside = UINT32_MAX - 1;  // the record is there, but skipped

    std::uint32_t listing = k_nowhere;
    std::uint32_t snapshot = 0;

    bool is_text() const { return listing < k_aside; }
};

// What is known of the names that revisits speak of.
class Names {
public:
    // Before any other call: `name` will be asked for.
    void want(std::uint64_t name) {
        if (name != 0) {
            m_names.push_back(name);
        }
    }

    bool empty() const { return m_names.empty(); }

    void sort() {
        std::ranges::sort(m_names);
        const auto rest = std::ranges::unique(m_names);
        m_names.erase(rest.begin(), rest.end());
        m_targets.resize(m_names.size());
    }

    // Null for a name that nobody wants.
    Target* find(std::uint64_t name) {
        const auto found = std::ranges::lower_bound(m_names, name);
        return found != m_names.end() && *found == name
                   ? &m_targets[static_cast<std::size_t>(found - m_names.begin())]
                   : nullptr;
    }

private:
    std::vector<std::uint64_t> m_names;
    std::vector<Target> m_targets;  // of m_names
};

// A snapshot of an address that the server said nothing new of.
struct Visit {
    std::uint64_t address = 0;
    std::optional<CaptureTime> captured;
    Target target;
};

class Resolver {
public:
    explicit Resolver(std::vector<Listing>& listings)
        : m_listings(listings), m_resolved(listings.size()), m_text_numbers(listings.size()) {}

    std::vector<std::size_t> run() {
        collect_wanted();
        for (std::uint32_t i = 0; i < m_listings.size() && !m_names.empty(); ++i) {
            offer_listing(i);
        }
        bool goes_on = true;
        for (int round = 0; goes_on && round < k_longest_chain; ++round) {
            goes_on = pass(&Resolver::find_named);
            std::ranges::sort(m_visits, {}, [](const Visit& visit) {
                return std::tuple(visit.address, visit.captured);
            });
            goes_on = pass(&Resolver::find_visit) || goes_on;
        }
        for (std::size_t i = 0; i < m_listings.size(); ++i) {
            for (Revisit& revisit : m_listings[i].revisits) {
                give_up(std::move(revisit), i);
            }
            m_listings[i].revisits = {};
            m_listings[i].names = {};
            m_listings[i].names_aside = {};
        }
        return std::move(m_resolved);
    }

private:
    using Find = Target (Resolver::*)(const Revisit&);

    static std::uint64_t moment_of(const SameText& same) {
        return same.captured && !same.address.empty() ? moment_name(same.address, *same.captured)
                                                      : 0;
    }

    static const std::string& address_of(const Revisit& revisit) {
        return revisit.same_as.address.empty() ? revisit.snapshot.facts.source_url
                                               : revisit.same_as.address;
    }

    void collect_wanted() {
        for (const Listing& listing : m_listings) {
            for (const Revisit& revisit : listing.revisits) {
                m_names.want(revisit.refers_to);
                m_names.want(moment_of(revisit.same_as));
                m_names.want(revisit.unmodified ? address_name(address_of(revisit))
                                                : revisit.names.digest);
            }
        }
        m_names.sort();
    }

    void offer_listing(std::uint32_t number) {
        const Listing& listing = m_listings[number];
        const auto named = static_cast<std::uint32_t>(listing.names.size());
        for (std::uint32_t i = 0; i < named; ++i) {
            offer_snapshot(listing.names[i], {number, i});
        }
        for (const std::uint64_t name : listing.names_aside) {
            Target* known = m_names.find(name);
            if (known != nullptr && !known->is_text()) {
                known->listing = Target::k_aside;
            }
        }
    }

    void offer_snapshot(const TextNames& names, Target target) {
        const SnapshotFacts& facts = snapshot_at(target).facts;
        const std::uint64_t moment =
            facts.captured ? moment_name(facts.source_url, *facts.captured) : 0;
        for (const std::uint64_t name : {names.id, names.digest, moment}) {
            Target* known = m_names.find(name);
            if (known != nullptr && (!known->is_text() || is_before(target, *known))) {
                *known = target;
            }
        }
        const std::uint64_t address = address_name(facts.source_url);
        if (m_names.find(address) != nullptr) {
            m_visits.push_back({address, facts.captured, target});
        }
    }

    const ListedSnapshot& snapshot_at(Target target) const {
        return m_listings[target.listing].snapshots[target.snapshot];
    }

    // So that it makes no difference which file comes first.
    bool is_before(Target a, Target b) const {
        const SnapshotFacts& first = snapshot_at(a).facts;
        const SnapshotFacts& second = snapshot_at(b).facts;
        return std::tie(first.captured, first.place) < std::tie(second.captured, second.place);
    }

    // True if anything was found.
    bool pass(Find find) {
        std::vector<std::vector<Target>> targets(m_listings.size());
        std::vector<std::size_t> sizes;
        for (std::size_t i = 0; i < m_listings.size(); ++i) {
            for (const Revisit& revisit : m_listings[i].revisits) {
                targets[i].push_back((this->*find)(revisit));
            }
            sizes.push_back(m_listings[i].snapshots.size());
        }
        for (const std::vector<Target>& each : targets) {
            for (const Target target : each) {
                if (target.is_text()) {
                    ++sizes[target.listing];
                }
            }
        }
        bool found = false;
        for (std::size_t i = 0; i < m_listings.size(); ++i) {
            found = found || sizes[i] > m_listings[i].snapshots.size();
            m_listings[i].snapshots.reserve(sizes[i]);
        }
        for (std::size_t i = 0; i < m_listings.size(); ++i) {
            add_found(i, targets[i]);
        }
        return found;
    }

    void add_found(std::size_t listing, const std::vector<Target>& targets) {
        std::vector<Revisit> left;
        std::vector<Revisit> revisits = std::exchange(m_listings[listing].revisits, {});
        for (std::size_t i = 0; i < revisits.size(); ++i) {
            if (targets[i].is_text()) {
                add(std::move(revisits[i]), targets[i]);
                ++m_resolved[listing];
            } else {
                left.push_back(std::move(revisits[i]));
            }
        }
        m_listings[listing].revisits = std::move(left);
    }

    Target find_named(const Revisit& revisit) {
        Target best;
        for (const std::uint64_t name : {revisit.refers_to, moment_of(revisit.same_as),
                                         revisit.unmodified ? 0 : revisit.names.digest}) {
            const Target* known = m_names.find(name);
            if (known != nullptr && known->listing != Target::k_nowhere) {
                best = best.is_text() || best.listing == Target::k_aside ? best : *known;
            }
        }
        return best;
    }

    Target find_visit(const Revisit& revisit) {
        if (!revisit.unmodified) {
            return {};
        }
        const std::tuple wanted(address_name(address_of(revisit)), revisit.snapshot.facts.captured);
        const auto behind = std::ranges::upper_bound(m_visits, wanted, {}, [](const Visit& visit) {
            return std::tuple(visit.address, visit.captured);
        });
        if (behind == m_visits.begin() || std::prev(behind)->address != std::get<0>(wanted)) {
            return {};
        }
        return std::prev(behind)->target;
    }

    // The text of a snapshot that others share has a number.
    std::uint64_t share_text(Target target) {
        Listing& listing = m_listings[target.listing];
        std::uint64_t& last = m_text_numbers[target.listing];
        if (last == 0) {
            for (const ListedSnapshot& each : listing.snapshots) {
                last = std::max(last, each.text_number);
            }
        }
        std::uint64_t& number = listing.snapshots[target.snapshot].text_number;
        number = number == 0 ? ++last : number;
        return number;
    }

    void add(Revisit revisit, Target target) {
        revisit.snapshot.text_number = share_text(target);
        revisit.snapshot.locator = snapshot_at(target).locator;
        revisit.snapshot.size = snapshot_at(target).size;
        revisit.snapshot.payload = snapshot_at(target).payload;
        std::vector<ListedSnapshot>& snapshots = m_listings[target.listing].snapshots;
        snapshots.push_back(std::move(revisit.snapshot));
        const auto number = static_cast<std::uint32_t>(snapshots.size() - 1);
        // A page that was not modified needs no place among the visits: it has the text of another.
        const std::size_t visits = m_visits.size();
        offer_snapshot({revisit.names.id, revisit.unmodified ? 0 : revisit.names.digest},
                       {target.listing, number});
        if (revisit.unmodified) {
            m_visits.resize(visits);
        }
    }

    void give_up(Revisit revisit, std::size_t listing) {
        std::string& place = revisit.snapshot.facts.place;
        SkippedItems& skipped = m_listings[listing].skipped;
        const bool is_told =
            moment_of(revisit.same_as) != 0 || revisit.unmodified || revisit.snapshot.payload != 0;
        if (find_named(revisit).listing == Target::k_aside) {
            skipped.push_back(
                {std::move(place), "revisit of a record that is skipped", SkipKind::aside});
        } else if (!revisit.not_text.empty()) {
            skipped.push_back({std::move(place), std::move(revisit.not_text), SkipKind::aside});
        } else if (!is_told) {
            skipped.push_back({std::move(place), "revisit of a record that is in no archive"});
        } else {
            revisit.same_as.address = address_of(revisit);
            revisit.same_as.payload = revisit.snapshot.payload;
            revisit.snapshot.same_as = std::make_shared<SameText>(std::move(revisit.same_as));
            m_listings[listing].snapshots.push_back(std::move(revisit.snapshot));
            ++m_resolved[listing];
        }
    }

    std::vector<Listing>& m_listings;
    std::vector<std::size_t> m_resolved;
    std::vector<std::uint64_t> m_text_numbers;  // the last of each listing, once needed
    Names m_names;
    std::vector<Visit> m_visits;
};

}  // namespace

std::uint64_t id_name(std::string_view id) {
    return hash64(id, 1);
}

std::uint64_t digest_name(std::string_view digest) {
    return hash64(digest, 3);
}

std::uint64_t moment_name(std::string_view address, CaptureTime moment) {
    return hash64(fmt::format("{} {}", moment.time_since_epoch().count(), address), 2);
}

std::vector<std::size_t> resolve_revisits(std::vector<Listing>& listings) {
    return Resolver(listings).run();
}

}  // namespace smallprint::archive
