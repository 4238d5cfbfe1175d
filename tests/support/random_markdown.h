// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace smallprint {

// A Markdown document made by chance, the same for the same seed: headings of all kinds, paragraphs
// with emphasis, links, code, tags and stray markers, nested lists, tables, quotes, fences. Its
// words are w1, w2 ... in order; each stands once where a reader of the page would see it.
struct RandomMarkdown {
    std::string source;
    std::size_t words = 0;
};

RandomMarkdown random_markdown(std::uint32_t seed);

}  // namespace smallprint
