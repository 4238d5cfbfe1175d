// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/source_text.h"

#include "common/model/listing.h"
#include "indexer/archive/charset.h"
#include "indexer/archive/provenance.h"

#include <string_view>
#include <utility>

namespace smallprint {

SourceText make_source(std::string_view bytes, TextForm form, std::string_view declared) {
    DecodedText decoded = decode_text(bytes, declared);
    SourceText source;
    source.form = form;
    source.charset = std::move(decoded.charset);
    source.mojibake = decoded.mojibake;
    source.bytes = std::move(decoded.text);
    if (form == TextForm::markdown) {
        const auto provenance = parse_provenance(source.bytes);
        source.begin = provenance ? provenance->size : 0;
    }
    return source;
}

}  // namespace smallprint
