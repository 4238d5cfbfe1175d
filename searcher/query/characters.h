// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/query/source.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace smallprint {

// Characters that mean something in a query. Text is valid UTF-8; `at` may be its end.

// The bytes of the quote that stands there: straight, typographic or French; any closes any.
std::size_t quote_at(std::string_view text, std::size_t at);

// The bytes of the blank there: white space and controls of Unicode.
std::size_t blank_at(std::string_view text, std::size_t at);

// The same for blanks and for marks that nobody sees, such as those that turn the direction.
std::size_t unseen_at(std::string_view text, std::size_t at);

// A place without the unseen marks and blanks around it.
SourceSpan seen_part(std::string_view text, SourceSpan place);

std::string without_stars(std::string_view text);

// From `begin` to the next blank, quote or bracket, without unseen marks around it.
SourceSpan run_at(std::string_view text, std::size_t begin);

}  // namespace smallprint
