// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/engine/engine.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "common/index_format/generation.h"
#include "common/model/date.h"
#include "common/model/policy.h"
#include "common/model/skip_reasons.h"
#include "common/text/thesaurus.h"
#include "searcher/diff/diff.h"
#include "searcher/index/clause_view.h"
#include "searcher/index/index.h"
#include "searcher/index/lookup.h"
#include "searcher/index/views.h"
#include "searcher/over_time/coverage.h"
#include "searcher/over_time/history.h"
#include "searcher/over_time/snapshot_days.h"
#include "searcher/over_time/trend.h"
#include "searcher/request/deadline.h"
#include "searcher/request/requests.h"
#include "searcher/search/all_matches.h"
#include "searcher/search/copy_groups.h"
#include "searcher/search/facets.h"
#include "searcher/search/results.h"
#include "searcher/search/search.h"
#include "searcher/search/suggest.h"
#include "searcher/search/synonyms.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::engine {
namespace {

// The policies of a vendor, or those of a page.
Result<std::vector<index_format::DocumentId>> find_named(index::Index& index,
                                                         std::string_view vendor_or_address) {
    auto policies = index::policies_with(Field::vendor, vendor_or_address, index);
    if (!policies && policies.error().code == ErrorCode::not_found) {
        TRY_ASSIGN(std::vector<index_format::DocumentId> at_address,
                   index::policies_at(vendor_or_address, index));
        if (!at_address.empty()) {
            return at_address;
        }
    }
    return policies;
}

Result<index::FoundId> find_vendor_or_id(index::Index& index, std::string_view vendor_or_id) {
    auto by_id = index::find_id(index, vendor_or_id);
    if (by_id || by_id.error().code != ErrorCode::not_found) {
        return by_id;
    }
    TRY_ASSIGN(const std::vector<index_format::DocumentId> policies,
               find_named(index, vendor_or_id));
    if (policies.size() > 1) {
        std::string ids;
        for (const index_format::DocumentId document : policies) {
            TRY_ASSIGN(const index::PolicyPointer policy, index.policy(document));
            const index::PolicyFacts facts = index::policy_facts(*policy);
            const std::string& page = policy->key.empty() ? facts.title : policy->key;
            ids += fmt::format("{}{} ({}{}{})", ids.empty() ? "" : ", ", facts.id, facts.type,
                               facts.type.empty() || page.empty() ? "" : ", ", page);
        }
        return fail(ErrorCode::usage,
                    fmt::format("'{}' has {} policies", vendor_or_id, policies.size()),
                    "name one by its id: " + ids);
    }
    return index::FoundId{policies.front(), 0};
}

// All policies that are meant, of any type.
Result<std::vector<index_format::DocumentId>> find_policies(index::Index& index,
                                                            std::string_view vendor_or_id) {
    auto by_id = index::find_id(index, vendor_or_id);
    if (by_id) {
        return std::vector<index_format::DocumentId>{by_id->policy};
    }
    if (by_id.error().code != ErrorCode::not_found) {
        return fail(by_id.error());
    }
    return find_named(index, vendor_or_id);
}

std::uint64_t total_bytes(const index_format::Meta& meta) {
    std::uint64_t bytes = 0;
    for (const index_format::FileDigest& file : meta.files) {
        bytes += file.size;
    }
    return bytes;
}

}  // namespace

struct Engine::Parts {
    index::Index index;
    search::SynonymIndex synonyms;
    std::optional<search::CopyGroups> built_copies = {};
    std::optional<over_time::SnapshotDays> read_days = {};
    std::optional<search::FacetTables> built_facets = {};

    // Built when first asked for: only searches and single clauses need them.
    Result<const search::CopyGroups*> copies() {
        if (!built_copies) {
            TRY_ASSIGN(built_copies, search::CopyGroups::build(index));
        }
        return &*built_copies;
    }

