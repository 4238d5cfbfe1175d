// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/tables/jsonl_reader.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/io/file.h"
#include "common/model/listing.h"
#include "indexer/archive/charset.h"
#include "indexer/archive/limits.h"
#include "indexer/archive/source_text.h"
#include "indexer/archive/tables/row_facts.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::archive {
namespace {

namespace json = boost::json;

constexpr std::size_t k_stretch = std::size_t{256} << 10U;  // bytes read at a time
constexpr std::size_t k_deepest = 16;                       // of objects and arrays in a line
constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";

std::string_view without_mark(std::string_view text) {
    return text.substr(text.starts_with(k_byte_order_mark) ? k_byte_order_mark.size() : 0);
}

struct Line {
    std::uint64_t offset = 0;
    std::uint64_t number = 0;  // from 1
    std::string bytes;         // without its end
    bool over_limit = false;   // more than k_largest_text; `bytes` is cut
};

// True of a file that is one array of objects, "[{...}, {...}]".
bool is_array(std::string_view head) {
    head = without_mark(head);
    const std::size_t bracket = std::min(head.find_first_not_of(" \t\r\n"), head.size());
    const std::size_t brace = std::min(head.find_first_not_of(" \t\r\n", bracket + 1), head.size());
    return head.substr(bracket, 1) == "[" && head.substr(brace, 1) == "{";
}

// Cuts a file into lines, or the array that it is into elements.
class Lines {
public:
    Lines(const io::FileBytes& bytes, JsonlReader::Form form, std::uint64_t offset = 0)
        : m_bytes(bytes), m_form(form), m_offset(offset) {}

    // Nothing behind the last.
    Result<std::optional<Line>> next() {
        Line line;
        line.offset = m_offset;
        line.number = ++m_number;
        while (true) {
            if (m_at == m_stretch.size()) {
                TRY_ASSIGN(m_stretch, m_bytes.read(m_offset, k_stretch));
                m_at = 0;
            }
            const std::string_view rest = std::string_view(m_stretch).substr(m_at);
            const std::size_t end = m_form == JsonlReader::Form::lines
                                        ? std::min(rest.find('\n'), rest.size())
                                        : element_end(rest);
            if (line.bytes.size() + end > k_largest_text) {
                line.over_limit = true;
            } else {
                line.bytes += rest.substr(0, end);
            }
            const std::size_t used = std::min(end + 1, rest.size());
            m_at += used;
            m_offset += used;
            if (rest.empty() && m_offset == line.offset) {
                return std::optional<Line>();
            }
            if (rest.empty() || end < rest.size()) {
                return std::optional(std::move(line));
            }
        }
    }

private:
    // Where the comma or bracket behind the element is, as far as it goes on in `rest`. The
    // bracket that opens the array is an element by itself, and blank.
    std::size_t element_end(std::string_view rest) {
        for (std::size_t i = 0; i < rest.size(); ++i) {
            const char c = rest[i];
            if (m_is_escaped) {
                m_is_escaped = false;
            } else if (m_in_text) {
                m_is_escaped = c == '\\';
                m_in_text = c != '"';
            } else if (c == '"') {
                m_in_text = true;
            } else if (m_depth == 0 && (c == ',' || c == '[' || c == ']')) {
                return i;
            } else if (c == '{' || c == '[') {
                ++m_depth;
            } else if ((c == '}' || c == ']') && m_depth > 0) {
                --m_depth;
            }
        }
        return rest.size();
    }

