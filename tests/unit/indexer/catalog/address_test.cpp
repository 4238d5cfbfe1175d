// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/snapshot.h"
#include "indexer/catalog/identity.h"

#include <doctest/doctest.h>

#include <string>

namespace smallprint {

TEST_CASE("a host belongs to the site that somebody registered") {
    CHECK(registrable_domain("www.abc.com") == "abc.com");
    CHECK(registrable_domain("shop.abc.co.uk") == "abc.co.uk");
    CHECK(registrable_domain("abc.github.io") == "abc.github.io");
    CHECK(registrable_domain("127.0.0.1") == "127.0.0.1");
    CHECK(registrable_domain("[2001:db8::1]") == "[2001:db8::1]");
    CHECK(registrable_domain("localhost") == "localhost");
    CHECK(registrable_domain("co.uk") == "co.uk");
    CHECK(registrable_domain("").empty());
}

TEST_CASE("the path of a page says which document it is") {
    CHECK(terms_type_of_page("https://a.example/legal/Privacy-and-Cookies.html") ==
          "Privacy Policy");
    CHECK(terms_type_of_page("https://a.example/cookies") == "Cookie Policy");
    CHECK(terms_type_of_page("https://a.example/tos#top") == "Terms of Service");
    CHECK(terms_type_of_page("https://privacy.example/").empty());
    CHECK(terms_type_of_page("https://a.example").empty());
}

TEST_CASE("a page stays the same whatever its scheme") {
    CHECK(normalize_page("http://www.a.example/legal/") ==
          normalize_page("https://a.example/legal#top"));
    CHECK(normalize_page("https://a.example:8443/x?lang=fr") == "a.example/x?lang=fr");
    CHECK(normalize_page("https://a.example/x/index.html") == "a.example/x");
    CHECK(normalize_page("https://a.example/index.php") == "a.example");
    CHECK(normalize_page("https://a.example/x") != normalize_page("https://a.example/y"));
}

TEST_CASE("what the archive says stands above the address") {
    SnapshotFacts facts;
    facts.source_url = "https://www.abc.co.uk/privacy";
    complete_from_address(facts);
    CHECK(facts.vendor == "abc.co.uk");
    CHECK(facts.vendor_source == VendorSource::address);
    CHECK(facts.terms_type == "Privacy Policy");

    SnapshotFacts told;
    told.source_url = "https://www.abc.co.uk/privacy";
    told.vendor = "ABC";
    told.vendor_source = VendorSource::provenance;
    complete_from_address(told);
    CHECK(told.vendor == "ABC");
    CHECK(told.vendor_source == VendorSource::provenance);
}

TEST_CASE("the language of a text is told where there is enough of it") {
    CHECK(detect_language("We collect information about you when you use our services and share it "
                          "with the partners that are named below.") == "en");
    CHECK(detect_language(
              "Nous recueillons des informations vous concernant lorsque vous utilisez nos "
              "services et les partageons avec nos partenaires.") == "fr");
    CHECK(detect_language("Wir erheben personenbezogene Daten, wenn Sie unsere Dienste nutzen, und "
                          "geben sie an unsere Partner weiter.") == "de");
    CHECK(detect_language("").empty());
    CHECK(detect_language("123 456").empty());
    CHECK(primary_language("pt-BR") == "pt");
}

}  // namespace smallprint
