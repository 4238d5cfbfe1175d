// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/error.h"

#include <tl/expected.hpp>

#include <string>
#include <utility>

namespace smallprint {

// The value asked for, or the Error that explains why there is none. Every fallible function at a
// seam between rooms returns one; ignoring it is a compiler warning. Nothing else names tl::, so
// that std::expected can take its place.
template <typename T> class [[nodiscard]] Result : public tl::expected<T, Error> {
public:
    using tl::expected<T, Error>::expected;
};

using Failure = tl::unexpected<Error>;

inline Failure fail(Error error) {
    return Failure(std::move(error));
}

inline Failure fail(ErrorCode code, std::string message, std::string hint = {}) {
    return Failure(Error{code, std::move(message), std::move(hint), {}});
}

}  // namespace smallprint

#define SMALLPRINT_JOIN_(a, b) a##b
#define SMALLPRINT_JOIN(a, b) SMALLPRINT_JOIN_(a, b)

// Returns the error of a Result<void> to the caller; goes on otherwise.
#define TRY(expression)                                                                            \
    do {                                                                                           \
        if (auto try_result = (expression); !try_result) {                                         \
            return ::smallprint::Failure(std::move(try_result).error());                           \
        }                                                                                          \
    } while (false)

// `TRY_ASSIGN(auto x, f());` declares x as the value of f(), or returns f()'s error to the caller.
#define TRY_ASSIGN(declaration, expression)                                                        \
    TRY_ASSIGN_(SMALLPRINT_JOIN(try_result_, __LINE__), declaration, expression)
#define TRY_ASSIGN_(result, declaration, expression)                                               \
    auto result = (expression);                                                                    \
    if (!result) {                                                                                 \
        return ::smallprint::Failure(std::move(result).error());                                   \
    }                                                                                              \
    declaration = std::move(*result)  // NOLINT(bugprone-macro-parentheses): a declaration
