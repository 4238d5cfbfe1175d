// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/charset.h"

#include "common/text/utf8.h"

#include <string>
#include <string_view>

namespace smallprint {

DecodedText decode_text(std::string_view bytes, std::string_view /*declared*/) {
    DecodedText decoded;
    bytes.remove_prefix(bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0);
    decoded.text = repaired_utf8(bytes);
    return decoded;
}

}  // namespace smallprint
