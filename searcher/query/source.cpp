// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/query/source.h"

#include "common/base/error.h"
#include "common/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint {
namespace {

// Without blanks around it, and without two where a word was taken out.
std::string tidied(std::string_view before, std::string_view middle, std::string_view after) {
    if (middle.empty()) {
        while (before.ends_with(' ') &&
               (after.empty() || after.starts_with(' ') || after.starts_with(')'))) {
            before.remove_suffix(1);
        }
        while (after.starts_with(' ') && (before.empty() || before.ends_with('('))) {
            after.remove_prefix(1);
        }
    }
    return std::string(before).append(middle).append(after);
}

}  // namespace

Failure QuerySource::mistake(SourceSpan place, std::string message, Advice advice) {
    if (advice.replacement) {
        m_repaired =
            tidied(m_text.substr(0, place.begin), *advice.replacement, m_text.substr(place.end));
    }
    return fail(Error{ErrorCode::query, std::move(message), std::move(advice.hint), place.begin});
}

Failure QuerySource::limit(std::size_t position, std::string message, std::string hint) {
    return fail(Error{ErrorCode::limit, std::move(message), std::move(hint), position});
}

}  // namespace smallprint
