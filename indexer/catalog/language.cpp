// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/catalog/language.h"

#include "common/base/strings.h"

#include <cld2/public/compact_lang_det.h>

#include <string>
#include <string_view>

namespace smallprint {

std::string language_of(std::string_view text) {
    // NOLINTBEGIN(misc-include-cleaner): compact_lang_det.h is the header to include
    constexpr bool k_is_plain_text = true;
    bool is_reliable = false;
    const CLD2::Language language = CLD2::DetectLanguage(text.data(), static_cast<int>(text.size()),
                                                         k_is_plain_text, &is_reliable);
    return is_reliable && language != CLD2::UNKNOWN_LANGUAGE
               ? primary_language(CLD2::LanguageCode(language))
               : std::string();
    // NOLINTEND(misc-include-cleaner)
}

std::string primary_language(std::string_view tag) {
    return lower_ascii(tag.substr(0, tag.find_first_of("-_")));
}

}  // namespace smallprint
