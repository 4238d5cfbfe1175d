// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/html/web/web_files.h"

#include "common/base/hash.h"
#include "common/base/result.h"
#include "common/io/file.h"
#include "searcher/html/web/web_data.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint::html {
namespace {

struct FileType {
    std::string_view ending;
    std::string_view media_type;  // empty: not served
};

constexpr std::array k_types = {
    FileType{".mustache", ""},
    FileType{".css", "text/css; charset=utf-8"},
    FileType{".js", "text/javascript; charset=utf-8"},
    FileType{".svg", "image/svg+xml"},
};

constexpr std::size_t k_hash_digits = 12;
constexpr std::size_t k_largest_file = std::size_t{1024} * 1024;

const FileType* type_of(std::string_view name) {
    for (const FileType& type : k_types) {
        if (name.ends_with(type.ending)) {
            return &type;
        }
    }
    return nullptr;
}

}  // namespace

void WebFiles::add(std::string name, std::string bytes) {
    const FileType* type = type_of(name);
    if (type != nullptr) {
        WebFile file{name, std::string(type->media_type), std::move(bytes)};
        m_files.insert_or_assign(std::move(name), std::move(file));
    }
}

void WebFiles::finish() {
    Digest128 digest;
    for (const auto& [name, file] : m_files) {
        if (!file.type.empty()) {
            digest.add(name);
            digest.add(std::string_view("\0", 1));
            digest.add(file.bytes);
        }
    }
    m_hash = digest.value().substr(0, k_hash_digits);
}

const WebFiles& WebFiles::built_in() {
    static const WebFiles files = [] {
        WebFiles made;
        for (const EmbeddedFile& file : embedded_web_files()) {
            made.add(std::string(file.name), std::string(file.bytes));
        }
        made.finish();
        return made;
    }();
    return files;
}

Result<WebFiles> WebFiles::from_folder(const std::filesystem::path& folder) {
    TRY_ASSIGN(const io::FileWalk found, io::walk(folder));
    WebFiles files;
    for (const io::FileEntry& entry : found.files) {
        const std::string name = entry.path.filename().string();
        if (type_of(name) != nullptr) {
            TRY_ASSIGN(std::string bytes, io::read_file(entry.path, k_largest_file));
            files.add(name, std::move(bytes));
        }
    }
    files.finish();
    return files;
}

const WebFile* WebFiles::find(std::string_view name) const {
    const auto found = m_files.find(name);
    return found == m_files.end() ? nullptr : &found->second;
}

std::string WebFiles::address_of(std::string_view name) const {
    return fmt::format("/assets/{}/{}", m_hash, name);
}

}  // namespace smallprint::html
