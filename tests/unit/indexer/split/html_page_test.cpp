// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/section.h"
#include "indexer/split/splitter.h"
#include "tests/support/piece_checks.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

constexpr std::string_view k_sentence =
    "We keep what you tell us for a year, and after that we delete it from all of our machines.";

std::vector<Piece> pieces_of(std::string_view page) {
    std::vector<Piece> pieces = split::Splitter().split_html(page);
    REQUIRE(complaint_about(pieces, page) == "");
    return pieces;
}

// The text of the only piece.
std::string text_of(std::string_view page) {
    const std::vector<Piece> pieces = pieces_of(page);
    REQUIRE(pieces.size() == 1);
    return pieces[0].text;
}

std::string source_of(const Piece& piece, std::string_view page) {
    return std::string(page.substr(piece.source_begin, piece.source_end - piece.source_begin));
}

}  // namespace

TEST_CASE("white space collapses as in a browser") {
    CHECK(text_of("<p>  one \n\t two<b> three</b>four &nbsp; five </p>") ==
          "one two threefour five");
    CHECK(text_of("<p>zero&#8203;width and soft&shy;hyphen") == "zerowidth and soft\u00ADhyphen");
}

TEST_CASE(
    "words of different blocks do not become one, words around markup and comments do not part") {
    CHECK(text_of("<div>one</div><div>two</div>three<p>four") == "one\ntwo\nthree\nfour");
    CHECK(text_of("<p>o<b>n</b>e, t<!-- x -->w<!---->o, th<wbr>ree") == "one, two, three");
    CHECK(text_of("<p><button>Yes</button><button>No</button> <my-tag>a</my-tag>b") ==
          "Yes No a b");
}

TEST_CASE("a line break is one, two are the end of a paragraph") {
    CHECK(text_of("<p>Mill Lane<br>Ossery<br/>Norway</p>") == "Mill Lane\nOssery\nNorway");
    const std::string text(k_sentence);
    CHECK(pieces_of("<p>" + text + "<br> <br>" + text).size() == 2);
}

TEST_CASE("a heading of any level is one, with its level") {
    const std::vector<Piece> pieces = pieces_of(
        "<h1>Privacy</h1><h3>What <br>we <em>keep</em></h3><p>" + std::string(k_sentence));
    REQUIRE(pieces.size() == 3);
    CHECK(pieces[0].kind == PieceKind::title);
    CHECK(pieces[1].kind == PieceKind::heading);
    CHECK(pieces[1].level == 3);
    CHECK(pieces[1].text == "What we keep");
}

TEST_CASE("the title of the page names it where no heading does") {
    const std::string body = "<p>" + std::string(k_sentence);
    std::vector<Piece> pieces = pieces_of("<title>Privacy of Ossery</title><h3>Data</h3>" + body);
    CHECK(pieces[0].kind == PieceKind::title);
    CHECK(pieces[0].text == "Privacy of Ossery");
    pieces = pieces_of("<title>Privacy of Ossery</title><h1>Privacy policy</h1>" + body);
    CHECK(pieces[0].kind == PieceKind::boilerplate);
    CHECK(pieces[1].kind == PieceKind::title);
    CHECK(pieces[1].text == "Privacy policy");
}

TEST_CASE("a line that is bold by tag or by style is a heading") {
    for (const std::string_view line : {"<p><b>Cookies</b></p>", "<p><strong>Cookies</strong></p>",
                                        "<b><p>Cookies</p></b>", "<strong>Cookies</strong><br><br>",
                                        "<p><span style='font-weight: 700'>Cookies</span></p>"}) {
        CAPTURE(line);
        const std::vector<Piece> pieces =
            pieces_of("<h1>Privacy</h1>" + std::string(line) + std::string(k_sentence));
        REQUIRE(pieces.size() == 3);
        CHECK(pieces[1].kind == PieceKind::heading);
        CHECK(pieces[1].text == "Cookies");
    }
}

TEST_CASE("items of a list have bullets or their numbers") {
    CHECK(text_of("<ul><li>one<li>two<ul><li>three</ul></ul>") == "• one\n• two\n• three");
    CHECK(text_of("<ol start=4><li>four<li value='7'>seven<li>eight</ol>") ==
          "4. four\n7. seven\n8. eight");
    CHECK(text_of("<ol start=x><li>one<li value=99999999999>two</ol>") == "1. one\n2. two");
    CHECK(text_of("<ul><li><p>one</p><p>more</p><li>two</ul>") == "• one\nmore\n• two");
}

TEST_CASE("a term and its definition are one item") {
    CHECK(text_of("<dl><dt>Data<dd>What we keep.<dt>Logs<dd>What we write.</dl>") ==
          "Data\nWhat we keep.\nLogs\nWhat we write.");
}

TEST_CASE("rows of data have their cells side by side") {
    CHECK(text_of("<table><tr><th>Name<th>Why<tr><td>sid<td><p>signs</p><p>you in</p></table>") ==
          "Name | Why\nsid | signs you in");
    CHECK(text_of("<table><tr><td>a<td>b<tr><td><td>c<tr><td>d<td>e</table>") == "a | b\nc\nd | e");
}