    // Built when a count over time first asks for them.
    Result<const over_time::SnapshotDays*> days() {
        if (!read_days) {
            TRY_ASSIGN(read_days, over_time::SnapshotDays::build(index));
        }
        return &*read_days;
    }

    Result<search::FacetTables*> facets() {
        if (!built_facets) {
            TRY_ASSIGN(built_facets, search::FacetTables::build(index));
        }
        return &*built_facets;
    }

    const search::SynonymIndex& synonyms_for(request::Synonyms wanted) const {
        static const search::SynonymIndex none;
        return wanted == request::Synonyms::used ? synonyms : none;
    }
};

Engine::Engine(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}

Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

Result<Engine> Engine::open(const std::filesystem::path& folder) {
    TRY_ASSIGN(index::Index index, index::Index::open(folder));
    TRY_ASSIGN(search::SynonymIndex synonyms,
               search::SynonymIndex::build(text::Thesaurus::standard(), index.tokenizer(),
                                           index.stemmer()));
    return Engine(std::make_unique<Parts>(Parts{std::move(index), std::move(synonyms)}));
}

Result<void> Engine::use(const text::Thesaurus& thesaurus) {
    index::Index& index = m_parts->index;
    TRY_ASSIGN(m_parts->synonyms,
               search::SynonymIndex::build(thesaurus, index.tokenizer(), index.stemmer()));
    return {};
}

Result<std::string> Engine::published_generation(const std::filesystem::path& index) {
    return smallprint::index_format::published_generation(index);
}

std::string Engine::generation() const {
    return m_parts->index.generation().folder.filename().string();
}

Result<void> Engine::warm_up() {
    TRY(m_parts->copies());
    return {};
}

Result<search::SearchResults> Engine::search(const request::SearchRequest& request) {
    TRY_ASSIGN(const search::CopyGroups* copies, m_parts->copies());
    search::SearchTools tools{m_parts->synonyms_for(request.synonyms), *copies};
    if (request.facets == request::FacetCounts::counted) {
        TRY_ASSIGN(tools.facets, m_parts->facets());
    }
    return search::run_search(request, tools, m_parts->index);
}

Result<void> Engine::for_each_hit(const request::SearchRequest& request,
                                  const search::HitVisitor& visit) {
    TRY_ASSIGN(const search::CopyGroups* copies, m_parts->copies());
    return smallprint::search::for_each_hit(request, m_parts->synonyms_for(request.synonyms),
                                            *copies, m_parts->index, visit);
}

Result<index::ClauseView> Engine::clause(std::string_view id, std::size_t context) {
    TRY_ASSIGN(const index::FoundId found, index::find_id(m_parts->index, id));
    if (found.number == 0) {
        return index::no_such_id(id);
    }
    const index_format::DocumentId document = found.policy + found.number;
    TRY_ASSIGN(index::ClauseView view, index::view_clause(m_parts->index, document, context));
    TRY_ASSIGN(const search::CopyGroups* copies, m_parts->copies());
    view.also_at_vendors = copies->other_vendors(m_parts->index, document);
    return view;
}

Result<index::PolicyView> Engine::policy(std::string_view vendor_or_id, std::optional<Day> at) {
    index::Index& index = m_parts->index;
    TRY_ASSIGN(const index::FoundId found, find_vendor_or_id(index, vendor_or_id));
    TRY_ASSIGN(const index::PolicyPointer policy, index.policy(found.policy));
    std::size_t snapshot = policy->snapshots.size() - 1;
    if (at) {
        const auto nearest = index::snapshot_at(*policy, *at);
        if (!nearest) {
            return fail(ErrorCode::not_found,
                        fmt::format("there is no snapshot of '{}' from {} or before",
                                    policy->vendor, format_day(*at)),
                        "`smallprint info` lists what dates there are");
        }
        snapshot = *nearest;
    } else if (found.number != 0) {
        TRY_ASSIGN(const Passage passage, index.passage(found.policy + found.number));
        snapshot = std::min<std::size_t>(snapshot, passage.runs.back().last);
    }
    return index::view_policy(index, found.policy, snapshot, found.number);
}

