// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/enum_names.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>

namespace smallprint::archive {

// The archive formats of `--format`.
enum class ArchiveFormat : std::uint8_t {
    markdown,
    text,
    html,
    waybackpack,
    git,
    sqlite,
    warc,
    wacz,
    jsonl,
    csv,
};

constexpr auto enum_names(ArchiveFormat /*value*/) {
    return std::array{EnumName{ArchiveFormat::markdown, "markdown"},
                      EnumName{ArchiveFormat::text, "text"},
                      EnumName{ArchiveFormat::html, "html"},
                      EnumName{ArchiveFormat::waybackpack, "waybackpack"},
                      EnumName{ArchiveFormat::git, "git"},
                      EnumName{ArchiveFormat::sqlite, "sqlite"},
                      EnumName{ArchiveFormat::warc, "warc"},
                      EnumName{ArchiveFormat::wacz, "wacz"},
                      EnumName{ArchiveFormat::jsonl, "jsonl"},
                      EnumName{ArchiveFormat::csv, "csv"}};
}

// Holds what the user says of archives that they do not say themselves.
struct ReadingOptions {
    std::optional<ArchiveFormat> format;  // else by content
    std::filesystem::path manifest;       // facts of single files, by path
    std::filesystem::path map;            // names of columns in jsonl and csv
    bool trust_owner = false;             // read git repositories that belong to somebody else
};

}  // namespace smallprint::archive
