// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace smallprint::html {

struct EmbeddedFile {
    std::string_view name;
    std::string_view bytes;
};

// The files beside it as embed.cmake wrote them when the program was built.
std::span<const EmbeddedFile> embedded_web_files();

}  // namespace smallprint::html
