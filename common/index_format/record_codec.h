// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/model/policy.h"

#include <string>
#include <string_view>
#include <vector>

namespace smallprint::index_format {

// The bytes of a record (policy or passage), and back. In the notation of schemas/index-format.md:
//
//   policy   = 0 vendor:string vendor_source:varint type:string key:string
//              n:varint n*key:string                                      of pages it moved to
//              title:string
//              passage_count:varint clause_count:varint
//              n:varint n*(level:varint text:string)                      headings
//              n:varint n*url:string                                      distinct source URLs
//              n:varint n*language:string                                 distinct languages
//              n:varint n*snapshot
//   snapshot = captured:varint marks:varint language:varint url:varint
//              archive:string place:string
//              text_hash:fixed64 text_bytes:varint
//              n:varint n*step:signed
//              marks = 1 for reextracted, 2 for moved, or their sum
//              captured = 0 or 1 + seconds since 1970 as zigzag; archive = "" where it is the
//              Wayback address of captured and url
//   step     = difference to the previous step's code; code = 2*number + is_heading
//   passage  = number:varint kind:varint text:string
//              n:varint n*(gap:varint length:varint)                      runs
//              n:varint n*heading:varint lead_in:varint step:varint source_begin:varint size:varint
//              n:varint n*(gap:varint length:varint target:string)        links

std::string encode_policy(const Policy& policy);
Result<Policy> decode_policy(std::string_view body);

std::string encode_passage(const Passage& passage);
Result<Passage> decode_passage(std::string_view body);

// The text of a passage's record, a view into it.
Result<std::string_view> decode_text(std::string_view body);

// Its runs alone.
Result<std::vector<Run>> decode_runs(std::string_view body);

}  // namespace smallprint::index_format
