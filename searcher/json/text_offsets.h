// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/text/utf8.h"

#include <cstddef>
#include <string_view>

namespace smallprint {

// An offset into a text as that into its repaired form; the same where the text is sound.
class TextOffsets {
public:
    explicit TextOffsets(std::string_view text) : m_text(text), m_sound(is_valid_utf8(text)) {}

    std::size_t operator()(std::size_t offset) const {
        return m_sound ? offset : repaired_utf8(m_text.substr(0, offset)).size();
    }

private:
    std::string_view m_text;
    bool m_sound;
};

}  // namespace smallprint
