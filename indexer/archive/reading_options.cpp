// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/reading_options.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace smallprint {
namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, 10> k_names = {
    "markdown", "text", "html", "waybackpack", "git", "sqlite", "warc", "wacz", "jsonl", "csv"};

}  // namespace

std::string_view name_of(ArchiveFormat format) {
    return k_names[static_cast<std::size_t>(format)];
}

std::optional<ArchiveFormat> parse_archive_format(std::string_view name) {
    for (std::size_t i = 0; i < k_names.size(); ++i) {
        if (k_names[i] == name) {
            return static_cast<ArchiveFormat>(i);
        }
    }
    return std::nullopt;
}

}  // namespace smallprint
