// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "searcher/query/ast.h"
#include "searcher/query/limits.h"
#include "searcher/query/parser.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

using namespace smallprint;

namespace {

Error error_of(std::string_view text, query::QuerySyntax syntax = query::QuerySyntax::full) {
    const auto query = query::parse_query(text, syntax);
    REQUIRE_FALSE(query);
    CHECK_FALSE(query.error().message.empty());
    CHECK_FALSE(query.error().hint.empty());
    return query.error();
}

struct Case {
    std::string_view query;
    std::size_t position;
    std::string_view repaired;  // empty: no repair is clear
};

void check_case(const Case& expected) {
    CAPTURE(expected.query);
    const Error error = error_of(expected.query);
    CAPTURE(error.message);
    CAPTURE(error.hint);
    CHECK(error.code == ErrorCode::query);
    CHECK(error.position == expected.position);
    if (expected.repaired.empty()) {
        CHECK_FALSE(error.hint.starts_with("did you mean: "));
    } else {
        CHECK(error.hint == fmt::format("did you mean: {}", expected.repaired));
        CHECK(query::parse_query(expected.repaired));
    }
}

}  // namespace

TEST_CASE("quotes and brackets have to be closed") {
    check_case({"sell \"personal data", 5, "sell \"personal data\""});
    check_case({"sell \"  \"", 5, "sell"});
    check_case({"(sell OR share", 0, "(sell OR share)"});
    check_case({"sell (share (rent", 12, "sell (share (rent))"});
    check_case({"sell) data", 4, "sell data"});
    check_case({"sell ) data", 5, "sell data"});
    check_case({") sell", 0, "sell"});
    check_case({"sell () data", 5, "sell data"});
    check_case({"()", 0, ""});
    check_case({"(", 0, ""});
    check_case({"sell (", 5, "sell"});
    check_case({"\"\"", 0, ""});
}

TEST_CASE("operators need both sides") {
    check_case({"sell AND", 5, "sell"});
    check_case({"OR sell", 0, "sell"});
    check_case({"sell AND OR share", 5, "sell OR share"});
    check_case({"(sell OR) share", 6, "(sell) share"});
    check_case({"(OR sell) share", 1, "(sell) share"});
    check_case({"w/5 data", 0, "data"});
    check_case({"sell w/5", 5, "sell"});
    check_case({"AND", 0, ""});
    check_case({"sell NOT", 5, "sell"});
    check_case({"sell NOT NOT data", 5, "sell data"});
}

TEST_CASE("a query has to say what to find") {
    check_case({"NOT sell", 0, ""});
    check_case({"share OR NOT sell", 9, ""});
    check_case({"share NOT (NOT sell)", 10, ""});
    check_case({"NOT sell NOT share", 0, ""});
    check_case({"&", 0, ""});
}

TEST_CASE("nearness stands between words and needs a number from 1 to 100") {
    check_case({"sell w/0 data", 5, "sell w/1 data"});
    check_case({"sell w/101 data", 5, "sell w/100 data"});
    check_case({"sell pre/99999999999999999999 data", 5, "sell pre/100 data"});
    check_case({"sell w/ 5 data", 5, "sell w/5 data"});
    check_case({"sell pre/ 5 data", 5, "sell pre/5 data"});
    check_case({"share w/ partners", 6, ""});
    check_case({"sell w/x data", 5, ""});
    check_case({"sell w/ data", 5, ""});
    check_case({"sell /5 data", 5, "sell w/5 data"});
    check_case({"sell NEAR/5 data", 5, "sell w/5 data"});
    check_case({"sell onear/5 data", 5, "sell pre/5 data"});
    check_case({"sell w/s data", 5, "sell /s data"});
    check_case({"sell /p data", 5, "sell AND data"});
    check_case({"sell w/5 NOT data", 9, ""});
    check_case({"sell w/5 (a b)", 9, ""});
    check_case({"sell w/5 (a OR NOT b)", 15, ""});
    check_case({"sell w/5 vendor:x", 9, ""});
    check_case({"(a AND b) /s sell", 0, ""});
}

