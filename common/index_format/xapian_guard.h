// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/index_format/bytes.h"
#include "common/io/file.h"

#include <xapian.h>

#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace smallprint::index_format {

// The one wall against Xapian's exceptions: runs `work` and turns whatever it throws into an Error.
// Running out of memory, which comes as std::bad_alloc, is ErrorCode::limit for a reader and
// ErrorCode::machine for a writer.

enum class XapianUse {
    reading,  // a published generation: what goes wrong is damage
    writing,  // one in the making: what goes wrong is the disk
};

inline bool says_disk_is_full(std::string_view message) {
    return message.find("No space left") != message.npos ||
           message.find("File too large") != message.npos ||
           message.find("Disk quota exceeded") != message.npos;
}

inline Error error_from(const Xapian::Error& error, XapianUse use) {
    const std::string description = error.get_description();
    const std::string type = error.get_type();
    if (says_disk_is_full(description)) {
        return {ErrorCode::no_space, "cannot write the index: " + description,
                "free some space, then run the same command again"};
    }
    const char* reason = error.get_error_string();
    if (reason != nullptr && io::tells_of_fault(reason)) {
        return {ErrorCode::machine, "the index cannot be used: " + description,
                "the disk may be failing; the index is as it was before"};
    }
    if (use == XapianUse::writing) {
        return {ErrorCode::io, "cannot write the index: " + description,
                "the disk may be failing; the index is as it was before"};
    }
    const std::string message = "the index cannot be used: " + description;
    if (type == "DatabaseVersionError" || type == "FeatureUnavailableError") {
        return {ErrorCode::index_version, message, "index the archive again with this version"};
    }
    if (type == "DatabaseCorruptError" || type == "DatabaseError" ||
        type == "DatabaseModifiedError" || type == "DocNotFoundError") {
        return {ErrorCode::damaged, message, std::string(k_rebuild_hint)};
    }
    return {ErrorCode::io, message};
}

template <typename Work>
auto guard_xapian(Work&& work, XapianUse use = XapianUse::reading)
    -> Result<std::invoke_result_t<Work>> {
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
            std::forward<Work>(work)();
            return {};
        } else {
            return std::forward<Work>(work)();
        }
    } catch (const Xapian::Error& error) {
        return fail(error_from(error, use));
    } catch (const std::bad_alloc&) {
        return fail(use == XapianUse::reading ? ErrorCode::limit : ErrorCode::machine,
                    "not enough memory");
    } catch (const std::exception& error) {
        return fail(ErrorCode::io, std::string("the index cannot be used: ") + error.what());
    }
}

template <typename Work> auto guard_xapian_writing(Work&& work) {
    return guard_xapian(std::forward<Work>(work), XapianUse::writing);
}

}  // namespace smallprint::index_format
