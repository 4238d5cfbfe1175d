// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace smallprint {

struct DecodedText {
    std::string text;     // valid UTF-8, without a byte order mark
    std::string charset;  // that it was converted from, by ICU's name; empty where it was UTF-8
    std::size_t replaced = 0;  // byte sequences that mean nothing in it, U+FFFD now
    bool mojibake = false;  // UTF-8 that was once taken for another charset ("â€™"); left as it is
};

// Text of a page in whatever charset it is. In this order: a byte order mark; `declared`, as the
// HTTP header or the user has it; what `<meta>` says in the first 1,024 bytes; UTF-8 if it is
// valid; what uchardet takes it for; windows-1252. A charset that is declared but unknown, or in
// which the bytes mean little, is passed over. Labels are read as the Encoding Standard does
// (https://encoding.spec.whatwg.org): "iso-8859-1" means windows-1252.
DecodedText decode_text(std::string_view bytes, std::string_view declared);

}  // namespace smallprint