TEST_CASE("a * stands right behind a single word of three characters or more") {
    check_case({"a*", 0, ""});
    check_case({"ab* cd", 0, ""});
    check_case({"*data", 0, "data"});
    check_case({"**bold**", 0, "bold"});
    check_case({"data*base", 0, "data*"});
    check_case({"data.*", 0, "data*"});
    check_case({"opt-outs* x", 0, "\"opt outs*\" x"});
    check_case({"\"an opt-out* x\"", 4, "\"an opt out* x\""});
    check_case({"=data*", 0, "data*"});
    check_case({"=\"personal data*\"", 11, "=\"personal data\""});
    CHECK(error_of("é*").message == "a * needs at least 3 characters before it, and this has 1");
}

TEST_CASE("signs of other search engines are explained") {
    check_case({"sell -share", 5, "sell NOT share"});
    check_case({"sell !share", 5, "sell NOT share"});
    check_case({"sell -\"my data\"", 5, "sell NOT \"my data\""});
    check_case({"sell -(a b)", 5, "sell NOT (a b)"});
    check_case({"sell -vendor:x", 5, "sell NOT vendor:x"});
    check_case({"-sell", 0, ""});
    check_case({"sell || share", 5, "sell OR share"});
    check_case({"sell | share", 5, "sell OR share"});
    check_case({"sell && share", 5, "sell AND share"});
}

TEST_CASE("a misspelt field is an error that names the nearest") {
    check_case({"vendr:x cookies", 0, "vendor:x cookies"});
    check_case({"cookies herding:x", 8, "cookies heading:x"});
    check_case({"vendr:\"x y\"", 0, "vendor:\"x y\""});
    check_case({"as_of:2019 x", 0, "as-of:2019 x"});
    check_case({"site:a.com", 0, "vendor:a.com"});
    check_case({"LANGUAGE:en x", 0, "lang:en x"});
    check_case({"foo:bar", 0, ""});
    check_case({"text:cookies", 0, "cookies"});
}

TEST_CASE("a field needs its value right behind the colon") {
    check_case({"vendor: kaseya.com x", 0, "vendor:kaseya.com x"});
    check_case({"cookies vendor:", 8, ""});
    check_case({"(cookies vendor: ) x", 9, ""});
    check_case({"heading:", 0, ""});
    check_case({"heading:& cookies", 0, ""});
    check_case({"heading:AND cookies", 0, ""});
    check_case({"vendor:\" \" x", 7, ""});
    check_case({"vendor:kas* x", 7, "vendor:kas x"});
    check_case({"vendor:(a b)", 7, "vendor:\"a b\""});
    check_case({"vendor:(a, b)", 7, "vendor:(a OR b)"});
    check_case({"vendor:(a b OR c)", 8, "vendor:(\"a b\" OR c)"});
    check_case({"vendor:(a type:b)", 10, ""});
    check_case({"heading:(a NOT b)", 11, ""});
    check_case({"heading:(a w/5 b)", 8, ""});
    check_case({"id:xyz x", 3, ""});
    check_case({"change:remove x", 7, "change:removed x"});
    check_case({"change:whatever x", 7, ""});
}

TEST_CASE("dates have to exist and spans to go forward") {
    check_case({"date:2019-02-30", 5, "date:2019-02-28"});
    check_case({"x date:2018..2014", 7, "x date:2014..2018"});
    check_case({"date:2014-2018", 5, "date:2014..2018"});
    check_case({"date:2014...2018", 5, "date:2014..2018"});
    check_case({"date:2014–2018", 5, "date:2014..2018"});
    check_case({"date:2019/5/3", 5, "date:2019-05-03"});
    check_case({"date:20190503..", 5, "date:2019-05-03.."});
    check_case({"date:2019-05-03T12:00:00Z", 5, "date:2019-05-03"});
    check_case({"date:2019-13", 5, ""});
    check_case({"date:..", 5, ""});
    check_case({"words:60..20", 6, "words:20..60"});
    check_case({"x words:20–60", 8, "x words:20..60"});
    check_case({"words:few", 6, ""});
    check_case({"date:soon", 5, ""});
    check_case({"date:2014..2019-02-31", 5, "date:2014..2019-02-28"});
    check_case({"as-of:2014..2018", 6, ""});
    check_case({"as-of:unknown", 6, ""});
    check_case({"date:(2014 2016)", 5, ""});
}

TEST_CASE("several mistakes are repaired together") {
    check_case({"vendr:x (sell OR \"my data", 0, "vendor:x (sell OR \"my data\")"});
}

