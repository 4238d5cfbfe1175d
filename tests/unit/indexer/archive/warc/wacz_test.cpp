// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/io/file.h"
#include "common/model/listing.h"
#include "indexer/archive/files/file_tree.h"
#include "indexer/archive/warc/warc_reader.h"
#include "tests/support/warc_files.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

// Files by path; those whose bytes are "locked" cannot be opened.
class MemoryTree : public archive::FileTree {
public:
    explicit MemoryTree(const std::map<std::string, std::string>& files) {
        for (const auto& [path, bytes] : files) {
            m_files.push_back({path, bytes.size()});
            m_bytes.push_back(bytes);
        }
        m_skipped = {{"../evil", "leads out of the archive"}};
    }

    Result<io::FileBytes> open(std::size_t file) const override {
        if (m_bytes[file] == "locked") {
            return fail(ErrorCode::input, "encrypted");
        }
        return in_file(m_bytes[file]);
    }

private:
    std::vector<std::string> m_bytes;
};

std::map<std::string, std::string> sample_files() {
    return {{"archive/a.warc.gz", gzipped(warc_page("a", "2014-01-01", "<p>a</p>"))},
            {"archive/b.warc", warc_page("b", "2014-01-01", "<p>b</p>")},
            {"archive/c.warc.gz", "locked"},
            {"datapackage.json", "{}"},
            {"indexes/index.cdx.gz", ""},
            {"pages/pages.jsonl", "{}"}};
}

}  // namespace

TEST_CASE("a WACZ is told by its WARC files and its description") {
    CHECK(archive::is_wacz(MemoryTree(sample_files())));
    auto files = sample_files();
    files.erase("datapackage.json");
    CHECK_FALSE(archive::is_wacz(MemoryTree(files)));
    CHECK_FALSE(archive::is_wacz(MemoryTree({{"datapackage.json", "{}"}, {"a.warc.gz", ""}})));
}

TEST_CASE("the WARC files of a WACZ have readers, and everything else a reason") {
    const archive::WaczContents contents = archive::open_wacz("x.wacz", MemoryTree(sample_files()));
    REQUIRE(contents.readers.size() == 2);
    const auto first = contents.readers[0]->list();
    REQUIRE(first.has_value());
    REQUIRE(first->snapshots.size() == 1);
    CHECK(first->snapshots[0].facts.place == "x.wacz/archive/a.warc.gz@0 https://a.example/a");
    CHECK(contents.readers[0]->read(first->snapshots[0])->bytes == "<p>a</p>");
    REQUIRE(contents.skipped.size() == 5);
    CHECK(contents.skipped[0].place == "x.wacz/../evil");
    CHECK(contents.skipped[1].place == "x.wacz/archive/c.warc.gz");
    CHECK(contents.skipped[1].reason == "encrypted");
    CHECK(contents.skipped[1].kind == SkipKind::unreadable);
    CHECK(contents.skipped[4].place == "x.wacz/pages/pages.jsonl");
    CHECK(contents.skipped[4].kind == SkipKind::aside);
}

}  // namespace smallprint
