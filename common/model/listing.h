// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/enum_names.h"
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/model/date.h"
#include "common/model/snapshot.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
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
    std::uint64_t count = 1;  // items: that of the place and others with such a reason behind it
};

// How many items of each kind there are.
using SkipCounts = std::array<std::uint64_t, k_names_of<SkipKind>.size()>;

SkipCounts count_by_kind(std::span<const Skipped> items);

std::uint64_t count_items(std::span<const Skipped> items);

// Returns what is common to reasons that differ in a number, an id or a quoted name alone, for
// which "..." stands.
std::string generalize_reason(std::string_view reason);

// What one archive skips, in the order in which it stood there. The first of many items with such a
// reason are kept; those behind them count for the last of these, so that neither memory nor
// reports grow with a fault that damaged or hostile bytes repeat without end.
class SkippedItems {
public:
    SkippedItems() = default;
    explicit SkippedItems(std::vector<Skipped> items);

    void push_back(Skipped item);

    auto begin() { return m_items.begin(); }

    auto end() { return m_items.end(); }

    auto begin() const { return m_items.begin(); }

    auto end() const { return m_items.end(); }

    const Skipped& operator[](std::size_t number) const { return m_items[number]; }

    std::size_t size() const { return m_items.size(); }

    bool empty() const { return m_items.empty(); }

private:
    struct Alike {
        std::size_t kept = 0;
        std::size_t last = 0;  // index into m_items
    };

    std::vector<Skipped> m_items;
    std::unordered_map<std::uint64_t, Alike> m_alike;  // by a hash of kind and reason
};

// Says that a snapshot has the text of another, which is in no archive of this run: of this address
// and moment, else of this payload; without either, of the latest of the address before it.
struct SameText {
    std::string address;
    std::optional<CaptureTime> captured;
    std::uint64_t payload = 0;
};

// A snapshot an archive holds, before its text is read.
struct ListedSnapshot {
    SnapshotFacts facts;
    std::uint64_t locator = 0;  // for the reader that listed it
    std::uint64_t size = 0;     // bytes of text, as far as known without reading
    // Snapshots of this archive with equal numbers have the same text and read() gives the same for
    // them, apart from the facts.
    std::uint64_t text_number = 0;
    std::uint64_t payload = 0;  // as of a Snapshot
    std::string opening;        // start of the text, where facts are missing that it may tell
    // Snapshots with the same are one document, as the archive says, whoever published it.
    std::string document;
    std::shared_ptr<const SameText> same_as;  // then read() has nothing
};

// The hashes by which other records speak of a record with text; 0 where it has no such name.
struct TextNames {
    std::uint64_t id = 0;
    std::uint64_t digest = 0;
};

// A record that has the text of another, be it in this archive or in one that is listed before or
// after it.
struct Revisit {
    ListedSnapshot snapshot;  // without locator and size
    TextNames names;
    std::uint64_t refers_to = 0;  // id of the other
    SameText same_as;             // address and moment of the other, as far as they are told
    bool unmodified = false;      // the server said no more than that its page is as it was
    std::string not_text;         // what it is, if its header says so: "image/png, not text"
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

// Where an archive says that it captures a document, from a moment on.
struct DeclaredAddress {
    std::string vendor;
    std::string terms_type;
    std::string url;
    std::optional<CaptureTime> since;
};

struct Listing {
    std::vector<ListedSnapshot> snapshots;
    std::vector<DeclaredAddress> addresses;  // for snapshots of any archive of the run
    SkippedItems skipped;
    // Only of archives that may have revisits, until these are resolved.
    std::vector<TextNames> names;            // of the snapshots
    std::vector<std::uint64_t> names_aside;  // of records that are skipped
    std::vector<Revisit> revisits;
};

}  // namespace smallprint
