// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/model/listing.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::archive {

// HTTP responses as crawlers keep them (RFC 9110, RFC 9112). What browsers put up with is put up
// with here: lines without carriage return, folded lines, no status line, a body that is not coded
// as its header says because the crawler had undone that already, an end that is missing.

inline constexpr std::size_t k_largest_http_head = std::size_t{64} << 10U;

// A media type with its charset, of HTTP or of an archive's own header.
struct ContentType {
    std::string type;     // "text/html": lower case, without parameters
    std::string charset;  // as it is written, without quotes
};

ContentType parse_content_type(std::string_view value);

struct HttpHead {
    int status = 0;
    ContentType content_type;
    bool chunked = false;
    std::optional<std::uint64_t> length;  // of the body as it was sent
    std::vector<std::string> codings;     // of the content, lower case, in the order of their use
    std::string memento_datetime;         // of a page that a web archive gives out (RFC 7089)
    std::string original;                 // the address of that page, where the archive links to it
    std::size_t size = 0;                 // bytes of the message before the body
};

// True if a status line comes first, be it of ICY, HTTP's name in streams of music, and be there
// line ends before it.
bool begins_http_message(std::string_view message);

// A message that does not begin with a status line is all body (HTTP/0.9), with status 200. Over
// the limit on headers it is ErrorCode::limit.
Result<HttpHead> parse_http_head(std::string_view message);

struct HttpBody {
    std::string bytes;
    std::string note;     // what was wrong and put up with; empty if nothing was
    std::string missing;  // why this is not the whole body; empty if it is
};

// Undoes chunks, then gzip, deflate (either kind), zstd and brotli, then what the body was
// compressed with under no label. A body that breaks off is what there is of it. ErrorCode::input
// for a coding that cannot be undone and for damage, ErrorCode::limit for more than `limit` bytes
// and for bombs.
Result<HttpBody> decode_http_body(const HttpHead& head, std::string_view body, std::uint64_t limit);

struct HttpPayload {
    HttpHead head;
    HttpBody body;
};

// Both, with the limit on the text of a snapshot.
Result<HttpPayload> read_http_payload(std::string_view message);

// Says what a captured body is, as far as we are concerned.
struct PageKind {
    TextForm form = TextForm::markdown;
    std::string not_text;  // what it is instead: "image/png, not text"; empty for text
};

// By the type that is declared and, where none is or one that says nothing, by the body's first
// bytes, as browsers tell (https://mimesniff.spec.whatwg.org). Text that is plainly something else
// is found out as well.
PageKind page_kind(const ContentType& declared, std::string_view opening);

}  // namespace smallprint::archive
