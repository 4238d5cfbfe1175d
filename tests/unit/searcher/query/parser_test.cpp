// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/fields/field_table.h"
#include "searcher/query/ast.h"
#include "searcher/query/parser.h"
#include "tests/support/query_shape.h"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <string_view>

using namespace smallprint;

namespace {

std::string shape_of_text(std::string_view text,
                          query::QuerySyntax syntax = query::QuerySyntax::full) {
    const auto query = query::parse_query(text, syntax);
    if (!query) {
        return "error: " + query.error().message;
    }
    const std::optional<query::Node>& root = query->root;
    return root ? shape_of(*root) : "nothing";
}

query::Node root_of(std::string_view text) {
    const auto query = query::parse_query(text);
    REQUIRE(query);
    const std::optional<query::Node>& root = query->root;
    REQUIRE(root);
    return root.value_or(query::Node{});
}

}  // namespace

TEST_CASE("words are parted by blanks and keep their place") {
    const query::Node root = root_of("  sell personal\tdata ");
    CHECK(root.kind == query::NodeKind::all);
    CHECK(root.conjunction == query::Conjunction::juxtaposed);
    CHECK(root.begin == 2);
    CHECK(root.end == 20);
    REQUIRE(root.children.size() == 3);
    CHECK(root.children[1] == query::Node{.text = "personal", .begin = 7, .end = 15});
}

TEST_CASE("a single word is the root") {
    CHECK(root_of("cookies") == query::Node{.text = "cookies", .begin = 0, .end = 7});
}

TEST_CASE("quotes make a phrase: straight, typographic or French") {
    for (const std::string_view text :
         {"\"safe harbor\"", "“safe harbor”", "„safe harbor“", "«safe harbor»"}) {
        CAPTURE(text);
        const query::Node root = root_of(text);
        CHECK(shape_of(root) == "phrase(safe harbor)");
        CHECK(root.begin == 0);
        CHECK(root.end == text.size());
    }
}

TEST_CASE("a quote inside a word ends the word") {
    CHECK(shape_of_text("sell\"personal data\"now") == "all(sell phrase(personal data) now)");
}

TEST_CASE("operators are in upper case, and everything else is a word") {
    CHECK(shape_of_text("sell AND share") == "AND(sell share)");
    CHECK(shape_of_text("sell and share or rent not") == "all(sell and share or rent not)");
    CHECK(shape_of_text("sell OR share") == "any(sell share)");
    CHECK(shape_of_text("sell NOT share") == "all(sell not(share))");
    CHECK(shape_of_text("sell AND NOT share") == "AND(sell not(share))");
}

TEST_CASE("AND binds tighter than OR, NOT tighter than AND, and nearness tightest") {
    CHECK(shape_of_text("a OR b c OR d AND e") == "any(a AND(b c) AND(d e))");
    CHECK(shape_of_text("a NOT b c") == "all(a not(b) c)");
    CHECK(shape_of_text("a NOT b w/5 c") == "all(a not(w/5(b c)))");
    CHECK(shape_of_text("personal data w/5 sell") == "all(personal w/5(data sell))");
    CHECK(shape_of_text("(a OR b) c") == "all(any(a b) c)");
    CHECK(shape_of_text("NOT b a") == "all(not(b) a)");
}

TEST_CASE("brackets that change nothing leave no trace") {
    CHECK(shape_of_text("((a))") == "a");
    CHECK(shape_of_text("a (b c)") == "all(a b c)");
    CHECK(shape_of_text("a (b AND c)") == "AND(a b c)");
    CHECK(shape_of_text("a OR (b OR c)") == "any(a b c)");
    CHECK(shape_of_text("a /s (b /s c)") == "/s(a b c)");
}

TEST_CASE("an operator spans its brackets, a word does not") {
    const query::Node root = root_of("a (b OR (c))");
    REQUIRE(root.children.size() == 2);
    CHECK(root.children[1].begin == 2);
    CHECK(root.children[1].end == 12);
    CHECK(root.children[1].children[1].begin == 9);
    CHECK(root.children[1].children[1].end == 10);
}

