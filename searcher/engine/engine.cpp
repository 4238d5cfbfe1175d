// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/engine/engine.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "common/index_format/generation.h"
#include "common/model/date.h"
#include "common/model/policy.h"
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
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

Result<FoundId> find_vendor_or_id(Index& index, std::string_view vendor_or_id) {
    auto by_id = find_id(index, vendor_or_id);
    if (by_id || by_id.error().code != ErrorCode::not_found) {
        return by_id;
    }
    TRY_ASSIGN(const std::vector<DocumentId> policies,
               policies_with(Field::vendor, vendor_or_id, index));
    if (policies.size() > 1) {
        std::string ids;
        for (const DocumentId document : policies) {
            TRY_ASSIGN(const PolicyPointer policy, index.policy(document));
            const PolicyFacts facts = policy_facts(*policy);
            const std::string& page = policy->key.empty() ? facts.title : policy->key;
            ids += fmt::format("{}{} ({}{}{})", ids.empty() ? "" : ", ", facts.id, facts.type,
                               facts.type.empty() || page.empty() ? "" : ", ", page);
        }
        return fail(ErrorCode::usage,
                    fmt::format("'{}' has {} policies", vendor_or_id, policies.size()),
                    "name one by its id: " + ids);
    }
    return FoundId{policies.front(), 0};
}

// All policies that are meant, of any type.
Result<std::vector<DocumentId>> find_policies(Index& index, std::string_view vendor_or_id) {
    auto by_id = find_id(index, vendor_or_id);
    if (by_id) {
        return std::vector<DocumentId>{by_id->policy};
    }
    if (by_id.error().code != ErrorCode::not_found) {
        return fail(by_id.error());
    }
    return policies_with(Field::vendor, vendor_or_id, index);
}

std::uint64_t total_bytes(const Meta& meta) {
    std::uint64_t bytes = 0;
    for (const FileDigest& file : meta.files) {
        bytes += file.size;
    }
    return bytes;
}

}  // namespace

struct Engine::Parts {
    Index index;
    SynonymIndex synonyms;
    std::optional<CopyGroups> built_copies = {};
    std::optional<SnapshotDays> read_days = {};
    std::optional<FacetTables> built_facets = {};

    // Built when first asked for: only searches and single clauses need them.
    Result<const CopyGroups*> copies() {
        if (!built_copies) {
            TRY_ASSIGN(built_copies, CopyGroups::build(index));
        }
        return &*built_copies;
    }

    // Built when a count over time first asks for them.
    Result<const SnapshotDays*> days() {
        if (!read_days) {
            TRY_ASSIGN(read_days, SnapshotDays::build(index));
        }
        return &*read_days;
    }

    Result<FacetTables*> facets() {
        if (!built_facets) {
            TRY_ASSIGN(built_facets, FacetTables::build(index));
        }
        return &*built_facets;
    }

    const SynonymIndex& synonyms_for(Synonyms wanted) const {
        static const SynonymIndex none;
        return wanted == Synonyms::used ? synonyms : none;
    }
};

Engine::Engine(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}

Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

Result<Engine> Engine::open(const std::filesystem::path& folder) {
    TRY_ASSIGN(Index index, Index::open(folder));
    TRY_ASSIGN(SynonymIndex synonyms,
               SynonymIndex::build(Thesaurus::standard(), index.tokenizer(), index.stemmer()));
    return Engine(std::make_unique<Parts>(Parts{std::move(index), std::move(synonyms)}));
}

Result<void> Engine::use(const Thesaurus& thesaurus) {
    Index& index = m_parts->index;
    TRY_ASSIGN(m_parts->synonyms,
               SynonymIndex::build(thesaurus, index.tokenizer(), index.stemmer()));
    return {};
}

Result<std::string> Engine::published_generation(const std::filesystem::path& index) {
    return smallprint::published_generation(index);
}

std::string Engine::generation() const {
    return m_parts->index.generation().folder.filename().string();
}

Result<void> Engine::warm_up() {
    TRY(m_parts->copies());
    return {};
}

