// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/told/styled_text.h"

#include "common/model/text_span.h"
#include "searcher/diff/word_diff.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::told {

void append(StyledText& line, Style style, std::string_view text) {
    if (text.empty()) {
        return;
    }
    if (!line.empty() && line.back().style == style) {
        line.back().text += text;
    } else {
        line.push_back({style, std::string(text)});
    }
}

void append(StyledText& line, const StyledText& more) {
    for (const Span& span : more) {
        append(line, span.style, span.text);
    }
}

StyledText highlighted(std::string_view text, const std::vector<TextSpan>& spans) {
    StyledText styled;
    std::size_t at = 0;
    for (const TextSpan& span : spans) {
        const std::size_t begin = std::clamp<std::size_t>(span.begin, at, text.size());
        const std::size_t end = std::clamp<std::size_t>(span.end, begin, text.size());
        styled.push_back({Style::plain, std::string(text.substr(at, begin - at))});
        styled.push_back({Style::match, std::string(text.substr(begin, end - begin))});
        at = end;
    }
    styled.push_back({Style::plain, std::string(text.substr(at))});
    return styled;
}

StyledText reworded(std::string_view before, std::string_view after,
                    const std::vector<diff::WordChange>& changes) {
    StyledText styled;
    for (const diff::WordChange& change : changes) {
        const bool went = change.kind == diff::WordChange::Kind::removed;
        const Style style = went                                           ? Style::struck
                            : change.kind == diff::WordChange::Kind::added ? Style::inserted
                                                                           : Style::plain;
        const TextSpan span = went ? change.before : change.after;
        const std::string_view text = went ? before : after;
        styled.push_back({style, std::string(text.substr(span.begin, span.end - span.begin))});
    }
    return styled;
}

}  // namespace smallprint::told
