// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/git_identity.h"

#include "common/base/ascii.h"
#include "common/model/snapshot.h"
#include "common/text/utf8.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

constexpr std::array<std::string_view, 8> k_repository_files = {
    "readme",    "license",         "licence",    "contributing",
    "changelog", "code_of_conduct", "codeowners", "security"};
constexpr std::string_view k_before_capture = "https://github.com/";
constexpr std::string_view k_capture_path = "-snapshots/commit/";

std::string_view file_of(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}

std::string_view stem_of(std::string_view path) {
    const std::string_view file = file_of(path);
    return file.substr(0, file.rfind('.'));
}

}  // namespace

bool is_terms_archive_version(std::string_view path, std::string_view message) {
    if (std::ranges::count(path, '/') != 1) {
        return false;
    }
    const std::string_view service = path.substr(0, path.find('/'));
    const std::string named = std::string(service) + ' ' + std::string(stem_of(path));
    return message.substr(0, message.find('\n')).find(named) != std::string_view::npos;
}

SnapshotFacts terms_archive_facts(std::string_view path) {
    SnapshotFacts facts;
    facts.vendor = repaired_utf8(path.substr(0, path.find('/')));
    facts.vendor_source = VendorSource::path;
    facts.terms_type = repaired_utf8(stem_of(path));
    return facts;
}

std::string capture_address(std::string_view message) {
    const std::size_t capture = message.find(k_capture_path);
    const std::size_t begin =
        capture == std::string_view::npos ? capture : message.rfind(k_before_capture, capture);
    if (begin == std::string_view::npos) {
        return {};
    }
    const std::size_t end = std::min(message.find_first_of(" \t\r\n)", begin), message.size());
    return repaired_utf8(message.substr(begin, end - begin));
}

SnapshotFacts repository_facts(std::string_view repository_name, std::string_view path) {
    SnapshotFacts facts;
    facts.vendor = repaired_utf8(repository_name);
    facts.vendor_source = VendorSource::path;
    facts.terms_type = repaired_utf8(stem_of(path));
    std::ranges::replace(facts.terms_type, '-', ' ');
    std::ranges::replace(facts.terms_type, '_', ' ');
    return facts;
}

bool describes_repository(std::string_view path) {
    const std::string stem = lower_ascii(stem_of(path));
    return std::ranges::find(k_repository_files, stem) != k_repository_files.end();
}

}  // namespace smallprint
