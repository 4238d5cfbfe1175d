// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/options.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/index_format/generation.h"

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
    options.add_options()("index,i", po::value<std::string>()->value_name("DIR"),
                          "folder of the index (else $SMALLPRINT_INDEX, else ./smallprint.idx)")(
        "jobs,j", po::value<unsigned>()->value_name("N"),
        "worker threads (default: one a processor)")(
        "strict", "end with an error at the first item that cannot be read")(
        "quiet,q", "no progress and no summary")("verbose,v",
                                                 "list every skipped item with its reason")(
        "help,h", "show this help")("version", "show the version");
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

}  // namespace

Result<IndexOptions> parse_options(int argc, const char* const* argv) {
    TRY_ASSIGN(const po::variables_map values, read_command_line(argc, argv));
    IndexOptions options;
    options.help = values.contains("help");
    options.version = values.contains("version");
    options.strict = values.contains("strict");
    options.quiet = values.contains("quiet");
    options.verbose = values.contains("verbose");
    options.index =
        values.contains("index") ? values["index"].as<std::string>() : default_index_folder();
    options.threads = values.contains("jobs") ? values["jobs"].as<unsigned>()
                                              : std::max(1U, std::thread::hardware_concurrency());
    if (options.threads == 0 || options.threads > k_most_threads) {
        return fail(ErrorCode::usage, fmt::format("--jobs must be 1 to {}", k_most_threads));
    }
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
           "SOURCE is a folder or file of policies in Markdown or plain text, or a git "
           "repository,\n"
           "each version of a file in which is a snapshot. What cannot be read is skipped and\n"
           "counted; the index that was there serves until the new one is complete.\n\n"
        << visible_options()
        << "\nExit status: 0 done, 2 usage, 3 nothing readable (or --strict), 4 I/O or no space,\n"
           "5 locked by another writer, 8 a limit was reached, 130 stopped.\n";
    return out.str();
}

}  // namespace smallprint
