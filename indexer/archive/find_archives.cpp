// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/find_archives.h"

#include "common/base/enum_names.h"
#include "common/base/error.h"
#include "common/base/hash.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/io/file.h"
#include "common/io/scratch.h"
#include "common/model/listing.h"
#include "common/model/snapshot.h"
#include "common/text/utf8.h"
#include "indexer/archive/archive_reader.h"
#include "indexer/archive/content.h"
#include "indexer/archive/decompression.h"
#include "indexer/archive/files/companions.h"
#include "indexer/archive/files/file_tree.h"
#include "indexer/archive/files/files_reader.h"
#include "indexer/archive/files/unpack.h"
#include "indexer/archive/git/git_bundle.h"
#include "indexer/archive/git/git_objects.h"
#include "indexer/archive/git/git_reader.h"
#include "indexer/archive/limits.h"
#include "indexer/archive/reading_options.h"
#include "indexer/archive/source_text.h"
#include "indexer/archive/tables/csv_reader.h"
#include "indexer/archive/tables/jsonl_reader.h"
#include "indexer/archive/tables/manifest.h"
#include "indexer/archive/tables/row_facts.h"
#include "indexer/archive/tables/sqlite_reader.h"
#include "indexer/archive/warc/warc_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace smallprint::archive {
namespace {

namespace fs = std::filesystem;

using TreePointer = std::shared_ptr<const FileTree>;

// As a source, standard input.
constexpr const char* k_input = "-";

// A file that is being looked at.
struct File {
    std::string place;
    io::FileBytes bytes;
};

// Returns the path without the ending of a compression: "a.warc" for "a.warc.gz".
std::string without_ending(const std::string& path) {
    static constexpr std::array<std::string_view, 6> k_endings = {".gz",  ".gzip", ".zst",
                                                                  ".bz2", ".xz",   ".z"};
    const std::string lower = lower_ascii(path);
    for (const std::string_view ending : k_endings) {
        if (lower.ends_with(ending) && lower.size() > ending.size()) {
            return path.substr(0, path.size() - ending.size());
        }
    }
    return path;
}

class Finder {
public:
    Finder(fs::path source, const ReadingOptions& options, ColumnMap map, Manifest manifest)
        : m_source(std::move(source)), m_options(options), m_map(std::move(map)),
          m_manifest(std::move(manifest)) {}

    // `place` stands before the paths of the tree.
    void visit(const TreePointer& tree, const std::string& place, int nesting) {
        auto snapshots = std::make_unique<FilesReader>(tree, place);
        auto pages = std::make_unique<FilesReader>(tree, place);
        const Companions companions = read_companions(*tree);
        std::error_code error;
        const bool is_named = nesting == 0 && (m_source == k_input ||
                                               fs::is_regular_file(io::examine(m_source, error)));
        for (std::size_t i = 0; i < tree->files().size(); ++i) {
            const std::string& path = tree->files()[i].path;
            auto bytes = tree->open(i);
            if (!bytes) {
                skip(place + path, bytes.error());
                continue;
            }
            DetectedContent told = look_at(path, *bytes);
            const bool is_packed = told.content == Content::compressed;
            const std::string inner = is_packed ? without_ending(path) : "";
            if (const auto content = is_packed ? tell_packed_text(inner, *bytes) : std::nullopt) {
                told.content = *content;
            }
            if (is_named && told.content == Content::unknown) {
                told.content = Content::text;  // since it was named, it is for the reader to say no
            }
            if (const auto form = companions.other_forms.find(i);
                form != companions.other_forms.end() && told.content != Content::unknown &&
                told.content != Content::aside) {
                told = {Content::aside, "another form of '" + form->second + "'"};
            }
            if (told.content == Content::text) {
                snapshots->add(
                    {i, TextForm::markdown, told_facts(i, path, inner, companions), inner});
            } else if (told.content == Content::html) {
                pages->add({i, TextForm::html, told_facts(i, path, inner, companions), inner});
            } else {
                visit_file({place + path, std::move(*bytes)}, told, nesting);
            }
        }
        for (const fs::path& repository : tree->repositories()) {
            const auto trust = m_options.trust_owner ? OwnerTrust::anyone : OwnerTrust::own;
            add_repository(repository, std::make_unique<GitReader>(repository, trust));
        }
        for (const Skipped& item : tree->skipped()) {
            m_found.skipped.push_back({place + item.place, item.reason, item.kind});
        }
        const std::string name = place.empty() ? text::repaired_utf8(m_source.string())
                                               : place.substr(0, place.size() - 1);
        add_unless_empty(name, ArchiveFormat::markdown, std::move(snapshots));
        add_unless_empty(name, ArchiveFormat::html, std::move(pages));
    }

