// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/cli/query_file.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/io/file.h"

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

namespace smallprint {
namespace {

constexpr std::size_t k_longest_line = 16384;
constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";
constexpr const char* k_form = "a line is `id<TAB>query`, or `id<TAB>query<TAB>filter` with a "
                               "filter such as vendor:a.example";

}  // namespace

Result<QueryLine> parse_query_line(const TextLine& line) {
    if (line.cut) {
        return fail(ErrorCode::limit, "the line is longer than any query can be", k_form);
    }
    std::string_view rest = line.text;
    QueryLine parsed;
    parsed.id = trimmed(cut_until(rest, '\t'), " ");
    parsed.query = trimmed(cut_until(rest, '\t'), " ");
    parsed.filter = trimmed(cut_until(rest, '\t'), " ");
    if (parsed.id.empty()) {
        return fail(ErrorCode::input, "the line has no id", k_form);
    }
    if (parsed.query.empty()) {
        return fail(ErrorCode::input, "the line has no query", k_form);
    }
    if (!is_blank(rest, " ")) {
        return fail(ErrorCode::input, "the line has more than three columns", k_form);
    }
    return parsed;
}

void QueryFile::Closer::operator()(std::FILE* file) const {
    if (file != stdin) {
        std::fclose(file);  // nothing was written
    }
}

QueryFile::QueryFile(File file, std::filesystem::path path)
    : m_file(std::move(file)), m_path(std::move(path)) {}

Result<QueryFile> QueryFile::open(const std::filesystem::path& path) {
    if (path == "-") {
        return QueryFile(File(stdin), "standard input");
    }
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) {
        return system_failure("read", path, EISDIR);
    }
    File file(std::fopen(path.c_str(), "rb"));
    if (file == nullptr) {
        return system_failure("read", path, errno);
    }
    return QueryFile(std::move(file), path);
}

TextLine QueryFile::read_line() {
    TextLine line;
    line.number = ++m_number;
    int byte = std::getc(m_file.get());
    for (; byte != EOF && byte != '\n'; byte = std::getc(m_file.get())) {
        line.cut = line.cut || line.text.size() == k_longest_line;
        if (!line.cut) {
            line.text += static_cast<char>(byte);
        }
    }
    m_at_end = byte == EOF;
    if (line.text.ends_with('\r')) {
        line.text.pop_back();
    }
    if (line.number == 1 && line.text.starts_with(k_byte_order_mark)) {
        line.text.erase(0, k_byte_order_mark.size());
    }
    return line;
}

Result<std::optional<TextLine>> QueryFile::next() {
    while (!m_at_end) {
        errno = 0;
        TextLine line = read_line();
        if (std::ferror(m_file.get()) != 0) {
            return system_failure("read", m_path, errno);
        }
        if (!is_blank(line.text, " \t")) {
            return line;
        }
    }
    return std::nullopt;
}

}  // namespace smallprint
