// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace smallprint {

// What holds for the reading of any text, put as a complaint that is empty if all is well: a query
// has its nodes inside of the text, and its description reads as the same tree; a mistake has a
// place inside of the text and a hint, and the query it proposes is one.
std::string complaint_about_query(std::string_view text);

}  // namespace smallprint
