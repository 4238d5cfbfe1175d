// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/etag.h"

#include "common/base/hash.h"
#include "common/base/strings.h"
#include "common/base/version.h"

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace smallprint::http {
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
        const std::string_view tag = trimmed(cut_until(if_none_match, ','), " \t");
        if (tag == "*" || (!tag.empty() && opaque(tag) == opaque(etag))) {
            return true;
        }
    }
    return false;
}

}  // namespace smallprint::http
