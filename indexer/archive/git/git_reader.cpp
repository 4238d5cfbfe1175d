// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/git/git_reader.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/model/listing.h"
#include "common/model/snapshot.h"
#include "common/text/utf8.h"
#include "indexer/archive/capture_time.h"
#include "indexer/archive/content.h"
#include "indexer/archive/files/companions.h"
#include "indexer/archive/files/files_reader.h"
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
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

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

std::string_view file_stem(std::string_view path) {
    const std::string_view file = file_name(path);
    return file.substr(0, file.rfind('.'));
}

namespace fs = std::filesystem;
// Folders that are called after how a repository is laid out, not after who published a text.
constexpr std::array<std::string_view, 30> k_common_folders = {
    "docs",      "doc",     "data",   "texts",     "text",     "src",       "content", "versions",
    "snapshots", "pages",   "public", "archive",   "archives", "documents", "website", "site",
    "web",       "static",  "assets", "html",      "markdown", "app",       "lib",     "test",
    "tests",     "locales", "i18n",   "templates", "drafts",   "www"};
// Names with one of these are those of documents.
constexpr std::array<std::string_view, 15> k_document_words = {
    "privacy",    "terms", "polic",          "cookie",     "agreement",
    "conditions", "eula",  "notice",         "guideline",  "datenschutz",
    "gdpr",       "ccpa",  "confidentialit", "privacidad", "statement"};
constexpr std::array<std::string_view, 4> k_document_names = {"tos", "agb", "legal", "imprint"};

// The folders of a path, innermost first.
std::vector<std::string_view> folders_of(std::string_view path) {
    std::vector<std::string_view> folders;
    for (std::size_t end = path.rfind('/'); end != std::string_view::npos;
         end = path.rfind('/', end - 1)) {
        const std::size_t begin = end == 0 ? 0 : path.rfind('/', end - 1) + 1;
        folders.push_back(path.substr(begin, end - begin));
        if (begin == 0) {
            break;
        }
    }
    return folders;
}

bool is_document_name(std::string_view name) {
    const std::string lower = lower_ascii(name);
    return std::ranges::find(k_document_names, lower) != k_document_names.end() ||
           std::ranges::any_of(k_document_words, [&](std::string_view word) {
               return lower.find(word) != lower.npos;
           });
}

// "en" and "pt-BR", dates and hidden folders are no names of vendors either.
bool names_no_vendor(std::string_view folder) {
    const bool is_language = folder.size() == 2 || (folder.size() == 5 && folder[2] == '-');
    return is_language || folder.starts_with('.') || is_document_name(folder) ||
           folder.find_first_not_of("0123456789-._") == std::string_view::npos ||
           std::ranges::find(k_common_folders, lower_ascii(folder)) != k_common_folders.end();
}

// What cannot be read of the declarations declares nothing.
std::vector<DeclaredAddress> read_declarations(const GitObjectStore& objects,
                                               const GitHistory& history) {
    std::vector<DeclaredAddress> addresses;
    for (const GitVersion& version : history.declarations) {
        const auto text = objects.read(version.blob, GIT_OBJECT_BLOB);
        for (DeclaredAddress& address : parse_declaration(version.path, text.value_or(""))) {
            address.since = history.commits[version.commit].captured;
            addresses.push_back(std::move(address));
        }
    }
    return addresses;
}

bool is_terms_path(std::string_view path) {
    return std::ranges::count(path, '/') == 1 && !describes_repository(path);
}

// A repository is a terms archive if its commits name what most files at such paths are; single
// commits that do not, such as those that rename a service, say nothing of their files.
bool is_terms_archive(const GitHistory& history) {
    std::size_t named = 0;
    std::size_t all = 0;
    for (const GitVersion& version : history.versions) {
        if (is_terms_path(version.path)) {
            ++all;
            named += names_terms(version.path, history.commits[version.commit].message) ? 1U : 0U;
        }
    }
    return named > 0 && 2 * named >= all;
}

// The text of an object, as long as there are bytes left for it.
Result<std::string> read_within(const GitObjectStore& objects, const git_oid& blob,
                                std::uint64_t& left) {
    if (left == 0) {
        return fail(ErrorCode::limit, "too much text");
    }
    auto text = objects.read(blob, GIT_OBJECT_BLOB);
    left -= std::min<std::uint64_t>(left, text ? text->size() : 0);
    return text;
}

// To be looked up by; lives as long as the id.
std::string_view bytes_of(const git_oid& id) {
    return {reinterpret_cast<const char*>(id.id), GIT_OID_RAWSZ};  // NOLINT: unsigned char to char
}

}  // namespace

