// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/server/wire.h"

#include "common/model/date.h"
#include "searcher/http/http_date.h"
#include "searcher/http/problem.h"
#include "searcher/http/request.h"
#include "searcher/http/response.h"

#include <fmt/format.h>

#include <iterator>
#include <string>
#include <string_view>

namespace smallprint::http {
namespace {

// Nothing from other hosts, no frames, no guessing: what an archive says stays text.
constexpr std::string_view k_security_fields =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; "
    "connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";

// A line break in a field would begin another one.
void add_field(std::string& head, std::string_view name, std::string_view value) {
    head += name;
    head += ": ";
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        head += byte < 0x20 || byte == 0x7F ? ' ' : c;
    }
    head += "\r\n";
}

}  // namespace

std::string head_of(const Response& response, const Framing& framing, CaptureTime now) {
    std::string head =
        fmt::format("HTTP/1.1 {} {}\r\n", response.status, reason_of(response.status));
    add_field(head, "Date", http_date(now));
    if (!response.content_type.empty()) {
        add_field(head, "Content-Type", response.content_type);
    }
    for (const HeaderField& field : response.fields) {
        add_field(head, field.name, field.value);
    }
    head += k_security_fields;
    if (framing.length) {
        fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n", *framing.length);
    } else if (framing.chunked) {
        head += "Transfer-Encoding: chunked\r\n";
    }
    if (framing.fate == Fate::close) {
        head += "Connection: close\r\n";
    } else if (framing.says_keep_alive) {
        head += "Connection: keep-alive\r\n";
    }
    return head + "\r\n";
}

std::string chunk_of(std::string_view piece) {
    return piece.empty() ? "0\r\n\r\n" : fmt::format("{:x}\r\n{}\r\n", piece.size(), piece);
}

}  // namespace smallprint::http