    const io::FileBytes& m_bytes;
    JsonlReader::Form m_form;
    std::uint64_t m_offset;
    std::size_t m_depth = 0;  // within an element
    bool m_in_text = false;
    bool m_is_escaped = false;
    std::uint64_t m_number = 0;
    std::string m_stretch;
    std::size_t m_at = 0;
};

struct Row {
    json::object object;
    std::vector<std::string> keys;  // in the order of the object
    RowColumns columns;
};

// Returns the number behind "\\u" that `text` begins with; 0 if none does.
std::uint32_t escaped_unit(std::string_view text) {
    return text.starts_with("\\u") && text.size() >= 6
               ? parse_number<std::uint32_t>(text.substr(2, 4), 16).value_or(0)
               : 0;
}

// How many bytes the escape that `text` begins with has, with the other half of a pair.
struct Escape {
    std::size_t size = 2;
    bool is_lone_half = false;
};

Escape read_escape(std::string_view text) {
    const std::uint32_t unit = escaped_unit(text);
    if (unit < 0xD800 || unit > 0xDFFF) {
        return {};
    }
    const std::uint32_t next = escaped_unit(text.substr(6));
    const bool is_pair = unit < 0xDC00 && next >= 0xDC00 && next <= 0xDFFF;
    return {is_pair ? std::size_t{12} : std::size_t{6}, !is_pair};
}

// What Python and JavaScript write and JSON does not have: half a pair of surrogates, in place of
// which stands U+FFFD, and numbers that are none, in place of which stands null.
std::string mend_json(std::string_view line) {
    static constexpr std::array<std::string_view, 4> k_no_numbers = {"NaN", "-NaN", "Infinity",
                                                                     "-Infinity"};
    std::string mended;
    bool in_string = false;
    for (std::size_t at = 0; at < line.size();) {
        const std::string_view rest = line.substr(at);
        std::size_t size = 1;
        std::string_view instead;
        if (in_string && rest.starts_with('\\')) {
            const Escape escape = read_escape(rest);
            size = std::min(escape.size, rest.size());
            instead = escape.is_lone_half ? "\\uFFFD" : "";
        } else if (rest.starts_with('"')) {
            in_string = !in_string;
        } else if (!in_string) {
            const auto* word = std::ranges::find_if(
                k_no_numbers, [&](std::string_view each) { return rest.starts_with(each); });
            instead = word == k_no_numbers.end() ? "" : "null";
            size = word == k_no_numbers.end() ? 1 : word->size();
        }
        mended += instead.empty() ? rest.substr(0, size) : instead;
        at += size;
    }
    return mended;
}

// The object on a line.
Result<Row> parse_row(std::string_view line, const ColumnMap& map) {
    line = without_mark(line);
    json::parse_options options;
    options.max_depth = k_deepest;
    options.allow_invalid_utf8 = true;  // decode_text sees to it
    boost::system::error_code error;
    json::value value = json::parse({line.data(), line.size()}, error, {}, options);
    if (error) {
        boost::system::error_code still;
        const std::string mended = mend_json(line);
        value = json::parse(mended, still, {}, options);
        error = still ? error : still;
    }
    if (error == json::error::too_deep) {
        return fail(ErrorCode::limit, fmt::format("JSON of more than {} levels", k_deepest));
    }
    if (error || !value.is_object()) {
        return fail(ErrorCode::input,
                    error ? "is no JSON: " + error.message() : "is no JSON object");
    }
    Row row;
    row.object = std::move(value.get_object());
    for (const auto& [key, ignored] : row.object) {
        row.keys.emplace_back(key.data(), key.size());
    }
    row.columns = map_columns(row.keys, map);
    return row;
}

// The value of a field, and numbers as JSON writes them; empty for all else.
std::string value_at(const Row& row, RowField field) {
    const auto column = row.columns[field];
    if (!column) {
        return {};
    }
    const json::value& value = (row.object.begin() + static_cast<std::ptrdiff_t>(*column))->value();
    if (const json::string* text = value.if_string()) {
        return {text->data(), text->size()};
    }
    if (const double* number = value.if_double()) {
        return fmt::format("{:.0f}", *number);
    }
    return value.is_number() ? json::serialize(value) : std::string();
}

struct RowText {
    std::string text;
    TextForm form = TextForm::markdown;
};

RowText find_text(const Row& row) {
    std::string text = value_at(row, RowField::text);
    if (!is_blank(text)) {
        return {std::move(text), TextForm::markdown};
    }
    return {value_at(row, RowField::html), TextForm::html};
}

void list_row(const Row& row, ListedSnapshot snapshot, Listing& listing) {
    const RowText text = find_text(row);
    if (is_blank(text.text)) {
        listing.skipped.push_back({snapshot.facts.place, "holds no text", SkipKind::empty});
        return;
    }
    set_facts(snapshot.facts, [&](RowField field) { return value_at(row, field); });
    list_table_text(text.text, text.form, snapshot);
    listing.snapshots.push_back(std::move(snapshot));
}

// Remembers what the lines have had so far.
struct Seen {
    const ColumnMap& map;
    std::vector<std::string> keys = {};  // of the first object
    bool text = false;                   // a key for text or HTML
};

void list_line(const Line& line, ListedSnapshot snapshot, Seen& seen, Listing& listing) {
    if (line.over_limit) {
        listing.skipped.push_back({snapshot.facts.place,
                                   fmt::format("a record of more than {} bytes", k_largest_text),
                                   SkipKind::limit});
        return;
    }
    if (is_blank(without_mark(line.bytes))) {
        return;
    }
    const Result<Row> row = parse_row(line.bytes, seen.map);
    if (!row) {
        const bool limit = row.error().code == ErrorCode::limit;
        listing.skipped.push_back({snapshot.facts.place, row.error().message,
                                   limit ? SkipKind::limit : SkipKind::unreadable});
        return;
    }
    seen.keys = seen.keys.empty() ? row->keys : seen.keys;
    seen.text = seen.text || has_text_column(row->columns);
    list_row(*row, std::move(snapshot), listing);
}

// Behind the closing quote of the string that `text` begins with, or its end.
std::size_t string_end(std::string_view text) {
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '\\') {
            ++i;
        } else if (text[i] == '"') {
            return i + 1;
        }
    }
    return text.size();
}