TEST_CASE("rows stay rows with headings, tables and cells over several rows in them") {
    CHECK(text_of("<table><tr><th>Data<th>Why<tr><td><h3>Ids</h3><td>bills<tr><td>Place<td>maps"
                  "</table>") == "Data | Why\nIds | bills\nPlace | maps");
    CHECK(
        text_of("<table><tr><td><h3>Data</h3><td><h3>Why</h3><td>Sold<tr><td><h4>Ids</h4><td>bills"
                "<td>no<tr><td>Place<td>maps<td>yes</table>") ==
        "Data | Why | Sold\nIds | bills | no\nPlace | maps | yes");
    CHECK(text_of("<table><tr><th>Data<th>Why<tr><td>Ids<td><table><tr><td>bills</table><tr><td>b"
                  "<td>c</table>") == "Data | Why\nIds | bills\nb | c");
    CHECK(
        text_of("<table><tr><th>Data<th>Why<th>Sold<tr><td rowspan=2>Ids<td>bills<td>no<tr>"
                "<td>ads<td>yes<tr><td>Place<td rowspan=9>maps<td>no<tr><td>Time<td>no</table>") ==
        "Data | Why | Sold\nIds | bills | no\nIds | ads | yes\nPlace | maps | no\n"
        "Time | maps | no");
}

TEST_CASE("cells over very many rows cost linear time") {
    std::string page = "<table><tr><th>a<th>b";
    for (int i = 0; i < 20'000; ++i) {
        page += "<tr><td rowspan=65534>a<td rowspan=65534>b<td rowspan=65534>c<td rowspan=9>d";
    }
    CHECK(!split::Splitter().split_html(page).empty());
}

TEST_CASE("a table that lays out a page is no table") {
    CHECK(text_of("<table><tr><td>one<table><tr><td>a<td>b<tr><td>c<td>d</table><td>two</table>") ==
          "one\na | b\nc | d\ntwo");
    CHECK(text_of("<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>") == "a\nb\nc\nd");
}

TEST_CASE("links have targets that are safe to follow") {
    const std::vector<Piece> pieces =
        pieces_of("<p>We use <a href='/terms?a=1&amp;b=2'>our <b>terms</b></a> and <a "
                  "href='java&#9;script:x'>no</a>"
                  " <a href=' DATA:text/html,x'>such</a> <a href='vbscript:x'>thing</a>, "
                  "<a href='mailto:a@b.example'>mail</a>, <a href=#top>top</a>.");
    REQUIRE(pieces.size() == 1);
    const std::string& text = pieces[0].text;
    REQUIRE(pieces[0].links.size() == 3);
    CHECK(pieces[0].links[0].target == "/terms?a=1&b=2");
    CHECK(text.substr(pieces[0].links[0].begin, 9) == "our terms");
    CHECK(pieces[0].links[1].target == "mailto:a@b.example");
    CHECK(pieces[0].links[2].target == "#top");
}

TEST_CASE("a link around several blocks is in each of them") {
    const std::vector<Piece> pieces =
        pieces_of("<h1>Privacy</h1><a href=/x><p>" + std::string(k_sentence) + "</p><p>" +
                  std::string(k_sentence) + "</p></a>");
    REQUIRE(pieces.size() == 3);
    CHECK(pieces[1].links == pieces[2].links);
    CHECK(pieces[1].links.size() == 1);
}

TEST_CASE("entities are characters, unknown ones stay") {
    CHECK(text_of("<p>&lt;b&gt; &euro; &#x41;&#66; &amp;amp; AT&T &nosuch; caf&eacute;") ==
          "<b> € AB &amp; AT&T &nosuch; café");
}

TEST_CASE("preformatted lines stay, wrapped ones become paragraphs") {
    CHECK(text_of("<pre>one\n  two\nthree</pre>") == "one\ntwo\nthree");
    const std::string line = "these are lines of sixty characters as people wrapped letters";
    CHECK(text_of("<pre>" + line + "\n" + line + "\nand an end</pre>") ==
          line + " " + line + " and an end");
}

TEST_CASE("what is no text is not in the text") {
    CHECK(text_of("<style>a</style><p>text<img alt='picture'><script>b</script><!-- c --><?d?><!e>"
                  "<SCRIPT type=x>'</scripts>'</SCRIPT ></p>") == "text");
}

TEST_CASE("the toolbar of the Wayback Machine is dropped") {
    CHECK(text_of("<!-- BEGIN WAYBACK TOOLBAR INSERT --><div>14 captures</div>"
                  "<!-- END WAYBACK TOOLBAR INSERT --><p>text") == "text");
    CHECK(text_of("<div id='wm-ipp-base'><p>14 captures</p></div><p>text") == "text");
}

TEST_CASE("a piece knows where it stands in the page") {
    const std::string page =
        "<html><body><h1>Privacy</h1>\n<p> We &amp; <b>you</b> agree on <i>this</i> "
        "policy, whatever else we may agree on.</p><p>" +
        std::string(k_sentence) + "</p>";
    const std::vector<Piece> pieces = pieces_of(page);
    REQUIRE(pieces.size() == 3);
    CHECK(source_of(pieces[0], page) == "Privacy");
    CHECK(source_of(pieces[1], page) == "We &amp; <b>you</b> agree on <i>this</i> policy, whatever "
                                        "else we may agree on.");
    CHECK(source_of(pieces[2], page) == k_sentence);
}

}  // namespace smallprint