    FoundArchives take() {
        for (const std::string& path : m_manifest.unused()) {
            m_found.skipped.push_back({path, "named by the manifest, but not there"});
        }
        return std::move(m_found);
    }

private:
    // Returns what the manifest, else a file beside it, says of a file.
    SnapshotFacts told_facts(std::size_t file, const std::string& path, const std::string& inner,
                             const Companions& companions) {
        const SnapshotFacts* told = m_manifest.find(inner.empty() ? path : inner);
        SnapshotFacts facts = told == nullptr ? SnapshotFacts() : *told;
        if (const auto found = companions.facts.find(file); found != companions.facts.end()) {
            complete_facts(facts, found->second);
        }
        return facts;
    }

    // A container by its first bytes is one whatever --format says of what is inside.
    DetectedContent tell(const std::string& path, std::string_view head) const {
        DetectedContent told = detect_content(path, head, m_map);
        const bool is_container = told.content == Content::compressed ||
                                  told.content == Content::tar || told.content == Content::zip;
        if (m_options.format && (!is_container || *m_options.format == ArchiveFormat::warc)) {
            told.content = content_of(*m_options.format);
        }
        return told;
    }

    DetectedContent look_at(const std::string& path, const io::FileBytes& bytes) const {
        const auto head = bytes.read(0, k_detection_bytes);
        return head ? tell(path, *head) : DetectedContent{Content::unknown, head.error().message};
    }

    // Tells what a compressed file holds, if that is one text, which is unpacked when it is read.
    std::optional<Content> tell_packed_text(const std::string& inner,
                                            const io::FileBytes& bytes) const {
        const auto packed = bytes.read(0, k_detection_bytes);
        if (!packed || !may_be_compressed(*packed)) {
            return std::nullopt;
        }
        const auto head = unpacked_head(bytes, k_detection_bytes);
        const Content content = head ? tell(inner, *head).content : Content::unknown;
        const bool is_text = content == Content::text || content == Content::html;
        return is_text ? std::optional(content) : std::nullopt;
    }

    void visit_file(const File& file, const DetectedContent& told, int nesting) {
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
        case Content::warc:
            add(file.place, ArchiveFormat::warc,
                std::make_unique<WarcReader>(file.place, file.bytes));
            return {};
        case Content::sqlite:
            add(file.place, ArchiveFormat::sqlite,
                std::make_unique<SqliteReader>(file.place, file.bytes));
            return {};
        case Content::jsonl:
            add(file.place, ArchiveFormat::jsonl,
                std::make_unique<JsonlReader>(file.place, file.bytes, m_map));
            return {};
        case Content::csv:
            add(file.place, ArchiveFormat::csv,
                std::make_unique<CsvReader>(file.place, file.bytes, m_map));
            return {};
        case Content::git_bundle:
            return open_bundle(file);
        case Content::zip:
        case Content::tar:
            return open_collection(file, nesting);
        case Content::compressed:
            return open_compressed(file, nesting);
        case Content::text:
        case Content::html:
        case Content::aside:
        case Content::unknown:
            break;  // visit() and visit_file() have dealt with these
        }
        return {};
    }

    Result<void> open_bundle(const File& file) {
        TRY_ASSIGN(BundleRepository repository, BundleRepository::unpack(file.bytes));
        const bool is_source = fs::path(file.place) == m_source.filename();
        add(file.place, ArchiveFormat::git, std::make_unique<GitReader>(std::move(repository)));
        m_found.archives.back().prefix = is_source ? "" : file.place + "/";
        return {};
    }

    Result<void> open_collection(const File& file, int nesting) {
        if (nesting >= k_deepest_nesting) {
            return fail(ErrorCode::limit, "a collection in a collection in a collection");
        }
        TRY_ASSIGN(const TreePointer tree, unpack_tree(file.bytes));
        if (!is_wacz(*tree)) {
            visit(tree, file.place + "/", nesting + 1);
            return {};
        }
        WaczContents contents = open_wacz(file.place, *tree);
        for (std::unique_ptr<WarcReader>& reader : contents.readers) {
            add(file.place, ArchiveFormat::wacz, std::move(reader));
        }
        std::ranges::move(contents.skipped, std::back_inserter(m_found.skipped));
        return {};
    }

