// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/date.h"
#include "common/model/snapshot.h"
#include "indexer/catalog/identity.h"
#include "indexer/catalog/public_suffixes.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>

namespace smallprint {

TEST_CASE("a host belongs to the site that somebody registered") {
    CHECK(catalog::registrable_domain("www.abc.com") == "abc.com");
    CHECK(catalog::registrable_domain("shop.abc.co.uk") == "abc.co.uk");
    CHECK(catalog::registrable_domain("abc.github.io") == "abc.github.io");
    CHECK(catalog::registrable_domain("127.0.0.1") == "127.0.0.1");
    CHECK(catalog::registrable_domain("[2001:db8::1]") == "[2001:db8::1]");
    CHECK(catalog::registrable_domain("localhost") == "localhost");
    CHECK(catalog::registrable_domain("co.uk") == "co.uk");
    CHECK(catalog::registrable_domain("").empty());
}

TEST_CASE("sites are told by the list in the program, whatever the machine has") {
    CHECK(catalog::public_suffix_version().starts_with("20"));
    CHECK(catalog::public_suffix_version().ends_with("_UTC"));
    CHECK(catalog::find_site("a.b.co.uk") == "b.co.uk");
    CHECK(catalog::find_site("a.b.xn--55qx5d.cn") == "b.xn--55qx5d.cn");
    CHECK(catalog::find_site("co.uk").empty());
    // Suffixes of this list that the list of Debian 12 has not, and the other way round.
    CHECK(catalog::registrable_domain("www.acme.storipress.app") == "storipress.app");
}

TEST_CASE("one host has one name") {
    CHECK(catalog::normalize_host("münchen.example") == "xn--mnchen-3ya.example");
    CHECK(catalog::normalize_host("xn--mnchen-3ya.example") == "xn--mnchen-3ya.example");
    CHECK(catalog::normalize_host("www.MÜNCHEN.example.") == "xn--mnchen-3ya.example");
    CHECK(catalog::normalize_host("www.abc.example.") == "abc.example");
    CHECK(catalog::normalize_host("www.example") == "www.example");
    CHECK(catalog::normalize_host("\xFF.example") == "\xFF.example");
    CHECK(catalog::normalize_host(std::string(500, 'x') + "ü.example").size() > 500);
    CHECK(catalog::registrable_domain("shop.münchen.de") == "xn--mnchen-3ya.de");
    CHECK(catalog::normalize_vendor("www.abc.example:80") == "abc.example");
    CHECK(catalog::normalize_vendor("abc.example.") == "abc.example");
    CHECK(catalog::normalize_vendor("Abc.com") == "Abc.com");
    CHECK(catalog::normalize_vendor("Acme: 24") == "Acme: 24");
    CHECK(catalog::normalize_vendor("").empty());
}

TEST_CASE("the path of a page says which document it is") {
    CHECK(catalog::terms_type_of_page("https://a.example/legal/Privacy-and-Cookies.html") ==
          "Privacy Policy");
    CHECK(catalog::terms_type_of_page("https://a.example/cookies") == "Cookie Policy");
    CHECK(catalog::terms_type_of_page("https://a.example/tos#top") == "Terms of Service");
    CHECK(catalog::terms_type_of_page("https://privacy.example/").empty());
    CHECK(catalog::terms_type_of_page("https://a.example").empty());
}

TEST_CASE("a page stays the same whatever its scheme") {
    CHECK(catalog::normalize_page("http://www.a.example/legal/") ==
          catalog::normalize_page("https://a.example/legal#top"));
    CHECK(catalog::normalize_page("https://a.example:8443/x?lang=fr") == "a.example/x?lang=fr");
    CHECK(catalog::normalize_page("https://a.example/x/index.html") == "a.example/x");
    CHECK(catalog::normalize_page("https://a.example/index.php") == "a.example");
    for (const char* same :
         {"https://a.example./x?", "https://a.example/x;jsessionid=1F?utm_source=m",
          "https://a.example:443/x?gclid=1&fbclid=2", "https://a.example/x/?&"}) {
        CAPTURE(same);
        CHECK(catalog::normalize_page(same) == "a.example/x");
    }
    CHECK(catalog::normalize_page("https://a.example/x?utm_id=1&id=3&UTM_medium=2&lang=en") ==
          "a.example/x?id=3&lang=en");
    CHECK(catalog::normalize_page("https://a.example/x") !=
          catalog::normalize_page("https://a.example/y"));
}

TEST_CASE("the address of a capture says page, vendor and moment") {
    const auto completed = [](std::string source, std::string archive, std::string_view day) {
        SnapshotFacts facts;
        facts.source_url = std::move(source);
        facts.archive_url = std::move(archive);
        facts.captured = parse_timestamp(day);
        catalog::complete_from_address(facts);
        return facts.vendor + " " + facts.source_url + " " +
               (facts.captured ? format_timestamp(*facts.captured) : "undated");
    };
    const std::string capture = "https://web.archive.org/web/20140302101530/http://abc.example/p";
    const std::string right = "abc.example http://abc.example/p 20140302101530";
    CHECK(completed("", capture, "") == right);
    CHECK(completed(capture, "", "") == right);
    CHECK(completed(capture, "", "20140302") == right);
    CHECK(completed("", capture, "20140303") == "abc.example http://abc.example/p 20140303000000");
    CHECK(completed("", "https://web.archive.org/web/2014/abc.example/p", "") ==
          "abc.example http://abc.example/p 20140101000000");
    CHECK(completed("", "https://web.archive.org/web/20140230/abc.example/p", "") ==
          "abc.example http://abc.example/p undated");
}

TEST_CASE("what the archive says stands above the address") {
    SnapshotFacts facts;
    facts.source_url = "https://www.abc.co.uk/privacy";
    catalog::complete_from_address(facts);
    CHECK(facts.vendor == "abc.co.uk");
    CHECK(facts.vendor_source == VendorSource::address);
    CHECK(facts.terms_type == "Privacy Policy");

    SnapshotFacts told;
    told.source_url = "https://www.abc.co.uk/privacy";
    told.vendor = "ABC";
    told.vendor_source = VendorSource::provenance;
    catalog::complete_from_address(told);
    CHECK(told.vendor == "ABC");
    CHECK(told.vendor_source == VendorSource::provenance);
}

TEST_CASE("the language of a text is told where there is enough of it") {
    CHECK(catalog::detect_language(
              "We collect information about you when you use our services and share it "
              "with the partners that are named below.") == "en");
    CHECK(catalog::detect_language(
              "Nous recueillons des informations vous concernant lorsque vous utilisez nos "
              "services et les partageons avec nos partenaires.") == "fr");
    CHECK(catalog::detect_language(
              "Wir erheben personenbezogene Daten, wenn Sie unsere Dienste nutzen, und "
              "geben sie an unsere Partner weiter.") == "de");
    CHECK(catalog::detect_language("").empty());
    CHECK(catalog::detect_language("123 456").empty());
    CHECK(catalog::primary_language("pt-BR") == "pt");
}

}  // namespace smallprint
