// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "indexer/archive/reading_options.h"
#include "indexer/archive/tables/row_facts.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace smallprint::archive {

// A file's content is told by
enum class Content : std::uint8_t {
    text,  // Markdown or plain
    html,  // a page
    git_bundle,
    warc,  // or the older ARC
    sqlite,
    jsonl,  // snapshots, one a line
    csv,    // snapshots, one a row
    zip,
    tar,
    compressed,  // gzip, xz, zstd, bzip2: told by what is inside
    aside,       // nothing that could be a policy: an image, a style sheet, a README
    unknown,
};

struct DetectedContent {
    Content content = Content::unknown;
    std::string reason;  // of `aside` and `unknown`: why it is left out
};

inline constexpr std::size_t k_detection_bytes = 8192;

// `path` is that of the file in its tree, `head` its first k_detection_bytes, `map` the names that
// columns have.
DetectedContent detect_content(std::string_view path, std::string_view head, const ColumnMap& map);

// Returns the content that --format says files have.
Content content_of(ArchiveFormat format);

// Why these first bytes of a file cannot be those of a text; empty if they can.
std::string reason_against(std::string_view head);

// The last part of a path, its file's name.
std::string_view file_name(std::string_view path);

// By its extension, in any case: .md, .markdown, .txt, .text
bool is_text_file(std::string_view path);

// The same for .html, .htm, .xhtml
bool is_html_file(std::string_view path);

// The bytes of a page in HTML, by how they begin.
bool looks_like_html(std::string_view head);

}  // namespace smallprint::archive
