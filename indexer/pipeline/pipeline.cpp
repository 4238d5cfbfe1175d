// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/pipeline/pipeline.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/version.h"
#include "common/index_format/generation.h"
#include "common/model/listing.h"
#include "common/model/policy.h"
#include "common/model/section.h"
#include "common/text/analyzer.h"
#include "indexer/archive/archive_reader.h"
#include "indexer/archive/open_archive.h"
#include "indexer/catalog/catalog.h"
#include "indexer/pipeline/dictionary_sample.h"
#include "indexer/pipeline/policy_loader.h"
#include "indexer/write/publisher.h"
#include "indexer/write/shard_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

namespace fs = std::filesystem;

// Policies are handed out in stretches of about so much text: small enough to keep all workers
// busy to the end, large enough to fill shards.
constexpr std::uint64_t k_batch_bytes = std::uint64_t{3} << 20U;

struct Batch {
    std::span<const CatalogPolicy> policies;
    std::vector<Shard> shards;  // filled by the worker
};

std::vector<Batch> make_batches(const std::vector<CatalogPolicy>& catalog) {
    std::vector<Batch> batches;
    std::size_t begin = 0;
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < catalog.size(); ++i) {
        bytes += catalog[i].size;
        if (bytes >= k_batch_bytes || i + 1 == catalog.size()) {
            batches.push_back({std::span(catalog).subspan(begin, i + 1 - begin), {}});
            begin = i + 1;
            bytes = 0;
        }
    }
    return batches;
}

void count(const LoadedPolicy& loaded, Counts& counts) {
    const Policy& policy = loaded.history.policy;
    ++counts.policies;
    counts.snapshots += policy.snapshots.size();
    counts.source_bytes += loaded.bytes;
    for (const Passage& passage : loaded.history.passages) {
        ++(passage.kind == PieceKind::clause ? counts.clauses : counts.boilerplate);
        if (passage.kind == PieceKind::clause) {
            for (const Run& run : passage.runs) {
                counts.clause_occurrences += run.last - run.first + 1;
            }
        }
    }
}

// What --strict makes of an item that is skipped.
Failure refused(const Skipped& item) {
    return fail(ErrorCode::input, fmt::format("{}: {}", item.place, item.reason),
                "without --strict, what cannot be read is skipped and listed");
}

// What the workers share. Everything behind the mutex but the next batch.
class Work {
public:
    Work(const PipelineOptions& options, const std::vector<CatalogPolicy>& catalog,
         const Archives& archives, PipelineReport& report)
        : m_options(options), m_archives(archives), m_batches(make_batches(catalog)),
          m_report(report) {
        for (const CatalogPolicy& policy : catalog) {
            m_progress.snapshots += policy.entries.size();
            m_progress.bytes += policy.size;
        }
    }

    Result<std::vector<Shard>> run(const fs::path& shard_folder, std::string_view dictionary) {
        {
            std::vector<std::jthread> workers;
            const std::size_t wanted = std::min<std::size_t>(m_options.threads, m_batches.size());
            workers.reserve(wanted);
            for (std::size_t i = 0; i < wanted; ++i) {
                workers.emplace_back([&] { work(shard_folder, dictionary); });
            }
        }
        if (m_error) {
            return fail(*m_error);
        }
        std::vector<Shard> shards;
        for (Batch& batch : m_batches) {
            std::ranges::move(batch.shards, std::back_inserter(shards));
        }
        return shards;
    }

private:
    // An exception must not leave a thread; what is left to throw is running out of memory.
    void work(const fs::path& shard_folder, std::string_view dictionary) {
        try {
            take_batches(shard_folder, dictionary);
        } catch (const std::exception& error) {
            stop({ErrorCode::limit, fmt::format("not enough memory ({})", error.what()),
                  "use fewer threads with --jobs; the index is as it was before"});
        }
    }

    void take_batches(const fs::path& shard_folder, std::string_view dictionary) {
        ShardWriter writer(dictionary);
        for (std::size_t i = m_next++; i < m_batches.size() && !m_stopped; i = m_next++) {
            if (const auto done = work_on(i, shard_folder, writer); !done) {
                stop(done.error());
            }
        }
    }

    Result<void> work_on(std::size_t number, const fs::path& shard_folder, ShardWriter& writer) {
        Batch& batch = m_batches[number];
        writer.begin(shard_folder / fmt::format("{:06}", number));
        for (const CatalogPolicy& policy : batch.policies) {
            if (m_options.stop_requested && m_options.stop_requested()) {
                return fail(ErrorCode::interrupted, "stopped; the index is as it was before",
                            "run the same command again to start over");
            }
            LoadedPolicy loaded = load_policy(policy, policy.entries, m_archives);
            if (!loaded.history.policy.snapshots.empty()) {
                TRY(writer.add(loaded.history));
            }
            TRY(note(policy, std::move(loaded)));
        }
        TRY_ASSIGN(batch.shards, writer.finish());
        return {};
    }

