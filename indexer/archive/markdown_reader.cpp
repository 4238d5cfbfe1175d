// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/markdown_reader.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/io/file.h"
#include "common/model/listing.h"
#include "common/text/utf8.h"
#include "indexer/archive/limits.h"
#include "indexer/archive/provenance.h"
#include "indexer/archive/text_files.h"

#include <fmt/format.h>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

namespace smallprint {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_head = 8192;  // bytes that hold any provenance line

}  // namespace

MarkdownReader::MarkdownReader(fs::path source) : m_source(std::move(source)) {}

Result<Listing> MarkdownReader::list() {
    Listing listing;
    std::error_code error;
    const fs::file_status status = fs::status(m_source, error);
    if (status.type() == fs::file_type::none) {
        return fail(ErrorCode::input,
                    fmt::format("cannot look at '{}': {}", m_source.string(), error.message()));
    }
    if (!fs::exists(status)) {
        return fail(ErrorCode::input, fmt::format("there is no '{}'", m_source.string()),
                    "name a folder or file with policies");
    }
    if (fs::is_regular_file(status)) {
        list_file(m_source, listing);
        return listing;
    }
    if (!fs::is_directory(status)) {
        return fail(ErrorCode::input,
                    fmt::format("'{}' is neither a file nor a folder", m_source.string()));
    }
    TRY_ASSIGN(const FileWalk found, walk(m_source));
    for (const Unreadable& entry : found.unreadable) {
        listing.skipped.push_back({repaired_utf8(entry.path.string()), entry.reason});
    }
    for (const FileEntry& file : found.files) {
        if (is_text_file(file.path.string())) {
            list_file(file.path, listing);
        } else {
            listing.skipped.push_back(
                {repaired_utf8(file.path.lexically_relative(m_source).string()),
                 std::string(k_not_text_file)});
        }
    }
    return listing;
}

void MarkdownReader::list_file(const fs::path& path, Listing& listing) {
    const fs::path relative =
        path == m_source ? path.filename() : path.lexically_relative(m_source);
    ListedSnapshot snapshot;
    snapshot.place = repaired_utf8(relative.generic_string());
    const auto head = read_file(path, k_head);
    if (!head) {
        listing.skipped.push_back({snapshot.place, head.error().message});
        return;
    }
    std::error_code error;
    snapshot.size = fs::file_size(path, error);
    std::string reason = reason_against(*head);
    if (snapshot.size > k_largest_text) {
        reason = fmt::format("{} bytes, over the limit of {}", snapshot.size, k_largest_text);
    }
    if (!reason.empty()) {
        listing.skipped.push_back({snapshot.place, reason});
        return;
    }
    if (std::optional<Provenance> provenance = parse_provenance(*head)) {
        snapshot.facts = std::move(provenance->facts);
    } else if (auto opening = read_file(path, k_opening)) {
        snapshot.opening = std::move(*opening);
    }
    snapshot.locator = m_files.size();
    m_files.push_back(path);
    listing.snapshots.push_back(std::move(snapshot));
}

Result<SourceText> MarkdownReader::read(const ListedSnapshot& snapshot) const {
    const fs::path& path = m_files[static_cast<std::size_t>(snapshot.locator)];
    TRY_ASSIGN(std::string bytes, read_file(path, k_largest_text));
    const std::optional<Provenance> provenance = parse_provenance(bytes);
    const std::size_t begin = provenance                          ? provenance->size
                              : bytes.starts_with("\xEF\xBB\xBF") ? 3
                                                                  : 0;
    SourceText source;
    source.bytes = std::move(bytes);
    source.begin = begin;
    return source;
}

}  // namespace smallprint
