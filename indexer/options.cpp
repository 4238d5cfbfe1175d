// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/options.h"

#include "common/base/enum_names.h"
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/index_format/generation.h"
#include "indexer/archive/reading_options.h"
#include "indexer/pipeline/pipeline.h"
#include "indexer/pipeline/strictness.h"

#include <boost/program_options.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace smallprint {
namespace {

namespace po = boost::program_options;

constexpr unsigned k_most_threads = 256;

po::options_description visible_options() {
    po::options_description options("Options");
    const auto add = [&](const char* name, const char* help) { options.add_options()(name, help); };
    const auto add_value = [&](const char* name, const char* value, const char* help) {
        options.add_options()(name, po::value<std::string>()->value_name(value), help);
    };
    add_value("index,i", "DIR",
              "folder of the index (else $SMALLPRINT_INDEX, else ./smallprint.idx)");
    add("rebuild", "make a new index of SOURCE alone; without it the index keeps what it has");
    add_value("format", "NAME",
              "what SOURCE is, where its content does not tell: markdown, text, html, waybackpack, "
              "git, sqlite, warc, wacz, jsonl or csv");
    add_value("manifest", "FILE.csv",
              "facts of single files: columns path, vendor, date, url, type, lang");
    add_value("map", "FILE.json", "names that columns of jsonl and csv have here");
    add("trust", "read git repositories that belong to somebody else");
    add_value("report", "FILE.json", "write counts and every skipped item with its reason");
    options.add_options()("jobs,j", po::value<unsigned>()->value_name("N"),
                          "worker threads (default: one a processor)");
    add("strict", "end with an error at the first item that cannot be read");
    add("quiet,q", "no progress and no summary");
    add("verbose,v", "list every skipped item with its reason");
    add("help,h", "show this help");
    add("version", "show the version");
    return options;
}

Result<po::variables_map> read_command_line(int argc, const char* const* argv) {
    po::options_description all = visible_options();
    all.add_options()("source", po::value<std::vector<std::string>>());
    po::positional_options_description positional;
    positional.add("source", -1);
    po::variables_map values;
    try {
        po::store(po::command_line_parser(argc, argv).options(all).positional(positional).run(),
                  values);
        po::notify(values);
    } catch (const po::error& error) {
        return fail(ErrorCode::usage, error.what(), "see `smallprint index --help`");
    }
    return values;
}

std::string text_of(const po::variables_map& values, const char* name) {
    return values.contains(name) ? values[name].as<std::string>() : std::string();
}

Result<ReadingOptions> reading_options(const po::variables_map& values) {
    ReadingOptions reading;
    reading.manifest = text_of(values, "manifest");
    reading.map = text_of(values, "map");
    reading.trust_owner = values.contains("trust");
    if (const std::string format = text_of(values, "format"); !format.empty()) {
        reading.format = value_named<ArchiveFormat>(format);
        if (!reading.format) {
            return fail(ErrorCode::usage, fmt::format("there is no archive format '{}'", format),
                        "see `smallprint index --help`");
        }
    }
    return reading;
}

}  // namespace

Result<IndexOptions> parse_options(int argc, const char* const* argv) {
    TRY_ASSIGN(const po::variables_map values, read_command_line(argc, argv));
    IndexOptions options;
    options.help = values.contains("help");
    options.version = values.contains("version");
    options.existing = values.contains("rebuild") ? Existing::replace : Existing::add_to;
    options.strictness = values.contains("strict") ? Strictness::strict : Strictness::lenient;
    options.quiet = values.contains("quiet");
    options.verbose = values.contains("verbose");
    options.report = text_of(values, "report");
    options.index = values.contains("index") ? text_of(values, "index") : default_index_folder();
    options.threads = values.contains("jobs") ? values["jobs"].as<unsigned>()
                                              : std::max(1U, std::thread::hardware_concurrency());
    if (options.threads == 0 || options.threads > k_most_threads) {
        return fail(ErrorCode::usage, fmt::format("--jobs must be 1 to {}", k_most_threads));
    }
    TRY_ASSIGN(options.reading, reading_options(values));
    if (values.contains("source")) {
        for (const std::string& source : values["source"].as<std::vector<std::string>>()) {
            options.sources.emplace_back(source);
        }
    }
    if (options.sources.empty() && !options.help && !options.version) {
        return fail(ErrorCode::usage, "nothing to index",
                    "name folders or files: smallprint index SOURCE... [-i DIR]");
    }
    return options;
}

std::string help_text() {
    std::ostringstream out;
    out << "Usage: smallprint index SOURCE... [-i DIR]\n\n"
           "Reads archives of policies, splits them into clauses and publishes a searchable "
           "index.\n"
           "SOURCE is a folder or file in any of these forms, told by content; folders may mix "
           "them:\n"
           "  Markdown, plain text or HTML, a file a snapshot; pages saved by waybackpack\n"
           "  git repositories and bundles, each version of a file a snapshot; releases of Open\n"
           "    Terms Archive\n"
           "  WARC and WACZ, SQLite in the form of the Princeton-Leuven corpus, CSV and JSON "
           "Lines\n"
           "  all of these inside tar and zip files, compressed with gzip, xz, zstd or bzip2\n"
           "An index that is there gets what is new; the same archives again change nothing. What\n"
           "cannot be read is skipped and counted; the index that was there serves until the new\n"
           "one is complete. A run that was stopped goes on when the command is given again.\n\n"
        << visible_options()
        << "\nExit status: 0 done, 2 usage, 3 nothing readable (or --strict), 4 I/O or no space,\n"
           "5 locked by another writer, 8 a limit was reached, 130 stopped.\n";
    return out.str();
}

}  // namespace smallprint
