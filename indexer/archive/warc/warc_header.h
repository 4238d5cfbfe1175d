// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/model/date.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace smallprint::archive {

// The headers of records, in WARC (https://iipc.github.io/warc-specifications) and in ARC, its
// predecessor (https://archive.org/web/researcher/ArcFileFormat.php):
//
//   WARC = "WARC/" version CRLF *( name ":" value CRLF ) CRLF, then a block of Content-Length
//   bytes,
//          then CRLF CRLF
//   ARC  = URL " " IP " " date [" " type " " result " " checksum " " location " " offset " " file]
//          " " length LF in version 2, URL " " IP " " date " " type " " length LF in version 1;
//          then the block, then LF

inline constexpr std::size_t k_largest_record_header = std::size_t{64} << 10U;

struct RecordHeader {
    std::string type;  // lower case; of ARC records "response", or "warcinfo" for the first
    std::string id;
    std::string target_uri;  // without angle brackets
    std::optional<CaptureTime> date;
    std::string content_type;  // of the block; in ARC, what the server said
    std::string payload_digest;
    std::string profile;    // of a revisit: why it has no payload
    std::string refers_to;  // id
    std::string refers_to_uri;
    std::optional<CaptureTime> refers_to_date;
    std::string truncated;  // why, where the block is not complete
    std::string segment;    // its number, where the record is one of several that make up the whole
    std::uint64_t length = 0;  // bytes of the block
};

// True if a record begins here. A few hundred bytes are enough to tell.
bool starts_record(std::string_view bytes);

// Finds where in `bytes` the next record begins, or npos. A beginning in the last k_record_start
// bytes may be missed.
inline constexpr std::size_t k_record_start = 4096;
std::size_t find_record(std::string_view bytes);

// Bytes of the header that `bytes` begins with; 0 if it does not end there.
std::size_t record_header_size(std::string_view bytes);

// A header that is not usable (no length, no form) is ErrorCode::input.
Result<RecordHeader> parse_record_header(std::string_view header);

// Reads what can be had of a header that is broken or cut off.
RecordHeader salvage_record_header(std::string_view header);

// "2014-06-10T00:08:59.123Z" or the 14 digits of ARC; without a time it is midnight, without a day
// nothing.
std::optional<CaptureTime> parse_record_date(std::string_view text);

}  // namespace smallprint::archive
