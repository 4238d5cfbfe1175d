// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/io/file.h"

#include <initializer_list>
#include <string>
#include <string_view>

namespace smallprint {

// WARC files for tests, made in memory.

// `fields` are lines that end with CRLF; Content-Length is added.
std::string warc_record(std::string_view fields, std::string_view block);

// A record of type "response" with the page of that name on a.example, captured on that day.
std::string warc_page(std::string_view name, std::string_view day, std::string_view html);

std::string http_page(std::string_view html);

std::string gzipped(std::string_view bytes);
std::string zlib_compressed(std::string_view bytes);
std::string raw_deflated(std::string_view bytes);

// One frame with a checksum.
std::string zstd_frame(std::string_view bytes, std::string_view dictionary = "");
std::string skippable_frame(std::string_view bytes);

std::string joined(std::initializer_list<std::string_view> parts);

// The bytes as a file on disk.
io::FileBytes in_file(std::string_view bytes);

}  // namespace smallprint