bool is_key(std::string_view behind) {
    const std::size_t next = behind.find_first_not_of(" \t\r\n");
    return next != std::string_view::npos && behind[next] == ':';
}

// The keys of the JSON object that `line` begins with, as far as it has it: a line is often longer
// than what one reads to tell a format. Empty if it is no object. Escapes in keys are left as they
// are.
std::vector<std::string> keys_of_first_object(std::string_view line) {
    const std::size_t begin = line.find_first_not_of(" \t");
    std::vector<std::string> keys;
    int depth = 0;
    for (std::size_t i = std::min(begin, line.size()); i < line.size(); ++i) {
        const char c = line[i];
        if (depth == 0 && (c != '{' || !keys.empty())) {
            return keys;
        }
        if (c == '"') {
            const std::size_t size = string_end(line.substr(i));
            if (depth == 1 && is_key(line.substr(i + size))) {
                keys.emplace_back(line.substr(i + 1, size - 2));
            }
            i += size - 1;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return keys;
}

}  // namespace

bool looks_like_jsonl(std::string_view head, const ColumnMap& map) {
    head = without_mark(head);
    head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size()));
    // The objects of an array are often laid out over many lines.
    const std::vector<std::string> keys =
        is_array(head) ? keys_of_first_object(head.substr(head.find('{')))
                       : keys_of_first_object(head.substr(0, head.find('\n')));
    return has_text_column(map_columns(keys, map));
}

JsonlReader::JsonlReader(std::string name, io::FileBytes bytes, ColumnMap map)
    : m_name(std::move(name)), m_bytes(std::move(bytes)), m_map(std::move(map)) {}

Result<Listing> JsonlReader::list() {
    TRY_ASSIGN(m_bytes, as_utf8(m_bytes));
    TRY_ASSIGN(const std::string head, m_bytes.read(0, k_stretch));
    m_form = is_array(head) ? Form::array : Form::lines;
    Listing listing;
    Lines lines(m_bytes, m_form);
    std::uint64_t records = 0;
    Seen seen{m_map};
    while (true) {
        TRY_ASSIGN(const std::optional<Line> line, lines.next());
        if (!line) {
            break;
        }
        ListedSnapshot snapshot;
        records += is_blank(without_mark(line->bytes)) ? 0U : 1U;
        snapshot.facts.place = m_form == Form::lines
                                   ? fmt::format("{}:line {}", m_name, line->number)
                                   : fmt::format("{}:record {}", m_name, records);
        snapshot.locator = line->offset;
        list_line(*line, std::move(snapshot), seen, listing);
    }
    if (!seen.text && !seen.keys.empty()) {
        return fail(ErrorCode::input,
                    fmt::format("no line of '{}' has a key 'text' or 'html'; its first object has "
                                "{}",
                                m_name, list_of_columns(seen.keys)),
                    "say with --map which key is which");
    }
    return listing;
}

Result<SourceText> JsonlReader::read(const ListedSnapshot& snapshot) const {
    TRY_ASSIGN(const std::optional<Line> line, Lines(m_bytes, m_form, snapshot.locator).next());
    if (!line || line->over_limit) {
        return fail(ErrorCode::input, "the line is not there any more");
    }
    TRY_ASSIGN(const Row row, parse_row(line->bytes, m_map));
    const RowText text = find_text(row);
    return make_source(text.text, text.form);
}

}  // namespace smallprint::archive
