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
#include "indexer/archive/capture_time.h"
#include "indexer/archive/content.h"
#include "indexer/archive/decompression.h"
#include "indexer/archive/files/companions.h"
#include "indexer/archive/files/file_tree.h"
#include "indexer/archive/files/unpack.h"
#include "indexer/archive/limits.h"
#include "indexer/archive/source_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::archive {
namespace {

constexpr std::size_t k_timestamp_digits = 14;
constexpr std::size_t k_fewest_digits = 4;
constexpr std::size_t k_iso_day = 10;  // "2014-03-02"

// Endings of names that look like those of sites.
constexpr std::array<std::string_view, 13> k_no_sites = {"old",  "bak",   "backup", "tmp",   "orig",
                                                         "copy", "final", "draft",  "files", "html",
                                                         "htm",  "txt",   "json"};

using Parts = std::vector<std::string_view>;

Parts split_path(std::string_view path) {
    Parts parts;
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

// "abc.example" of a folder "abc.example:80"; empty if the folder has no name of a site.
std::string_view site_of_folder(std::string_view folder) {
    const std::string_view host = folder.substr(0, folder.find(':'));
    const std::string_view port = folder.substr(std::min(host.size() + 1, folder.size()));
    const std::string_view top = host.substr(host.rfind('.') + 1);
    return is_host_name(host) && port.size() <= 5 && std::ranges::all_of(port, is_digit) &&
                   std::ranges::find(k_no_sites, top) == k_no_sites.end()
               ? host
               : std::string_view();
}

// True of digits that stand where a tool writes the time of a capture, be they a time or not.
bool is_stamp(std::string_view part, std::size_t fewest) {
    return (part.size() >= fewest && part.size() <= k_timestamp_digits &&
            std::ranges::all_of(part, is_digit)) ||
           parse_calendar_time(part);
}

// A moment that is the whole of a name, or a day at its start or end: "privacy_2014-03-02".
std::optional<CaptureTime> time_in_name(std::string_view name) {
    if (const auto whole = parse_calendar_time(name)) {
        return whole;
    }
    if (name.size() <= k_iso_day) {
        return std::nullopt;
    }
    const bool day_first = !is_alphanumeric(name[k_iso_day]);
    const bool day_last = !is_alphanumeric(name[name.size() - k_iso_day - 1]);
    const auto first = day_first ? parse_day(name.substr(0, k_iso_day)) : std::nullopt;
    const auto last = day_last ? parse_day(name.substr(name.size() - k_iso_day)) : std::nullopt;
    const auto day = first ? first : last;
    return day && is_credible(*day) ? day : std::nullopt;
}

// The moment that the innermost of the folders in front of `end` says, also as "2014/03/02".
std::optional<CaptureTime> time_of_folders(const Parts& parts, std::size_t end) {
    for (std::size_t i = end; i-- > 0;) {
        if (const auto time = parse_calendar_time(parts[i])) {
            return time;
        }
        if (i >= 2 && parts[i - 2].size() == 4 && parts[i - 1].size() == 2 &&
            parts[i].size() == 2) {
            const auto day = fmt::format("{}-{}-{}", parts[i - 2], parts[i - 1], parts[i]);
            if (const auto time = parse_calendar_time(day)) {
                return time;
            }
        }
    }
    return std::nullopt;
}

// A page as it lay on its site.
struct Page {
    std::optional<CaptureTime> captured;
    std::string_view host;      // with a port
    std::string_view path;      // with a slash in front
    bool is_wayback_s = false;  // with all 14 digits of a time
};

// A page in a folder of its site beside one of its time. With one alone, digits below a site's
// folder may well be the site's own, such as a year.
std::optional<Page> dated_page_at(const Parts& parts, std::string_view path) {
    constexpr std::size_t day = 8;  // digits
    for (std::size_t i = 0; i + 2 < parts.size(); ++i) {
        const bool host_first = !site_of_folder(parts[i]).empty() && is_stamp(parts[i + 1], day);
        const bool time_first =
            !site_of_folder(parts[i + 1]).empty() && is_stamp(parts[i], k_fewest_digits);
        if (host_first || time_first) {
            const std::string_view stamp = parts[host_first ? i + 1 : i];
            const auto behind = static_cast<std::size_t>(parts[i + 2].data() - path.data());
            return Page{parse_calendar_time(stamp), parts[host_first ? i : i + 1],
                        path.substr(behind - 1), stamp.size() == k_timestamp_digits};
        }
    }
    return std::nullopt;
}

// A page below the outermost folder that has the name of a site, as wget and HTTrack lay it.
std::optional<Page> mirrored_page_at(const Parts& parts, std::string_view path) {
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
        if (!site_of_folder(parts[i]).empty()) {
            const auto behind = static_cast<std::size_t>(parts[i + 1].data() - path.data());
            return Page{time_of_folders(parts, i), parts[i], path.substr(behind - 1)};
        }
    }
    return std::nullopt;
}

std::optional<Page> page_at(const Parts& parts, std::string_view path) {
    const auto dated = dated_page_at(parts, path);
    if (dated && (dated->is_wayback_s || !is_text_file(path))) {
        return dated;
    }
    const bool is_named_by_time = parse_calendar_time(file_stem(parts.back())).has_value();
    return is_named_by_time || is_text_file(path) ? std::nullopt : mirrored_page_at(parts, path);
}

// Where the query begins in the name of a file. Systems that cannot have '?' in a name have "%3f",
// or '@' as wget writes for Windows: "page@lang=en". Returns how long the sign is.
std::size_t find_query(std::string_view path, std::size_t& query) {
    query = path.find('?');
    if (query != path.npos) {
        return 1;
    }
    query = lower_ascii(path).find("%3f");
    if (query != path.npos) {
        return 3;
    }
    query = path.find('@', path.rfind('/'));
    const std::string_view behind = path.substr(std::min(query, path.size()));
    const std::size_t name = std::min(behind.find('='), behind.size());
    const bool is_query = name > 1 && name < behind.size() &&
                          std::ranges::all_of(behind.substr(1, name - 1), is_alphanumeric);
    query = is_query ? query : path.npos;
    return 1;
}

// The address of a page. To a page with a query wget adds ".html" (-E), and it calls the page of a
// folder "index.html", which nobody asks for with a query.
std::string address_of(const Page& page) {
    std::string path(page.path);
    std::size_t query = 0;
    const std::size_t sign = find_query(path, query);
    if (query != path.npos) {
        path.replace(query, sign, "?");
        path.resize(path.size() - (path.ends_with(".html") ? 5 : 0));
        constexpr std::string_view k_index = "index.html";
        if (std::string_view(path).substr(0, query).ends_with("/index.html")) {
            path.erase(query - k_index.size(), k_index.size());
        }
    }
    const bool default_port = page.host.ends_with(":80") || page.host.ends_with(":443");
    return fmt::format("http://{}{}",
                       page.host.substr(0, default_port ? page.host.find(':') : page.host.npos),
                       path);
}

void complete_from_page(const Page& page, SnapshotFacts& facts) {
    facts.captured = facts.captured ? facts.captured : page.captured;
    if (facts.source_url.empty()) {
        facts.source_url = address_of(page);
    }
    if (facts.archive_url.empty() && page.captured && page.is_wayback_s) {
        facts.archive_url = wayback_address(*page.captured, facts.source_url);
    }
}

// "2024-01-31T10-20-30Z", as a release of an Open Terms Archive database names its files.
bool is_release_time(std::string_view stem) {
    return stem.size() == 20 && stem[10] == 'T' && stem[19] == 'Z' && parse_calendar_time(stem);
}

std::string_view innermost_site(const Parts& parts) {
    for (std::size_t i = parts.size() - 1; i-- > 0;) {
        if (const std::string_view site = site_of_folder(parts[i]); !site.empty()) {
            return site;
        }
    }
    return {};
}

}  // namespace

