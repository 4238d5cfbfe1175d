// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

namespace smallprint {

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

std::string_view name_of(ArchiveFormat format);
std::optional<ArchiveFormat> parse_archive_format(std::string_view name);

// What the user says of archives that they do not say themselves.
struct ReadingOptions {
    std::optional<ArchiveFormat> format;  // else by content
    std::filesystem::path manifest;       // facts of single files, by path
    std::filesystem::path map;            // names of columns in jsonl and csv
    bool trust_owner = false;             // read git repositories that belong to somebody else
};

}  // namespace smallprint
