// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/date.h"
#include "common/model/listing.h"
#include "indexer/archive/limits.h"
#include "indexer/archive/warc/member_reader.h"
#include "indexer/archive/warc/warc_header.h"
#include "indexer/archive/warc/warc_records.h"
#include "tests/support/warc_files.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

struct Damage {
    std::string place;
    std::string address;
    archive::Trouble trouble;
};

struct Pass {
    std::vector<std::string> addresses;  // of sound records
    std::vector<Damage> troubles;
    std::string blocks;  // of sound records, joined
};

Pass pass_over(std::string_view bytes,
               std::uint64_t largest_unpacked = archive::k_largest_unpacked) {
    auto records = archive::WarcRecords::open(in_file(bytes), largest_unpacked);
    REQUIRE(records.has_value());
    Pass pass;
    std::vector<archive::RecordPlace> places;
    while (true) {
        auto next = records->next();
        REQUIRE(next.has_value());
        const std::optional<archive::RecordItem>& item = *next;
        if (!item) {
            break;
        }
        if (item->trouble) {
            pass.troubles.push_back(
                {archive::to_string(item->place), item->header.target_uri, *item->trouble});
        } else {
            pass.addresses.push_back(item->header.target_uri);
            places.push_back(item->place);
        }
    }
    for (const archive::RecordPlace& place : places) {
        const auto block = records->read(place, 1U << 24U);
        REQUIRE(block.has_value());
        pass.blocks += block->bytes;
    }
    return pass;
}

const std::string k_a = warc_page("a", "2014-01-01", "<p>alpha</p>");
const std::string k_b = warc_page("b", "2014-01-02", "<p>beta</p>");
const std::string k_c = warc_page("c", "2014-01-03", "<p>gamma</p>");
const std::string k_uri_a = "https://a.example/a";
const std::string k_uri_b = "https://a.example/b";
const std::string k_uri_c = "https://a.example/c";
const std::vector<std::string> k_all = {k_uri_a, k_uri_b, k_uri_c};
const std::vector<std::string> k_outer = {k_uri_a, k_uri_c};

std::string with(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

std::string flipped(std::string bytes, std::size_t at) {
    bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
    return bytes;
}

// The first and the last record are found, and the one between is a trouble with that reason.
void check_middle(std::string_view bytes, std::string_view reason) {
    const Pass pass = pass_over(bytes);
    CHECK(pass.addresses == k_outer);
    REQUIRE(pass.troubles.size() == 1);
    CAPTURE(pass.troubles[0].trouble.reason);
    CHECK(pass.troubles[0].trouble.reason.find(reason) != std::string::npos);
}

}  // namespace

TEST_CASE("the records of every shape of file are found and read") {
    const std::string blocks =
        http_page("<p>alpha</p>") + http_page("<p>beta</p>") + http_page("<p>gamma</p>");
    const std::string all = joined({k_a, k_b, k_c});
    const std::string dictionary = k_a + k_b;
    const std::string with_dictionary =
        zstd_frame(k_a, dictionary) + zstd_frame(k_b, dictionary) + zstd_frame(k_c, dictionary);
    for (const std::string& bytes :
         {all, joined({gzipped(k_a), gzipped(k_b), gzipped(k_c)}), gzipped(all),
          gzipped(k_a) + gzipped(k_b + k_c),
          joined({zstd_frame(k_a), zstd_frame(k_b), zstd_frame(k_c)}), zstd_frame(all),
          skippable_frame(dictionary) + with_dictionary,
          skippable_frame(zstd_frame(dictionary)) + with_dictionary,
          joined({gzipped(k_a), gzipped(""), gzipped(k_b), gzipped(k_c), gzipped("")})}) {
        const Pass pass = pass_over(bytes);
        CHECK(pass.addresses == k_all);
        CHECK(pass.troubles.empty());
        CHECK(pass.blocks == blocks);
    }
}

TEST_CASE("members that end in the middle of a record are one stream") {
    const std::string all = k_a + k_b + k_c;
    std::string bytes;
    for (std::size_t at = 0; at < all.size(); at += 500) {
        bytes += gzipped(all.substr(at, 500));
    }
    const Pass pass = pass_over(bytes);
    CHECK(pass.addresses == k_all);
    CHECK(pass.troubles.empty());
}

