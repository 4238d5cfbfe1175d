// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/git/git_reader.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/model/listing.h"
#include "common/model/snapshot.h"
#include "common/text/utf8.h"
#include "indexer/archive/content.h"
#include "indexer/archive/git/git_bundle.h"
#include "indexer/archive/git/git_history.h"
#include "indexer/archive/git/git_object_store.h"
#include "indexer/archive/git/git_objects.h"
#include "indexer/archive/limits.h"
#include "indexer/archive/source_text.h"

#include <fmt/format.h>

#include <git2.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <ranges>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace smallprint::archive {
namespace {

constexpr std::array<std::string_view, 14> k_repository_files = {
    "authors", "changelog",    "code_of_conduct", "code-of-conduct", "codeowners",
    "copying", "contributing", "contributors",    "licence",         "license",
    "notes",   "notice",       "readme",          "security"};
constexpr std::array<std::string_view, 2> k_reextractions = {
    "Apply technical or declaration upgrade on ", "Refilter "};
constexpr std::string_view k_address = "https://";
constexpr std::string_view k_commit = "/commit/";
constexpr std::string_view k_page = "x-source-document-location:";

std::string_view file_name(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}

std::string_view file_stem(std::string_view path) {
    const std::string_view file = file_name(path);
    return file.substr(0, file.rfind('.'));
}

namespace fs = std::filesystem;

// "archive" of /home/me/archive, /home/me/archive.git and /home/me/archive/.git.
std::string folder_name(const fs::path& folder) {
    fs::path path = fs::absolute(folder).lexically_normal();
    path = path.has_filename() ? path : path.parent_path();
    path = path.filename() == ".git" ? path.parent_path() : path;
    return path.extension() == ".git" ? path.stem().string() : path.filename().string();
}

// To be looked up by; lives as long as the id.
std::string_view bytes_of(const git_oid& id) {
    return {reinterpret_cast<const char*>(id.id), GIT_OID_RAWSZ};  // NOLINT: unsigned char to char
}

}  // namespace

bool is_terms_archive_version(std::string_view path, std::string_view message) {
    if (std::ranges::count(path, '/') != 1) {
        return false;
    }
    const std::string_view service = path.substr(0, path.find('/'));
    const std::string named = std::string(service) + ' ' + std::string(file_stem(path));
    return message.substr(0, message.find('\n')).find(named) != std::string_view::npos;
}

SnapshotFacts terms_archive_facts(std::string_view path) {
    SnapshotFacts facts;
    facts.vendor = text::repaired_utf8(path.substr(0, path.find('/')));
    facts.vendor_source = VendorSource::path;
    facts.terms_type = text::repaired_utf8(file_stem(path));
    return facts;
}

bool is_reextraction(std::string_view path, std::string_view message) {
    return is_terms_archive_version(path, message) &&
           std::ranges::any_of(k_reextractions, [&](std::string_view opening) {
               return message.starts_with(opening);
           });
}

// Captures are commits of a repository beside the archive's, whose name says so:
// https://github.com/OpenTermsArchive/pga-snapshots/commit/25e5e01..., .../snapshots-dating/...
std::string capture_address(std::string_view message) {
    while (true) {
        message.remove_prefix(std::min(message.find(k_address), message.size()));
        if (message.empty()) {
            return {};
        }
        const std::string_view address = message.substr(0, message.find_first_of(" \t\r\n)"));
        const std::string_view repository = address.substr(0, address.find(k_commit));
        if (repository.size() < address.size() &&
            file_name(repository).find("snapshots") != std::string_view::npos) {
            return text::repaired_utf8(address);
        }
        message.remove_prefix(address.size());
    }
}

std::string page_address(std::string_view message) {
    while (!message.empty()) {
        const std::string_view line = cut_until(message, '\n');
        if (lower_ascii(line.substr(0, k_page.size())) != k_page) {
            continue;
        }
        const std::size_t begin = std::min(line.find("http", k_page.size()), line.size());
        return text::repaired_utf8(line.substr(begin, line.find_first_of(" \t\r", begin) - begin));
    }
    return {};
}

SnapshotFacts repository_facts(std::string_view repository_name, std::string_view path) {
    SnapshotFacts facts;
    facts.vendor = text::repaired_utf8(repository_name);
    facts.vendor_source = VendorSource::path;
    facts.terms_type = terms_type_of_name(file_stem(path));
    return facts;
}

bool describes_repository(std::string_view path) {
    const std::string file = lower_ascii(file_name(path));
    const std::string_view name = std::string_view(file).substr(0, file.find('.'));
    // A page "security.html" is rather a policy.
    return (name.size() == file.size() || is_text_file(file)) &&
           std::ranges::find(k_repository_files, name) != k_repository_files.end();
}

GitReader::GitReader(fs::path folder, OwnerTrust trust)
    : m_folder(std::move(folder)), m_name(folder_name(m_folder)), m_trust(trust) {}

GitReader::GitReader(std::string name, BundleRepository bundle)
    : m_bundle(std::move(bundle)), m_folder(m_bundle->folder()), m_name(std::move(name)),
      m_trust(OwnerTrust::own) {}

