// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {

// Says for programs what went wrong. Each value is a row in error.cpp's table, which also gives the
// exit status and that of HTTP.
enum class ErrorCode {
    usage,          // the command line asks for something that does not exist
    query,          // a search query cannot be understood
    input,          // an archive or file cannot be read
    io,             // the operating system refused a read or write
    no_space,       // no room left on the device
    machine,        // the disk fails, or memory, descriptors or a temporary folder are lacking
    locked,         // another writer holds the index
    no_index,       // there is no published generation
    index_version,  // the index was written by a version this program cannot read
    damaged,        // bytes of the index are not what was written
    limit,          // a limit on size, depth, ratio or time was reached
    interrupted,    // the user asked to stop
    not_found,      // the id or vendor asked for is not in the index
};

// An error carries what a reader needs to act: what happened, where, and what to do about it.
struct Error {
    ErrorCode code;
    std::string message;
    std::string hint = {};
    std::optional<std::size_t> position = {};  // byte offset into the query, for ErrorCode::query
};

// The word used in JSON (`"code": "no_index"`).
std::string_view name_of(ErrorCode code);

// The exit status of a program that ends with this error (design: 2 usage .. 8 limit).
int exit_status(ErrorCode code);

// The status of an HTTP answer that tells it.
int http_status(ErrorCode code);

std::vector<ErrorCode> every_error_code();

}  // namespace smallprint
