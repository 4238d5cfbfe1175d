// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/files/files_reader.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/io/file.h"
#include "common/model/date.h"
#include "common/model/listing.h"
#include "common/model/snapshot.h"
#include "common/model/wayback_url.h"
#include "indexer/archive/content.h"
#include "indexer/archive/decompression.h"
#include "indexer/archive/files/file_tree.h"
#include "indexer/archive/limits.h"
#include "indexer/archive/source_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::archive {
namespace {

constexpr std::size_t k_timestamp_digits = 14;

// "abc.example": labels of letters, digits and hyphens, the last of letters only.
bool is_host_name(std::string_view text) {
    const std::size_t dot = text.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || text.size() - dot < 3) {
        return false;
    }
    const auto label_char = [](char c) {
        return is_lower(c) || is_digit(c) || c == '-' || c == '.';
    };
    return std::ranges::all_of(text, label_char) &&
           std::ranges::all_of(text.substr(dot + 1), is_lower) && text.find("..") == text.npos &&
           text.front() != '.';
}

std::vector<std::string_view> split_path(std::string_view path) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t slash = path.find('/');
        parts.push_back(path.substr(0, slash));
        if (slash == path.npos) {
            return parts;
        }
        path.remove_prefix(slash + 1);
    }
}

std::string_view file_stem(std::string_view file) {
    return file.substr(0, file.rfind('.'));
}

std::optional<CaptureTime> parse_stamp(std::string_view part) {
    return part.size() == k_timestamp_digits ? parse_timestamp(part) : std::nullopt;
}

// "2024-01-31T10-20-30Z".
std::optional<CaptureTime> parse_release_time(std::string_view stem) {
    if (stem.size() != 20 || stem[10] != 'T' || stem[19] != 'Z') {
        return std::nullopt;
    }
    std::string digits;
    std::ranges::copy_if(stem, std::back_inserter(digits), is_digit);
    return parse_stamp(digits);
}

// A page as it lay on its site.
struct Page {
    CaptureTime captured;
    std::string_view host;
    std::string_view path;  // with a slash in front
};

std::optional<Page> page_at(std::string_view path) {
    const std::vector<std::string_view> parts = split_path(path);
    for (std::size_t i = 0; i + 2 < parts.size(); ++i) {
        const bool time_first = is_host_name(parts[i + 1]);
        const auto captured = parse_stamp(parts[time_first ? i : i + 1]);
        const std::string_view host = parts[time_first ? i + 1 : i];
        if (captured && is_host_name(host)) {
            const auto behind = static_cast<std::size_t>(parts[i + 2].data() - path.data());
            return Page{*captured, host, path.substr(behind - 1)};
        }
    }
    return std::nullopt;
}

void complete_from_page(const Page& page, SnapshotFacts& facts) {
    facts.captured = facts.captured ? facts.captured : page.captured;
    if (facts.source_url.empty()) {
        facts.source_url = fmt::format("http://{}{}", page.host, page.path);
    }
    if (facts.archive_url.empty()) {
        facts.archive_url = wayback_address(page.captured, facts.source_url);
    }
}

}  // namespace

bool is_page_path(std::string_view path) {
    return page_at(path).has_value();
}

void complete_from_path(std::string_view path, SnapshotFacts& facts) {
    if (const auto page = page_at(path)) {
        complete_from_page(*page, facts);
        return;
    }
    const std::vector<std::string_view> parts = split_path(path);
    const std::string_view stem = file_stem(parts.back());
    const std::string_view folder = parts.size() < 2 ? "" : parts[parts.size() - 2];
    const auto released = parts.size() < 3 ? std::nullopt : parse_release_time(stem);
    const auto captured = released ? released : parse_stamp(stem);
    facts.captured = facts.captured ? facts.captured : captured;
    if (!facts.vendor.empty()) {
        return;
    }
    if (released) {
        facts.vendor = parts[parts.size() - 3];
        facts.vendor_source = VendorSource::path;
        facts.terms_type = facts.terms_type.empty() ? folder : facts.terms_type;
    } else if (is_host_name(stem) || (captured && is_host_name(folder))) {
        facts.vendor = captured ? folder : stem;
        facts.vendor_source = VendorSource::path;
    }
}

FilesReader::FilesReader(std::shared_ptr<const FileTree> tree, std::string place)
    : m_tree(std::move(tree)), m_place(std::move(place)) {}

Result<Listing> FilesReader::list() {
    Listing listing;
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        list_file(i, listing);
    }
    return listing;
}

Result<std::string> FilesReader::read_start(const SnapshotFile& file, std::size_t size) const {
    TRY_ASSIGN(const io::FileBytes bytes, m_tree->open(file.number));
    TRY_ASSIGN(std::string start, bytes.read(0, size));
    if (!may_be_compressed(start)) {
        return start;
    }
    TRY_ASSIGN(start, bytes.read(0, k_largest_text));
    TRY_ASSIGN(Unpacked unpacked, unpack_unlabelled(std::move(start), k_largest_text));
    if (unpacked.is_cut) {
        return fail(ErrorCode::input, "compressed data that is cut off");
    }
    unpacked.bytes.resize(std::min(unpacked.bytes.size(), size));
    return std::move(unpacked.bytes);
}

void FilesReader::list_file(std::size_t locator, Listing& listing) const {
    const SnapshotFile& file = m_files[locator];
    const TreeFile& entry = m_tree->files()[file.number];
    const std::string& path = file.path.empty() ? entry.path : file.path;
    const std::string place = m_place + path;
    ListedSnapshot snapshot;
    snapshot.size = entry.size;
    snapshot.locator = locator;
    const auto head = read_start(file, k_detection_bytes);
    if (!head) {
        listing.skipped.push_back({place, head.error().message, skip_kind(head.error())});
        return;
    }
    if (entry.size > k_largest_text) {
        listing.skipped.push_back(
            {place, fmt::format("{} bytes, over the limit of {}", entry.size, k_largest_text),
             SkipKind::limit});
        return;
    }
    if (std::string reason = reason_against(*head); !reason.empty()) {
        const SkipKind kind = head->empty() ? SkipKind::empty : SkipKind::unreadable;
        listing.skipped.push_back({place, std::move(reason), kind});
        return;
    }
    const auto provenance =
        file.form == TextForm::markdown ? parse_provenance(*head) : std::optional<Provenance>();
    snapshot.facts = file.told;
    snapshot.facts.place = place;
    if (provenance) {
        complete_facts(snapshot.facts, provenance->facts);
    }
    complete_from_path(path, snapshot.facts);
    if (snapshot.facts.vendor.empty() && file.form == TextForm::markdown) {
        if (auto opening = read_start(file, k_opening)) {
            snapshot.opening = std::move(*opening);
        }
    }
    listing.snapshots.push_back(std::move(snapshot));
}

Result<SourceText> FilesReader::read(const ListedSnapshot& snapshot) const {
    const SnapshotFile& file = m_files[static_cast<std::size_t>(snapshot.locator)];
    TRY_ASSIGN(const std::string bytes, read_start(file, k_largest_text));
    return make_source(bytes, file.form);
}

}  // namespace smallprint::archive
