// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/git/git_identity.h"

#include "common/base/strings.h"
#include "common/model/snapshot.h"
#include "common/text/utf8.h"
#include "indexer/archive/content.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace smallprint {
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
    facts.vendor = repaired_utf8(path.substr(0, path.find('/')));
    facts.vendor_source = VendorSource::path;
    facts.terms_type = repaired_utf8(file_stem(path));
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
            return repaired_utf8(address);
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
        return repaired_utf8(line.substr(begin, line.find_first_of(" \t\r", begin) - begin));
    }
    return {};
}

SnapshotFacts repository_facts(std::string_view repository_name, std::string_view path) {
    SnapshotFacts facts;
    facts.vendor = repaired_utf8(repository_name);
    facts.vendor_source = VendorSource::path;
    facts.terms_type = repaired_utf8(file_stem(path));
    std::ranges::replace(facts.terms_type, '-', ' ');
    std::ranges::replace(facts.terms_type, '_', ' ');
    return facts;
}

bool describes_repository(std::string_view path) {
    const std::string file = lower_ascii(file_name(path));
    const std::string_view name = std::string_view(file).substr(0, file.find('.'));
    // A page "security.html" is rather a policy.
    return (name.size() == file.size() || is_text_file(file)) &&
           std::ranges::find(k_repository_files, name) != k_repository_files.end();
}

}  // namespace smallprint