TEST_CASE("a query over a limit is refused before any work") {
    CHECK(query::parse_query(std::string(query::k_longest_query, 'a')));
    CHECK(error_of(std::string(query::k_longest_query + 1, 'a')).code == ErrorCode::limit);
    CHECK(query::parse_query(std::string(query::k_longest_plain_query, 'a'),
                             query::QuerySyntax::plain));
    CHECK(error_of(std::string(query::k_longest_plain_query + 1, 'a'), query::QuerySyntax::plain)
              .code == ErrorCode::limit);

    std::string words;
    for (std::size_t i = 0; i < query::k_most_terms; ++i) {
        words += "w ";
    }
    CHECK(query::parse_query(words));
    CHECK(error_of(words + "more").code == ErrorCode::limit);
    CHECK(error_of(words + "more").position == words.size());
    CHECK(query::parse_query(words + words, query::QuerySyntax::plain));
    CHECK(error_of(words + words + "more", query::QuerySyntax::plain).position == 2 * words.size());
    CHECK(query::parse_query("\"" + words + "\""));
    CHECK(error_of("\"" + words + "more\"").code == ErrorCode::limit);
}

TEST_CASE("wildcards and nesting are limited") {
    CHECK(query::parse_query("abc* abd* abe*"));
    CHECK(error_of("abc* \"abd* abe*\" x abf*").position == 19);
    CHECK(error_of("abc* abd* abe* abf*").code == ErrorCode::limit);
    const std::string open(query::k_deepest_nesting, '(');
    const std::string close(query::k_deepest_nesting, ')');
    CHECK(query::parse_query(open + "a" + close));
    CHECK(error_of("(" + open + "a" + close + ")").code == ErrorCode::limit);
    CHECK(error_of("(" + open + "a" + close + ")").position == query::k_deepest_nesting);
}

TEST_CASE("huge and hostile queries are refused at once") {
    const std::array<std::string, 8> pieces = {"a ",   "(",       "\"",   "a* ",
                                               "NOT ", "vendor:", "\xFF", std::string(1, '\0')};
    for (const std::string& piece : pieces) {
        for (const std::size_t bytes : {std::size_t(1000), std::size_t(1'000'000)}) {
            std::string text;
            while (text.size() + piece.size() <= bytes) {
                text += piece;
            }
            CAPTURE(piece);
            for (const query::QuerySyntax syntax :
                 {query::QuerySyntax::full, query::QuerySyntax::plain}) {
                const auto query = query::parse_query(text, syntax);
                CHECK((bytes < 2000 || !query));
                if (!query) {
                    CHECK_FALSE(query.error().hint.empty());
                }
            }
        }
    }
}

TEST_CASE("operators of other search engines between words are explained") {
    check_case({"sell w5 data", 5, "sell w/5 data"});
    check_case({"sell W3 data", 5, "sell w/3 data"});
    check_case({"sell pre3 data", 5, "sell pre/3 data"});
    check_case({"sell NEAR data", 5, "sell w/10 data"});
    check_case({"sell NEAR 4 data", 5, "sell w/4 data"});
    check_case({"sell ADJ3 (data)", 5, "sell pre/3 (data)"});
    check_case({"sell AROUND(3) data", 5, "sell w/3 data"});
    check_case({"sell around(3) data", 5, "sell w/3 data"});
    check_case({"sell +5 data", 5, "sell pre/5 data"});
    check_case({"sell +s data", 5, "sell /s data"});
    check_case({"sell +p data", 5, "sell AND data"});
    check_case({"sell w/sent data", 5, "sell /s data"});
    check_case({"sell % data", 5, "sell NOT data"});
    check_case({"sell %data", 5, "sell NOT data"});
    check_case({"sell ANDNOT data", 5, "sell NOT data"});
    check_case({"sell BUT NOT data", 5, "sell NOT data"});
    check_case({"sell within 5 words of data", 5, "sell w/5 data"});
    check_case({"sell SAME data", 5, "sell AND data"});
    check_case({"NEAR(sell data, 3)", 0, ""});
    check_case({"sell||rent", 0, "sell OR rent"});
    check_case({"sell XOR data", 5, ""});
    check_case({"sell|rent data", 0, "(sell OR rent) data"});
    check_case({"(sell|rent) data", 1, "(sell OR rent) data"});
    for (const char* const text :
         {"w3", "w3 data", "data w3", "NEAR data", "data NEAR", "a near b", "form w2 OR x",
          "50 % off", "100% data", "+1 555", "wifi n300 router", "vendor:(a.example OR w3) b"}) {
        CHECK_MESSAGE(query::parse_query(text), text);
    }
}

