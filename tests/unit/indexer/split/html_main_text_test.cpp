// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/section.h"
#include "indexer/split/html_elements.h"
#include "indexer/split/splitter.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace smallprint {
namespace {

constexpr std::string_view k_policy = "<h1>Privacy</h1><p>We keep what you tell us for a year, and "
                                      "after that we delete it everywhere.</p>"
                                      "<p>You may ask us at any time what we keep about you, and "
                                      "we answer within a month at most.</p>"
                                      "<p>We tell nobody else what we know about you, unless a "
                                      "judge orders us to tell it to a court.</p>";

// The texts of all pieces that are not boilerplate.
std::string main_text(const std::string& page) {
    std::string text;
    for (const Piece& piece : split::Splitter().split_html(page)) {
        text += piece.kind == PieceKind::boilerplate ? "" : piece.text + "\n";
    }
    return text;
}

std::string with_policy(std::string_view before, std::string_view after = "") {
    const std::string policy(k_policy);
    return std::string(before) + "<div>" + policy + policy + policy + "</div>" + std::string(after);
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("what an element or its role sets apart stands beside the text") {
    for (const std::string_view open : {"nav",
                                        "footer",
                                        "aside",
                                        "dialog",
                                        "noscript",
                                        "template",
                                        "svg",
                                        "select",
                                        "textarea",
                                        "div role=navigation",
                                        "div role=contentinfo",
                                        "div role=dialog",
                                        "ul role='menu'",
                                        "div class='site-footer'",
                                        "div id=cookieBanner",
                                        "div class='cookie notice'",
                                        "div class=onetrust-consent-sdk",
                                        "div hidden",
                                        "div style='DISPLAY : none'",
                                        "div aria-hidden=true",
                                        "div class='newsletter-signup'"}) {
        CAPTURE(open);
        const std::string element = "<" + std::string(open) +
                                    "><p>This is a sentence of more than twelve words that is not "
                                    "part of the policy.</p></" +
                                    std::string(open.substr(0, open.find(' '))) + ">";
        CHECK(main_text(with_policy(element)) == main_text(with_policy("")));
        CHECK(main_text(with_policy("", element)) == main_text(with_policy("")));
    }
}

TEST_CASE("a section is text whatever its anchor is called") {
    for (const std::string_view attribute :
         {"id=cookies", "id=share", "id=advertising", "class='section nav-item'", "id=copyright"}) {
        CAPTURE(attribute);
        const std::string section =
            "<div " + std::string(attribute) +
            "><h2>Cookies</h2><p>Our site sets one cookie, which lives until you close the browser "
            "that you read us with.</p></div>";
        CHECK(has(main_text(std::string(k_policy) + section), "Our site sets one cookie"));
    }
    CHECK(has(main_text(std::string(k_policy) + "<h2 id=social-share>Sharing</h2>" +
                        std::string(k_policy)),
              "Sharing"));
}

TEST_CASE("an element that holds nearly all the text is text, whatever it says it is") {
    for (const std::string_view open :
         {"aside", "div class=modal", "nav", "div hidden", "form", "div class=cookie-notice",
          "header", "body class='nav-open'"}) {
        CAPTURE(open);
        CHECK(
            has(main_text("<" + std::string(open) + ">" + std::string(k_policy)), "We keep what"));
    }
}

TEST_CASE("sections that are hidden until a reader opens them are text") {
    const std::string text = main_text(
        std::string(k_policy) +
        "<h2>Cookies</h2><div style='display:none'><p>Our site sets one cookie, which lives until "
        "you close the browser that you read us with, and no longer.</p></div>");
    CHECK(has(text, "Our site sets one cookie"));
}

TEST_CASE("a title and date in the header of the page stay with the text") {
    const std::string text =
        main_text(with_policy("<header><a href=/>Ossery</a><h1>Privacy notice</h1>"
                              "<p>Updated in May</p></header>"));
    CHECK(!has(text, "Ossery"));
    const std::string page =
        "<header><a href=/>Ossery</a><a href=/b>Boats</a><h1>Our notice</h1><p>Updated in "
        "May</p></header><div><p>" +
        std::string(k_policy.substr(k_policy.find("We keep")));
    CHECK(has(main_text(page), "Our notice"));
    CHECK(has(main_text(page), "Updated in May"));
    CHECK(!has(main_text(page), "Boats"));
}

TEST_CASE("a line of links before or behind the text is a menu") {
    const std::string_view menu =
        "<p><a href=/a>Home</a> · <a href=/b>Shop</a> | <a href=/c>All our offers</a> &raquo;</p>";
    CHECK(!has(main_text("<body>" + std::string(menu) + std::string(k_policy) + std::string(menu)),
               "Shop"));
}

TEST_CASE("a page without running text is text") {
    CHECK(has(main_text("<body><div>Gone.</div><p>Ask us.</p></body>"), "Gone."));
}

TEST_CASE("classes and ids are read word by word") {
    CHECK(split::role_by_name("site-footer") == split::PageRole::named);
    CHECK(split::role_by_name("mainNavbar2") == split::PageRole::named);
    CHECK(split::role_by_name("cookie_bar") == split::PageRole::named);
    CHECK(split::role_by_name("content nav-item") == split::PageRole::hinted);
    CHECK(split::role_by_name("topNav") == split::PageRole::hinted);
    CHECK(split::role_by_name("COOKIES") == split::PageRole::hinted);
    CHECK(split::role_by_name("navigational unfooter cookielike") == split::PageRole::none);
    CHECK(split::role_by_name("") == split::PageRole::none);
}

}  // namespace smallprint