    Result<void> note(const CatalogPolicy& policy, LoadedPolicy loaded) {
        const std::lock_guard lock(m_mutex);
        if (!loaded.history.policy.snapshots.empty()) {
            count(loaded, m_report.counts);
            if (!policy.vendor.empty()) {
                m_vendors.insert(policy.vendor);
            }
            m_report.vendors = m_vendors.size();
        }
        for (const Snapshot& snapshot : loaded.history.policy.snapshots) {
            m_report.undated += snapshot.captured ? 0U : 1U;
            m_report.without_vendor += policy.vendor.empty() ? 1U : 0U;
        }
        if (m_options.strict && !loaded.skipped.empty()) {
            return refused(loaded.skipped.front());
        }
        std::ranges::move(loaded.skipped, std::back_inserter(m_report.skipped));
        m_progress.snapshots_done += policy.entries.size();
        m_progress.bytes_done += policy.size;
        if (m_options.on_progress) {
            m_options.on_progress(m_progress);
        }
        return {};
    }

    void stop(const Error& error) {
        const std::lock_guard lock(m_mutex);
        m_error = m_error ? m_error : error;
        m_stopped = true;
    }

    const PipelineOptions& m_options;
    const Archives& m_archives;
    std::vector<Batch> m_batches;
    std::atomic<std::size_t> m_next = 0;
    std::atomic<bool> m_stopped = false;
    std::mutex m_mutex;
    PipelineReport& m_report;
    std::set<std::string> m_vendors;
    Progress m_progress;
    std::optional<Error> m_error;
};

// Lists all sources; what they skip goes into the report.
Result<std::vector<CatalogPolicy>> list_archives(const PipelineOptions& options, Archives& archives,
                                                 PipelineReport& report) {
    std::vector<Listing> listings;
    std::set<fs::path> named;
    for (const fs::path& source : options.sources) {
        std::error_code error;
        if (!named.insert(fs::weakly_canonical(source / "", error)).second) {
            report.skipped.push_back({source.string(), "named twice"});
            continue;
        }
        TRY_ASSIGN(std::unique_ptr<ArchiveReader> archive, open_archive(source));
        archives.push_back(std::move(archive));
        TRY_ASSIGN(Listing listing, archives.back()->list());
        std::ranges::move(listing.skipped, std::back_inserter(report.skipped));
        listings.push_back(std::move(listing));
    }
    if (options.strict && !report.skipped.empty()) {
        return refused(report.skipped.front());
    }
    return make_catalog(std::move(listings));
}

Failure nothing_found(const PipelineOptions& options, const PipelineReport& report) {
    std::string message = fmt::format("no policies in '{}'", options.sources.front().string());
    if (!report.skipped.empty()) {
        message += fmt::format(" ({} skipped, the first: {}: {})", report.skipped.size(),
                               report.skipped.front().place, report.skipped.front().reason);
    }
    return fail(ErrorCode::input, message,
                "policies are .md, .markdown, .txt or .text files; the index was not changed");
}

Meta meta_of(const PipelineOptions& options, const PipelineReport& report) {
    Meta meta;
    meta.analyzer_version = k_analyzer_version;
    meta.written_by = k_version;
    meta.created = options.created;
    for (const fs::path& source : options.sources) {
        meta.sources.push_back(source.string());
    }
    meta.counts = report.counts;
    return meta;
}

std::uint64_t size_of(const fs::path& folder) {
    std::uint64_t size = 0;
    std::error_code error;
    for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
        size += entry.is_regular_file(error) ? entry.file_size(error) : 0;
    }
    return size;
}

// Everything between the lock and the published generation.
Result<void> build(const PipelineOptions& options, const std::vector<CatalogPolicy>& catalog,
                   const Archives& archives, Publisher& publisher, PipelineReport& report) {
    const std::string dictionary = make_dictionary(catalog, archives);
    Work work(options, catalog, archives, report);
    TRY_ASSIGN(const std::vector<Shard> shards, work.run(publisher.shard_folder(), dictionary));
    std::ranges::sort(report.skipped, {},
                      [](const Skipped& s) { return std::tie(s.place, s.reason); });
    if (report.counts.snapshots == 0) {
        return nothing_found(options, report);
    }
    report.counts.skipped = report.skipped.size();
    TRY_ASSIGN(report.generation, publisher.publish(shards, dictionary, meta_of(options, report)));
    return {};
}

}  // namespace

Result<PipelineReport> run_pipeline(const PipelineOptions& options) {
    PipelineReport report;
    Archives archives;
    TRY_ASSIGN(const std::vector<CatalogPolicy> catalog, list_archives(options, archives, report));
    if (catalog.empty()) {
        return nothing_found(options, report);
    }
    TRY_ASSIGN(Publisher publisher, Publisher::open(options.index));
    const auto built = build(options, catalog, archives, publisher, report);
    if (!built) {
        publisher.abandon();
        return fail(built.error());
    }
    report.index_bytes = size_of(report.generation);
    return report;
}

}  // namespace smallprint
