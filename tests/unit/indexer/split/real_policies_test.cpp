// SPDX-License-Identifier: GPL-2.0-or-later
//
// Facts about real policies, which are too large to be kept here (SMALLPRINT_SHARED names their
// folder). Every alphanumeric character that a reader of the page would see has to be in the
// pieces, in order; what counts as seen is decided by a stripper that knows nothing of the
// splitter.

#include "common/base/strings.h"
#include "common/model/section.h"
#include "indexer/archive/source_text.h"
#include "indexer/split/splitter.h"
#include "tests/support/piece_checks.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <ios>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace smallprint {
namespace {

namespace fs = std::filesystem;

// The .txt files of shared/corpora/{seeds,flat}; none, after a word about it, where there are none.
std::vector<fs::path> real_files() {
    const char* shared = std::getenv("SMALLPRINT_SHARED");
    std::vector<fs::path> files;
    for (const std::string folder : {"seeds", "flat"}) {
        const fs::path path = fs::path(shared == nullptr ? "" : shared) / "corpora" / folder;
        std::error_code absent;
        for (const auto& entry : fs::directory_iterator(path, absent)) {
            if (entry.path().extension() == ".txt") {
                files.push_back(entry.path());
            }
        }
    }
    if (files.empty()) {
        MESSAGE("SKIPPED: no real policies; SMALLPRINT_SHARED is not set or has none");
    }
    std::ranges::sort(files);
    return files;
}

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    const auto provenance = archive::parse_provenance(bytes);
    return provenance ? bytes.substr(provenance->size) : bytes;
}

std::string alphanumerics(std::string_view text) {
    std::string out;
    std::ranges::copy_if(text, std::back_inserter(out), is_alphanumeric);
    return out;
}

// Behind the closing mark, if `source` has it within `limit` bytes from `begin`.
std::optional<std::size_t> behind(std::string_view source, std::size_t begin, std::string_view mark,
                                  std::size_t limit) {
    const std::size_t end = source.substr(begin, limit).find(mark);
    return end == std::string_view::npos ? std::nullopt : std::optional(begin + end + mark.size());
}

// Behind the parenthesis that closes the one before `begin`, as long as no blank line comes first.
std::optional<std::size_t> behind_target(std::string_view source, std::size_t begin) {
    int depth = 1;
    for (std::size_t i = begin; i < source.size(); ++i) {
        if (source[i] == '\\') {
            ++i;
        } else if (source.substr(i).starts_with("\n\n")) {
            return std::nullopt;
        } else {
            depth += source[i] == '(' ? 1 : source[i] == ')' ? -1 : 0;
        }
        if (depth == 0) {
            return i + 1;
        }
    }
    return std::nullopt;
}

// Where what a reader does not see ends, if it begins at `at`: a link's target, a tag, a comment,
// an entity.
std::optional<std::size_t> unseen_end(std::string_view source, std::size_t at) {
    const std::string_view rest = source.substr(at);
    if (rest.starts_with("](")) {
        return behind_target(source, at + 2);
    }
    if (rest.starts_with("<!--")) {
        return behind(source, at, "-->", rest.size());
    }
    if (rest.starts_with("<here>")) {
        return std::nullopt;  // a link's text in flat/006, no tag of HTML
    }
    const char next = rest.size() > 1 ? rest[1] : ' ';
    if (rest.front() == '<' &&
        (next == '/' || (is_alphanumeric(next) && (next < '0' || next > '9')))) {
        const auto end = behind(source, at, ">", 2000);
        const bool address =
            end && source.substr(at, *end - at).find_first_of(":@") != std::string_view::npos &&
            source.substr(at, *end - at).find('=') == std::string_view::npos;
        return address ? std::nullopt : end;
    }
    if (rest.front() == '&') {
        const auto end = behind(source, at, ";", 10);
        const std::string_view name =
            end ? source.substr(at + 1, *end - at - 2) : std::string_view();
        const bool is_entity =
            std::ranges::all_of(name, [](char c) { return is_alphanumeric(c) || c == '#'; });
        return is_entity ? end : std::nullopt;
    }
    return std::nullopt;
}

std::string visible_alphanumerics(std::string_view source) {
    std::string out;
    for (std::size_t i = 0; i < source.size();) {
        if (const auto end = unseen_end(source, i)) {
            i = *end;
            continue;
        }
        if (is_alphanumeric(source[i])) {
            out += source[i];
        }
        ++i;
    }
    return out;
}

// Where two texts begin to differ, with some text around it; empty if they are equal.
std::string difference(std::string_view seen, std::string_view got) {
    const auto at = static_cast<std::size_t>(std::ranges::mismatch(seen, got).in1 - seen.begin());
    if (at == seen.size() && at == got.size()) {
        return "";
    }
    const std::size_t from = at < 40 ? 0 : at - 40;
    return fmt::format("seen ...{}... got ...{}...", seen.substr(from, 100),
                       got.substr(std::min(from, got.size()), 100));
}

}  // namespace

TEST_CASE("every visible letter and digit of the real policies is in their pieces") {
    for (const fs::path& file : real_files()) {
        const std::string source = read(file);
        const std::vector<Piece> pieces = split::Splitter().split_markdown(source);
        INFO(file.string());
        CHECK(complaint_about(pieces, source) == "");
        CHECK(difference(visible_alphanumerics(source), alphanumerics(joined_texts(pieces))) == "");
    }
}

}  // namespace smallprint
