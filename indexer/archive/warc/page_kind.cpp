// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/warc/page_kind.h"

#include "common/base/strings.h"
#include "common/model/listing.h"
#include "indexer/archive/warc/http_payload.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

constexpr std::array<std::string_view, 2> k_html_types = {"text/html", "application/xhtml+xml"};
constexpr std::array<std::string_view, 3> k_text_types = {"text/plain", "text/markdown",
                                                          "text/x-markdown"};
// Types that servers give to what they do not know, and ARC to what said nothing of itself.
constexpr std::array<std::string_view, 9> k_vague_types = {"",
                                                           "application/octet-stream",
                                                           "application/unknown",
                                                           "unknown/unknown",
                                                           "*/*",
                                                           "unknown",
                                                           "text",
                                                           "no-type",
                                                           "binary/octet-stream"};

// What HTML begins with, behind white space.
constexpr std::array<std::string_view, 20> k_html_openings = {
    "<!doctype html", "<html", "<head", "<body", "<script", "<style", "<title", "<meta", "<link",
    "<div",           "<p",    "<h1",   "<h2",   "<table",  "<a",     "<br",    "<b",    "<font",
    "<iframe",        "<!--"};

template <typename Types> bool is_one_of(std::string_view type, const Types& types) {
    return std::ranges::find(types, type) != types.end();
}

bool has_mark_of_utf16(std::string_view opening) {
    return opening.starts_with("\xFF\xFE") || opening.starts_with("\xFE\xFF");
}

bool opens_as_html(std::string_view opening) {
    opening.remove_prefix(opening.starts_with("\xEF\xBB\xBF") ? 3 : 0);
    const std::size_t begin = opening.find_first_not_of(" \t\r\n\f");
    if (begin == std::string_view::npos) {
        return false;
    }
    const std::string start = lower_ascii(opening.substr(begin, 32));
    return std::ranges::any_of(k_html_openings, [&](std::string_view tag) {
        const bool ends = tag == "<!--" || start.size() <= tag.size() || start[tag.size()] == ' ' ||
                          start[tag.size()] == '>' || start[tag.size()] == '\n' ||
                          start[tag.size()] == '\r' || start[tag.size()] == '\t';
        return start.starts_with(tag) && ends;
    });
}

// Controls that no text has.
bool is_binary_byte(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x08 || byte == 0x0B || (byte >= 0x0E && byte <= 0x1A) ||
           (byte >= 0x1C && byte <= 0x1F);
}

// What bytes are that are not text; empty if they may be.
std::string_view binary_form(const ContentType& declared, std::string_view opening) {
    if (opening.starts_with("%PDF-")) {
        return "a PDF";
    }
    if (opening.starts_with("\x89PNG") || opening.starts_with("GIF8") ||
        opening.starts_with("\xFF\xD8\xFF")) {
        return "an image";
    }
    const bool may_have_zeros = has_mark_of_utf16(opening) ||
                                lower_ascii(declared.charset).starts_with("utf-16") ||
                                lower_ascii(declared.charset).starts_with("utf-32");
    // HTML may hold a stray control; where it begins as HTML, that is what it is.
    const bool is_binary =
        !may_have_zeros && !opens_as_html(opening) && std::ranges::any_of(opening, is_binary_byte);
    return is_binary ? "binary data" : "";
}

}  // namespace

PageKind page_kind(const ContentType& declared, std::string_view opening) {
    const bool is_vague = is_one_of(declared.type, k_vague_types);
    const bool is_html = is_one_of(declared.type, k_html_types);
    if (!is_vague && !is_html && !is_one_of(declared.type, k_text_types)) {
        return {TextForm::markdown, fmt::format("{}, not text", declared.type)};
    }
    // A page may be in UTF-16 and say so in no way that could be read here.
    const std::string_view binary = binary_form(declared, opening);
    if (!binary.empty() && !(is_html && binary == "binary data")) {
        return {TextForm::markdown,
                is_vague ? std::string(binary) + ", not text"
                         : fmt::format("declared as {}, but {}", declared.type, binary)};
    }
    const bool is_page = is_html || (is_vague && opens_as_html(opening));
    return {is_page ? TextForm::html : TextForm::markdown, ""};
}

}  // namespace smallprint
