// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/cli/batch.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "searcher/cli/open_engine.h"
#include "searcher/cli/option_values.h"
#include "searcher/cli/options.h"
#include "searcher/cli/output.h"
#include "searcher/cli/query_file.h"
#include "searcher/csv/csv.h"
#include "searcher/engine/engine.h"
#include "searcher/json/json.h"
#include "searcher/query/ast.h"
#include "searcher/query/filter.h"
#include "searcher/query/parser.h"
#include "searcher/request/requests.h"
#include "searcher/search/results.h"

#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint {
namespace {

class Batch {
public:
    Batch(const SearchOptions& options, Engine engine, QueryFile file)
        : m_options(options), m_engine(std::move(engine)), m_file(std::move(file)) {}

    Result<int> run() {
        if (m_options.common.format == OutputFormat::csv) {
            TRY(print(search_csv_head(QueryIds::first_column)));
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
        const OutputFormat format = m_options.common.format;
        if (format == OutputFormat::trec && !is_trec_id(query.id)) {
            return fail(ErrorCode::input, fmt::format("the id '{}' has a blank", query.id),
                        "columns of a TREC run are parted by blanks");
        }
        SearchRequest request = m_options.request;
        TRY_ASSIGN(request.query, parse_query(query.query, m_options.syntax));
        if (!query.filter.empty()) {
            TRY(narrow_by(request.query, query.filter));
        }
        TRY_ASSIGN(const SearchResults results, m_engine.search(request));
        if (format == OutputFormat::csv) {
            return search_csv_lines(results, query.id);
        }
        return format == OutputFormat::trec ? trec_lines(results, query.id)
                                            : hit_lines(results, query.id);
    }

    // A place in the filter would be shown in the query.
    static Result<void> narrow_by(Query& query, std::string_view filter) {
        if (const auto narrowed = narrow(query, filter); !narrowed) {
            Error error = narrowed.error();
            error.message = fmt::format("in the filter: {}", error.message);
            error.position.reset();
            return fail(std::move(error));
        }
        return {};
    }

    int report_line(Error error, const TextLine& line) const {
        error.message =
            fmt::format("{}, line {}: {}", m_options.queries, line.number, error.message);
        const auto query = parse_query_line(line);
        return report(error, m_options.common.format, query ? query->query : std::string());
    }

    int end() const {
        const OutputFormat format = m_options.common.format;
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
    Engine m_engine;
    QueryFile m_file;
    std::size_t m_lines = 0;
    std::size_t m_mistakes = 0;
    std::size_t m_found = 0;  // queries that found something
    int m_status = 0;         // of the last mistake
};

Result<int> run(const SearchOptions& options) {
    TRY_ASSIGN(QueryFile file, QueryFile::open(options.queries));
    TRY_ASSIGN(Engine engine, open_engine(options.common));
    return Batch(options, std::move(engine), std::move(file)).run();
}

}  // namespace

int run_batch(const SearchOptions& options) {
    const auto status = run(options);
    return status ? *status : report(status.error(), options.common.format);
}

}  // namespace smallprint
