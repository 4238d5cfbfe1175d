// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/options.h"

#include "common/base/enum_names.h"
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/cli/options.h"
#include "common/index_format/generation.h"
#include "indexer/archive/reading_options.h"
#include "indexer/pipeline/pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <thread>

namespace smallprint::indexer {
namespace {

constexpr std::size_t k_most_threads = 256;

cli::OptionRows make_rows(IndexOptions& options) {
    pipeline::PipelineOptions& run = options.run;
    return {
        {"index", 'i', "DIR", "folder of the index (else $SMALLPRINT_INDEX, else ./smallprint.idx)",
         cli::set_text(run.index)},
        {"rebuild", 0, "",
         "make a new index of SOURCE alone; without it the index keeps what it has",
         cli::set_to(run.existing, pipeline::Existing::replace)},
        {"format", 0, "NAME",
         fmt::format("what SOURCE is, where its content does not tell: {}",
                     one_of(k_names_of<archive::ArchiveFormat>)),
         cli::set_named(run.reading.format)},
        {"manifest", 0, "FILE.csv",
         "facts of single files: columns path, vendor, date, url, type, lang",
         cli::set_text(run.reading.manifest)},
        {"map", 0, "FILE.json", "names that columns of jsonl and csv have here",
         cli::set_text(run.reading.map)},
        {"only", 0, "PATTERN",
         "index only what it fits: a place, an address or a vendor; * is any text; repeatable",
         cli::add_text(run.selection.only)},
        {"exclude", 0, "PATTERN", "leave out what it fits, likewise; repeatable",
         cli::add_text(run.selection.exclude)},
        {"trust", 0, "", "read git repositories that belong to somebody else",
         cli::set_to(run.reading.trust_owner, true)},
        {"report", 0, "FILE.json", "write counts and every skipped item with its reason",
         cli::set_text(options.report)},
        {"jobs", 'j', "N", "worker threads (default: one a processor)",
         cli::set_number(run.threads, 1, k_most_threads)},
        {"strict", 0, "", "end with an error at the first item that cannot be read",
         cli::set_to(run.strictness, pipeline::Strictness::strict)},
        {"quiet", 'q', "", "no progress and no summary", cli::set_to(options.quiet, true)},
        {"verbose", 'v', "", "show every reason for which items were skipped",
         cli::set_to(options.verbose, true)},
        {"help", 'h', "", "show this help", cli::set_to(options.help, true)},
        {"version", 0, "", "show the version", cli::set_to(options.version, true)},
    };
}

}  // namespace

Result<IndexOptions> parse_options(const cli::Arguments& arguments) {
    IndexOptions options;
    options.run.index = index_format::default_index_folder();
    options.run.threads = std::max(1U, std::thread::hardware_concurrency());
    const std::string hint = "see `smallprint index --help`";
    TRY_ASSIGN(const cli::Arguments sources,
               cli::read_command_line(arguments, make_rows(options), {hint, hint}));
    if (sources.empty() && !options.help && !options.version) {
        return fail(ErrorCode::usage, "nothing to index",
                    "name folders or files: smallprint index SOURCE... [-i DIR]");
    }
    options.run.sources.assign(sources.begin(), sources.end());
    return options;
}

std::string help_text() {
    IndexOptions options;
    return "Usage: smallprint index SOURCE... [-i DIR]\n\n"
           "Reads archives of policies, splits them into clauses and publishes a searchable "
           "index.\n"
           "SOURCE is a folder, a file or - (standard input) in any of these forms, told by\n"
           "content; folders may mix them:\n"
           "  Markdown, plain text or HTML, a file a snapshot; pages saved by waybackpack\n"
           "  git repositories and bundles, each version of a file a snapshot; releases of Open\n"
           "    Terms Archive\n"
           "  WARC and WACZ, SQLite in the form of the Princeton-Leuven corpus, CSV and JSON "
           "Lines\n"
           "  all of these inside tar and zip files, compressed with gzip, xz, zstd or bzip2\n"
           "An index that is there gets what is new; the same archives again change nothing. What\n"
           "cannot be read is skipped and counted; the index that was there serves until the new\n"
           "one is complete. A run that was stopped goes on when the command is given again.\n\n" +
           cli::list_options(make_rows(options)) +
           "\nExit status: 0 done, 2 usage, 3 nothing readable (or --strict), 4 I/O, no space or\n"
           "a fault of the machine, 5 locked by another writer, 8 a limit was reached, 130 "
           "stopped.\n";
}

}  // namespace smallprint::indexer
