// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/listing.h"
#include "indexer/archive/warc/http_payload.h"

#include <string>
#include <string_view>

namespace smallprint {

// What a captured body is, as far as we are concerned.
struct PageKind {
    TextForm form = TextForm::markdown;
    std::string not_text;  // what it is instead: "image/png, not text"; empty for text
};

// By the type that is declared and, where none is or one that says nothing, by the body's first
// bytes, as browsers tell (https://mimesniff.spec.whatwg.org). Text that is plainly something else
// is found out as well.
PageKind page_kind(const ContentType& declared, std::string_view opening);

}  // namespace smallprint
