// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/query/ast.h"
#include "searcher/query/source.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace smallprint::query {

// An operator between two words that shall be near each other: w/n, pre/n or /s, in any case.
struct Proximity {
    NodeKind kind = NodeKind::near;  // or sentence
    std::uint32_t distance = 0;
    NearOrder order = NearOrder::either;
};

// Reads the operator that the word at `place` is; nothing where it is none. What looks like one
// and is none, such as w/x, is a mistake.
Result<std::optional<Proximity>> read_proximity(QuerySource& source, SourceSpan place);

// How the word at `place`, which stands between two others, would be written as an operator if it
// is one of another search engine: w/5 for "w5", "+5", "NEAR5", "NEAR" and "NEAR 5", of which
// `place` then has both words. Empty where it is none.
std::string replace_proximity(std::string_view word);

}  // namespace smallprint::query
