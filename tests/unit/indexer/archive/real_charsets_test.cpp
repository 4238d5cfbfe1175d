// SPDX-License-Identifier: GPL-2.0-or-later
//
// Facts about real pages in many charsets, which are too large to be kept here (SMALLPRINT_SHARED
// names their folder). Their manifest says how each was encoded.

#include "common/text/utf8.h"
#include "indexer/archive/charset.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <ios>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

namespace fs = std::filesystem;

struct Page {
    std::string path;
    std::string note;
    std::string bytes;
};

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(file), {}};
}

// The pages that were encoded anew, unpacked here; none, after a word about it, where there are
// none.
std::vector<Page> encoded_pages() {
    const char* shared = std::getenv("SMALLPRINT_SHARED");
    const fs::path folder = fs::path(shared == nullptr ? "" : shared) / "corpora" / "html";
    std::ifstream manifest(folder / "manifest.tsv");
    const std::string unpack = "tar -xJf '" + (folder / "waybackpack.tar.xz").string() + "'";
    if (!manifest || std::system(unpack.c_str()) != 0) {
        MESSAGE("SKIPPED: no real pages; SMALLPRINT_SHARED is not set or has none");
        return {};
    }
    fs::path root = ".";
    if (fs::exists("waybackpack")) {
        root = "waybackpack";
    }
    std::vector<Page> pages;
    for (std::string line; std::getline(manifest, line);) {
        const auto note = line.find("TRANSCODED: ");
        if (note != std::string::npos) {
            Page page;
            page.path = line.substr(0, line.find('\t'));
            page.note = line.substr(note + 12);
            page.bytes = read(root / page.path);
            pages.push_back(std::move(page));
        }
    }
    return pages;
}

struct Expected {
    std::string_view note;  // how its note begins
    std::string_view charset;
    std::string_view words;  // that a reader of the page sees
};

constexpr Expected k_expected[] = {
    {"French, meta says ISO-8859-1", "windows-1252", "données"},
    {"French, windows-1252", "windows-1252", "données"},
    {"French, charset only in the HTTP", "windows-1252", "données"},
    {"German ISO-8859-1", "windows-1252", "für"},
    {"says ISO-8859-1 but", "windows-1252", "’"},
    {"says utf-8, bytes windows-1252", "windows-1252", "’"},
    {"UTF-16LE with BOM", "UTF-16LE", "Privacy Policy"},
    {"UTF-8 with BOM", "", "Privacy Policy"},
    {"double-encoded", "", "Bumble"},
    {"ja text in Shift_JIS", "windows-31j", "データ"},
    {"zh-CN text in GBK", "gb18030", "数据"},
    {"ru text in windows-1251", "windows-1251", "данных"},
    {"pl text in ISO-8859-2", "ISO-8859-2", "użytkownik"},
    {"ko text in EUC-KR", "windows-949", "데이터"},
    {"ja text in EUC-JP", "EUC-JP", "データ"},
};

// `bytes` without what it says of its charset.
std::string without_label(std::string bytes) {
    for (auto at = bytes.find("charset="); at != std::string::npos && at < 2048;
         at = bytes.find("charset=")) {
        bytes.replace(at, 8, "chorset=");
    }
    return bytes;
}

}  // namespace

TEST_CASE("real pages in all charsets are read") {
    for (const Page& page : encoded_pages()) {
        INFO(page.path << ": " << page.note);
        const archive::DecodedText decoded = archive::decode_text(page.bytes, "");
        bool known = false;
        for (const Expected& expected : k_expected) {
            if (page.note.starts_with(expected.note)) {
                known = true;
                CHECK(decoded.charset == expected.charset);
                CHECK(decoded.text.find(expected.words) != std::string::npos);
            }
        }
        CHECK(known);
        CHECK(decoded.replaced == 0);
        CHECK(text::is_valid_utf8(decoded.text));
        CHECK(decoded.mojibake == page.note.starts_with("double-encoded"));
    }
}

TEST_CASE("real pages that say nothing of their charset are read as well") {
    for (const Page& page : encoded_pages()) {
        INFO(page.path << ": " << page.note);
        const archive::DecodedText decoded = archive::decode_text(without_label(page.bytes), "");
        for (const Expected& expected : k_expected) {
            if (page.note.starts_with(expected.note)) {
                CHECK(decoded.text.find(expected.words) != std::string::npos);
            }
        }
    }
}

}  // namespace smallprint
