// SPDX-License-Identifier: GPL-2.0-or-later
//
// Keeps schemas/query-language.md, `smallprint search --help` and the tables of the program equal,
// and runs the examples of the page.

#include "common/fields/field_table.h"
#include "common/text/tokenizer.h"
#include "searcher/cli/commands.h"
#include "searcher/cli/options.h"
#include "searcher/query/ast.h"
#include "searcher/query/describe.h"
#include "searcher/query/limits.h"
#include "searcher/query/parser.h"
#include "searcher/query/syntax_table.h"
#include "searcher/request/filters.h"
#include "tests/support/markdown_tables.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace smallprint;

namespace {

using Cells = std::vector<std::string>;

const std::vector<MarkdownTable>& tables() {
    static const std::vector<MarkdownTable> page =
        tables_of(repository_file("schemas/query-language.md"));
    return page;
}

// The rows of the one table with that header.
std::vector<Cells> rows_under(const Cells& header) {
    std::vector<Cells> rows;
    for (const MarkdownTable& table : tables()) {
        if (table.header == header) {
            CHECK(rows.empty());
            rows = table.rows;
        }
    }
    REQUIRE_FALSE(rows.empty());
    return rows;
}

// The only code of a cell, or nothing where it is empty.
std::string code_of(const std::string& cell) {
    const std::vector<std::string> codes = code_in(cell);
    CHECK(codes.size() == (cell.empty() ? 0 : 1));
    return codes.empty() ? "" : codes.front();
}

std::string read_as(std::string_view text) {
    const auto query = query::parse_query(text);
    if (!query) {
        return "mistake: " + query.error().message;
    }
    const std::optional<query::Node>& root = query->root;
    return root ? query::format_query(*root) : "";
}

struct Words {
    std::string words;                // with blanks between
    std::vector<std::string> joined;  // forms of compounds
};

Words words_of(std::string_view text) {
    text::Tokenizer tokenizer;
    Words result;
    for (const text::Token& token : tokenizer.tokenize(text)) {
        if (token.width > 1) {
            result.joined.emplace_back(token.word);
        } else {
            result.words += result.words.empty() ? "" : " ";
            result.words += token.word;
        }
    }
    return result;
}

// The words that a row gives for its i-th example: one for each, or one for all.
std::string expected_words(const std::string& cell, const std::vector<std::string>& written,
                           std::size_t i) {
    const std::vector<std::string> codes = code_in(cell);
    if (codes.empty()) {
        CHECK(cell == "as written");
        return written[i];
    }
    CHECK((codes.size() == 1 || codes.size() == written.size()));
    return codes.size() == 1 ? codes.front() : codes.at(i);
}

void check_words(const Cells& row, bool has_joined) {
    const std::vector<std::string> written = code_in(row[0]);
    CHECK_FALSE(written.empty());
    for (std::size_t i = 0; i < written.size(); ++i) {
        CAPTURE(written[i]);
        const Words words = words_of(written[i]);
        if (row[1] == "the parts") {
            CHECK(words.words.find(' ') != std::string::npos);
        } else {
            CHECK(words.words == expected_words(row[1], written, i));
        }
        CHECK(words.joined == (has_joined ? code_in(row[2]) : Cells()));
    }
}

// Help as one line, so that it does not matter where it is broken.
std::string search_help() {
    std::string help;
    cli::SearchOptions options;
    std::ranges::unique_copy(cli::command_help(cli::k_search_command, options.rows()),
                             std::back_inserter(help), [](char a, char b) {
                                 const auto is_blank = [](char c) { return c == ' ' || c == '\n'; };
                                 return is_blank(a) && is_blank(b);
                             });
    std::ranges::replace(help, '\n', ' ');
    return help;
}

}  // namespace

TEST_CASE("documented: the operators of the page and of the help are those of the table") {
    const std::vector<Cells> rows = rows_under({"written", "finds clauses", "example"});
    REQUIRE(rows.size() == query::k_syntax.size());
    const std::string help = search_help();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        CAPTURE(rows[i][0]);
        CHECK(code_of(rows[i][0]) == query::k_syntax.at(i).written);
        CHECK(rows[i][1] == query::k_syntax.at(i).help);
        CHECK(code_of(rows[i][2]) == query::k_syntax.at(i).example);
        CHECK(read_as(query::k_syntax.at(i).example) == query::k_syntax.at(i).example);
        CHECK(help.find(" " + std::string(query::k_syntax.at(i).written) + " " +
                        std::string(query::k_syntax.at(i).help)) != std::string::npos);
    }
}

