// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/text_span.h"
#include "searcher/diff/word_diff.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::html {

// Text of an archive or a user as HTML. This file and html_svg.h are the only makers of markup
// outside of the templates.

// Sound UTF-8 without markup, controls or bidirectional controls (which become U+FFFD), whatever
// goes in; newlines and tabs stay. Fit for elements and quoted attributes.
std::string escaped(std::string_view text);

// A clause's text: each line an element (items of lists are told apart), with <mark> around the
// spans, which are in order.
std::string marked(std::string_view text, const std::vector<TextSpan>& spans);

// Cuts a text longer than `most` bytes at words around the first span, with "…"
// where something is left out; `cut` says whether something is.
struct Excerpt {
    std::string html;
    bool cut = false;
};

Excerpt excerpt(std::string_view text, const std::vector<TextSpan>& spans, std::size_t most);

// The start of a text, cut at a word, on one line. Not escaped.
std::string beginning(std::string_view text, std::size_t most);

// A message of an error as a sentence. Not escaped.
std::string sentence(std::string_view message);

// Puts what stands between backticks into <code>.
std::string coded(std::string_view text);

// Two wordings in one, with <del> and <ins>. `changes` is what diff_words() says of them.
std::string word_changes(std::string_view before, std::string_view after,
                         const std::vector<diff::WordChange>& changes);

}  // namespace smallprint::html
