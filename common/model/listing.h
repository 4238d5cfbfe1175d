// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/enum_names.h"
#include "common/base/error.h"
#include "common/model/snapshot.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {

// Says why a thing was left out. The first three are no fault of the archive's; the others end a
// run with --strict.
enum class SkipKind : std::uint8_t {
    aside,       // holds no policy and is not meant to: a request record, an image, a README
    duplicate,   // the same text at the same moment is indexed already
    empty,       // a snapshot without words
    limit,       // over a limit on size, depth, ratio or time
    unreadable,  // damaged, or of a form that is not known
};

constexpr auto enum_names(SkipKind /*value*/) {
    return std::array{EnumName{SkipKind::aside, "aside"},
                      EnumName{SkipKind::duplicate, "duplicate"},
                      EnumName{SkipKind::empty, "empty"}, EnumName{SkipKind::limit, "limit"},
                      EnumName{SkipKind::unreadable, "unreadable"}};
}

// True of things that archives are expected to hold.
constexpr bool is_expected(SkipKind kind) {
    return kind != SkipKind::limit && kind != SkipKind::unreadable;
}

// Returns the kind of an item that could not be read for this reason.
inline SkipKind skip_kind(const Error& error) {
    return error.code == ErrorCode::limit ? SkipKind::limit : SkipKind::unreadable;
}

// Something of an archive that is not indexed, and why; nothing is left out without one.
struct Skipped {
    std::string place;
    std::string reason;
    SkipKind kind = SkipKind::unreadable;
};

// A snapshot an archive holds, before its text is read.
struct ListedSnapshot {
    SnapshotFacts facts;
    std::uint64_t locator = 0;  // for the reader that listed it
    std::uint64_t size = 0;     // bytes of text, as far as known without reading
    // Snapshots of this archive with equal numbers have the same text and read() gives the same for
    // them, apart from the facts.
    std::uint64_t text_number = 0;
    std::string opening;  // start of the text, where facts are missing that it may tell
    // Snapshots with the same are one document, as the archive says, whoever published it.
    std::string document;
};

enum class TextForm : std::uint8_t {
    markdown,  // plain text as well
    html,
};

// Offsets into a snapshot's source count from the start of `bytes`.
struct SourceText {
    std::string bytes;      // UTF-8 as far as it could be had
    std::size_t begin = 0;  // what stands before is the archive's own, not the policy's
    // The source itself says these; they are empty if the listing had them or nobody knows.
    std::string source_url;
    std::string archive_url;
    TextForm form = TextForm::markdown;
    std::string charset;    // that the text was converted from; empty where it was UTF-8
    bool mojibake = false;  // UTF-8 that somebody took for another charset: "â€™"; left as it is
};

struct Listing {
    std::vector<ListedSnapshot> snapshots;
    std::vector<Skipped> skipped;
};

}  // namespace smallprint