TEST_CASE("nearness goes from left to right and knows its distance and order") {
    CHECK(shape_of_text("a w/5 b") == "w/5(a b)");
    CHECK(shape_of_text("a W/5 b") == "w/5(a b)");
    CHECK(shape_of_text("a pre/12 b") == "pre/12(a b)");
    CHECK(shape_of_text("a Pre/100 b") == "pre/100(a b)");
    CHECK(shape_of_text("a w/5 b w/3 c") == "w/3(w/5(a b) c)");
    CHECK(shape_of_text("a /s b /S c") == "/s(a b c)");
    CHECK(shape_of_text("a w/5 b /s c") == "/s(w/5(a b) c)");
    CHECK(shape_of_text("sell w/5 (\"personal data\" OR pii)") ==
          "w/5(sell any(phrase(personal data) pii))");
}

TEST_CASE("= takes a word as it is and * all that begin with it, in phrases too") {
    CHECK(shape_of_text("=selling advert*") == "all(=selling advert*)");
    CHECK(shape_of_text("\"third part* =services\"") == "phrase(third part* =services)");
    CHECK(shape_of_text("=\"personal data\"") == "phrase(=personal =data)");
    CHECK(root_of("=\"a data\"").begin == 0);
    CHECK(root_of("abc*").text == "abc");
    CHECK(shape_of_text("(advert*), next") == "all(advert* next)");
}

TEST_CASE("signs without a meaning are passed over") {
    CHECK(shape_of_text("terms & conditions — really *") == "all(terms conditions really)");
    CHECK(shape_of_text("\"terms & conditions\"") == "phrase(terms conditions)");
    CHECK(shape_of_text("+sell -- data") == "all(sell data)");
    CHECK(shape_of_text("Yahoo! 24/7 and/or cookie(s)") == "all(Yahoo 24/7 and/or cookie s)");
}

TEST_CASE("compounds stay one word") {
    CHECK(shape_of_text("opt-out \"e-mail lists\"") == "all(opt-out phrase(e-mail lists))");
}

TEST_CASE("fields take values, quoted values and groups") {
    CHECK(shape_of_text("vendor:kaseya.com cookies") == "all(vendor:kaseya.com cookies)");
    CHECK(shape_of_text("TYPE:\"Privacy Policy\" x") == "all(type:Privacy Policy x)");
    CHECK(shape_of_text("vendor:(a.com OR \"b c\") x") == "all(any(vendor:a.com vendor:b c) x)");
    CHECK(shape_of_text("vendor:(\" b c \t\" OR d)") == "any(vendor:b c vendor:d)");
    CHECK(shape_of_text("x NOT host:(a.com OR b.com)") == "all(x not(any(host:a.com host:b.com)))");
    CHECK(shape_of_text("heading:retention x") == "all(heading:(retention) x)");
    CHECK(shape_of_text("heading:\"how long\"") == "heading:(phrase(how long))");
    CHECK(shape_of_text("heading:(retention OR delet*)") == "heading:(any(retention delet*))");
    CHECK(shape_of_text("type:http://a.example/b(c)") == "all(type:http://a.example/b c)");
    const query::Node root = root_of("heading:(a b) vendor:\"x\"");
    CHECK(root.children[0].begin == 0);
    CHECK(root.children[0].end == 13);
    CHECK(root.children[1].begin == 14);
    CHECK(root.children[1].end == 24);
}

