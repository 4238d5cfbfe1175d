// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/pipeline/moved_pages.h"

#include "common/base/result.h"
#include "common/index_format/record_file.h"
#include "common/model/date.h"
#include "common/model/policy.h"
#include "common/model/section.h"
#include "indexer/catalog/catalog.h"
#include "indexer/catalog/moves.h"
#include "indexer/pipeline/policy_loader.h"
#include "indexer/pipeline/previous_index.h"
#include "indexer/pipeline/workers.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace smallprint::pipeline {
namespace {

using Chain = std::vector<std::size_t>;

// One page of a vendor, as far as it is found now and as it is stored.
struct Page {
    std::string key;
    catalog::CatalogPolicy* found = nullptr;
    const PreviousPart* known = nullptr;
};

// All pages of a vendor and type.
struct Group {
    std::vector<Page> pages;  // by key
    std::vector<const PreviousPolicy*> stored;
    std::vector<Chain> chains;
};

using Groups = std::map<std::pair<std::string, std::string>, Group>;  // by vendor and type

// What is found and what is stored of a page become one.
void unite_pages(std::vector<Page>& pages) {
    std::ranges::sort(pages, {}, [](const Page& page) {
        return std::pair<std::string_view, bool>(page.key, page.found == nullptr);
    });
    std::vector<Page> united;
    for (Page& page : pages) {
        if (united.empty() || united.back().key != page.key) {
            united.push_back(std::move(page));
        } else {
            united.back().known = page.known;
        }
    }
    pages = std::move(united);
}

bool may_move(const std::string& vendor, const std::string& type, const std::string& key) {
    return has_page_for_key(vendor, key) && !type.empty();
}

// Those with something found and more pages than one.
Groups make_groups(std::vector<catalog::CatalogPolicy>& catalog,
                   const std::vector<PreviousPolicy>& known) {
    Groups groups;
    for (catalog::CatalogPolicy& policy : catalog) {
        if (may_move(policy.vendor, policy.terms_type, policy.key)) {
            groups[{policy.vendor, policy.terms_type}].pages.push_back({policy.key, &policy});
        }
    }
    for (const PreviousPolicy& policy : known) {
        const auto& [vendor, type, key] = policy.identity;
        const auto group = groups.find({vendor, type});
        if (group == groups.end() || !may_move(vendor, type, key)) {
            continue;
        }
        group->second.stored.push_back(&policy);
        for (const PreviousPart& part : policy.parts) {
            group->second.pages.push_back({part.key, nullptr, &part});
        }
    }
    for (auto& [identity, group] : groups) {
        unite_pages(group.pages);
    }
    std::erase_if(groups, [](const auto& entry) { return entry.second.pages.size() < 2; });
    return groups;
}

// Its first and last capture; nothing if some of them have no date.
std::optional<catalog::PageSpan> span_of(const Page& page) {
    catalog::PageSpan span{page.key, CaptureTime::max(), CaptureTime::min()};
    const auto widen = [&](const std::optional<CaptureTime>& first,
                           const std::optional<CaptureTime>& last) {
        if (first && last) {
            span.first = std::min(span.first, *first);
            span.last = std::max(span.last, *last);
        }
        return first && last;
    };
    const bool found_is_dated =
        page.found == nullptr || widen(page.found->entries.front().snapshot.facts.captured,
                                       page.found->entries.back().snapshot.facts.captured);
    const bool known_is_dated = page.known == nullptr || widen(page.known->first, page.known->last);
    return found_is_dated && known_is_dated ? std::optional(std::move(span)) : std::nullopt;
}

enum class End : std::uint8_t { first, last };

// Compares the pages of one group.
class GroupChainer {
public:
    GroupChainer(Group& group, const Archives& archives, index_format::RecordStore* records)
        : m_group(group), m_archives(archives), m_records(records) {}

    Result<void> chain() {
        std::vector<catalog::PageSpan> spans;
        for (std::size_t i = 0; i < m_group.pages.size(); ++i) {
            if (auto span = span_of(m_group.pages[i])) {
                spans.push_back(std::move(*span));
                m_dated.push_back(i);
            } else {
                m_group.chains.push_back({i});
            }
        }
        const catalog::PageResemblance resemblance = [this](std::size_t earlier,
                                                            std::size_t later) -> Result<double> {
            TRY_ASSIGN(const catalog::TextSketch* before, sketch(m_dated[earlier], End::last));
            TRY_ASSIGN(const catalog::TextSketch* after, sketch(m_dated[later], End::first));
            return catalog::measure_resemblance(*before, *after);
        };
        TRY_ASSIGN(std::vector<Chain> chains, catalog::chain_pages(spans, resemblance));
        for (Chain& chain : chains) {
            std::ranges::transform(chain, chain.begin(), [&](std::size_t i) { return m_dated[i]; });
            m_group.chains.push_back(std::move(chain));
        }
        return {};
    }

private:
    Result<const catalog::TextSketch*> sketch(std::size_t page, End end) {
        const auto [sketch, is_new] = m_sketches.try_emplace({page, end});
        if (is_new) {
            TRY_ASSIGN(const std::vector<std::string> clauses,
                       clauses_at(m_group.pages[page], end));
            sketch->second = catalog::sketch_text(clauses);
        }
        return &sketch->second;
    }

