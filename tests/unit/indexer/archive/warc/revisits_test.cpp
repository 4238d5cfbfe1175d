// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/date.h"
#include "common/model/listing.h"
#include "indexer/archive/warc/revisits.h"
#include "indexer/archive/warc/warc_reader.h"
#include "tests/support/warc_files.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

const std::string k_digest = "WARC-Payload-Digest: sha1:2I2AZ2BISJRH6XP72YWBKX3BL3AKR6CH\r\n";
const std::string k_unmodified =
    "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/server-not-modified\r\n"
    // Of a body without bytes, as many a record has.
    "WARC-Payload-Digest: sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ\r\n";

std::string record(std::string_view type, std::string_view address, int year, std::string_view more,
                   std::string_view block) {
    return warc_record(fmt::format("WARC-Type: {}\r\nWARC-Record-ID: <urn:{}:{}:{}>\r\n"
                                   "WARC-Target-URI: {}\r\nWARC-Date: {}-01-01T00:00:00Z\r\n{}",
                                   type, type, address, year, address, year, more),
                       block);
}

std::string page(std::string_view address, int year, std::string_view text,
                 std::string_view more = "") {
    return record("response", address, year, more, http_page(text));
}

std::string revisit(std::string_view address, int year, std::string_view more) {
    return record("revisit", address, year, more, "HTTP/1.1 200 OK\r\n\r\n");
}

std::string refers_to(std::string_view address, int year) {
    return fmt::format(
        "WARC-Refers-To-Target-URI: {}\r\nWARC-Refers-To-Date: {}-01-01T00:00:00Z\r\n", address,
        year);
}

// Each snapshot as "2020 address text", in order, and each skipped item by its reason; files are
// listed in this order.
std::vector<std::string> read_all(const std::vector<std::string>& files) {
    std::vector<std::unique_ptr<archive::WarcReader>> readers;
    std::vector<Listing> listings;
    for (const std::string& file : files) {
        readers.push_back(std::make_unique<archive::WarcReader>("x.warc", in_file(file)));
        auto listing = readers.back()->list();
        REQUIRE(listing.has_value());
        listings.push_back(std::move(*listing));
    }
    archive::resolve_revisits(listings);
    std::vector<std::string> found;
    for (std::size_t i = 0; i < listings.size(); ++i) {
        for (const ListedSnapshot& each : listings[i].snapshots) {
            const std::string year =
                format_timestamp(each.facts.captured.value_or(CaptureTime())).substr(0, 4);
            const std::string text = each.same_as != nullptr ? "as " + each.same_as->address
                                                             : readers[i]->read(each)->bytes;
            found.push_back(fmt::format("{} {} {}", year, each.facts.source_url, text));
        }
        for (const Skipped& skipped : listings[i].skipped) {
            found.push_back(skipped.reason);
        }
    }
    std::ranges::sort(found);
    return found;
}

// In whatever order the files come.
void check_any_order(std::vector<std::string> files, const std::vector<std::string>& expected) {
    std::ranges::sort(files);
    do {
        CHECK(read_all(files) == expected);
    } while (std::ranges::next_permutation(files).found);
    std::string all;
    for (const std::string& file : files) {
        all += file;
    }
    CHECK(read_all({all}) == expected);
}

}  // namespace

TEST_CASE("a revisit has the text of a record in another file, by id, by moment and by digest") {
    check_any_order(
        {page("http://a/", 2019, "one", k_digest),
         revisit("http://a/", 2020, refers_to("http://a/", 2019)),
         revisit("http://b/", 2021, "WARC-Refers-To: <urn:response:http://a/:2019>\r\n"),
         revisit("http://c/", 2022, k_digest), page("http://a/", 2023, "two")},
        {"2019 http://a/ one", "2020 http://a/ one", "2021 http://b/ one", "2022 http://c/ one",
         "2023 http://a/ two"});
}

TEST_CASE("a revisit may speak of a revisit") {
    check_any_order({page("http://a/", 2019, "one"),
                     revisit("http://b/", 2020, refers_to("http://a/", 2019)),
                     revisit("http://c/", 2021, refers_to("http://b/", 2020)),
                     revisit("http://c/", 2022, k_unmodified),
                     revisit("http://d/", 2023, refers_to("http://c/", 2022))},
                    {"2019 http://a/ one", "2020 http://b/ one", "2021 http://c/ one",
                     "2022 http://c/ one", "2023 http://d/ one"});
}

TEST_CASE("what the server says is not modified is what its address had before") {
    check_any_order({page("http://a/", 2018, "one") + page("http://a/", 2020, "two"),
                     page("http://b/", 2019, "other", k_digest) + page("http://a/", 2022, "three"),
                     revisit("http://a/", 2019, k_unmodified),
                     revisit("http://a/", 2021, k_unmodified)},
                    {"2018 http://a/ one", "2019 http://a/ one", "2019 http://b/ other",
                     "2020 http://a/ two", "2021 http://a/ two", "2022 http://a/ three"});
}

TEST_CASE("a revisit of what is in no archive says what it is the same as, if it can") {
    check_any_order({revisit("http://a/", 2020, refers_to("http://b/", 2019)),
                     revisit("http://a/", 2021, k_unmodified), revisit("http://a/", 2022, k_digest),
                     page("http://a/", 2023, "two")},
                    {"2020 http://a/ as http://b/", "2021 http://a/ as http://a/",
                     "2022 http://a/ as http://a/", "2023 http://a/ two"});
}

TEST_CASE("a revisit of a record that is skipped is skipped, in whatever file that is") {
    const std::string image = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG";
    check_any_order({record("response", "http://a/", 2019, k_digest, image),
                     revisit("http://a/", 2020, refers_to("http://a/", 2019)),
                     revisit("http://b/", 2021, k_digest)},
                    {"image/png, not text", "revisit of a record that is skipped",
                     "revisit of a record that is skipped"});
}

TEST_CASE("revisits that speak of one another come to an end") {
    CHECK(read_all({revisit("http://a/", 2019, refers_to("http://b/", 2020)),
                    revisit("http://b/", 2020, refers_to("http://a/", 2019))}) ==
          std::vector<std::string>{"2019 http://a/ as http://b/", "2020 http://b/ as http://a/"});
}

}  // namespace smallprint
