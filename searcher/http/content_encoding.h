// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/enum_names.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace smallprint::http {

enum class Encoding : std::uint8_t { identity, gzip, zstd };

// In Content-Encoding, where identity has no name.
constexpr auto enum_names(Encoding /*value*/) {
    return std::array{EnumName{Encoding::identity, ""}, EnumName{Encoding::gzip, "gzip"},
                      EnumName{Encoding::zstd, "zstd"}};
}

// Chooses the encoding that Accept-Encoding (RFC 9110, 12.5.3) likes best; zstd before gzip among
// equals, identity if it likes nothing that we have.
Encoding preferred_encoding(std::string_view accept_encoding);

// Chooses between gzip and identity for a body that is made piece by piece.
Encoding preferred_stream_encoding(std::string_view accept_encoding);

// False for types whose bytes are compressed already.
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

    // Returns the bytes of the stream that are ready by now; there may be none.
    std::string add(std::string_view piece);
    std::string finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace smallprint::http