TEST_CASE("signs that stand for letters, weights and distances are explained") {
    check_case({"qu?ck", 0, ""});
    check_case({"priva?y x", 0, "priva* x"});
    check_case({"?data", 0, ""});
    check_case({"cookie? w/5 track", 0, "cookie* w/5 track"});
    check_case({"ba%nana", 0, "banana"});
    check_case({"a \"quick fox\"~3", 2, "a quick w/3 fox"});
    check_case({"=\"quick fox\"~3", 0, "=quick w/3 =fox"});
    check_case({"\"quick fox\"~", 0, "\"quick fox\""});
    check_case({"\"quick fox\"~300", 0, "\"quick fox\""});
    check_case({"\"quick fox\"^2", 11, "\"quick fox\""});
    check_case({"(a b)^2 c", 5, "(a b) c"});
    check_case({"quick fox^2.5", 9, "quick fox"});
    check_case({"roam~0.8", 4, "roam"});
    check_case({"~roam", 0, "roam"});
    for (const char* const text : {"do you sell? my data", "https://a.example/x?y=1", "~30 days",
                                   "sell AND do they?", "https://a.example/~x", "a%20b"}) {
        CHECK_MESSAGE(query::parse_query(text), text);
    }
}

TEST_CASE("ranges and brackets of other search engines are explained") {
    check_case({"[a TO b] x", 0, ""});
    check_case({"x [2014 TO 2018]", 2, "x date:2014..2018"});
    check_case({"x {2014 TO 2018}", 2, "x date:2014..2018"});
    check_case({"x date:[2014 TO 2018]", 7, "x date:2014..2018"});
    check_case({"x date:[2014 TO *]", 7, "x date:2014.."});
    check_case({"x words:{5 TO 20}", 8, "x words:5..20"});
    check_case({"x date:>2014", 7, "x date:2015.."});
    check_case({"x date:<=2014-05", 7, "x date:..2014-05"});
    check_case({"x words:<20", 8, "x words:..19"});
    check_case({"x 2014..2018", 2, "x date:2014..2018"});
    check_case({"[sell OR rent] x", 0, "(sell OR rent) x"});
    CHECK(query::parse_query("[sell] (rent) [email protected]"));
}

TEST_CASE("fields of other search engines are explained") {
    check_case({"x before:2015", 2, "x date:..2014"});
    check_case({"x before:2015-03-01", 2, "x date:..2015-02-28"});
    check_case({"x after:2016", 2, "x date:2016.."});
    check_case({"x until:2016-05", 2, "x date:..2016-05"});
    check_case({"x before:soon", 2, ""});
    check_case({"x filetype:pdf", 2, "x"});
    check_case({"x inurl:a.example", 2, "x host:a.example"});
    check_case({"x inurl:privacy", 2, ""});
    check_case({"intext:sell x", 0, "sell x"});
    check_case({"intitle:sell x", 0, "heading:sell x"});
    check_case({"x date aft 2016", 2, "x date:2016.."});
    check_case({"title=sell x", 0, "heading:sell x"});
    check_case({"title=\"sell\" x", 0, "heading:\"sell\" x"});
    check_case({"x date>2015", 2, "x date:2016.."});
    check_case({"x date:2015 to 2018", 7, "x date:2015..2018"});
    check_case({"x date:2015 - 2018", 7, "x date:2015..2018"});
    check_case({"ti:sell x", 0, "heading:sell x"});
    check_case({"ti(sell) x", 0, "heading:(sell) x"});
    check_case({"date(2016) x", 0, "date:(2016) x"});
    check_case({"atleast5(sell) x", 0, "(sell) x"});
    check_case({"ATL3(sell) x", 0, "(sell) x"});
    CHECK(query::parse_query("delete within 30 days of consent"));
    CHECK(query::parse_query("title(s) x"));
    CHECK(query::parse_query("partner(s) x"));
}
