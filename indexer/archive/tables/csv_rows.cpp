// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/tables/csv_rows.h"

#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/io/file.h"
#include "indexer/archive/limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::archive {
namespace {

constexpr std::size_t k_stretch = std::size_t{256} << 10U;  // bytes read at a time
constexpr std::size_t k_most_fields = 4096;  // of a row; an empty one costs memory too
constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view k_separators = ",;\t";
constexpr std::string_view k_line_blanks = " \r";

// One row, given piece by piece.
class RowParser {
public:
    explicit RowParser(char separator) : m_separator(separator) { m_fields.emplace_back(); }

    // How much of `bytes` belongs to the row; all of it as long as the row has not ended.
    std::size_t feed(std::string_view bytes) {
        std::size_t at = 0;
        while (at < bytes.size() && !m_ended) {
            at += m_state == State::quoted ? feed_quoted(bytes.substr(at))
                                           : feed_bare(bytes.substr(at));
        }
        return at;
    }

    // There are no more bytes.
    void finish() {
        if (m_state == State::quoted) {
            m_problem = "a quote is opened and not closed";
        }
        m_ended = true;
    }

    bool ended() const { return m_ended; }

    const std::string& problem() const { return m_problem; }

    bool over_limit() const { return m_over_limit; }

    bool blank() const {
        return m_fields.size() == 1 && m_fields[0].empty() && m_state == State::start;
    }

    std::uint64_t lines() const { return m_lines; }

    std::vector<std::string> take_fields() { return std::move(m_fields); }

private:
    enum class State { start, bare, quoted, closed };

    // Up to a quote, which closes the field or is the first of two.
    std::size_t feed_quoted(std::string_view bytes) {
        const std::size_t end = std::min(bytes.find('"'), bytes.size());
        append(bytes.substr(0, end));
        m_lines += static_cast<std::uint64_t>(std::ranges::count(bytes.substr(0, end), '\n'));
        if (end < bytes.size()) {
            m_state = State::closed;
        }
        return std::min(end + 1, bytes.size());
    }

    std::size_t feed_bare(std::string_view bytes) {
        const char c = bytes.front();
        if (c == '\n' || c == '\r') {
            m_lines += c == '\n' ? 1 : 0;
            m_ended = true;
        } else if (c == m_separator) {
            m_state = State::start;
            m_row_size += 1;
            add_field();
        } else if (c == '"' && m_state == State::start) {
            m_state = State::quoted;
        } else if (c == '"' && m_state == State::closed) {
            m_state = State::quoted;
            append("\"");
        } else if (m_state == State::closed) {
            m_problem = "text stands behind a closing quote";
            m_ended = true;
        } else {
            m_state = State::bare;
            const char stops[] = {m_separator, '\r', '\n'};
            const std::size_t end =
                std::min(bytes.find_first_of(std::string_view(stops, sizeof stops)), bytes.size());
            append(bytes.substr(0, end));
            return end;
        }
        return 1;
    }

    void append(std::string_view bytes) {
        m_row_size += bytes.size();
        if (m_row_size > k_largest_text) {
            m_over_limit = true;
            m_fields.assign(1, std::string());
        }
        if (!m_over_limit) {
            m_fields.back() += bytes;
        }
    }

    void add_field() {
        if (m_fields.size() == k_most_fields) {
            m_over_limit = true;
            m_fields.assign(1, std::string());
        }
        if (!m_over_limit) {
            m_fields.emplace_back();
        }
    }

    char m_separator;
    State m_state = State::start;
    bool m_ended = false;
    bool m_over_limit = false;
    std::vector<std::string> m_fields;
    std::string m_problem;
    std::uint64_t m_lines = 0;
    std::uint64_t m_row_size = 0;
};

// The one that divides the first row most often.
char most_frequent_separator(std::string_view text) {
    char best = ',';
    std::size_t most = 0;
    for (const char separator : k_separators) {
        const auto row = first_csv_row(text, separator);
        if (row && row->size() > most) {
            best = separator;
            most = row->size();
        }
    }
    return best;
}

}  // namespace

