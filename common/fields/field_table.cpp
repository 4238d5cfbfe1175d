// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/fields/field_table.h"

#include "common/base/hash.h"
#include "common/base/strings.h"

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

constexpr std::size_t k_kept_start = 160;

}  // namespace

std::string folded_value(std::string_view value) {
    return lower_ascii(value);
}

std::string make_term(Field field, std::string_view value) {
    return make_prefixed_term(row_of(field).prefix, value);
}

std::string make_prefixed_term(std::string_view prefix, std::string_view value) {
    std::string term(prefix);
    const bool has_nul = value.find('\0') != std::string_view::npos;
    if (term.size() + value.size() <= k_longest_term && !has_nul) {
        return term.append(value);
    }
    for (const char c : value.substr(0, k_kept_start)) {
        term += c == '\0' ? ' ' : c;
    }
    return term + fmt::format("#{:016x}", hash64(value));
}

}  // namespace smallprint
