// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/fields/field_table.h"

#include <optional>
#include <string>
#include <string_view>

namespace smallprint {

// What stands before the first colon of a word, if it could be the name of a field: letters,
// hyphens and underscores, and no scheme of an address such as https. Else empty.
std::string_view name_before_colon(std::string_view word);

// The field of that name, in any case; `text` is none, since it is asked for without a name.
std::optional<Field> field_named(std::string_view name);

// The field that was probably meant by a name that is none; empty if nothing is near.
std::string nearest_field(std::string_view name);

// "heading:, vendor:, ... and id:".
std::string list_of_fields();

}  // namespace smallprint
