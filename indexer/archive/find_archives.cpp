// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/find_archives.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/io/file_bytes.h"
#include "common/model/listing.h"
#include "common/text/utf8.h"
#include "indexer/archive/archive_reader.h"
#include "indexer/archive/content.h"
#include "indexer/archive/file_tree.h"
#include "indexer/archive/files_reader.h"
#include "indexer/archive/folder_tree.h"
#include "indexer/archive/git_reader.h"
#include "indexer/archive/limits.h"
#include "indexer/archive/reading_options.h"
#include "indexer/archive/single_file_tree.h"
#include "indexer/archive/unpack.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace smallprint {
namespace {

namespace fs = std::filesystem;

using TreePointer = std::shared_ptr<const FileTree>;

// A file that is being looked at.
struct File {
    std::string place;
    FileBytes bytes;
};

// What stands in front of a compressed file's last ending: "a.warc" of "a.warc.gz".
std::string without_ending(const std::string& path) {
    const std::size_t dot = path.rfind('.');
    return dot == path.npos || dot == 0 ? path : path.substr(0, dot);
}

class Finder {
public:
    Finder(fs::path source, const ReadingOptions& options)
        : m_source(std::move(source)), m_options(options) {}

    // `place` stands before the paths of the tree.
    void visit(const TreePointer& tree, const std::string& place, int nesting) {
        auto snapshots = std::make_unique<FilesReader>(tree, place);
        auto pages = std::make_unique<FilesReader>(tree, place);
        std::error_code error;
        const bool is_named = nesting == 0 && fs::is_regular_file(m_source, error);
        for (std::size_t i = 0; i < tree->files().size(); ++i) {
            const std::string& path = tree->files()[i].path;
            auto bytes = tree->open(i);
            if (!bytes) {
                skip(place + path, bytes.error());
                continue;
            }
            ToldContent told = tell(path, *bytes);
            if (is_named && told.content == Content::unknown) {
                told.content = Content::text;  // since it was named, it is for the reader to say no
            }
            if (told.content == Content::text) {
                snapshots->add({i, TextForm::markdown});
            } else if (told.content == Content::html) {
                pages->add({i, TextForm::html});
            } else {
                visit_file({place + path, std::move(*bytes)}, told, nesting);
            }
        }
        for (const fs::path& repository : tree->repositories()) {
            add(repaired_utf8(repository.string()), ArchiveFormat::git,
                std::make_unique<GitReader>(repository));
        }
        for (const Skipped& item : tree->skipped()) {
            m_found.skipped.push_back({place + item.place, item.reason, item.kind});
        }
        const std::string name = place.empty() ? repaired_utf8(m_source.string()) : place;
        add_unless_empty(name, ArchiveFormat::markdown, std::move(snapshots));
        add_unless_empty(name, ArchiveFormat::html, std::move(pages));
    }

    FoundArchives take() { return std::move(m_found); }

private:
    ToldContent tell(const std::string& path, const FileBytes& bytes) const {
        if (m_options.format) {
            return {content_of(*m_options.format), ""};
        }
        const auto head = bytes.read(0, k_telling_bytes);
        return head ? tell_content(path, *head)
                    : ToldContent{Content::unknown, head.error().message};
    }

    void visit_file(const File& file, const ToldContent& told, int nesting) {
        if (told.content == Content::aside || told.content == Content::unknown) {
            const bool is_aside = told.content == Content::aside;
            m_found.skipped.push_back(
                {file.place, told.reason, is_aside ? SkipKind::aside : SkipKind::unreadable});
        } else if (const auto visited = open(file, told.content, nesting); !visited) {
            skip(file.place, visited.error());
        }
    }

    Result<void> open(const File& file, Content content, int nesting) {
        switch (content) {
        case Content::zip:
        case Content::tar:
            return open_collection(file, nesting);
        case Content::compressed:
            return open_compressed(file, nesting);
        default:
            return fail(ErrorCode::input, "of a form that is not read yet");
        }
    }

    Result<void> open_collection(const File& file, int nesting) {
        if (nesting >= k_deepest_nesting) {
            return fail(ErrorCode::limit, "a collection in a collection in a collection");
        }
        TRY_ASSIGN(const TreePointer tree, unpack_tree(file.bytes));
        visit(tree, file.place + "/", nesting + 1);
        return {};
    }

    Result<void> open_compressed(const File& file, int nesting) {
        TRY_ASSIGN(const std::string head, unpacked_head(file.bytes, k_telling_bytes));
        const std::string inner = without_ending(file.place);
        const ToldContent told = tell_content(inner, head);
        if (told.content == Content::warc) {
            return open(file, Content::warc, nesting);  // knows how to find its records in it
        }
        if (told.content == Content::tar) {
            return open_collection(file, nesting);
        }
        if (told.content == Content::aside || told.content == Content::unknown) {
            visit_file({file.place, file.bytes}, told, nesting);
            return {};
        }
        if (nesting >= k_deepest_nesting) {
            return fail(ErrorCode::limit, "compressed again and again");
        }
        TRY_ASSIGN(FileBytes unpacked, unpack_file(file.bytes));
        visit(std::make_shared<SingleFileTree>(inner, std::move(unpacked)), "", nesting + 1);
        return {};
    }

    void add(std::string place, ArchiveFormat format, std::unique_ptr<ArchiveReader> reader) {
        m_found.archives.push_back({std::move(place), format, std::move(reader)});
    }

    void add_unless_empty(const std::string& place, ArchiveFormat format,
                          std::unique_ptr<FilesReader> reader) {
        if (!reader->empty()) {
            add(place, format, std::move(reader));
        }
    }

    void skip(std::string place, const Error& error) {
        const bool is_limit = error.code == ErrorCode::limit;
        m_found.skipped.push_back(
            {std::move(place), error.message, is_limit ? SkipKind::limit : SkipKind::unreadable});
    }

    fs::path m_source;
    const ReadingOptions& m_options;
    FoundArchives m_found;
};

}  // namespace

Result<FoundArchives> find_archives(const fs::path& source, const ReadingOptions& options) {
    TRY_ASSIGN(const TreePointer tree, FolderTree::open(source));
    Finder finder(source, options);
    finder.visit(tree, "", 0);
    FoundArchives found = finder.take();
    found.fingerprint = tree->fingerprint();
    return found;
}

}  // namespace smallprint
