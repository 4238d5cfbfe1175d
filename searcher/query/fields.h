// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "searcher/query/ast.h"
#include "searcher/query/source.h"

#include <optional>
#include <string>
#include <string_view>

namespace smallprint::query {

// The node of `field:value` for every field but heading. `value` is without quotes and stands at
// `place`, which the node takes over.
Result<Node> read_field_value(QuerySource& source, Field field, std::string_view value,
                              SourceSpan place);

// The part of a word before its first colon, if that could be the name of a field: letters, hyphens
// and underscores, and no scheme of an address such as https. Else empty.
std::string_view name_before_colon(std::string_view word);

// The field of that name, in any case; `text` is none, since it is asked for without a name.
std::optional<Field> field_named(std::string_view name);

// "heading:, vendor:, ... and id:".
std::string list_of_fields();

// The value of a field as it would be written in a query; empty for one that is kept as text.
std::string format_value(Field field, const FieldValue& value);

// "35", "20..60", "20.." or "..60"; nothing for what is no such range, or one that ends before it
// begins.
std::optional<NumberRange> parse_number_range(std::string_view text);
std::string format_number_range(const NumberRange& range);

// A range of numbers, for messages that ask for one.
inline constexpr std::string_view k_number_range_form = "a number or a range such as 20..60";

}  // namespace smallprint::query