TEST_CASE("dates are days, spans reach from the first day to the last") {
    CHECK(shape_of_text("date:2014..2018") == "date:2014-01-01..2018-12-31");
    CHECK(shape_of_text("date:2014") == "date:2014-01-01..2014-12-31");
    CHECK(shape_of_text("date:2016-02..") == "date:2016-02-01..");
    CHECK(shape_of_text("first-seen:..2016-02") == "first-seen:..2016-02-29");
    CHECK(shape_of_text("last-seen:2016-02-03") == "last-seen:2016-02-03..2016-02-03");
    CHECK(shape_of_text("as-of:2019") == "as-of:2019-12-31..2019-12-31");
    CHECK(shape_of_text("date:unknown") == "date:unknown");
    CHECK(shape_of_text("date:(2014 OR 2016)") ==
          "any(date:2014-01-01..2014-12-31 date:2016-01-01..2016-12-31)");
    CHECK(shape_of_text("date:2014..2014-06") == "date:2014-01-01..2014-06-30");
}

TEST_CASE("a number of words is a number or a range") {
    CHECK(shape_of_text("words:35") == "words:35");
    CHECK(shape_of_text("words:20..60") == "words:20..60");
    CHECK(shape_of_text("words:20..") == "words:20..");
    CHECK(shape_of_text("WORDS:..60 x") == "all(words:..60 x)");
    CHECK(shape_of_text("words:(5 OR 20..20)") == "any(words:5 words:20)");
    CHECK(shape_of_text("words:..").starts_with("error: "));
    CHECK(shape_of_text("words:-5").starts_with("error: "));
    CHECK(shape_of_text("words:99999999999").starts_with("error: "));
}

TEST_CASE("changes and ids are checked") {
    CHECK(shape_of_text("change:Removed") == "change:removed");
    CHECK(shape_of_text("change:added x") == "all(change:added x)");
    CHECK(shape_of_text("id:0123456789") == "id:0123456789");
}

TEST_CASE("what only looks like a field is a word") {
    CHECK(shape_of_text("https://www.example.com/privacy") == "https://www.example.com/privacy");
    CHECK(shape_of_text("mailto:privacy@a.example 12:30") == "all(mailto:privacy@a.example 12:30)");
    CHECK(shape_of_text("we collect the following: names") ==
          "all(we collect the following: names)");
    CHECK(shape_of_text("\"vendor:x\"") == "phrase(vendor:x)");
}

TEST_CASE("every example of the field table is a query with that field") {
    for (const FieldRow& row : k_fields) {
        if (row.field == Field::text) {
            continue;
        }
        CAPTURE(row.example);
        const std::string shape = shape_of_text(row.example);
        CHECK(shape.find(std::string(row.name) + ":") != std::string::npos);
        CHECK_FALSE(shape.starts_with("error"));
    }
}

TEST_CASE("a query of blanks has no root") {
    for (const std::string_view text : {"", " ", " \t\r\n"}) {
        for (const query::QuerySyntax syntax :
             {query::QuerySyntax::full, query::QuerySyntax::plain}) {
            CHECK(shape_of_text(text, syntax) == "nothing");
        }
    }
}

TEST_CASE("what nobody sees asks for nothing, and not for everything") {
    for (const std::string_view text : {" \xE2\x80\x8F ", "\x01\x1B", "\xE2\x80\x8B"}) {
        for (const query::QuerySyntax syntax :
             {query::QuerySyntax::full, query::QuerySyntax::plain}) {
            CHECK(shape_of_text(text, syntax) == "error: the query has no words");
        }
    }
}

TEST_CASE("plain syntax has no operators") {
    CHECK(shape_of_text("what \"data\" do (they AND vendor:x) sell* -it",
                        query::QuerySyntax::plain) ==
          "all(what \"data\" do (they AND vendor:x) sell* -it)");
    CHECK(shape_of_text("say \"", query::QuerySyntax::plain) == "say");
    CHECK(shape_of_text("\"&\"", query::QuerySyntax::plain) == "error: the query has no words");
    CHECK(shape_of_text("opt-out\xC2\xA0now", query::QuerySyntax::plain) == "all(opt-out now)");
}

TEST_CASE("invalid UTF-8 reads as the replacement character, and mistakes keep their place") {
    CHECK(shape_of_text("caf\xE9 data") == "all(caf\xEF\xBF\xBD data)");
    const auto query = query::parse_query("caf\xE9 \xFF\xFE \"data");
    REQUIRE_FALSE(query);
    CHECK(query.error().position == 8);
}

