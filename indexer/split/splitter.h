// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/section.h"
#include "indexer/split/block.h"

#include <string_view>
#include <vector>

namespace smallprint::split {

// To be raised when the same source gives other pieces than before: an index that holds pieces made
// by other rules is not added to.
inline constexpr int k_splitter_version = 2;

// Splits the snapshots of one policy. Blocks seen before are not read again, which is most of the
// work of a history; the result does not depend on what was split before. One a thread.
class Splitter {
public:
    // The pieces of a Markdown source, in order; together they hold every word of it. Never
    // fails; an empty source has no pieces.
    std::vector<Piece> split_markdown(std::string_view source);

    // The same for a web page in UTF-8, of less than 2 GiB. Scripts, styles and comments are no
    // text.
    std::vector<Piece> split_html(std::string_view page);

private:
    BlockMemo m_memo;
};

}  // namespace smallprint::split
