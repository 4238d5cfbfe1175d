// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/pipeline/pipeline.h"

#include "common/base/enum_names.h"
#include "common/base/error.h"
#include "common/base/hash.h"
#include "common/base/result.h"
#include "common/base/stage_timer.h"
#include "common/base/version.h"
#include "common/index_format/generation.h"
#include "common/io/file.h"
#include "common/model/listing.h"
#include "common/model/skip_reasons.h"
#include "common/text/analyzer.h"
#include "indexer/archive/archive_reader.h"
#include "indexer/archive/find_archives.h"
#include "indexer/archive/warc/revisits.h"
#include "indexer/catalog/catalog.h"
#include "indexer/catalog/public_suffixes.h"
#include "indexer/pipeline/batch_worker.h"
#include "indexer/pipeline/moved_pages.h"
#include "indexer/pipeline/plan.h"
#include "indexer/pipeline/policy_loader.h"
#include "indexer/pipeline/previous_index.h"
#include "indexer/pipeline/selection.h"
#include "indexer/split/splitter.h"
#include "indexer/write/batch_outcome.h"
#include "indexer/write/publisher.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <memory>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <tuple>
#include <utility>
#include <vector>

namespace smallprint::pipeline {
namespace {

namespace fs = std::filesystem;

struct Found {
    Archives archives;
    std::vector<catalog::CatalogPolicy> catalog;
    std::uint64_t fingerprint = 0;  // of all sources
};

// Lists one archive; what it skips goes into the report.
Result<Listing> list_archive(archive::FoundArchive& archive, PipelineReport& report) {
    auto listed = archive.reader->list();
    TRY(io::check_faults());
    Listing listing;
    if (listed) {
        listing = std::move(*listed);
    } else {
        listing.skipped.push_back(
            {archive.place, listed.error().message, skip_kind(listed.error())});
    }
    for (ListedSnapshot& snapshot : listing.snapshots) {
        snapshot.facts.place.insert(0, archive.prefix);
    }
    for (Skipped& item : listing.skipped) {
        item.place.insert(0, archive.prefix);
    }
    if (listing.snapshots.empty() && listing.revisits.empty() && listing.skipped.empty()) {
        listing.skipped.push_back({archive.place, "holds nothing", SkipKind::empty});
    }
    for (Revisit& revisit : listing.revisits) {
        revisit.snapshot.facts.place.insert(0, archive.prefix);
    }
    report.sources.push_back(
        {archive.place, std::string(name_of(archive.format)), listing.snapshots.size(), 0});
    return listing;
}

// What an archive refers to may be in another.
void join_listings(std::vector<Listing>& listings, PipelineReport& report) {
    const std::vector<std::size_t> resolved = archive::resolve_revisits(listings);
    for (std::size_t i = 0; i < listings.size(); ++i) {
        SourceReport& source = report.sources[i];
        source.snapshots += resolved[i];
        source.skipped = count_items(listings[i].skipped);
        report.listed += source.snapshots;
        std::ranges::move(listings[i].skipped, std::back_inserter(report.skipped));
    }
}

// Snapshots that are listed and then left out are among the skipped of the whole run as well.
void note_left_out(std::vector<Skipped> skipped, PipelineReport& report) {
    const SkipCounts counts = count_by_kind(skipped);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        report.left_out.at(i) += counts.at(i);
    }
    std::ranges::move(skipped, std::back_inserter(report.skipped));
}

Result<Found> list_sources(const PipelineOptions& options, PipelineReport& report) {
    Found found;
    std::vector<Listing> listings;
    std::set<fs::path> named;
    Progress progress;
    for (const fs::path& source : options.sources) {
        std::error_code error;
        const fs::path whole = fs::weakly_canonical(source / "", error);
        io::note_fault("look at", source, error);
        if (!named.insert(whole).second) {
            report.skipped.push_back({source.string(), "named twice", SkipKind::duplicate});
            continue;
        }
        TRY_ASSIGN(archive::FoundArchives archives,
                   archive::find_archives(source, options.reading));
        TRY(io::check_faults());
        found.fingerprint = hash64(source.string(), found.fingerprint ^ archives.fingerprint);
        if (archives.archives.empty() && archives.skipped.empty()) {
            archives.skipped.push_back({source.string(), "holds nothing", SkipKind::empty});
        }
        std::ranges::move(archives.skipped, std::back_inserter(report.skipped));
        for (archive::FoundArchive& archive : archives.archives) {
            TRY(check_not_stopped(options, "start over"));
            TRY_ASSIGN(Listing listing, list_archive(archive, report));
            progress.snapshots_done += listing.snapshots.size();
            if (options.on_progress) {
                options.on_progress(progress);
            }
            listings.push_back(std::move(listing));
            found.archives.push_back(std::move(archive.reader));
        }
    }
    join_listings(listings, report);
    TRY(check_skipped(options.strictness, report.skipped));
    found.catalog = catalog::make_catalog(std::move(listings));
    note_left_out(select_snapshots(options.selection, found.catalog), report);
    return found;
}

Failure nothing_found(const PipelineOptions& options, const PipelineReport& report) {
    std::string message = fmt::format("no policies in '{}'", options.sources.front().string());
    if (!report.skipped.empty()) {
        // A fault tells more than what was rightly set aside.
        const auto fault = std::ranges::find_if_not(
            report.skipped, [](const Skipped& item) { return is_expected(item.kind); });
        const Skipped& told = fault == report.skipped.end() ? report.skipped.front() : *fault;
        message += fmt::format(" ({} skipped, one of them: {}: {})", count_items(report.skipped),
                               told.place, told.reason);
    }
    return fail(
        ErrorCode::input, message,
        "`smallprint index --help` says which archives are read; the index was not changed");
}

std::vector<std::string> list_names(const PipelineOptions& options, const PreviousIndex* previous) {
    std::vector<std::string> sources;
    if (previous != nullptr) {
        sources = previous->generation().meta.sources;
    }
    for (const fs::path& source : options.sources) {
        if (std::ranges::find(sources, source.string()) == sources.end()) {
            sources.push_back(source.string());
        }
    }
    return sources;
}

// A run over all sources of an earlier one has looked at these again. Standard input has no second
// time.
bool is_seen_again(const index_format::Lacks& earlier, const PipelineOptions& options) {
    return std::ranges::all_of(earlier.sources, [&](const std::string& source) {
        return source != "-" &&
               std::ranges::find(options.sources, fs::path(source)) != options.sources.end();
    });
}

// What the index lacks of all that it was made from. Of many runs the oldest are told as one.
std::vector<index_format::Lacks> list_lacks(const PipelineOptions& options,
                                            const PipelineReport& report,
                                            const PreviousIndex* previous) {
    constexpr std::size_t k_most_runs = 32;
    constexpr std::size_t k_most_reasons = 100;
    std::vector<index_format::Lacks> lacks;
    if (previous != nullptr) {
        std::ranges::remove_copy_if(
            previous->generation().meta.lacks, std::back_inserter(lacks),
            [&](const index_format::Lacks& run) { return is_seen_again(run, options); });
    }
    index_format::Lacks run;
    for (const fs::path& source : options.sources) {
        run.sources.push_back(source.string());
    }
    run.reasons = count_by_reason(report.skipped);
    for (std::size_t i = k_most_reasons; i < run.reasons.size(); ++i) {
        run.reasons[i].reason = "other reasons";
    }
    run.reasons = sum_reasons(std::move(run.reasons));
    if (!run.reasons.empty()) {
        lacks.push_back(std::move(run));
    }
    if (lacks.size() > k_most_runs) {
        std::ranges::copy(lacks[0].sources, std::back_inserter(lacks[1].sources));
        std::ranges::copy(lacks[0].reasons, std::back_inserter(lacks[1].reasons));
        lacks[1].reasons = sum_reasons(std::move(lacks[1].reasons));
        lacks.erase(lacks.begin());
    }
    return lacks;
}

index_format::Meta make_meta(const PipelineOptions& options, const PipelineReport& report,
                             const PreviousIndex* previous) {
    index_format::Meta meta;
    meta.analyzer_version = text::k_analyzer_version;
    meta.splitter_version = split::k_splitter_version;
    meta.public_suffixes = catalog::public_suffix_version();
    meta.written_by = k_version;
    meta.created = options.created;
    meta.sources = list_names(options, previous);
    meta.counts = report.counts;
    meta.lacks = list_lacks(options, report, previous);
    meta.counts.skipped = 0;
    for (const index_format::Lacks& run : meta.lacks) {
        for (const SkipReason& each : run.reasons) {
            meta.counts.skipped += each.count;
        }
    }
    return meta;
}

std::uint64_t size_of(const fs::path& folder) {
    std::uint64_t size = 0;
    if (const auto found = io::walk(folder)) {
        for (const io::FileEntry& file : found->files) {
            size += file.size;
        }
    }
    return size;
}

// Every snapshot that was listed is in one of the figures. A run in which one is not has lost it on
// its way, and publishes nothing.
Result<void> check_figures(PipelineReport& report) {
    const std::uint64_t left_out =
        std::accumulate(report.left_out.begin(), report.left_out.end(), std::uint64_t{0});
    if (report.listed != report.added + report.known + left_out) {
        return fail(ErrorCode::damaged,
                    fmt::format("of {} snapshots that were listed, {} were added, {} were in the "
                                "index already and {} were skipped, which is another number",
                                report.listed, report.added, report.known, left_out),
                    "this is a fault of smallprint; nothing was published");
    }
    std::ranges::sort(report.skipped, {},
                      [](const Skipped& s) { return std::tie(s.place, s.reason); });
    return {};
}

void note(write::Tally tally, PipelineReport& report) {
    report.counts = tally.counts;
    report.added = tally.added;
    report.known += tally.known;
    report.converted = tally.converted;
    report.mojibake = tally.mojibake;
    report.undated = tally.undated;
    report.without_vendor = tally.without_vendor;
    report.vendors = tally.vendors.size();
    note_left_out(std::move(tally.skipped), report);
    report.counts.skipped = count_items(report.skipped);
}

// One run; what its stages share.
class Update {
public:
    Update(const PipelineOptions& options, Found found, write::Publisher publisher,
           std::optional<PreviousIndex> previous, PipelineReport report)
        : m_options(options), m_found(std::move(found)), m_publisher(std::move(publisher)),
          m_previous(std::move(previous)), m_report(std::move(report)) {}

