// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/cursor.h"

#include "common/base/error.h"
#include "common/base/hash.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/index_format/generation.h"
#include "searcher/request/filters.h"
#include "searcher/request/requests.h"
#include "searcher/search/synonyms.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::search {
namespace {

constexpr std::string_view k_version = "1";
constexpr std::size_t k_cursor_parts = 4;

std::uint64_t digest_of(const index_format::Generation& generation) {
    return hash64(index_format::encode_meta(generation.meta));
}

// Everything that results and their order depend on. How many are shown at once is not among it.
std::uint64_t digest_of(const request::SearchRequest& request, const SynonymIndex& synonyms) {
    std::string all = request.query.text;
    for (const request::FilterRow& row : request::k_filters) {
        all += '\n';
        for (const std::string& value : request::values_of(row, request.filters)) {
            all += value + '\t';
        }
    }
    const bool synonyms_count = request.synonyms == request::Synonyms::used;
    all += fmt::format("\n{} {} {} {} {}", static_cast<int>(request.query.syntax),
                       static_cast<int>(request.copies), synonyms_count ? synonyms.digest() : 0,
                       static_cast<int>(request.sort), request.per_vendor);
    return hash64(all);
}

std::vector<std::string_view> parts_of(std::string_view text) {
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at <= text.size() && parts.size() <= k_cursor_parts;) {
        const std::size_t dot = std::min(text.find('.', at), text.size());
        parts.push_back(text.substr(at, dot - at));
        at = dot + 1;
    }
    return parts;
}

Failure no_cursor() {
    return fail(ErrorCode::usage, "this is not a cursor", "take it from `next` of an answer");
}

}  // namespace

std::string cursor_of(const index_format::Generation& generation,
                      const request::SearchRequest& request, const SynonymIndex& synonyms,
                      std::size_t results) {
    return fmt::format("{}.{:016x}.{:016x}.{}", k_version, digest_of(generation),
                       digest_of(request, synonyms), results);
}

Result<std::size_t> first_result(const index_format::Generation& generation,
                                 const request::SearchRequest& request,
                                 const SynonymIndex& synonyms) {
    if (request.cursor.empty()) {
        return request.offset;
    }
    const std::vector<std::string_view> parts = parts_of(request.cursor);
    if (parts.size() != k_cursor_parts || parts.front() != k_version) {
        return no_cursor();
    }
    const auto results = parse_number<std::size_t>(parts.back());
    if (!results) {
        return no_cursor();
    }
    if (parts[1] != fmt::format("{:016x}", digest_of(generation))) {
        return fail(ErrorCode::usage, "the index is not the one that this cursor is of",
                    "it was indexed anew: begin with the first page again");
    }
    if (parts[2] != fmt::format("{:016x}", digest_of(request, synonyms))) {
        return fail(ErrorCode::usage, "this cursor is of another query",
                    "repeat the query, its filters, order and thesaurus as they were");
    }
    return *results;
}

}  // namespace smallprint::search
