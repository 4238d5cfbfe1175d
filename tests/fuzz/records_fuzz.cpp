// SPDX-License-Identifier: GPL-2.0-or-later
//
// Any bytes are the record of a policy or a passage, or an error; what was read is written again as
// something that reads the same.
#include "common/index_format/record_codec.h"
#include "common/model/policy.h"
#include "tests/fuzz/fuzz_target.h"

#include <string_view>

FUZZ_TARGET(text) {
    using namespace smallprint;
    if (const auto policy = index_format::decode_policy(text)) {
        const auto again = index_format::decode_policy(index_format::encode_policy(*policy));
        complain(again && *again == *policy ? "" : "another policy when written again");
    }
    const auto passage = index_format::decode_passage(text);
    if (passage) {
        const auto again = index_format::decode_passage(index_format::encode_passage(*passage));
        complain(again && *again == *passage ? "" : "another passage when written again");
    }
    const auto words = index_format::decode_text(text);
    if (passage && (!words || *words != passage->text)) {
        complain("the text of a passage is another when read by itself");
    }
}