    Result<PipelineReport> run() {
        if (previous() != nullptr) {
            m_known = previous()->policies();
        }
        TRY(join_moved_pages(m_found.catalog, m_known,
                             {m_found.archives, previous(), m_options.threads}));
        TRY(io::check_faults());
        m_tasks = make_tasks(m_found.catalog, m_known);
        TRY(survey());
        if (previous() != nullptr && std::ranges::none_of(m_tasks, &PolicyTask::has_news)) {
            TRY(check_figures(m_report));
            return unchanged();
        }
        const std::string dictionary = make_dictionary(m_tasks, m_found.archives, previous());
        TRY(m_publisher.begin(plan_digest(m_tasks, fingerprint(), dictionary)));
        const auto built = build(dictionary);
        if (!built && built.error().code == ErrorCode::input) {
            m_publisher.abandon();  // going on would only come to the same
        }
        if (!built) {
            return fail(built.error());
        }
        if (m_report.unchanged) {
            return unchanged();
        }
        m_report.index_bytes = size_of(m_report.generation);
        return std::move(m_report);
    }

private:
    const PreviousIndex* previous() const { return m_previous ? &*m_previous : nullptr; }

    std::uint64_t fingerprint() const {
        if (previous() == nullptr) {
            return m_found.fingerprint;
        }
        const index_format::Generation& generation = previous()->generation();
        return hash64(generation.folder.filename().string() + generation.meta.created,
                      m_found.fingerprint);
    }

