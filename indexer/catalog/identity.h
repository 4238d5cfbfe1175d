// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace smallprint {

// Facts of a snapshot that its archive does not state.

// Finds out for whom a policy's text says it speaks: a name that the text puts before "Privacy
// Policy" or a legal form ("IC Manage, Inc.'s Customer Privacy Policy") near its start and then
// uses again and again, more than any other so put. Empty when no name stands out; a guess that may
// be wrong is worse than none.
std::string vendor_in_text(std::string_view text);

// "terms Of service" -> "Terms of Service", so that archives that write it differently agree.
std::string normalized_terms_type(std::string_view type);

// The language of a text as an ISO 639-1 code ("en"), told by Compact Language Detector 2
// (https://github.com/CLD2Owners/cld2). Empty when the text is too short or too mixed to say. A few
// thousand bytes are enough.
std::string detect_language(std::string_view text);

// The language of a tag (BCP 47), in lower case: "pt-BR" -> "pt".
std::string primary_language(std::string_view tag);

}  // namespace smallprint
