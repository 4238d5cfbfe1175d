// SPDX-License-Identifier: GPL-2.0-or-later
//
// Passes over any bytes as a WARC or ARC file and reads each record again.
#include "common/base/error.h"
#include "common/io/file.h"
#include "common/io/scratch.h"
#include "indexer/archive/warc/warc_records.h"
#include "tests/fuzz/fuzz_target.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace smallprint;

constexpr std::uint64_t k_largest = 1U << 20U;

std::optional<io::FileBytes> in_file(std::string_view bytes) {
    auto scratch = io::ScratchFile::create();
    if (!scratch || !scratch->append(bytes)) {
        return std::nullopt;
    }
    auto file = std::move(*scratch).finish();
    return file ? std::optional(std::move(*file)) : std::nullopt;
}

}  // namespace

FUZZ_TARGET(text) {
    const std::optional<io::FileBytes> file = in_file(text);
    if (!file) {
        complain("no scratch file");
        return;
    }
    auto records = archive::WarcRecords::open(*file, k_largest);
    if (!records) {
        return;
    }
    std::vector<archive::RecordPlace> places;
    while (true) {
        const auto next = records->next();
        if (!next) {
            return;
        }
        const std::optional<archive::RecordItem>& item = *next;
        if (!item) {
            break;
        }
        if (!item->trouble) {
            places.push_back(item->place);
        }
    }
    for (const archive::RecordPlace& place : places) {
        const auto block = records->read(place, k_largest);
        complain(block || block.error().code == ErrorCode::limit ? ""
                                                                 : "a sound record cannot be read");
    }
}