TEST_CASE("documented: the fields of the page and of the help are those of the table") {
    const std::vector<Cells> rows = rows_under({"field", "finds clauses by", "example"});
    REQUIRE(rows.size() + 1 == k_fields.size());
    const std::string help = search_help();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const FieldRow& field = k_fields.at(i + 1);  // the first is `text`, which has no name
        CAPTURE(field.name);
        CHECK(code_of(rows[i][0]) == std::string(field.name) + ":");
        CHECK(rows[i][1] == field.help);
        CHECK(code_of(rows[i][2]) == field.example);
        CHECK(read_as(field.example) == field.example);
        CHECK(help.find(" " + std::string(field.name) + ": " + std::string(field.help)) !=
              std::string::npos);
    }
}

TEST_CASE("documented: the filters of the page are the options that narrow, and mean the fields") {
    std::vector<std::string> known;
    known.reserve(request::k_filters.size());
    for (const request::FilterRow& row : request::k_filters) {
        known.push_back(fmt::format("--{} {}", row.option, row.placeholder));
    }
    std::vector<std::string> told;
    for (const Cells& row : rows_under({"flag", "a clause passes if", "as a field"})) {
        told.push_back(code_of(row[0]));
        std::string field = code_of(row[2]);
        for (const auto& [word, value] :
             {std::pair("DATE", "2014"), std::pair("HOW", "added"), std::pair("RANGE", "20..60")}) {
            if (const std::size_t at = field.find(word); at != std::string::npos) {
                field.replace(at, std::string_view(word).size(), value);
            }
        }
        CAPTURE(field);
        CHECK(query::parse_query(field));
    }
    std::ranges::sort(known);
    std::ranges::sort(told);
    CHECK(told == known);
}

TEST_CASE("documented: the man page names every operator and field") {
    const std::string page = repository_file("searcher/smallprint.1");
    const std::size_t begin = page.find("\n.SH QUERIES\n");
    REQUIRE(begin != std::string::npos);
    std::string section = page.substr(begin, page.find("\n.SH ", begin + 1) - begin);
    for (std::size_t at = section.find("\\(dq"); at != std::string::npos;
         at = section.find("\\(dq")) {
        section.replace(at, 4, "\"");
    }
    std::erase(section, '\\');
    for (const query::SyntaxRow& row : query::k_syntax) {
        CHECK_MESSAGE(section.find("\n.B " + std::string(row.written) + "\n") != std::string::npos,
                      row.written);
    }
    for (const FieldRow& row : k_fields) {
        CHECK_MESSAGE((row.field == Field::text ||
                       section.find("\n.B " + std::string(row.name) + ":\n") != std::string::npos),
                      row.name);
    }
}

TEST_CASE("documented: the queries of the page are read as it says") {
    for (const Cells& row : rows_under({"query", "read as"})) {
        CHECK(read_as(code_of(row[0])) == code_of(row[1]));
    }
}

TEST_CASE("documented: the mistakes of the page are told and repaired as it says") {
    for (const Cells& row : rows_under({"query", "what is wrong", "did you mean"})) {
        const std::string text = code_of(row[0]);
        CAPTURE(text);
        const auto query = query::parse_query(text);
        REQUIRE_FALSE(query);
        CHECK(query.error().message == row[1]);
        const std::string repaired = code_of(row[2]);
        CHECK(query.error().hint.starts_with("did you mean: ") == !repaired.empty());
        if (!repaired.empty()) {
            CHECK(query.error().hint == "did you mean: " + repaired);
        }
    }
}

TEST_CASE("documented: the limits of the page are those of the program") {
    constexpr std::array<std::size_t, 9> limits = {
        query::k_longest_query,    query::k_longest_plain_query, query::k_most_terms,
        query::k_most_plain_words, query::k_longest_phrase,      query::k_most_wildcards,
        query::k_shortest_prefix,  query::k_deepest_nesting,     query::k_farthest};
    const std::vector<Cells> rows = rows_under({"limit", "value"});
    REQUIRE(rows.size() == limits.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        CAPTURE(rows[i][0]);
        std::string digits = rows[i][1];
        std::erase(digits, ',');
        CHECK(digits == std::to_string(limits.at(i)));
    }
}

TEST_CASE("documented: the words of the page are those of the tokenizer") {
    std::size_t checked = 0;
    for (const MarkdownTable& table : tables()) {
        if (table.header.size() < 2 || table.header[0] != "written" ||
            !table.header[1].starts_with("word")) {
            continue;
        }
        const bool has_joined = table.header.back().starts_with("joined form");
        for (const Cells& row : table.rows) {
            check_words(row, has_joined);
            ++checked;
        }
    }
    CHECK(checked > 20);
}
