// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/date.h"
#include "common/model/listing.h"
#include "common/model/snapshot.h"
#include "indexer/archive/source_text.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

std::string line(std::string_view vendor, std::string_view date, std::string_view url) {
    return "> *The following text is extracted and transformed from the " + std::string(vendor) +
           " that was archived on " + std::string(date) +
           ". Please check the [original snapshot on the Wayback Machine](" + std::string(url) +
           ") for the most accurate reproduction.*";
}

const std::string k_url =
    "https://web.archive.org/web/20141113222236id_/http%3A//www.lantern.example/privacy.html";

archive::Provenance parsed(std::string_view text) {
    REQUIRE(archive::parse_provenance(text).has_value());
    return archive::parse_provenance(text).value_or(archive::Provenance{});
}

std::string captured(const archive::Provenance& provenance) {
    return provenance.facts.captured ? format_timestamp(*provenance.facts.captured) : "unknown";
}

}  // namespace

TEST_CASE("a provenance line gives vendor, type, time and both addresses") {
    const std::string text =
        line("lantern.example privacy policy", "2014-11-13", k_url) + "\n\n# Title";
    const archive::Provenance provenance = parsed(text);
    CHECK(provenance.facts.vendor == "lantern.example");
    CHECK(provenance.facts.vendor_source == VendorSource::provenance);
    CHECK(provenance.facts.terms_type == "privacy policy");
    CHECK(captured(provenance) == "20141113222236");
    CHECK(provenance.facts.source_url == "http://www.lantern.example/privacy.html");
    CHECK(provenance.facts.archive_url ==
          "https://web.archive.org/web/20141113222236id_/http://www.lantern.example/privacy.html");
    CHECK(text.substr(provenance.size) == "# Title");
}

TEST_CASE("the policy's text starts behind the line, whatever the line ends are") {
    const std::string first = line("a.example privacy policy", "2014-11-13", k_url);
    for (const std::string end : {"\n", "\n\n", "\r\n\r\n", "\r\r", "\n\n\n\n"}) {
        const std::string text = first + end + "Text";
        CHECK(text.substr(parsed(text).size) == "Text");
    }
    CHECK(parsed(first).size == first.size());
    const std::string marked = "\xEF\xBB\xBF" + first + "\nText";
    CHECK(marked.substr(parsed(marked).size) == "Text");
}

TEST_CASE("an address with parentheses is read to its end") {
    const std::string url =
        "https://web.archive.org/web/20160101000000id_/http%3A//a.example/p(1).html";
    CHECK(parsed(line("a.example privacy policy", "2016-01-01", url)).facts.source_url ==
          "http://a.example/p(1).html");
}

TEST_CASE("a broken date is unknown unless the address knows better") {
    CHECK(captured(parsed(line("a.example privacy policy", "2014-13-45",
                               "http://elsewhere.example"))) == "unknown");
    CHECK(captured(parsed(line("a.example privacy policy", "soon", k_url))) == "20141113222236");
    CHECK(captured(parsed(line("a.example privacy policy", "2014-11-13", "nothing"))) ==
          "20141113000000");
}

TEST_CASE("where date and address disagree the date is believed") {
    CHECK(captured(parsed(line("a.example privacy policy", "2015-01-01", k_url))) ==
          "20150101000000");
}

TEST_CASE("a line without a link still names vendor and day") {
    const archive::Provenance provenance =
        parsed("> *The following text is extracted and transformed from "
               "the a.example privacy policy that was archived on 2015-02-03.\nText");
    CHECK(provenance.facts.vendor == "a.example");
    CHECK(captured(provenance) == "20150203000000");
    CHECK(provenance.facts.source_url.empty());
    CHECK(provenance.facts.archive_url.empty());
}

TEST_CASE("odd vendors are kept as they are, bytes that are no text repaired") {
    CHECK(parsed(line("shop_1.xn--bcher-kva.example privacy policy", "2015-01-01", k_url))
              .facts.vendor == "shop_1.xn--bcher-kva.example");
    CHECK(parsed(line("bücher.example", "2015-01-01", k_url)).facts.vendor == "bücher.example");
    CHECK(parsed(line("bücher.example", "2015-01-01", k_url)).facts.terms_type.empty());
    CHECK(parsed(line("b\xFFr.example privacy policy", "2015-01-01", k_url)).facts.vendor ==
          "b\xEF\xBF\xBDr.example");
}

TEST_CASE("other first lines are no provenance") {
    CHECK_FALSE(archive::parse_provenance("").has_value());
    CHECK_FALSE(archive::parse_provenance("# Privacy Policy\n").has_value());
    CHECK_FALSE(archive::parse_provenance("> We take privacy seriously.\n").has_value());
    CHECK_FALSE(archive::parse_provenance(line("", "2015-01-01", k_url)).has_value());
    CHECK_FALSE(archive::parse_provenance("\n" + line("a.example policy", "2015-01-01", k_url))
                    .has_value());
    CHECK_FALSE(
        archive::parse_provenance("> *The following text is extracted and transformed from the\n"
                                  "a.example policy that was archived on 2015-01-01.")
            .has_value());
}

TEST_CASE("what has controls like compressed data is no text, a few of them are") {
    std::string noise;
    std::uint32_t state = 1;
    while (noise.size() < 4000) {
        state = state * 1664525U + 1013904223U;
        noise += static_cast<char>(state >> 24U);
    }
    const std::string text(4000, 'x');
    std::string after_text = text;
    after_text += noise;
    std::string amid_text = text;
    amid_text.append(noise, 0, 900).append(text);
    for (const std::string& bytes : {noise, noise.substr(0, 200), after_text, amid_text}) {
        CHECK_FALSE(archive::make_source(bytes, TextForm::html).has_value());
    }
    CHECK(archive::make_source("A\x07 b\x02 caf\xE9 \xEF\xBF\xBD" + text, TextForm::html)
              .has_value());
    CHECK(archive::make_source("a\x01", TextForm::markdown).has_value());
}

}  // namespace smallprint
