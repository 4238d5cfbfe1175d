// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/date.h"
#include "searcher/http/response.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace smallprint::http {

// The bytes of an answer on a connection (RFC 9112).

enum class Fate : std::uint8_t { keep_open, close };

struct Framing {
    std::optional<std::size_t> length;  // of the body; absent: it comes in chunks, or ends the
    bool chunked = false;               // connection where the client knows no chunks
    Fate fate = Fate::keep_open;
    bool says_keep_alive = false;  // to HTTP/1.0, which otherwise expects us to close
};

// Status line and fields, those that every answer has among them, and the empty line.
std::string head_of(const Response& response, const Framing& framing, CaptureTime now);

// A piece of a chunked body; an empty one ends it.
std::string chunk_of(std::string_view piece);

}  // namespace smallprint::http