    // The clauses of the page's first or last capture that can be read.
    Result<std::vector<std::string>> clauses_at(const Page& page, End end) {
        constexpr std::size_t most_tried = 4;
        std::span<const catalog::CatalogEntry> entries;
        if (page.found != nullptr) {
            entries = page.found->entries;
        }
        for (std::size_t i = 0; i < std::min(entries.size(), most_tried); ++i) {
            const catalog::CatalogEntry& entry =
                entries[end == End::first ? i : entries.size() - 1 - i];
            const auto& captured = entry.snapshot.facts.captured;
            if (page.known != nullptr && (end == End::first ? page.known->first <= captured
                                                            : page.known->last >= captured)) {
                break;
            }
            std::vector<std::string> clauses = read_clauses(entry, m_archives);
            if (!clauses.empty()) {
                return clauses;
            }
        }
        return page.known == nullptr ? std::vector<std::string>()
                                     : stored_clauses(*page.known, end);
    }

    Result<std::vector<std::string>> stored_clauses(const PreviousPart& part, End end) {
        TRY_ASSIGN(const Policy policy, m_records->policy(part.document));
        std::vector<std::string> clauses;
        const std::size_t number = end == End::first ? part.begin : part.end - std::size_t{1};
        for (const Step& step : policy.snapshots[number].order) {
            if (!step.is_heading) {
                TRY_ASSIGN(Passage passage, m_records->passage(part.document + step.number));
                if (passage.kind == PieceKind::clause) {
                    clauses.push_back(std::move(passage.text));
                }
            }
        }
        return clauses;
    }

    Group& m_group;
    const Archives& m_archives;
    index_format::RecordStore* m_records;  // null if there is no previous index
    std::vector<std::size_t> m_dated;      // numbers of pages
    std::map<std::pair<std::size_t, End>, catalog::TextSketch> m_sketches;
};

Result<void> chain_groups(Groups& groups, const MovedPagesContext& context) {
    std::vector<Group*> listed;
    for (auto& [identity, group] : groups) {
        listed.push_back(&group);
    }
    return run_workers(context.threads, listed.size(), [&]() -> Result<Worker> {
        std::shared_ptr<index_format::RecordStore> records;
        if (context.previous != nullptr) {
            TRY_ASSIGN(index_format::RecordStore opened, context.previous->records());
            records = std::make_shared<index_format::RecordStore>(std::move(opened));
        }
        return Worker([&, records](std::size_t i) {
            return GroupChainer(*listed[i], context.archives, records.get()).chain();
        });
    });
}

// True if a stored policy is these parts and nothing else, under the same key.
bool is_stored(const Group& group, const PreviousPolicy& policy) {
    return std::ranges::any_of(group.stored, [&](const PreviousPolicy* stored) {
        return stored->identity == policy.identity && stored->parts.size() == policy.parts.size() &&
               std::ranges::equal(stored->parts, policy.parts, {}, &PreviousPart::document,
                                  &PreviousPart::document);
    });
}

// Puts policies together as the chains of their pages say.
class Joiner {
public:
    Joiner(std::vector<catalog::CatalogPolicy>& catalog, std::vector<PreviousPolicy>& known)
        : m_catalog(catalog), m_known(known) {}

    void join(const PolicyIdentity& identity, const Group& group) {
        for (const PreviousPolicy* stored : group.stored) {
            m_replaced.insert(stored->identity);
        }
        for (const Chain& chain : group.chains) {
            catalog::CatalogPolicy found;
            PreviousPolicy known;
            for (const std::size_t number : chain) {
                const Page& page = group.pages[number];
                if (page.found != nullptr) {
                    append(std::move(*page.found), found);
                    page.found->entries.clear();
                }
                if (page.known != nullptr) {
                    known.parts.push_back(*page.known);
                }
            }
            known.identity = identity;
            known.identity.key = group.pages[chain.front()].key;
            std::tie(found.vendor, found.terms_type, found.key) =
                std::tie(known.identity.vendor, known.identity.terms_type, known.identity.key);
            known.regrouped = !known.parts.empty() && !is_stored(group, known);
            if (!found.entries.empty() || known.regrouped) {
                m_found_anew.push_back(std::move(found));
            }
            if (!known.parts.empty()) {
                m_known_anew.push_back(std::move(known));
            }
        }
    }

    void finish() {
        std::erase_if(m_catalog, [](const auto& policy) { return policy.entries.empty(); });
        std::erase_if(m_known,
                      [&](const auto& policy) { return m_replaced.contains(policy.identity); });
        std::ranges::move(m_found_anew, std::back_inserter(m_catalog));
        std::ranges::move(m_known_anew, std::back_inserter(m_known));
        std::ranges::sort(m_catalog, {}, [](const catalog::CatalogPolicy& policy) {
            return std::tie(policy.vendor, policy.terms_type, policy.key);
        });
        std::ranges::sort(m_known, {}, &PreviousPolicy::identity);
    }

private:
    static void append(catalog::CatalogPolicy&& page, catalog::CatalogPolicy& policy) {
        policy.vendor_source = std::max(policy.vendor_source, page.vendor_source);
        policy.size += page.size;
        std::ranges::move(page.entries, std::back_inserter(policy.entries));
    }

    std::vector<catalog::CatalogPolicy>& m_catalog;
    std::vector<PreviousPolicy>& m_known;
    std::set<PolicyIdentity> m_replaced;  // of those stored
    std::vector<catalog::CatalogPolicy> m_found_anew;
    std::vector<PreviousPolicy> m_known_anew;
};

}  // namespace

Result<void> join_moved_pages(std::vector<catalog::CatalogPolicy>& catalog,
                              std::vector<PreviousPolicy>& known,
                              const MovedPagesContext& context) {
    Groups groups = make_groups(catalog, known);
    if (groups.empty()) {
        return {};
    }
    TRY(chain_groups(groups, context));
    Joiner joiner(catalog, known);
    for (const auto& [identity, group] : groups) {
        joiner.join({identity.first, identity.second, ""}, group);
    }
    joiner.finish();
    return {};
}

}  // namespace smallprint::pipeline