TEST_CASE("one record in two members is read, wherever it is parted, and the rest as well") {
    for (const std::size_t at : {std::size_t{30}, k_a.find("\r\n\r\n") + 2, k_a.size() - 10}) {
        CAPTURE(at);
        const Pass pass = pass_over(gzipped(k_a.substr(0, at)) + gzipped(k_a.substr(at)) +
                                    gzipped(k_b) + gzipped(k_c));
        CHECK(pass.addresses == k_all);
        CHECK(pass.troubles.empty());
    }
    const Pass cut = pass_over(gzipped(k_a) + gzipped(k_b.substr(0, 200)) + gzipped(k_c));
    CHECK(cut.addresses == k_outer);
    CHECK(cut.troubles.size() == 1);
}

TEST_CASE("old versions, bare line feeds and missing line ends between records are read") {
    CHECK(pass_over(with(k_a, "WARC/1.0", "WARC/0.17") + with(k_b, "WARC/1.0", "WARC/0.18") +
                    with(k_c, "WARC/1.0", "WARC/1.1"))
              .addresses == k_all);
    std::string bare = "WARC/1.0\nWARC-Type: resource\nWARC-Target-URI:\n <https://a.example/a>\n"
                       "Content-Length: 2\n\nhi";
    CHECK(pass_over(bare + k_b + "\r\n\r\n\r\n" + k_c.substr(0, k_c.size() - 4)).addresses ==
          k_all);
}

TEST_CASE("ARC files of both versions are read, plain and compressed") {
    const std::string first = "filedesc://x.arc 0.0.0.0 20030101000000 text/plain 8\n1 0 Test\n";
    const std::string page = http_page("<p>old</p>");
    const std::string one = fmt::format(
        "http://a.example/a b 1.2.3.4 20030102030405 text/html {}\n{}\n", page.size(), page);
    const std::string two =
        fmt::format("http://b.example/ 1.2.3.4 20030102030406 text/html 200 - - 123 x.arc {}\n{}\n",
                    page.size(), page);
    for (const std::string& bytes :
         {joined({first, one, two}), joined({gzipped(first), gzipped(one), gzipped(two)}),
          gzipped(joined({first, one, two}))}) {
        const Pass pass = pass_over(bytes);
        CHECK(pass.troubles.empty());
        CHECK(pass.addresses == std::vector<std::string>{"filedesc://x.arc", "http://a.example/a b",
                                                         "http://b.example/"});
        CHECK(pass.blocks == joined({"1 0 Test", page, page}));
    }
    CHECK(pass_over(first + "garbage\nof lines\n" + two).addresses.size() == 2);
}

