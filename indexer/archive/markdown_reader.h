// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "indexer/archive/archive_reader.h"

#include <filesystem>
#include <string>
#include <vector>

namespace smallprint {

// Markdown and plain text files in the Princeton-Leuven form: a folder of any depth, or one file.
// Facts come from the provenance line; without it from the path, as far as it holds any
// (site.example/20140302101530.md), and from what the text says of itself.
class MarkdownReader : public ArchiveReader {
public:
    explicit MarkdownReader(std::filesystem::path source);

    Result<Listing> list() override;
    Result<SourceText> read(const ListedSnapshot& snapshot) const override;

private:
    void list_file(const std::filesystem::path& path, Listing& listing);

    std::filesystem::path m_source;
    std::vector<std::filesystem::path> m_files;  // by locator
};

}  // namespace smallprint
