// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/cli/options.h"
#include "searcher/cli/commands.h"
#include "searcher/cli/options.h"
#include "searcher/cli/runner.h"
#include "searcher/csv/csv.h"
#include "searcher/engine/engine.h"
#include "searcher/json/json.h"
#include "searcher/query/parser.h"
#include "searcher/request/requests.h"
#include "searcher/search/results.h"
#include "searcher/terminal/text.h"
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint::cli {
namespace {

constexpr std::size_t k_written_at_once = 65536;

// How far it has come, on stderr: a line that is written over on a terminal, else one now and then.
class Progress {
public:
    explicit Progress(terminal::Detail detail)
        : m_wanted(detail == terminal::Detail::full), m_is_terminal(::isatty(STDERR_FILENO) == 1) {}

    void tell(std::uint64_t clauses) {
        constexpr std::uint64_t between_looks = 64;
        if (m_wanted && clauses % between_looks == 0 && is_time()) {
            write(fmt::format("{} so far", told::counted(clauses, "clause")), m_is_terminal);
        }
    }

    void tell_end(std::uint64_t clauses) {
        if (m_wanted) {
            const std::chrono::duration<double> took = Clock::now() - m_start;
            write(fmt::format("{} in {:.1f} s", told::counted(clauses, "clause"), took.count()),
                  false);
        }
    }

private:
    using Clock = std::chrono::steady_clock;

    bool is_time() {
        const auto pause = m_is_terminal ? std::chrono::seconds(1) : std::chrono::seconds(5);
        const auto now = Clock::now();
        if (now - m_told < pause) {
            return false;
        }
        m_told = now;
        return true;
    }

    // A short line would leave the end of a longer one.
    void write(const std::string& text, bool to_be_written_over) const {
        fmt::print(stderr, "{}{:<30}{}", m_is_terminal ? "\r" : "", text,
                   to_be_written_over ? "" : "\n");
        std::fflush(stderr);
    }

    bool m_wanted;
    bool m_is_terminal;
    Clock::time_point m_start = Clock::now();
    Clock::time_point m_told = m_start;
};

// Lines on their way out, some thousand at once.
class Lines {
public:
    Result<void> add(const std::string& line) {
        m_waiting += line;
        return m_waiting.size() < k_written_at_once ? Result<void>() : write();
    }

    Result<void> write() {
        const std::string lines = std::exchange(m_waiting, {});
        return print(lines);
    }

private:
    std::string m_waiting;
};

// The number of clauses written.
Result<std::uint64_t> write_all(const ExportOptions& options, engine::Engine& engine) {
    const bool as_csv = options.format == request::OutputFormat::csv;
    Lines lines;
    Progress progress(options.detail);
    std::uint64_t clauses = 0;
    if (as_csv) {
        TRY(lines.add(csv::export_csv_head()));
    }
    const auto visited = engine.for_each_hit(options.request, [&](const search::Hit& hit) {
        progress.tell(++clauses);
        return lines.add(as_csv ? csv::export_csv_line(hit) : json::export_json(hit));
    });
    // What was found before an error is an answer as well; but a failed output stays one.
    const auto written = lines.write();
    TRY(visited);
    TRY(written);
    progress.tell_end(clauses);
    return clauses;
}

Result<int> run_export(ExportOptions& options) {
    if (!options.query.empty()) {
        TRY_ASSIGN(options.request.query, query::parse_query(options.query, options.syntax));
    }
    TRY_ASSIGN(engine::Engine engine, open_engine(options));
    tell_notes(options.request.query.notes, options.detail);
    TRY_ASSIGN(const std::uint64_t clauses, write_all(options, engine));
    return clauses == 0 ? k_nothing_found : k_found;
}

}  // namespace

ExportOptions::ExportOptions() {
    format = request::OutputFormat::jsonl;
    request.copies = request::Copies::show_all;
    request.context = 0;
    request.time_limit.reset();
}

OptionRows ExportOptions::rows() {
    return concat({
        filter_rows(request.filters, Asked::clauses),
        query_rows(*this, syntax, request.synonyms),
        {
            {"all-copies", 0, "",
             "each copy of a text that several vendors have: an export always has them",
             set_to(request.copies, request::Copies::show_all)},
        },
        common_rows(*this,
                    format_row(format,
                               {request::k_export_formats.begin(), request::k_export_formats.end()},
                               "jsonl (default), one clause a line, or csv")),
    });
}

Result<void> ExportOptions::accept(const Arguments& words, std::string_view /*command*/) {
    TRY(check_dates(request.filters.from, request.filters.to,
                    "a clause has to stand at some day from the one to the other"));
    query = join(words, " ");
    if (!words.empty() && is_blank(query)) {
        return fail(ErrorCode::usage, "the query is empty",
                    "name some words, or none at all for everything");
    }
    return {};
}

const Command k_export_command = {
    .name = "export",
    .arguments = "[OPTION]... [QUERY]...",
    .summary = "all matching clauses, for other programs",
    .about = "Writes every clause that has all words of QUERY, or every clause of the index,\n"
             "one a line with all that is known of it, in the order of the index: no ranking,\n"
             "no limit, each copy of a text by itself. With -v the progress is told.\n",
    .examples = "  smallprint export > everything.jsonl\n"
                "  smallprint export '\"safe harbor\"' | jq -r .vendor | sort | uniq -c\n"
                "  smallprint export location --vendor brightloaf.example --format csv\n",
    .run = run_command<ExportOptions, run_export>,
};

}  // namespace smallprint::cli
