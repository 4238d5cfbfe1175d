// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace smallprint::http {

// Entity tags (RFC 9110, 8.8.3). What an API answer says depends on the generation, on this
// program and on what was asked; the tag is made of these, so it is known before the answer is.
// It is weak: the time taken and the encoding may differ.
std::string weak_etag(std::string_view generation, std::string_view canonical_request);

// The tag of bytes that never change.
std::string strong_etag(std::string_view bytes);

// True if If-None-Match names the tag, by weak comparison (RFC 9110, 8.8.3.2).
bool names_etag(std::string_view if_none_match, std::string_view etag);

}  // namespace smallprint::http