bool is_page_path(std::string_view path) {
    const auto page = dated_page_at(split_path(path), path);
    return page && (page->is_wayback_s || !is_text_file(path));
}

void complete_from_path(std::string_view path, SnapshotFacts& facts) {
    const Parts parts = split_path(path);
    if (const auto page = page_at(parts, path)) {
        complete_from_page(*page, facts);
        return;
    }
    const std::string_view stem = file_stem(parts.back());
    const bool is_released = parts.size() >= 3 && is_release_time(stem);
    const auto in_name = time_in_name(stem);
    const auto captured = in_name ? in_name : time_of_folders(parts, parts.size() - 1);
    facts.captured = facts.captured ? facts.captured : captured;
    if (!facts.vendor.empty()) {
        return;
    }
    if (is_released) {
        facts.vendor = parts[parts.size() - 3];
        facts.terms_type = facts.terms_type.empty() ? parts[parts.size() - 2] : facts.terms_type;
    } else if (is_host_name(stem)) {
        facts.vendor = stem;
    } else if (const std::string_view site = innermost_site(parts); !site.empty()) {
        facts.vendor = site;
        if (facts.terms_type.empty() && !is_stamp(stem, k_fewest_digits)) {
            facts.terms_type = terms_type_of_name(stem);
        }
    }
    facts.vendor_source = facts.vendor.empty() ? VendorSource::unknown : VendorSource::path;
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

Result<Unpacked> FilesReader::read_start(const SnapshotFile& file, std::size_t size) const {
    TRY_ASSIGN(const io::FileBytes bytes, m_tree->open(file.number));
    TRY_ASSIGN(std::string start, bytes.read(0, size));
    if (!may_be_compressed(start)) {
        return Unpacked{std::move(start)};
    }
    TRY_ASSIGN(start, bytes.read(0, k_largest_text));
    TRY_ASSIGN(Unpacked unpacked, unpack_unlabelled(std::move(start), k_largest_text));
    if (unpacked.is_cut) {
        return fail(ErrorCode::input, "compressed data that is cut off");
    }
    unpacked.bytes.resize(std::min(unpacked.bytes.size(), size));
    return unpacked;
}

void FilesReader::list_file(std::size_t locator, Listing& listing) const {
    const SnapshotFile& file = m_files[locator];
    const TreeFile& entry = m_tree->files()[file.number];
    const std::string& path = file.path.empty() ? entry.path : file.path;
    const std::string place = m_place + entry.path;
    ListedSnapshot snapshot;
    snapshot.size = entry.size;
    snapshot.locator = locator;
    const auto start = read_start(file, k_detection_bytes);
    if (!start) {
        listing.skipped.push_back({place, start.error().message, skip_kind(start.error())});
        return;
    }
    const std::string& head = start->bytes;
    if (start->behind > 0) {
        listing.skipped.push_back({place, told_behind(start->behind)});
    }
    if (entry.size > k_largest_text) {
        listing.skipped.push_back(
            {place, fmt::format("{} bytes, over the limit of {}", entry.size, k_largest_text),
             SkipKind::limit});
        return;
    }
    if (std::string reason = reason_against(head); !reason.empty()) {
        const SkipKind kind = head.empty() ? SkipKind::empty : SkipKind::unreadable;
        listing.skipped.push_back({place, std::move(reason), kind});
        return;
    }
    const auto provenance =
        file.form == TextForm::markdown ? parse_provenance(head) : std::optional<Provenance>();
    snapshot.facts = file.told;
    snapshot.facts.place = place;
    if (provenance) {
        complete_facts(snapshot.facts, provenance->facts);
    }
    if (file.form == TextForm::html) {
        complete_facts(snapshot.facts, read_saved_page(head));
    }
    complete_from_path(path, snapshot.facts);
    if (snapshot.facts.vendor.empty() && file.form == TextForm::markdown) {
        if (auto opening = read_start(file, k_opening)) {
            snapshot.opening = std::move(opening->bytes);
        }
    }
    listing.snapshots.push_back(std::move(snapshot));
}

Result<SourceText> FilesReader::read(const ListedSnapshot& snapshot) const {
    const SnapshotFile& file = m_files[static_cast<std::size_t>(snapshot.locator)];
    TRY_ASSIGN(const Unpacked text, read_start(file, k_largest_text));
    return make_source(text.bytes, file.form);
}

}  // namespace smallprint::archive
