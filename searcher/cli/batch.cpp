// SPDX-License-Identifier: GPL-2.0-or-later
// `smallprint search --queries FILE`.
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/io/file.h"
#include "searcher/cli/options.h"
#include "searcher/cli/runner.h"
#include "searcher/csv/csv.h"
#include "searcher/engine/engine.h"
#include "searcher/json/json.h"
#include "searcher/query/ast.h"
#include "searcher/query/filter.h"
#include "searcher/query/parser.h"
#include "searcher/request/requests.h"
#include "searcher/search/results.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <stdio.h>
#include <sys/poll.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint::cli {
namespace {

constexpr std::size_t k_longest_line = 16384;
constexpr int k_patience =
    1000;  // milliseconds until a pipe that nobody writes to is taken for empty
constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";
constexpr const char* k_form = "a line is `id<TAB>query`, or `id<TAB>query<TAB>filter` with a "
                               "filter such as vendor:a.example";

std::string_view cut_column(std::string_view& line) {
    return trimmed(cut_until(line, '\t'), " ");
}

// A query of the file.
struct QueryLine {
    std::string id;
    std::string query;
    std::string filter;  // empty if there is none
};

// A line as it stands in the file, without its end.
struct TextLine {
    std::size_t number = 0;  // from 1
    std::string text;
    bool cut = false;  // was longer than any query can be
};

Result<QueryLine> parse_query_line(const TextLine& line) {
    if (line.cut) {
        return fail(ErrorCode::limit, "the line is longer than any query can be", k_form);
    }
    std::string_view rest = line.text;
    QueryLine parsed;
    parsed.id = cut_column(rest);
    parsed.query = cut_column(rest);
    parsed.filter = cut_column(rest);
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

// Reads a file line by line, in the same memory whatever its size and that of its lines.
class QueryFile {
public:
    // "-" is standard input. A pipe is read to its end, and is empty if nobody writes to it.
    static Result<QueryFile> open(const std::filesystem::path& path) {
        if (path == "-") {
            return QueryFile(File(stdin), "standard input");
        }
        const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        File file(descriptor < 0 ? nullptr : ::fdopen(descriptor, "rb"));
        struct stat status{};
        if (file == nullptr || ::fstat(descriptor, &status) != 0) {
            return io::system_failure("read", path, errno);
        }
        if (S_ISFIFO(status.st_mode)) {
            wait_for_writer(descriptor);
        } else if (!S_ISREG(status.st_mode)) {
            return S_ISDIR(status.st_mode)
                       ? io::system_failure("read", path, EISDIR)
                       : fail(ErrorCode::io, fmt::format("'{}' is no file", path.string()));
        }
        return QueryFile(std::move(file), path);
    }

    // The next line that is not empty; nothing at the end of the file.
    Result<std::optional<TextLine>> next() {
        while (!m_at_end) {
            errno = 0;
            TextLine line = read_line();
            if (std::ferror(m_file.get()) != 0) {
                return io::system_failure("read", m_path, errno);
            }
            if (!is_blank(line.text, " \t")) {
                return line;
            }
        }
        return std::nullopt;
    }

private:
    struct Closer {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };

    using File = std::unique_ptr<std::FILE, Closer>;

    QueryFile(File file, std::filesystem::path path)
        : m_file(std::move(file)), m_path(std::move(path)) {}

    // A shell may start the writer after the reader. Once there is one its lines are waited for.
    static void wait_for_writer(int descriptor) {
        pollfd pipe{.fd = descriptor, .events = POLLIN, .revents = 0};
        ::poll(&pipe, 1, k_patience);
        ::fcntl(descriptor, F_SETFL, 0);  // NOLINT(cppcoreguidelines-pro-type-vararg)
    }

    TextLine read_line() {
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

    File m_file;
    std::filesystem::path m_path;  // for messages
    std::size_t m_number = 0;
    bool m_at_end = false;
};

class Batch {
public:
    Batch(const SearchOptions& options, engine::Engine engine, QueryFile file)
        : m_options(options), m_engine(std::move(engine)), m_file(std::move(file)) {}

    Result<int> run() {
        if (m_options.format == request::OutputFormat::csv) {
            TRY(print(csv::search_csv_head(csv::QueryIds::first_column)));
        }
        while (true) {
            TRY_ASSIGN(const std::optional<TextLine> line, m_file.next());
            if (!line) {
                return end();
            }
            ++m_lines;
            const auto answer = answer_of(*line);
            if (answer) {
                TRY(print(*answer));
                m_found += answer->empty() ? 0U : 1U;
                continue;
            }
            m_status = report_line(answer.error(), *line);
            ++m_mistakes;
            if (m_options.strict) {
                return m_status;
            }
        }
    }

private:
    Result<std::string> answer_of(const TextLine& line) {
        TRY_ASSIGN(const QueryLine query, parse_query_line(line));
        const request::OutputFormat format = m_options.format;
        if (format == request::OutputFormat::trec && !csv::is_trec_id(query.id)) {
            return fail(ErrorCode::input, fmt::format("the id '{}' has a blank", query.id),
                        "columns of a TREC run are parted by blanks");
        }
        request::SearchRequest request = m_options.request;
        TRY_ASSIGN(request.query, query::parse_query(query.query, m_options.syntax));
        if (!query.filter.empty()) {
            TRY(narrow_by(request.query, query.filter));
        }
        TRY_ASSIGN(const search::SearchResults results, m_engine.search(request));
        tell_notes(results.notes, m_options.detail, place_of(line));
        if (format == request::OutputFormat::csv) {
            return csv::search_csv_lines(results, query.id);
        }
        return format == request::OutputFormat::trec ? csv::trec_lines(results, query.id)
                                                     : json::hit_lines(results, query.id);
    }

    // A place in the filter would be shown in the query.
    static Result<void> narrow_by(query::Query& query, std::string_view filter) {
        if (const auto narrowed = query::narrow(query, filter); !narrowed) {
            Error error = narrowed.error();
            error.message = fmt::format("in the filter: {}", error.message);
            error.position.reset();
            return fail(std::move(error));
        }
        return {};
    }

    std::string place_of(const TextLine& line) const {
        return fmt::format("{}, line {}", m_options.queries, line.number);
    }

    int report_line(Error error, const TextLine& line) const {
        error.message = fmt::format("{}: {}", place_of(line), error.message);
        const auto query = parse_query_line(line);
        return report(error, m_options.format, query ? query->query : std::string());
    }

    int end() const {
        const request::OutputFormat format = m_options.format;
        if (m_lines == 0) {
            return report({ErrorCode::input, fmt::format("{} has no queries", m_options.queries),
                           "a line is `id<TAB>query`"},
                          format);
        }
        if (m_mistakes > 0) {
            report({ErrorCode::input,
                    fmt::format("{} of {} queries could not be answered", m_mistakes, m_lines)},
                   format);
        }
        return m_mistakes == m_lines ? m_status : m_found > 0 ? k_found : k_nothing_found;
    }

    const SearchOptions& m_options;
    engine::Engine m_engine;
    QueryFile m_file;
    std::size_t m_lines = 0;
    std::size_t m_mistakes = 0;
    std::size_t m_found = 0;  // queries that found something
    int m_status = 0;         // of the last mistake
};

}  // namespace

Result<int> run_batch(const SearchOptions& options) {
    TRY_ASSIGN(QueryFile file, QueryFile::open(options.queries));
    TRY_ASSIGN(engine::Engine engine, open_engine(options));
    return Batch(options, std::move(engine), std::move(file)).run();
}

}  // namespace smallprint::cli