Result<Listing> GitReader::list() {
    TRY_ASSIGN(const GitRepository repository, open_repository(m_folder, m_trust));
    TRY_ASSIGN(GitObjectStore objects, GitObjectStore::open(*repository));
    TRY_ASSIGN(GitHistory history, read_history(*repository, objects));
    const std::map<std::string, SnapshotFacts> facts = find_facts(objects, history);
    Listing listing;
    listing.skipped = std::move(history.skipped);
    std::set<std::string> left_out;
    for (const GitVersion& version : history.versions) {
        if (const auto known = facts.find(version.path); known != facts.end()) {
            list_version(objects, history, version, known->second, listing);
        } else if (left_out.insert(version.path).second) {
            listing.skipped.push_back({text::repaired_utf8(version.path),
                                       "describes the repository, not a policy", SkipKind::aside});
        }
    }
    number_texts(listing);
    give_back(std::move(objects));
    return listing;
}

std::map<std::string, SnapshotFacts> GitReader::find_facts(const GitObjectStore& objects,
                                                           const GitHistory& history) const {
    std::map<std::string, SnapshotFacts> facts;
    for (const GitVersion& version : history.versions) {
        if (is_terms_archive_version(version.path, history.commits[version.commit].message)) {
            facts.try_emplace(version.path, terms_archive_facts(version.path));
        }
    }
    // The newest version that can be read tells; one that is lost must not give its file another
    // vendor.
    std::set<std::string> told;
    std::set<std::string> untold;
    for (const GitVersion& version : history.versions | std::views::reverse) {
        if (facts.contains(version.path) || told.contains(version.path)) {
            continue;
        }
        const auto text = objects.read(version.blob, GIT_OBJECT_BLOB);
        if (!text || text->empty()) {
            untold.insert(version.path);
            continue;
        }
        told.insert(version.path);
        if (const auto provenance = parse_provenance(*text)) {
            SnapshotFacts& known = facts[version.path];
            known.vendor = provenance->facts.vendor;
            known.vendor_source = VendorSource::provenance;
            known.terms_type = provenance->facts.terms_type;
        }
    }
    told.merge(untold);
    for (const std::string& path : told) {
        if (!facts.contains(path) && !describes_repository(path)) {
            facts[path] = repository_facts(m_name, path);
        }
    }
    return facts;
}

void GitReader::list_version(const GitObjectStore& objects, const GitHistory& history,
                             const GitVersion& version, SnapshotFacts facts, Listing& listing) {
    const GitCommitFacts& commit = history.commits[version.commit];
    const std::string place = fmt::format("{}@{}", text::repaired_utf8(version.path),
                                          std::string_view(commit.id).substr(0, 10));
    const auto size = objects.size_of(version.blob, GIT_OBJECT_BLOB);
    if (!size) {
        listing.skipped.push_back({place, size.error().message, SkipKind::unreadable});
    } else if (*size == 0) {
        listing.skipped.push_back({place, "empty file", SkipKind::empty});
    } else if (*size > k_largest_text) {
        listing.skipped.push_back(
            {place, fmt::format("{} bytes, over the limit of {}", *size, k_largest_text),
             SkipKind::limit});
    } else {
        ListedSnapshot snapshot;
        snapshot.facts = std::move(facts);
        snapshot.facts.place = place;
        snapshot.facts.captured = commit.captured;
        snapshot.facts.source_url = page_address(commit.message);
        snapshot.facts.archive_url = capture_address(commit.message);
        snapshot.facts.reextracted = is_reextraction(version.path, commit.message);
        snapshot.size = *size;
        snapshot.locator = m_blobs.size();
        m_blobs.push_back(version.blob);
        listing.snapshots.push_back(std::move(snapshot));
    }
}

void GitReader::number_texts(Listing& listing) const {
    std::unordered_map<std::string_view, std::size_t> first;  // snapshot of each blob
    first.reserve(m_blobs.size());
    std::uint64_t numbered = 0;
    for (std::size_t i = 0; i < listing.snapshots.size(); ++i) {
        ListedSnapshot& snapshot = listing.snapshots[i];
        const auto [known, is_new] = first.try_emplace(bytes_of(m_blobs[snapshot.locator]), i);
        if (is_new) {
            continue;
        }
        std::uint64_t& number = listing.snapshots[known->second].text_number;
        number = number == 0 ? ++numbered : number;
        snapshot.text_number = number;
    }
}

Result<SourceText> GitReader::read(const ListedSnapshot& snapshot) const {
    TRY_ASSIGN(GitObjectStore objects, borrow());
    auto bytes = objects.read(m_blobs[static_cast<std::size_t>(snapshot.locator)], GIT_OBJECT_BLOB);
    give_back(std::move(objects));
    if (!bytes) {
        return fail(bytes.error());
    }
    if (const std::string reason = reason_against(*bytes); !reason.empty()) {
        return fail(ErrorCode::input, reason);
    }
    TRY_ASSIGN(SourceText source, make_source(*bytes, TextForm::markdown));
    if (const auto provenance = parse_provenance(source.bytes)) {
        source.source_url = provenance->facts.source_url;
        source.archive_url = provenance->facts.archive_url;
    }
    return source;
}

Result<GitObjectStore> GitReader::borrow() const {
    {
        const std::lock_guard lock(m_mutex);
        if (!m_free.empty()) {
            GitObjectStore objects = std::move(m_free.back());
            m_free.pop_back();
            return objects;
        }
    }
    TRY_ASSIGN(const GitRepository repository, open_repository(m_folder, m_trust));
    return GitObjectStore::open(*repository);
}

void GitReader::give_back(GitObjectStore objects) const {
    const std::lock_guard lock(m_mutex);
    m_free.push_back(std::move(objects));
}

}  // namespace smallprint::archive
