// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace smallprint {

enum class Encoding : std::uint8_t { identity, gzip, zstd };

// "gzip"; empty for identity, which has no name in Content-Encoding.
std::string_view name_of(Encoding encoding);

// What Accept-Encoding (RFC 9110, 12.5.3) likes best of what we have; zstd before gzip where it
// does not mind. Identity if it likes nothing.
Encoding preferred_encoding(std::string_view accept_encoding);

// The same of a body that is made piece by piece, for which there is gzip alone.
Encoding preferred_stream_encoding(std::string_view accept_encoding);

// What is already compressed, or cannot be, is not worth it.
bool is_worth_encoding(std::string_view content_type);

enum class Effort : std::uint8_t {
    quick,     // for what is sent once
    thorough,  // for what is kept and sent again and again
};

// A whole body. Identity gives it back.
std::string encoded(std::string_view body, Encoding encoding, Effort effort = Effort::quick);

// A gzip stream whose bytes come piece by piece.
class GzipStream {
public:
    explicit GzipStream(Effort effort = Effort::quick);
    ~GzipStream();
    GzipStream(const GzipStream&) = delete;
    GzipStream& operator=(const GzipStream&) = delete;
    GzipStream(GzipStream&&) = delete;
    GzipStream& operator=(GzipStream&&) = delete;

    // What is ready of it by now, which may be nothing.
    std::string add(std::string_view piece);
    std::string finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace smallprint
