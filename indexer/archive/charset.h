// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/io/file.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace smallprint::archive {

struct DecodedText {
    std::string text;     // valid UTF-8, without a byte order mark
    std::string charset;  // that it was converted from, as ICU knows it; empty where it was UTF-8
    std::size_t replaced = 0;  // byte sequences that mean nothing in it, U+FFFD now
    bool mojibake = false;  // UTF-8 that was once taken for another charset ("â€™"); left as it is
};

// Text of a page in whatever charset it is, in time and space linear to it (at most three times as
// large). In this order: a byte order mark; `declared`, as the HTTP header or the user has it; what
// `<meta>` says in the first 1,024 bytes; UTF-8 if it is valid; what uchardet takes it for;
// windows-1252. Labels are read as the Encoding Standard does (https://encoding.spec.whatwg.org):
// "iso-8859-1" means windows-1252.
//
// We read archives, of which headers are often lost or untrue, so two things are not as in a
// browser. A charset that is unknown, or in which the bytes mean little (a tenth of the characters
// that are not ASCII), is passed over. And what is valid UTF-8 beyond ASCII is UTF-8 whatever is
// said of it: no text of another charset is that by accident, but for a few characters of Chinese
// or Korean, where the label is believed.
DecodedText decode_text(std::string_view bytes, std::string_view declared);

// A file as UTF-8: where a byte order mark says that it is UTF-16, a temporary copy that was
// converted; every other file as it is.
Result<io::FileBytes> as_utf8(const io::FileBytes& bytes);

// True if this UTF-8 was once taken for windows-1252 or ISO-8859-1 and encoded again, so that it
// says "â€™" for an apostrophe: at least three such sequences, and not as an exception among
// letters that are as they should be.
bool is_mojibake(std::string_view text);

}  // namespace smallprint::archive
