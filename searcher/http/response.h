// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/http/request.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::engine {
class Engine;
}  // namespace smallprint::engine

namespace smallprint::http {

inline constexpr std::string_view k_json_type = "application/json";
inline constexpr std::string_view k_text_type = "text/plain; charset=utf-8";

// How long an answer may be kept by clients and by our cache.
enum class Caching : std::uint8_t {
    never,       // errors, and what is measured
    revalidate,  // until the next generation: asked again with its ETag
    immutable,   // named after its content
};

// Hands on a piece of a body that is written as it is made. An error of it (the client has gone)
// is to be passed on.
using WritePiece = std::function<Result<void>(std::string_view piece)>;

// Makes the body, on a thread of its own, with an engine of its own.
using BodyStream = std::function<Result<void>(engine::Engine& engine, const WritePiece& write)>;

// The answer of a handler. service.cpp adds the header fields that all answers share.
struct Response {
    int status = 200;
    std::string content_type;
    std::string body;
    std::vector<HeaderField> fields = {};
    std::optional<BodyStream> stream = {};  // instead of a body
};

inline Response json_response(std::string body) {
    return {.content_type = std::string(k_json_type), .body = std::move(body)};
}

}  // namespace smallprint::http