    Result<void> survey() {
        if (previous() == nullptr) {
            return {};
        }
        TRY_ASSIGN(Known known, find_news(m_tasks, {m_options, m_found.archives, *previous()}));
        TRY(io::check_faults());
        TRY(check_skipped(m_options.strictness, known.skipped));
        m_report.known = known.snapshots;
        note_left_out(std::move(known.skipped), m_report);
        return {};
    }

    Result<void> build(const std::string& dictionary) {
        TRY_ASSIGN(BuiltBatches built,
                   build_batches(m_tasks, {m_options, m_found.archives, previous(),
                                           m_publisher.shard_folder(), dictionary}));
        m_report.times = built.times;
        m_report.resumed = built.resumed;
        TRY(io::check_faults());
        note(std::move(built.tally), m_report);
        TRY(check_figures(m_report));
        if (m_report.counts.snapshots == 0) {
            return nothing_found(m_options, m_report);
        }
        m_report.unchanged = previous() != nullptr && m_report.added == 0;
        if (m_report.unchanged) {
            m_publisher.abandon();
            return {};
        }
        if (m_options.on_progress) {
            m_options.on_progress({.stage = Stage::publishing});
        }
        const StageTimer timer(m_report.times.publish);
        TRY_ASSIGN(m_report.generation,
                   m_publisher.publish(built.shards, dictionary,
                                       make_meta(m_options, m_report, previous())));
        return {};
    }

    PipelineReport unchanged() {
        m_report.unchanged = true;
        m_report.generation = previous()->generation().folder;
        m_report.counts = previous()->generation().meta.counts;
        m_report.index_bytes = size_of(m_report.generation);
        std::set<std::string> vendors;
        for (const PreviousPolicy& policy : previous()->policies()) {
            vendors.insert(policy.identity.vendor);
        }
        vendors.erase("");
        m_report.vendors = vendors.size();
        return std::move(m_report);
    }

    const PipelineOptions& m_options;
    Found m_found;
    write::Publisher m_publisher;
    std::optional<PreviousIndex> m_previous;
    PipelineReport m_report;
    std::vector<PreviousPolicy> m_known;  // policies of the previous index, by today's moves
    std::vector<PolicyTask> m_tasks;
};

Result<PipelineReport> run(const PipelineOptions& options) {
    PipelineReport report;
    TRY_ASSIGN(Found found, list_sources(options, report));
    if (found.catalog.empty()) {
        return nothing_found(options, report);
    }
    TRY_ASSIGN(write::Publisher publisher, write::Publisher::open(options.index));
    std::optional<PreviousIndex> previous;
    if (options.existing == Existing::add_to) {
        TRY_ASSIGN(previous, PreviousIndex::open(options.index));
    }
    return Update(options, std::move(found), std::move(publisher), std::move(previous),
                  std::move(report))
        .run();
}

}  // namespace

Result<PipelineReport> run_pipeline(const PipelineOptions& options) {
    io::forget_faults();
    auto done = run(options);
    if (!done) {
        TRY(io::check_faults());  // which tells more than what came of it
    }
    return done;
}

}  // namespace smallprint::pipeline
