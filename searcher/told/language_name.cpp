// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/told/language_name.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

struct LanguageRow {
    std::string_view code;  // ISO 639-1
    std::string_view name;
};

constexpr std::array k_languages = {
    LanguageRow{"ar", "Arabic"},     LanguageRow{"cs", "Czech"},
    LanguageRow{"da", "Danish"},     LanguageRow{"de", "German"},
    LanguageRow{"el", "Greek"},      LanguageRow{"en", "English"},
    LanguageRow{"es", "Spanish"},    LanguageRow{"fi", "Finnish"},
    LanguageRow{"fr", "French"},     LanguageRow{"he", "Hebrew"},
    LanguageRow{"hi", "Hindi"},      LanguageRow{"hu", "Hungarian"},
    LanguageRow{"id", "Indonesian"}, LanguageRow{"it", "Italian"},
    LanguageRow{"ja", "Japanese"},   LanguageRow{"ko", "Korean"},
    LanguageRow{"nl", "Dutch"},      LanguageRow{"no", "Norwegian"},
    LanguageRow{"pl", "Polish"},     LanguageRow{"pt", "Portuguese"},
    LanguageRow{"ro", "Romanian"},   LanguageRow{"ru", "Russian"},
    LanguageRow{"sv", "Swedish"},    LanguageRow{"th", "Thai"},
    LanguageRow{"tr", "Turkish"},    LanguageRow{"uk", "Ukrainian"},
    LanguageRow{"vi", "Vietnamese"}, LanguageRow{"zh", "Chinese"},
};

}  // namespace

std::string language_name(std::string_view code) {
    const auto* const row = std::ranges::find(k_languages, code, &LanguageRow::code);
    return std::string(row == k_languages.end() ? code : row->name);
}

}  // namespace smallprint