bool names_terms(std::string_view path, std::string_view message) {
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

bool is_reextraction(std::string_view message) {
    return std::ranges::any_of(
        k_reextractions, [&](std::string_view opening) { return message.starts_with(opening); });
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

SnapshotFacts layout_facts(std::string_view path) {
    SnapshotFacts facts;
    complete_from_path(path, facts);
    if (!facts.source_url.empty()) {
        return facts;  // the page of a mirror, which the catalog reads
    }
    const std::vector<std::string_view> folders = folders_of(path);
    const std::string_view stem = file_stem(path);
    if (facts.terms_type.empty() && facts.vendor == stem) {
        const auto typed = std::ranges::find_if(folders, is_document_name);
        facts.terms_type = typed == folders.end() ? "" : terms_type_of_name(*typed);
    } else if (facts.terms_type.empty() && !parse_calendar_time(stem)) {
        const bool is_named_by_folder = stem == "index" && !folders.empty();
        facts.terms_type = terms_type_of_name(is_named_by_folder ? folders.front() : stem);
    }
    // Only beside a document's name is a folder's that of a vendor: "taxes/ohio.md" has none.
    const auto named = std::ranges::find_if_not(folders, names_no_vendor);
    if (facts.vendor.empty() && named != folders.end() && is_document_name(stem)) {
        facts.vendor = text::repaired_utf8(*named);
        facts.vendor_source = VendorSource::path;
    }
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
    : m_folder(std::move(folder)), m_trust(trust) {}

GitReader::GitReader(BundleRepository bundle)
    : m_bundle(std::move(bundle)), m_folder(m_bundle->folder()), m_trust(OwnerTrust::own) {}

Result<Listing> GitReader::list() {
    TRY_ASSIGN(const GitRepository repository, open_repository(m_folder, m_trust));
    TRY_ASSIGN(GitObjectStore objects, GitObjectStore::open(*repository));
    TRY_ASSIGN(GitHistory history, read_history(*repository, objects));
    const bool can_reextract = is_terms_archive(history);
    m_text_left = k_most_text.of(objects.size_on_disk());
    PolicyFiles files = find_files(objects, history);
    Listing listing;
    listing.skipped = std::move(history.skipped);
    listing.addresses = read_declarations(objects, history);
    std::set<std::string> left_out;
    for (std::size_t i = 0; i < history.versions.size(); ++i) {
        const GitVersion& version = history.versions[i];
        if (const auto known = files.find(version.path); known != files.end()) {
            ListedSnapshot snapshot;
            snapshot.facts = known->second.facts;
            if (snapshot.facts.vendor.empty()) {
                // The oldest commit is the same in every clone.
                snapshot.document = fmt::format("{}:{}", history.commits.front().id,
                                                text::repaired_utf8(version.path));
                snapshot.opening =
                    i == known->second.newest ? std::move(known->second.opening) : std::string();
            }
            snapshot.facts.reextracted =
                can_reextract && is_reextraction(history.commits[version.commit].message);
            list_version(objects, history, version, std::move(snapshot), listing);
        } else if (left_out.insert(version.path).second) {
            listing.skipped.push_back({text::repaired_utf8(version.path),
                                       "describes the repository, not a policy", SkipKind::aside});
        }
    }
    number_texts(listing);
    m_objects = std::make_unique<GitObjectStore>(std::move(objects));
    return listing;
}

std::optional<GitReader::PolicyFile> GitReader::describe_file(const std::string& path,
                                                              std::string_view text) {
    const auto provenance = parse_provenance(text);
    if (!provenance && describes_repository(path)) {
        return std::nullopt;
    }
    PolicyFile file;
    file.facts = layout_facts(path);
    if (provenance) {
        file.facts.vendor = provenance->facts.vendor;
        file.facts.vendor_source = VendorSource::provenance;
        file.facts.terms_type = provenance->facts.terms_type;
    } else if (file.facts.vendor.empty() && is_text_file(path)) {
        file.opening = text.substr(0, k_opening);
    }
    return file;
}

GitReader::PolicyFiles GitReader::find_files(const GitObjectStore& objects,
                                             const GitHistory& history) {
    const bool keeps_terms = is_terms_archive(history);
    std::uint64_t left = k_most_text.of(objects.size_on_disk());
    PolicyFiles files;
    std::set<std::string> left_out;
    std::set<std::string> untold;
    // The newest version that can be read tells; one that is lost must not give its file another
    // vendor.
    for (std::size_t i = history.versions.size(); i-- > 0;) {
        const auto& [path, blob, commit] = history.versions[i];
        if (files.contains(path) || left_out.contains(path)) {
            continue;
        }
        if (keeps_terms && is_terms_path(path)) {
            files[path] = {terms_archive_facts(path), "", i};
        } else if (const auto text = read_within(objects, blob, left); !text || text->empty()) {
            untold.insert(path);
        } else if (auto file = describe_file(path, *text)) {
            file->newest = i;
            files[path] = std::move(*file);
        } else {
            left_out.insert(path);
        }
    }
    for (const std::string& path : untold) {
        if (auto file = describe_file(path, ""); file && !left_out.contains(path)) {
            files.try_emplace(path, std::move(*file));
        }
    }
    return files;
}

void GitReader::list_version(const GitObjectStore& objects, const GitHistory& history,
                             const GitVersion& version, ListedSnapshot snapshot, Listing& listing) {
    const GitCommitFacts& commit = history.commits[version.commit];
    const std::string place = fmt::format("{}@{}", text::repaired_utf8(version.path),
                                          std::string_view(commit.id).substr(0, 10));
    const auto size = objects.size_of(version.blob, GIT_OBJECT_BLOB);
    if (!size) {
        listing.skipped.push_back({place, size.error().message, skip_kind(size.error())});
    } else if (*size == 0) {
        listing.skipped.push_back({place, "empty file", SkipKind::empty});
    } else if (*size > k_largest_text) {
        listing.skipped.push_back(
            {place, fmt::format("{} bytes, over the limit of {}", *size, k_largest_text),
             SkipKind::limit});
    } else if (*size > m_text_left) {
        listing.skipped.push_back(
            {place, "its history has more text than so few bytes of objects can stand for",
             SkipKind::limit});
    } else {
        m_text_left -= *size;
        SnapshotFacts& facts = snapshot.facts;
        facts.place = place;
        facts.captured = facts.captured ? facts.captured : commit.captured;
        if (std::string page = page_address(commit.message); !page.empty()) {
            facts.source_url = std::move(page);
        }
        facts.archive_url = capture_address(commit.message);
        snapshot.size = *size;
        snapshot.locator = m_texts.size();
        m_texts.push_back(
            {version.blob, is_html_file(version.path) ? TextForm::html : TextForm::markdown});
        listing.snapshots.push_back(std::move(snapshot));
    }
}

void GitReader::number_texts(Listing& listing) const {
    // The snapshots in which each blob is first, as text and as page.
    std::array<std::unordered_map<std::string_view, std::size_t>, 2> firsts;
    std::uint64_t numbered = 0;
    for (std::size_t i = 0; i < listing.snapshots.size(); ++i) {
        ListedSnapshot& snapshot = listing.snapshots[i];
        const Text& text = m_texts[snapshot.locator];
        const auto [known, is_new] =
            firsts.at(text.form == TextForm::html ? 1 : 0).try_emplace(bytes_of(text.blob), i);
        if (is_new) {
            continue;
        }
        std::uint64_t& number = listing.snapshots[known->second].text_number;
        number = number == 0 ? ++numbered : number;
        snapshot.text_number = number;
    }
}

Result<SourceText> GitReader::read(const ListedSnapshot& snapshot) const {
    GitObjectStore objects = borrow();
    const Text& text = m_texts[static_cast<std::size_t>(snapshot.locator)];
    auto bytes = objects.read(text.blob, GIT_OBJECT_BLOB);
    give_back(std::move(objects));
    if (!bytes) {
        return fail(bytes.error());
    }
    if (const std::string reason = reason_against(*bytes); !reason.empty()) {
        return fail(ErrorCode::input, reason);
    }
    TRY_ASSIGN(SourceText source, make_source(*bytes, text.form));
    if (const auto provenance = parse_provenance(source.bytes)) {
        source.source_url = provenance->facts.source_url;
        source.archive_url = provenance->facts.archive_url;
    }
    return source;
}

GitObjectStore GitReader::borrow() const {
    {
        const std::lock_guard lock(m_mutex);
        if (!m_free.empty()) {
            GitObjectStore objects = std::move(m_free.back());
            m_free.pop_back();
            return objects;
        }
    }
    return m_objects->share();
}

void GitReader::give_back(GitObjectStore objects) const {
    const std::lock_guard lock(m_mutex);
    m_free.push_back(std::move(objects));
}

}  // namespace smallprint::archive
