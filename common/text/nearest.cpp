// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/text/nearest.h"

#include "common/text/edit_distance.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
    constexpr std::size_t longest = 64;  // what is longer is no slip
    std::string best;
    std::size_t least = word.size() / 3 + 2;
    for (const std::string& candidate : candidates) {
        if (word.size() > longest) {
            break;
        }
        if (!word.empty() && candidate.starts_with(word)) {
            return candidate;
        }
        if (const std::size_t slips = edit_distance(word, candidate); slips < least) {
            least = slips;
            best = candidate;
        }
    }
    return best;
}

}  // namespace smallprint
