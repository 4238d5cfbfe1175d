// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace smallprint::archive {

// The name by which ICU knows the charset that pages call `label`, read as browsers do
// (https://encoding.spec.whatwg.org, "names and labels"): "latin1" is "windows-1252". Empty for
// what is no label; what a page says never reaches ICU. Beyond the standard, the seven-bit charsets
// that browsers refuse for the sake of their scripts, and what else uchardet can name.
std::string_view charset_of_label(std::string_view label);

// The label that the page's opening states in <meta charset>, in <meta http-equiv="content-type">
// or in an XML declaration; empty if there is none. A page that could be read so far is not UTF-16,
// so that where it says so it means UTF-8.
std::string_view label_in_page(std::string_view opening);

}  // namespace smallprint::archive
