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
// A page takes what its forms send.
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
