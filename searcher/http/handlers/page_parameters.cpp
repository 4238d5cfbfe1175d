// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/handlers/pages.h"
#include "searcher/http/parameters.h"

#include <array>
#include <cstddef>
#include <span>

namespace smallprint {
namespace {

using enum ParameterKind;

constexpr std::size_t k_most_query_bytes = 8192;  // the parser says itself what is too long
constexpr std::size_t k_most_pages = 5000;
constexpr std::size_t k_most_per_vendor = 100;

// A page takes what its forms send.
constexpr std::array k_search = {
    ParameterRow{.name = "q", .kind = text, .most = k_most_query_bytes},
    ParameterRow{.name = "vendor", .kind = text, .times = Times::any},
    ParameterRow{.name = "type", .kind = text, .times = Times::any},
    ParameterRow{.name = "host", .kind = text, .times = Times::any},
    ParameterRow{.name = "lang", .kind = text, .times = Times::any},
    ParameterRow{.name = "heading", .kind = text},
    ParameterRow{.name = "from", .kind = date},
    ParameterRow{.name = "to", .kind = date},
    ParameterRow{.name = "as_of", .kind = date},
    ParameterRow{.name = "changed", .kind = choice, .choices = "added removed"},
    ParameterRow{.name = "per_vendor", .kind = number, .least = 1, .most = k_most_per_vendor},
    ParameterRow{.name = "sort", .kind = choice, .choices = "newest oldest"},
    ParameterRow{.name = "all_copies", .kind = truth},
    ParameterRow{.name = "synonyms", .kind = truth},
    ParameterRow{.name = "plain", .kind = truth},
    ParameterRow{.name = "page", .kind = number, .least = 1, .most = k_most_pages},
    ParameterRow{.name = "cursor", .kind = text},
};

constexpr std::array k_policy = {ParameterRow{.name = "at", .kind = date}};

constexpr std::array k_diff = {
    ParameterRow{.name = "from", .kind = date},
    ParameterRow{.name = "to", .kind = date},
    ParameterRow{.name = "type", .kind = text},
};

constexpr std::array k_trend = {
    ParameterRow{.name = "q", .kind = text, .most = k_most_query_bytes, .times = Times::any},
    ParameterRow{.name = "vendor", .kind = text, .times = Times::any},
    ParameterRow{.name = "by", .kind = choice, .choices = "year half-year quarter month"},
    ParameterRow{.name = "from", .kind = date},
    ParameterRow{.name = "to", .kind = date},
};

}  // namespace

std::span<const ParameterRow> search_page_parameters() {
    return k_search;
}

std::span<const ParameterRow> feed_parameters() {
    return k_search;
}

std::span<const ParameterRow> policy_page_parameters() {
    return k_policy;
}

std::span<const ParameterRow> diff_page_parameters() {
    return k_diff;
}

std::span<const ParameterRow> trend_page_parameters() {
    return k_trend;
}

}  // namespace smallprint