TEST_CASE("controls, NUL and marks that nobody sees part words or vanish") {
    CHECK(shape_of_text(std::string_view("sell\0data\x1b", 10)) == "all(sell data)");
    CHECK(shape_of_text("sell\xE2\x80\x8F AND\xE2\x80\x8E data") == "AND(sell data)");
    CHECK(shape_of_text("\xE2\x80\xAEvendor:x\xE2\x80\xAC y") == "all(vendor:x y)");
    CHECK(shape_of_text("a\xC2\xA0OR\xE3\x80\x80"
                        "b") == "any(a b)");
}

TEST_CASE("a ! is a * in an expression, and the end of a sentence in a sentence") {
    CHECK(shape_of_text("advertis!") == "advertis*");
    CHECK(shape_of_text("shar! w/5 information") == "w/5(shar* information)");
    CHECK(shape_of_text("sell OR rent!") == "any(sell rent*)");
    CHECK(shape_of_text("third! party") == "all(third* party)");
    CHECK(shape_of_text("shar! sell!") == "all(shar* sell*)");
    CHECK(shape_of_text("vendor:a.example sell!") == "all(vendor:a.example sell*)");
    CHECK(shape_of_text("heading:sell!") == "heading:(sell*)");
    CHECK(shape_of_text("advertis$ data") == "all(advertis* data)");
    CHECK(shape_of_text("quick fox!") == "all(quick fox)");
    CHECK(shape_of_text("quick fox!!") == "all(quick fox!!)");
    CHECK(shape_of_text("Yahoo! terms") == "all(Yahoo terms)");
    CHECK(shape_of_text("EU! law") == "all(EU law)");
    CHECK(shape_of_text("vendor:(Yahoo! OR a.example) x") ==
          "all(any(vendor:Yahoo! vendor:a.example) x)");
}

TEST_CASE("notes tell how words and signs of other search engines are read") {
    const auto notes = [](std::string_view text) {
        const auto query = query::parse_query(text);
        REQUIRE_MESSAGE(query, text);
        return query->notes.size();
    };
    for (const char* const text : {"sell or rent",
                                   "sell Or rent",
                                   "cookies not tracking",
                                   "sell but not rent",
                                   "sell or heading:rent",
                                   "sell OR rent data",
                                   "sell OR rent vendor:a.example",
                                   "+sell x",
                                   "advertis!",
                                   "quick fox!",
                                   "cookie?",
                                   "#selling x",
                                   "'personal data'",
                                   "\"sell * data\"",
                                   "\"qu?ck fox\"",
                                   "sell near rent",
                                   "\"personal inform!\"",
                                   "site: a.example",
                                   "sell AND data?",
                                   "vendor:a.example vendor:b.example x",
                                   "\"sell\" not w/3 rent",
                                   "sell OR, rent",
                                   "sell ! rent",
                                   "sell –rent",
                                   "‘personal data’",
                                   "`personal data`",
                                   "\"sell ? data\"",
                                   "sel? data",
                                   "sell/rent data",
                                   "personal data w/5 sell",
                                   "sell w/5 data consent",
                                   "\"advertis! fox\"",
                                   "sell * data",
                                   "(a and b) OR c"}) {
        CHECK_MESSAGE(notes(text) == 1, text);
    }
    for (const char* const text :
         {"do not sell", "we will not share data", "not limited to", "sell and rent",
          "how do they use or share data", "(sell OR rent) data", "sell OR rent",
          "\"sell or rent\"", "vendor:(a.example OR b.example) x", "\"personal data\" w/5 sell",
          "sell w/5 data vendor:a.example", "and/or AT&T",
          "vendor:a.example NOT vendor:b.example x", "+1 555", "données !",
          "sell w/5 data AND consent", "(sell w/5 data) consent", "users' data",
          "terms & conditions"}) {
        CHECK_MESSAGE(notes(text) == 0, text);
    }
}
