// SPDX-License-Identifier: GPL-2.0-or-later
//
// Reads any text as a query, plain and full, describes it, and reads that again.
#include "tests/fuzz/fuzz_target.h"
#include "tests/support/query_checks.h"

#include <string_view>

FUZZ_TARGET(text) {
    complain(smallprint::complaint_about_query(text));
}
