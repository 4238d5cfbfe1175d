// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/catalog/identity.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace smallprint {
TEST_CASE("a name that a text introduces and repeats is its vendor") {
    CHECK(catalog::vendor_in_text(
              "Blue Kettle, Inc.’s Customer Privacy Policy covers what Blue Kettle "
              "learns. At Blue Kettle we care.") == "Blue Kettle");
    CHECK(catalog::vendor_in_text(
              "Tidewater's Privacy Policy. Tidewater keeps data. Ask Tidewater.") == "Tidewater");
    CHECK(
        catalog::vendor_in_text("This policy is issued by Acme Tools GmbH. Acme Tools sells saws; "
                                "write to Acme Tools.") == "Acme Tools");
    CHECK(catalog::vendor_in_text("Welcome to Lumo USA Inc. Lumo lights rooms. Lumo and you.") ==
          "Lumo");
}

TEST_CASE("no vendor is better than a wrong one") {
    CHECK(catalog::vendor_in_text("") == "");
    CHECK(catalog::vendor_in_text("We collect data. We use cookies. Our Privacy Policy applies.") ==
          "");
    // Named once only.
    CHECK(catalog::vendor_in_text("Blue Kettle, Inc. made this page. We collect data.") == "");
    // Three companies of one group speak together.
    CHECK(catalog::vendor_in_text(
              "Rail Sales GmbH, Rail Long AG and Rail Local AG decide. Rail Sales sells, "
              "Rail Long drives, Rail Local drives. Rail Sales, Rail Long, Rail Local.") == "");
    // A third party, named far from the start.
    const std::string opening(2000, '.');
    CHECK(catalog::vendor_in_text(
              "We count visits." + opening +
              " Counters Inc. counts for us. Counters Inc. is fast. Counters' Privacy "
              "Policy says how Counters works.") == "");
    CHECK(catalog::vendor_in_text("Our Company Inc. Our Company Inc. Our Company Inc.") == "");
}

TEST_CASE("terms types are written alike") {
    CHECK(catalog::normalized_terms_type("privacy policy") == "Privacy Policy");
    CHECK(catalog::normalized_terms_type("Terms of service") == "Terms of Service");
    CHECK(catalog::normalized_terms_type("") == "");
}

}  // namespace smallprint
