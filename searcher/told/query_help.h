// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace smallprint {

// Queries to begin with, for somebody who sees the page for the first time.
struct FirstQuery {
    std::string_view query;
    std::string_view about;
    bool is_of_last_years = false;  // its "{}" is a span of years that the archive has
};

std::span<const FirstQuery> first_queries();

}  // namespace smallprint
