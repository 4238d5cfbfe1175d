// SPDX-License-Identifier: GPL-2.0-or-later
//
// Words and sentences of any text lie inside of it and in order.
#include "common/text/sentences.h"
#include "common/text/tokenizer.h"
#include "tests/fuzz/fuzz_target.h"

#include <cstdint>
#include <string_view>

FUZZ_TARGET(text) {
    smallprint::text::Tokenizer tokenizer;
    std::uint32_t next = 0;
    for (const smallprint::text::Token& token : tokenizer.tokenize(text)) {
        if (token.begin >= token.end || token.end > text.size() || token.word.empty() ||
            token.word.size() > 64) {
            complain("a word is empty or outside of the text");
        }
        if (token.width == 1 && token.position != next++) {
            complain("a position is left out");
        }
    }
    std::uint32_t last = 0;
    for (const std::uint32_t end : smallprint::text::sentence_ends(text)) {
        complain(end > last && end <= text.size() ? "" : "a sentence ends before it begins");
        last = end;
    }
    complain(last == text.size() ? "" : "no sentence ends with the text");
}
