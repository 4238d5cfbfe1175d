// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace smallprint::split {

// Stands in a cleaned page for a byte that is to be looked up in the page as it was: "&" in its
// text and what is no UTF-8.
inline constexpr char k_look_up = '\x7F';

// A page in which a parser finds nothing that costs or hides, changed byte for byte in place, so
// that offsets stay true. Comments, scripts, styles, declarations and the toolbar of the Wayback
// Machine are blank; of attributes only those are left that we read, a quote that nothing closes is
// gone, as are controls. What is inside of what, HTML's standard says
// (https://html.spec.whatwg.org/multipage/parsing.html), but a comment that nothing closes ends
// with the first ">". Linear time.
std::string clean_html(std::string_view html);

}  // namespace smallprint::split