Result<diff::DiffResults> Engine::diff(const request::DiffRequest& request) {
    index::Index& index = m_parts->index;
    TRY_ASSIGN(std::vector<index_format::DocumentId> policies,
               find_policies(index, request.vendor_or_id));
    return diff::diff_policies(index, std::move(policies), request);
}

Result<index::IndexOverview> Engine::overview() {
    index::Index& index = m_parts->index;
    const index_format::Meta& meta = index.generation().meta;
    index::IndexOverview overview;
    overview.folder = index.generation().folder.parent_path().string();
    overview.generation = index.generation().folder.filename().string();
    overview.created = meta.created;
    overview.written_by = meta.written_by;
    overview.format_version = meta.format_version;
    overview.index_bytes = total_bytes(meta);
    overview.source_bytes = meta.counts.source_bytes;
    overview.policies = meta.counts.policies;
    overview.snapshots = meta.counts.snapshots;
    overview.clauses = meta.counts.clauses;
    overview.clause_occurrences = meta.counts.clause_occurrences;
    overview.boilerplate = meta.counts.boilerplate;
    overview.skipped = meta.counts.skipped;
    for (const index_format::Lacks& run : meta.lacks) {
        std::ranges::copy(run.reasons, std::back_inserter(overview.skipped_by_reason));
    }
    overview.skipped_by_reason = sum_reasons(std::move(overview.skipped_by_reason));
    overview.public_suffixes = meta.public_suffixes;
    overview.has_other_public_suffixes = meta.public_suffixes != SMALLPRINT_PUBLIC_SUFFIXES;
    overview.sources = meta.sources;
    std::set<std::string> vendors;
    for (const index_format::DocumentId document : index.directory().policies()) {
        TRY_ASSIGN(index::PolicyOverview listed, index::view_overview(index, document));
        if (!listed.policy.vendor.empty()) {
            vendors.insert(listed.policy.vendor);
        }
        overview.listed.push_back(std::move(listed));
    }
    overview.vendors = vendors.size();
    return overview;
}

Result<over_time::History> Engine::history(const request::HistoryRequest& request) {
    index::Index& index = m_parts->index;
    over_time::History history;
    if (const auto id = parse_id(request.target); id && id->text_hash) {
        TRY_ASSIGN(const index::FoundId found, index::find_id(index, request.target));
        TRY_ASSIGN(const index::PolicyPointer policy, index.policy(found.policy));
        TRY_ASSIGN(const std::vector<Passage> passages, index.passages(found.policy));
        history.life = over_time::make_life(*policy, passages, found.number, request);
        TRY_ASSIGN(history.life->clause, index::view_clause(index, found.policy + found.number, 0));
        return history;
    }
    TRY_ASSIGN(std::vector<index_format::DocumentId> documents,
               find_policies(index, request.target));
    TRY_ASSIGN(documents, index::keep_type(documents, request.target, request.type, index));
    const request::Deadline deadline(request.time_limit);
    for (const index_format::DocumentId document : documents) {
        TRY(deadline.check());
        TRY_ASSIGN(const index::PolicyPointer policy, index.policy(document));
        TRY_ASSIGN(const std::vector<Passage> passages, index.passages(document));
        history.timelines.push_back(over_time::make_timeline(*policy, passages, request));
    }
    return history;
}

Result<over_time::Coverage> Engine::coverage(const request::CoverageRequest& request) {
    return over_time::measure_coverage(m_parts->index, request);
}

Result<over_time::Trend> Engine::trend(const request::TrendRequest& request) {
    TRY_ASSIGN(const over_time::SnapshotDays* days, m_parts->days());
    return over_time::measure_trend(request, m_parts->synonyms_for(request.synonyms), *days,
                                    m_parts->index);
}

Result<std::vector<search::Suggestion>> Engine::suggest(const request::SuggestRequest& request) {
    return search::suggest_values(request, m_parts->index);
}

}  // namespace smallprint::engine
