// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/io/file.h"
#include "common/model/listing.h"
#include "indexer/archive/archive_reader.h"
#include "indexer/archive/tables/row_facts.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace smallprint::archive {

// True if a file that begins like this is one of JSON lines, or a JSON array, with snapshots: its
// first line or element is, as far as `head` has it, an object with a key for text or HTML.
bool looks_like_jsonl(std::string_view head, const ColumnMap& map = {});

// A file with a JSON object a line (https://jsonlines.org) or an array of objects, each a snapshot
// (schemas/snapshot-row.v1.schema.json), with the usual keys or those of `map`.
class JsonlReader : public ArchiveReader {
public:
    // `name` is for people.
    JsonlReader(std::string name, io::FileBytes bytes, ColumnMap map);

    enum class Form : std::uint8_t { lines, array };

    Result<Listing> list() override;
    Result<SourceText> read(const ListedSnapshot& snapshot) const override;

private:
    std::string m_name;
    io::FileBytes m_bytes;
    ColumnMap m_map;
    Form m_form = Form::lines;
};

}  // namespace smallprint::archive