    Result<void> open_compressed(const File& file, int nesting) {
        TRY_ASSIGN(const std::string head, unpacked_head(file.bytes, k_detection_bytes));
        const std::string inner = without_ending(file.place);
        const DetectedContent told = tell(inner, head);
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
        TRY_ASSIGN(UnpackedFile unpacked, unpack_file(file.bytes));
        visit(std::make_shared<SingleFileTree>(inner, std::move(unpacked.bytes)), "", nesting + 1);
        if (unpacked.behind > 0) {
            m_found.skipped.push_back({file.place, told_behind(unpacked.behind)});
        }
        return {};
    }

    void add(std::string place, ArchiveFormat format, std::unique_ptr<ArchiveReader> reader) {
        m_found.archives.push_back({std::move(place), "", format, std::move(reader)});
    }

    void add_repository(const fs::path& repository, std::unique_ptr<GitReader> reader) {
        const std::string place = text::repaired_utf8(
            repository == m_source ? m_source.string()
                                   : repository.lexically_relative(m_source).generic_string());
        add(place, ArchiveFormat::git, std::move(reader));
        m_found.archives.back().prefix = repository == m_source ? "" : place + "/";
    }

    void add_unless_empty(const std::string& place, ArchiveFormat format,
                          std::unique_ptr<FilesReader> reader) {
        if (!reader->empty()) {
            add(place, format, std::move(reader));
        }
    }

    void skip(std::string place, const Error& error) {
        m_found.skipped.push_back({std::move(place), error.message, skip_kind(error)});
    }

    fs::path m_source;
    const ReadingOptions& m_options;
    ColumnMap m_map;
    Manifest m_manifest;
    FoundArchives m_found;
};

// Writes down the options that decide what texts are read; what a manifest says is among the facts.
std::string said_by(const ReadingOptions& options, const ColumnMap& map) {
    return fmt::format("{}\n{}", options.format ? name_of(*options.format) : "",
                       fmt::join(map, "\n"));
}

// Standard input, which can be read but once, as a file.
Result<std::shared_ptr<const FileTree>> read_input(std::uint64_t& fingerprint) {
    constexpr std::size_t most = std::size_t{1} << 20U;
    TRY_ASSIGN(io::ScratchFile scratch, io::ScratchFile::create());
    std::string chunk(most, '\0');
    while (true) {
        const ssize_t size = ::read(STDIN_FILENO, chunk.data(), chunk.size());
        if (size < 0) {
            return io::system_failure("read", "standard input", errno);
        }
        if (size == 0) {
            break;
        }
        const std::string_view bytes =
            std::string_view(chunk).substr(0, static_cast<std::size_t>(size));
        fingerprint = hash64(bytes, fingerprint);
        TRY(scratch.append(bytes));
    }
    TRY_ASSIGN(io::FileBytes bytes, std::move(scratch).finish());
    return std::make_shared<const SingleFileTree>(k_input, std::move(bytes));
}

Result<std::shared_ptr<const FileTree>> open_source(const fs::path& source,
                                                    std::uint64_t& fingerprint) {
    if (source == k_input) {
        return read_input(fingerprint);
    }
    TRY_ASSIGN(TreePointer tree, FolderTree::open(source));
    fingerprint = tree->fingerprint();
    return tree;
}

}  // namespace

Result<FoundArchives> find_archives(const fs::path& source, const ReadingOptions& options) {
    ColumnMap map;
    if (!options.map.empty()) {
        TRY_ASSIGN(map, read_column_map(options.map));
    }
    Manifest manifest;
    if (!options.manifest.empty()) {
        TRY_ASSIGN(manifest, read_manifest(options.manifest));
    }
    std::uint64_t fingerprint = 0;
    TRY_ASSIGN(const TreePointer tree, open_source(source, fingerprint));
    Finder finder(source, options, map, std::move(manifest));
    finder.visit(tree, "", 0);
    FoundArchives found = finder.take();
    found.fingerprint = hash64(said_by(options, map), fingerprint);
    return found;
}

}  // namespace smallprint::archive