std::optional<std::vector<std::string>> first_csv_row(std::string_view text, char separator) {
    text.remove_prefix(text.starts_with(k_byte_order_mark) ? k_byte_order_mark.size() : 0);
    RowParser parser(separator);
    parser.feed(text);
    if (!parser.ended() || !parser.problem().empty() || parser.over_limit()) {
        return std::nullopt;
    }
    return parser.take_fields();
}

CsvHeader find_csv_header(std::string_view text) {
    CsvHeader header;
    header.offset = text.starts_with(k_byte_order_mark) ? k_byte_order_mark.size() : 0;
    std::optional<char> stated;
    for (std::string_view rest = text.substr(header.offset);;) {
        const std::size_t size = rest.size();
        const std::string_view line = trimmed(cut_until(rest, '\n'), k_line_blanks);
        const bool states = line.size() == 5 && equals_ignoring_case(line.substr(0, 4), "sep=");
        const bool is_comment =
            line.starts_with('#') && line.find_first_of(k_separators) == std::string_view::npos;
        stated = states ? line[4] : stated;
        if (rest.empty() || !(states || is_comment || is_blank(line, ",; \t"))) {
            break;
        }
        header.offset += size - rest.size();
        ++header.line;
    }
    header.separator = stated.value_or(most_frequent_separator(text.substr(header.offset)));
    return header;
}

CsvRows::CsvRows(io::FileBytes bytes, char separator, std::uint64_t offset, std::uint64_t line)
    : m_bytes(std::move(bytes)), m_separator(separator), m_offset(offset), m_line(line) {}

Result<std::string_view> CsvRows::view() {
    if (m_offset < m_stretch_begin || m_offset >= m_stretch_begin + m_stretch.size()) {
        TRY_ASSIGN(m_stretch, m_bytes.read(m_offset, k_stretch));
        m_stretch_begin = m_offset;
    }
    return std::string_view(m_stretch).substr(static_cast<std::size_t>(m_offset - m_stretch_begin));
}

Result<std::optional<CsvRow>> CsvRows::next() {
    while (true) {
        TRY_ASSIGN(std::string_view bytes, view());
        if (m_offset == 0 && bytes.starts_with(k_byte_order_mark)) {
            m_offset = k_byte_order_mark.size();
            bytes.remove_prefix(k_byte_order_mark.size());
        }
        if (bytes.empty()) {
            return std::optional<CsvRow>();
        }
        CsvRow row;
        row.offset = m_offset;
        row.line = m_line;
        RowParser parser(m_separator);
        while (!parser.ended()) {
            m_offset += parser.feed(bytes);
            if (!parser.ended()) {
                TRY_ASSIGN(bytes, view());
            }
            if (bytes.empty()) {
                parser.finish();
            }
        }
        m_line += parser.lines();
        row.problem = parser.problem();
        if (!row.problem.empty()) {
            TRY(skip_line_of(row));
        } else if (parser.over_limit()) {
            row.over_limit = true;
            row.problem = fmt::format("a row of more than {} bytes or {} fields", k_largest_text,
                                      k_most_fields);
        } else if (parser.blank()) {
            continue;
        } else {
            row.fields = parser.take_fields();
        }
        return std::optional(std::move(row));
    }
}

// No byte is read more than twice for it: all quotes between one that is opened and the place where
// that comes to grief are doubled, and a row that begins at one of these ends right there.
Result<void> CsvRows::skip_line_of(const CsvRow& row) {
    m_offset = row.offset;
    m_line = row.line;
    while (true) {
        TRY_ASSIGN(const std::string_view bytes, view());
        if (bytes.empty()) {
            return {};
        }
        const std::size_t end = bytes.find('\n');
        m_offset += std::min(end == std::string_view::npos ? end : end + 1, bytes.size());
        if (end != std::string_view::npos) {
            ++m_line;
            return {};
        }
    }
}

}  // namespace smallprint::archive
