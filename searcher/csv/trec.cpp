// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/csv/trec.h"

#include "searcher/search/results.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <string>
#include <string_view>

namespace smallprint {

std::string trec_lines(const SearchResults& results, std::string_view query_id) {
    constexpr double least_step = 1e-6;
    std::string lines;
    double before = std::numeric_limits<double>::max();
    for (const Hit& hit : results.hits) {
        before = std::min(hit.score, before - least_step);
        fmt::format_to(std::back_inserter(lines), "{} Q0 {} {} {:.6f} smallprint\n", query_id,
                       hit.clause.id, hit.rank, before);
    }
    return lines;
}

bool is_trec_id(std::string_view query_id) {
    return std::ranges::none_of(query_id, [](unsigned char c) { return c <= ' ' || c == 0x7F; });
}

}  // namespace smallprint
