// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/request/filters.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {

// The command line as data: what --help prints, what is parsed, and what the man page has to say
// all come from these rows.

enum class Command : std::uint8_t {
    index,
    search,
    show,
    history,
    diff,
    trend,
    vendors,
    exports,  // `export` is a word of C++
    info,
    check,
    serve,
};

enum class Flag : std::uint8_t {
    index,
    format,
    color,
    quiet,
    verbose,
    help,
    version,
    filter,  // any row of k_filters
    vendor,
    from,
    to,
    count,
    offset,
    context,
    all_copies,
    no_synonyms,
    thesaurus,
    plain,
    at,
    full,
    type,
    sort,
    by,
    captured,
    facets,
    queries,
    strict,
    listen,
    threads,
    allowed_host,
    base_url,
    cors_origin,
    rate,
    trusted_proxy,
    max_connections,
    max_client_connections,
    cache,
    access_log,
    web_dir,
    per_vendor,
    cursor,
    explain,
};

struct OptionRow {
    Flag flag;
    std::string_view name;
    char letter;             // 0 if it has none
    std::string_view value;  // what stands after it, empty for a switch
    std::string_view help;
    std::span<const Command> commands;  // that know it
    const FilterRow* filter = nullptr;  // of Flag::filter
};

struct CommandRow {
    Command command;
    std::string_view name;
    std::string_view arguments;
    std::string_view summary;
    std::string_view about;
    std::string_view examples;
};

std::span<const CommandRow> command_rows();
const CommandRow& row_of(Command command);

std::vector<OptionRow> options_of(Command command);

// What `smallprint --help` and `smallprint search --help` print.
std::string general_help();
std::string help_of(Command command);

}  // namespace smallprint
