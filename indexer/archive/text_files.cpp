// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/text_files.h"

#include "common/base/ascii.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

constexpr std::array<std::string_view, 4> k_extensions = {".md", ".markdown", ".txt", ".text"};

}  // namespace

bool is_text_file(std::string_view path) {
    const std::string_view name = path.substr(path.rfind('/') + 1);
    const std::size_t dot = name.rfind('.');
    const std::string extension =
        lower_ascii(dot == std::string_view::npos || dot == 0 ? "" : name.substr(dot));
    return std::ranges::find(k_extensions, extension) != k_extensions.end();
}

std::string reason_against(std::string_view head) {
    if (head.empty()) {
        return "empty file";
    }
    if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) {
        return "UTF-16 text; convert it to UTF-8";
    }
    if (head.starts_with("%PDF-")) {
        return "a PDF, not text";
    }
    if (head.find('\0') != std::string_view::npos) {
        return "binary file, not text";
    }
    return "";
}

}  // namespace smallprint
