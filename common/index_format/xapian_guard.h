// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/index_format/damaged.h"

#include <xapian.h>

#include <exception>
#include <new>
#include <string>
#include <type_traits>
#include <utility>

namespace smallprint {

// The one wall against Xapian's exceptions: runs `work` and turns whatever it throws into an Error.
// Running out of memory, which comes as std::bad_alloc, is ErrorCode::limit.

inline Error error_from(const Xapian::Error& error) {
    const std::string message = "the index cannot be used: " + error.get_description();
    const std::string type = error.get_type();
    if (type == "DatabaseLockError") {
        return {ErrorCode::locked, message, "wait until the other writer has ended"};
    }
    const std::string reason = error.get_error_string() == nullptr ? "" : error.get_error_string();
    if (reason.find("No space left") != std::string::npos ||
        reason.find("File too large") != std::string::npos) {
        return {ErrorCode::no_space, message, "free some space, then run the same command again"};
    }
    if (type == "DatabaseCorruptError" || type == "DatabaseError" ||
        type == "DatabaseModifiedError" || type == "DocNotFoundError") {
        return {ErrorCode::damaged, message, std::string(k_rebuild_hint)};
    }
    if (type == "DatabaseVersionError" || type == "FeatureUnavailableError") {
        return {ErrorCode::index_version, message, "index the archive again with this version"};
    }
    return {ErrorCode::io, message};
}

template <typename Work> auto guard_xapian(Work&& work) -> Result<std::invoke_result_t<Work>> {
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
            std::forward<Work>(work)();
            return {};
        } else {
            return std::forward<Work>(work)();
        }
    } catch (const Xapian::Error& error) {
        return fail(error_from(error));
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::limit, "not enough memory");
    } catch (const std::exception& error) {
        return fail(ErrorCode::io, std::string("the index cannot be used: ") + error.what());
    }
}

}  // namespace smallprint