TEST_CASE("garbage before, between and behind records is named and passed over") {
    const std::string garbage = "#### no record, not WARC/1.0 either ####";
    for (const std::string& bytes :
         {joined({garbage, k_a, garbage, k_b, k_c, garbage}),
          joined({garbage, gzipped(k_a), garbage, gzipped(k_b), gzipped(k_c), garbage}),
          joined({garbage, zstd_frame(k_a), garbage, zstd_frame(k_b), zstd_frame(k_c), garbage})}) {
        const Pass pass = pass_over(bytes);
        CHECK(pass.addresses == k_all);
        REQUIRE(pass.troubles.size() == 3);
        for (const Damage& item : pass.troubles) {
            CHECK(item.trouble.reason.starts_with("40 bytes that are no"));
        }
        CHECK(pass.troubles[0].place == "0");
        CHECK(pass.troubles[2].place == std::to_string(bytes.size() - garbage.size()));
    }
    CHECK(pass_over(std::string(200'000, 'x') + k_a).addresses.size() == 1);
}

TEST_CASE("a Content-Length that is absurd, negative, missing or wrong costs its record only") {
    const std::string field = "Content-Length: " + k_b.substr(k_b.find("Length: ") + 8, 2);
    for (const auto& [length, reason] : std::vector<std::pair<std::string, std::string>>{
             {"Content-Length: 9223372036854775807", "cut off"},
             {"Content-Length: 18446744073709551615", "cut off"},
             {"Content-Length: 99999999999999999999999", "its Content-Length is '9999"},
             {"Content-Length: -5", "its Content-Length is '-5'"},
             {"Content-Length: 12abc", "its Content-Length is"},
             {"X-Other: 12", "it has no Content-Length"},
             {"Content-Length: 20", "of 20 does not lead to the next record"},
             {"Content-Length: 200", "of 200 does not lead to the next record"}}) {
        CAPTURE(length);
        const std::string bad = with(k_b, field, length);
        const bool is_cut = reason.find("lead") != std::string::npos;
        check_middle(joined({k_a, bad, k_c}), reason);
        check_middle(gzipped(joined({k_a, bad, k_c})), reason);
        check_middle(joined({gzipped(k_a), gzipped(bad), gzipped(k_c)}),
                     is_cut && length.ends_with("200") ? "cut off" : reason);
    }
}

TEST_CASE("a header without an end, or without the blank line, costs its record only") {
    const std::string glued = with(k_b, "\r\n\r\nHTTP/", "\r\nHTTP/");
    check_middle(k_a + glued + k_c, "blank line");
    check_middle(gzipped(k_a) + gzipped(glued) + gzipped(k_c), "blank line");
    const std::string unended = "WARC/1.0\r\nWARC-Type: response\r\n";
    check_middle(gzipped(k_a) + gzipped(unended) + gzipped(k_c), "cut off in its header");
    const std::string long_header =
        with(k_b, "WARC-Date", "X-Long: " + std::string(70'000, 'x') + "\r\nWARC-Date");
    check_middle(k_a + long_header + k_c, "its header is over the limit of 65536 bytes");
    check_middle(gzipped(k_a) + gzipped(long_header) + gzipped(k_c), "over the limit");
    check_middle(k_a + unended + k_c, "cut off in its header");
    const Pass cut = pass_over(k_a + unended);
    CHECK(cut.addresses.size() == 1);
    CHECK(cut.troubles.size() == 1);
}

TEST_CASE("of a file that is cut off, the records before are kept") {
    const std::string last = gzipped(k_c);
    for (std::size_t size = 3; size < last.size(); ++size) {
        const Pass pass = pass_over(gzipped(k_a) + last.substr(0, size));
        CHECK(pass.addresses == std::vector{k_uri_a});
        REQUIRE(pass.troubles.size() == 1);
    }
    for (std::size_t size = 30; size < k_c.size() - 4; ++size) {
        const Pass pass = pass_over(k_a + k_c.substr(0, size));
        CHECK(pass.addresses == std::vector{k_uri_a});
        REQUIRE(pass.troubles.size() == 1);
        CHECK(pass.troubles[0].trouble.reason.find("cut off") != std::string::npos);
    }
    const std::string frame = zstd_frame(k_c);
    const Pass frames = pass_over(zstd_frame(k_a) + frame.substr(0, frame.size() / 2));
    CHECK(frames.addresses.size() == 1);
    CHECK(frames.troubles.size() == 1);
    const std::string whole = gzipped(k_a + k_b + k_c);
    const Pass stream = pass_over(whole.substr(0, whole.size() - 10));
    CHECK(stream.addresses.size() >= 2);
    CHECK(stream.troubles.size() >= 1);
}

TEST_CASE("a flipped bit costs at most its own record, and is never passed over in silence") {
    for (const auto& pack : {gzipped, +[](std::string_view text) { return zstd_frame(text); }}) {
        const std::string first = pack(k_a);
        const std::string middle = pack(k_b);
        const std::string last = pack(k_c);
        const std::string intact = pass_over(joined({first, middle, last})).blocks;
        for (std::size_t at = 0; at < middle.size(); ++at) {
            CAPTURE(at);
            const Pass pass = pass_over(joined({first, flipped(middle, at), last}));
            REQUIRE(pass.addresses.size() >= 2);
            CHECK(pass.addresses.front() == k_uri_a);
            CHECK(pass.addresses.back() == k_uri_c);
            // Some bits mean nothing: the time in gzip's header.
            CHECK((pass.troubles.size() == 1 || pass.blocks == intact));
        }
    }
}

TEST_CASE("bombs end at the ratio, and what follows is read") {
    const std::string bomb =
        warc_page("bomb", "2014-01-02", "<p>" + std::string(8U << 20U, '\0') + "</p>");
    for (const std::string& bytes : {gzipped(k_a) + gzipped(bomb) + gzipped(k_c),
                                     zstd_frame(k_a) + zstd_frame(bomb) + zstd_frame(k_c)}) {
        const Pass pass = pass_over(bytes);
        CHECK(pass.addresses == k_outer);
        REQUIRE(pass.troubles.size() == 1);
        CHECK(pass.troubles[0].trouble.kind == SkipKind::limit);
        CHECK(pass.troubles[0].address == "https://a.example/bomb");
    }
    const Pass stream = pass_over(gzipped(k_a + bomb + k_c));
    CHECK(stream.addresses == std::vector{k_uri_a});
    CHECK(std::ranges::any_of(
        stream.troubles, [](const Damage& item) { return item.trouble.kind == SkipKind::limit; }));
}

TEST_CASE("a stream is unpacked to disk up to the limit") {
    const Pass pass = pass_over(gzipped(k_a + k_b + k_c), k_a.size() + 10);
    CHECK(pass.addresses == std::vector{k_uri_a});
    REQUIRE(pass.troubles.size() == 2);
    CHECK(pass.troubles[0].trouble.kind == SkipKind::limit);
    CHECK(pass.troubles[0].trouble.reason.find("the rest is not read") != std::string::npos);
    CHECK(pass.troubles[1].place == fmt::format("0+{}", k_a.size()));
}

TEST_CASE("a zstd dictionary that is too large, damaged or missing is named") {
    const std::string frames = zstd_frame(k_a, k_a + k_b) + zstd_frame(k_c);
    const auto reason = [](const Pass& pass) {
        REQUIRE_FALSE(pass.troubles.empty());
        return pass.troubles[0].trouble.reason;
    };
    std::string large = skippable_frame("") + frames;
    large.replace(4, 4, "\xFF\xFF\xFF\x7F", 4);
    CHECK(reason(pass_over(large)).find("over the limit") != std::string::npos);
    const std::string bomb = skippable_frame(zstd_frame(std::string(3U << 20U, '\0'))) + frames;
    CHECK(reason(pass_over(bomb)).find("more than 2 MB") != std::string::npos);
    CHECK(pass_over(bomb).addresses.back() == k_uri_c);
    const std::string broken = skippable_frame("\x37\xA4\x30\xEC nonsense") + frames;
    CHECK(reason(pass_over(broken)).find("damaged") != std::string::npos);
    CHECK(pass_over(broken).addresses.back() == k_uri_c);
    CHECK(pass_over(skippable_frame(k_b) + frames).addresses.back() == k_uri_c);
}

TEST_CASE("text about WARC inside of a page is no record") {
    const std::string html = "<pre>\nWARC/1.0\r\nis how a record begins.\n\nWARC/1.1\n</pre>";
    const std::string page = warc_page("a", "2014-01-01", html);
    CHECK(pass_over(page + k_b + k_c).addresses == k_all);
    CHECK(pass_over(gzipped(page) + gzipped(k_b) + gzipped(k_c)).addresses == k_all);
}

TEST_CASE("a file without a record has none") {
    CHECK(pass_over("").addresses.empty());
    CHECK(pass_over("hello").troubles.size() == 1);
    CHECK(pass_over("\x1F\x8B\x08").troubles.size() == 1);
    CHECK(pass_over(gzipped("hello")).troubles.size() == 1);
    CHECK(pass_over(std::string(100'000, '\0')).troubles.size() == 1);
}

TEST_CASE("thousands of members that only look like some are passed over") {
    std::string bytes = gzipped(k_a);
    for (int i = 0; i < 5000; ++i) {
        bytes += "\x1F\x8B\x08xyz";
    }
    const Pass pass = pass_over(bytes + gzipped(k_b));
    CHECK(pass.addresses.size() == 2);
    CHECK(pass.troubles.size() == 1);
}

TEST_CASE("headers of members with names as long as the file are passed over in linear time") {
    std::string bytes = gzipped(k_a);
    for (int i = 0; i < 300'000; ++i) {
        bytes += "\x1F\x8B\x08";
    }
    const Pass pass = pass_over(bytes + gzipped(k_b));
    CHECK(pass.addresses.size() == 2);
    CHECK(pass.troubles.size() == 1);
}

TEST_CASE("headers that never end are passed over in linear time") {
    std::string bytes;
    for (int i = 0; i < 20'000; ++i) {
        bytes += "WARC/1.0\r\nWARC-Type: response\r\n";
    }
    const Pass pass = pass_over(bytes + k_a);
    CHECK(pass.addresses == std::vector{k_uri_a});
    CHECK(pass.troubles.size() == 20'000);
}

TEST_CASE("dates of records are read as exactly as they are written") {
    const auto date = [](std::string_view text) {
        const auto parsed = archive::parse_record_date(text);
        return parsed ? format_timestamp(*parsed) : "";
    };
    CHECK(date("2014-06-10T00:08:59Z") == "20140610000859");
    CHECK(date("2014-06-10T00:08:59.123456Z") == "20140610000859");
    CHECK(date("2014-06-10T00:08Z") == "20140610000800");
    CHECK(date("2014-06-10") == "20140610000000");
    CHECK(date("20140216050221") == "20140216050221");
    CHECK(date("2014-06") == "20140601000000");
    CHECK(date("2014-13-45T00:00:00Z") == "");
    CHECK(date("2014-06-10T00:08:59+02:00") == "");
    CHECK(date("2014-06-10T00:08:59-02:00") == "");
    CHECK(date("yesterday") == "");
}

}  // namespace smallprint
