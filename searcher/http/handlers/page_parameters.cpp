// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/handlers/pages.h"
#include "searcher/http/parameters.h"

#include <array>
#include <span>

namespace smallprint::http {
namespace {

using enum ParameterKind;

// A page takes what its forms send.
constexpr std::array k_policy = {ParameterRow{.name = "at", .kind = date}};

constexpr std::array k_diff = {
    ParameterRow{.name = "from", .kind = date},
    ParameterRow{.name = "to", .kind = date},
    ParameterRow{.name = "type", .kind = text},
};

}  // namespace

std::span<const ParameterRow> policy_page_parameters() {
    return k_policy;
}

std::span<const ParameterRow> diff_page_parameters() {
    return k_diff;
}

}  // namespace smallprint::http