Result<SearchResults> Engine::search(const SearchRequest& request) {
    TRY_ASSIGN(const CopyGroups* copies, m_parts->copies());
    SearchTools tools{m_parts->synonyms_for(request.synonyms), *copies};
    if (request.facets == FacetCounts::counted) {
        TRY_ASSIGN(tools.facets, m_parts->facets());
    }
    return run_search(request, tools, m_parts->index);
}

Result<void> Engine::for_each_hit(const SearchRequest& request, const HitVisitor& visit) {
    TRY_ASSIGN(const CopyGroups* copies, m_parts->copies());
    return smallprint::for_each_hit(request, m_parts->synonyms_for(request.synonyms), *copies,
                                    m_parts->index, visit);
}

Result<ClauseView> Engine::clause(std::string_view id, std::size_t context) {
    TRY_ASSIGN(const FoundId found, find_id(m_parts->index, id));
    if (found.number == 0) {
        return no_such_id(id);
    }
    const DocumentId document = found.policy + found.number;
    TRY_ASSIGN(ClauseView view, view_clause(m_parts->index, document, context));
    TRY_ASSIGN(const CopyGroups* copies, m_parts->copies());
    view.also_at_vendors = copies->other_vendors(m_parts->index, document);
    return view;
}

Result<PolicyView> Engine::policy(std::string_view vendor_or_id, std::optional<Day> at) {
    Index& index = m_parts->index;
    TRY_ASSIGN(const FoundId found, find_vendor_or_id(index, vendor_or_id));
    TRY_ASSIGN(const PolicyPointer policy, index.policy(found.policy));
    std::size_t snapshot = policy->snapshots.size() - 1;
    if (at) {
        const auto nearest = snapshot_at(*policy, *at);
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
    return view_policy(index, found.policy, snapshot, found.number);
}

Result<DiffResults> Engine::diff(const DiffRequest& request) {
    Index& index = m_parts->index;
    TRY_ASSIGN(std::vector<DocumentId> policies, find_policies(index, request.vendor_or_id));
    return diff_policies(index, std::move(policies), request);
}

Result<IndexOverview> Engine::overview() {
    Index& index = m_parts->index;
    const Meta& meta = index.generation().meta;
    IndexOverview overview;
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
    overview.sources = meta.sources;
    std::set<std::string> vendors;
    for (const DocumentId document : index.directory().policies()) {
        TRY_ASSIGN(PolicyOverview listed, view_overview(index, document));
        if (!listed.policy.vendor.empty()) {
            vendors.insert(listed.policy.vendor);
        }
        overview.listed.push_back(std::move(listed));
    }
    overview.vendors = vendors.size();
    return overview;
}

Result<History> Engine::history(const HistoryRequest& request) {
    Index& index = m_parts->index;
    History history;
    if (const auto id = parse_id(request.target); id && id->text_hash) {
        TRY_ASSIGN(const FoundId found, find_id(index, request.target));
        TRY_ASSIGN(const PolicyPointer policy, index.policy(found.policy));
        TRY_ASSIGN(const std::vector<Passage> passages, index.passages(found.policy));
        history.life = make_life(*policy, passages, found.number, request);
        TRY_ASSIGN(history.life->clause, view_clause(index, found.policy + found.number, 0));
        return history;
    }
    TRY_ASSIGN(std::vector<DocumentId> documents, find_policies(index, request.target));
    TRY_ASSIGN(documents, keep_type(documents, request.target, request.type, index));
    const Deadline deadline(request.time_limit);
    for (const DocumentId document : documents) {
        TRY(deadline.check());
        TRY_ASSIGN(const PolicyPointer policy, index.policy(document));
        TRY_ASSIGN(const std::vector<Passage> passages, index.passages(document));
        history.timelines.push_back(make_timeline(*policy, passages, request));
    }
    return history;
}

Result<Coverage> Engine::coverage(const CoverageRequest& request) {
    return measure_coverage(m_parts->index, request);
}

Result<Trend> Engine::trend(const TrendRequest& request) {
    TRY_ASSIGN(const SnapshotDays* days, m_parts->days());
    return measure_trend(request, m_parts->synonyms_for(request.synonyms), *days, m_parts->index);
}

Result<std::vector<Suggestion>> Engine::suggest(const SuggestRequest& request) {
    return suggest_values(request, m_parts->index);
}

}  // namespace smallprint
