// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/content.h"

#include "common/base/strings.h"
#include "indexer/archive/charset.h"
#include "indexer/archive/files/files_reader.h"
#include "indexer/archive/git/git_reader.h"
#include "indexer/archive/reading_options.h"
#include "indexer/archive/source_text.h"
#include "indexer/archive/tables/csv_reader.h"
#include "indexer/archive/tables/jsonl_reader.h"
#include "indexer/archive/tables/row_facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace smallprint::archive {
namespace {

struct Magic {
    std::string_view bytes;
    Content content;
    std::string_view what;  // of `aside` and `unknown`
};

using namespace std::string_view_literals;

// The first bytes of files that are told by them.
constexpr std::array k_magics = {
    Magic{"# v2 git bundle\n"sv, Content::git_bundle, ""},
    Magic{"# v3 git bundle\n"sv, Content::git_bundle, ""},
    Magic{"WARC/"sv, Content::warc, ""},
    Magic{"filedesc://"sv, Content::warc, ""},
    // The frame that holds a dictionary (https://iipc.github.io/warc-specifications).
    Magic{"\x5D\x2A\x4D\x18"sv, Content::warc, ""},
    Magic{"SQLite format 3\0"sv, Content::sqlite, ""},
    Magic{"PK\x03\x04"sv, Content::zip, ""},
    Magic{"\x1F\x8B"sv, Content::compressed, ""},
    Magic{"\x28\xB5\x2F\xFD"sv, Content::compressed, ""},
    Magic{"\xFD"
          "7zXZ\0"sv,
          Content::compressed, ""},
    Magic{"BZh"sv, Content::compressed, ""},
    Magic{"%PDF-"sv, Content::unknown, "a PDF, not text"},
    Magic{"\x89PNG"sv, Content::aside, "an image"},
    Magic{"\xFF\xD8\xFF"sv, Content::aside, "an image"},
    Magic{"GIF8"sv, Content::aside, "an image"},
    Magic{"RIFF"sv, Content::aside, "an image or a recording"},
    Magic{"wOFF"sv, Content::aside, "a font"},
    Magic{"wOF2"sv, Content::aside, "a font"},
    Magic{"\0\0\x01\0"sv, Content::aside, "an image"},
};

// zstd's skippable frames (RFC 8878).
bool is_skippable_frame(std::string_view head) {
    return head.size() >= 4 && (static_cast<unsigned char>(head[0]) & 0xF0U) == 0x50U &&
           head.substr(1, 3) == "\x2A\x4D\x18";
}

constexpr std::size_t k_tar_mark = 257;  // where a tar header has "ustar"

constexpr std::array<std::string_view, 4> k_text_extensions = {".md", ".markdown", ".txt", ".text"};
constexpr std::array<std::string_view, 3> k_html_extensions = {".html", ".htm", ".xhtml"};
constexpr std::array<std::string_view, 14> k_aside_extensions = {
    ".css", ".js",  ".svg",  ".png", ".jpg", ".jpeg", ".gif",
    ".ico", ".cdx", ".cdxj", ".xml", ".yml", ".yaml", ".json"};

std::string file_extension(std::string_view path) {
    const std::string_view name = file_name(path);
    const std::size_t dot = name.rfind('.');
    return lower_ascii(dot == std::string_view::npos || dot == 0 ? "" : name.substr(dot));
}

template <std::size_t N>
bool is_one_of(std::string_view extension, const std::array<std::string_view, N>& extensions) {
    return std::ranges::find(extensions, extension) != extensions.end();
}

// By the name alone; the bytes are those of some text.
DetectedContent tell_by_name(std::string_view path, std::string_view head) {
    const std::string extension = file_extension(path);
    if (describes_repository(path)) {
        return {Content::aside, "describes the archive, not a policy"};
    }
    if (is_one_of(extension, k_html_extensions) || is_page_path(path)) {
        return {Content::html, ""};
    }
    if (is_one_of(extension, k_text_extensions)) {
        return {Content::text, ""};
    }
    if (is_one_of(extension, k_aside_extensions)) {
        return {Content::aside, fmt::format("a {} file, not a policy", extension.substr(1))};
    }
    if (extension == ".jsonl" || extension == ".ndjson") {
        return {Content::jsonl, ""};  // whose reader says which keys it misses
    }
    if (extension == ".csv" || extension == ".tsv") {
        return {Content::aside, "a table without a column of texts"};
    }
    return {Content::unknown,
            head.find('\0') == head.npos ? "of no form that is known" : "binary file, not text"};
}

// `head` in UTF-8, or what is like it.
DetectedContent tell_by_words(std::string_view path, std::string_view head, const ColumnMap& map) {
    if (looks_like_html(head) && !is_text_file(path)) {
        return {Content::html, ""};
    }
    if (!is_text_file(path) && looks_like_jsonl(head, map)) {
        return {Content::jsonl, ""};
    }
    if (!is_text_file(path) && looks_like_csv(head, map)) {
        return {Content::csv, ""};
    }
    return tell_by_name(path, head);
}

}  // namespace

DetectedContent detect_content(std::string_view path, std::string_view head, const ColumnMap& map) {
    for (const Magic& magic : k_magics) {
        if (head.starts_with(magic.bytes)) {
            return {magic.content, std::string(magic.what)};
        }
    }
    if (is_skippable_frame(head)) {
        return {Content::compressed, ""};
    }
    if (head.size() > k_tar_mark && head.substr(k_tar_mark).starts_with("ustar")) {
        return {Content::tar, ""};
    }
    if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) {
        return tell_by_words(path, decode_text(head, "").text, map);
    }
    return tell_by_words(path, head, map);
}

Content content_of(ArchiveFormat format) {
    switch (format) {
    case ArchiveFormat::markdown:
    case ArchiveFormat::text:
        return Content::text;
    case ArchiveFormat::html:
    case ArchiveFormat::waybackpack:
        return Content::html;
    case ArchiveFormat::git:
        return Content::git_bundle;
    case ArchiveFormat::sqlite:
        return Content::sqlite;
    case ArchiveFormat::warc:
        return Content::warc;
    case ArchiveFormat::wacz:
        return Content::zip;
    case ArchiveFormat::jsonl:
        return Content::jsonl;
    case ArchiveFormat::csv:
        return Content::csv;
    }
    return Content::unknown;
}

std::string reason_against(std::string_view head) {
    if (head.empty()) {
        return "empty file";
    }
    if (head.starts_with("%PDF-")) {
        return "a PDF, not text";
    }
    if (head.starts_with("version https://git-lfs.github.com/spec/")) {
        return "a pointer of Git LFS, which keeps the text elsewhere";
    }
    const bool is_utf16 = head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF");
    return !is_utf16 && holds_binary_data(head) ? "binary file, not text" : "";
}

std::string_view file_name(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}

bool is_text_file(std::string_view path) {
    return is_one_of(file_extension(path), k_text_extensions);
}

bool is_html_file(std::string_view path) {
    return is_one_of(file_extension(path), k_html_extensions);
}

bool looks_like_html(std::string_view head) {
    constexpr std::size_t k_far_enough = 1024;
    const std::string start = lower_ascii(head.substr(0, k_far_enough));
    const std::size_t mark = start.find_first_not_of("\0 \t\r\n\xEF\xBB\xBF"sv);
    if (mark == start.npos || start[mark] != '<') {
        return false;
    }
    return start.find("<!doctype html") != start.npos || start.find("<html") != start.npos ||
           start.find("<head") != start.npos || start.find("<body") != start.npos;
}

}  // namespace smallprint::archive
