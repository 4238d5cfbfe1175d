// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/listing.h"

#include <string_view>

namespace smallprint {

// The text of a snapshot from its bytes, whatever their charset; `declared` as decode_text() takes
// it. A Markdown text begins behind its provenance line.
SourceText make_source(std::string_view bytes, TextForm form, std::string_view declared = {});

}  // namespace smallprint
