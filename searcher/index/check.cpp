// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/index/check.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "common/index_format/generation.h"
#include "searcher/index/clause_view.h"
#include "searcher/index/index.h"
#include "searcher/index/views.h"

#include <fmt/format.h>

#include <filesystem>
#include <string>

namespace smallprint::index {
namespace {

// Reads every record as a search would, so that what fits no other record is found as well.
void check_records(Index& index, CheckReport& report) {
    for (index_format::DocumentId document = 1; document <= index.directory().document_count();
         ++document) {
        std::string problem;
        if (index.is_policy(document)) {
            const auto policy = index.policy(document);
            problem = policy ? "" : policy.error().message;
        } else {
            const auto clause = view_clause(index, document, 0);
            problem = clause ? "" : clause.error().message;
        }
        ++report.records;
        if (!problem.empty()) {
            report.damaged.push_back({fmt::format("record {}", document), problem});
        }
    }
}

}  // namespace

Result<CheckReport> check_index(const std::filesystem::path& folder) {
    TRY_ASSIGN(const index_format::Generation generation, index_format::read_generation(folder));
    CheckReport report;
    report.generation = generation.folder.string();
    TRY_ASSIGN(const std::string named, index_format::named_generation(folder));
    if (generation.folder.filename() != named) {
        report.stale_current = named;
    }
    for (const index_format::FileDigest& file : generation.meta.files) {
        const auto intact =
            index_format::check_file(generation.folder, file, index_format::FileCheck::whole);
        ++report.files;
        report.bytes += file.size;
        if (!intact) {
            report.damaged.push_back({file.name, intact.error().message});
        }
    }
    if (!report.damaged.empty()) {
        return report;  // records of damaged files say nothing more
    }
    TRY_ASSIGN(Index index, Index::open(folder));
    check_records(index, report);
    return report;
}

}  // namespace smallprint::index
