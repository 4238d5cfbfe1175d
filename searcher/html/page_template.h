// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/html/web/web_files.h"

#include <kainjow/mustache.hpp>
#include <string>
#include <string_view>

namespace smallprint {

// What a template is filled with. A name that is missing is looked for in the surrounding view, so
// whoever fills a list sets every name of its items.
using View = kainjow::mustache::data;

View text_view(std::string_view text);    // of an archive or a user: made harmless; see html_text.h
View html_view(const std::string& html);  // for {{{...}}}: what html_text.h or html_svg.h made
View list_view();

// A hint as a sentence; false if there is none, or one about the command line.
View hint_view(std::string_view hint);

// Fills the template `name`.mustache; `{{> part}}` stands for part.mustache. Values are escaped.
// What is built in is parsed once a thread. An unknown or broken template shows its error.
std::string rendered(const WebFiles& files, std::string_view name, const View& view);

}  // namespace smallprint
