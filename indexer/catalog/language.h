// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace smallprint {

// The language of a text as an ISO 639-1 code ("en"), told by Compact Language Detector 2
// (https://github.com/CLD2Owners/cld2). Empty when the text is too short or too mixed to say. A few
// thousand bytes are enough.
std::string language_of(std::string_view text);

// The language of a tag (BCP 47), in lower case: "pt-BR" -> "pt".
std::string primary_language(std::string_view tag);

}  // namespace smallprint
