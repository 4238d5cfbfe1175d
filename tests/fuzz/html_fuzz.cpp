// SPDX-License-Identifier: GPL-2.0-or-later
//
// Splits any bytes as a web page and as Markdown.
#include "indexer/split/splitter.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/support/piece_checks.h"

#include <string_view>

FUZZ_TARGET(text) {
    using namespace smallprint;
    complain(complaint_about(split::Splitter().split_html(text), text));
    complain(complaint_about(split::Splitter().split_markdown(text), text));
}
