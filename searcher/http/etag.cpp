// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/etag.h"

#include "common/base/hash.h"
#include "common/base/version.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

std::string_view opaque(std::string_view etag) {
    if (etag.starts_with("W/")) {
        etag.remove_prefix(2);
    }
    return etag;
}

}  // namespace

std::string weak_etag(std::string_view generation, std::string_view canonical_request) {
    return fmt::format(
        "W/\"{:016x}\"",
        hash64(canonical_request, hash64(fmt::format("{}\n{}", k_version, generation))));
}

std::string strong_etag(std::string_view bytes) {
    return fmt::format("\"{:016x}\"", hash64(bytes));
}

bool names_etag(std::string_view if_none_match, std::string_view etag) {
    while (!if_none_match.empty()) {
        const std::size_t end = std::min(if_none_match.find(','), if_none_match.size());
        std::string_view tag = if_none_match.substr(0, end);
        if_none_match.remove_prefix(std::min(end + 1, if_none_match.size()));
        const std::size_t first = tag.find_first_not_of(" \t");
        if (first == std::string_view::npos) {
            continue;
        }
        tag = tag.substr(first, tag.find_last_not_of(" \t") - first + 1);
        if (tag == "*" || opaque(tag) == opaque(etag)) {
            return true;
        }
    }
    return false;
}

}  // namespace smallprint
