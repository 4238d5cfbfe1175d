// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/model/date.h"
#include "common/model/listing.h"
#include "indexer/archive/limits.h"
#include "indexer/archive/warc/revisits.h"
#include "indexer/archive/warc/warc_reader.h"
#include "tests/support/warc_files.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

const std::string k_digest = "WARC-Payload-Digest: sha1:2I2AZ2BISJRH6XP72YWBKX3BL3AKR6CH\r\n";

std::string record(std::string_view type, std::string_view address, std::string_view more,
                   std::string_view block) {
    return warc_record(fmt::format("WARC-Type: {}\r\nWARC-Target-URI: {}\r\n"
                                   "WARC-Date: 2014-05-06T07:08:09Z\r\n{}",
                                   type, address, more),
                       block);
}

std::string response(std::string_view address, std::string_view head, std::string_view body) {
    return record("response", address, "Content-Type: application/http; msgtype=response\r\n",
                  fmt::format("{}\r\n\r\n{}", head, body));
}

Listing list(archive::WarcReader& reader) {
    auto listing = reader.list();
    REQUIRE(listing.has_value());
    std::vector<Listing> listings = {std::move(*listing)};
    archive::resolve_revisits(listings);
    return listings[0];
}

Listing list(std::string_view bytes) {
    archive::WarcReader reader("x.warc", in_file(bytes));
    return list(reader);
}

std::string moment_of(const ListedSnapshot& snapshot) {
    return snapshot.facts.captured ? format_timestamp(*snapshot.facts.captured) : "unknown";
}

// The one skipped item of a file.
Skipped only_skipped(std::string_view bytes) {
    const Listing listing = list(bytes);
    CHECK(listing.snapshots.empty());
    REQUIRE(listing.skipped.size() == 1);
    return listing.skipped[0];
}

}  // namespace

TEST_CASE("a page is a snapshot with its address, moment and place") {
    archive::WarcReader reader("x.warc",
                               in_file(gzipped(record("warcinfo", "", "", "a: b")) +
                                       gzipped(warc_page("terms", "2014-05-06", "<p>Ünited</p>"))));
    const Listing listing = list(reader);
    REQUIRE(listing.snapshots.size() == 1);
    const ListedSnapshot& snapshot = listing.snapshots[0];
    CHECK(snapshot.facts.source_url == "https://a.example/terms");
    CHECK(moment_of(snapshot) == "20140506102030");
    CHECK(snapshot.facts.vendor == "");
    CHECK(snapshot.facts.archive_url == "");
    CHECK(snapshot.facts.place.starts_with("x.warc@"));
    CHECK(snapshot.facts.place.ends_with(" https://a.example/terms"));
    CHECK(snapshot.size == 14);
    CHECK(snapshot.text_number == 0);
    REQUIRE(listing.skipped.size() == 1);
    CHECK(listing.skipped[0].reason == "warcinfo record");
    const auto source = reader.read(snapshot);
    REQUIRE(source.has_value());
    CHECK(source->bytes == "<p>Ünited</p>");
    CHECK(source->form == TextForm::html);
    CHECK(source->begin == 0);
}

TEST_CASE("a page that was crawled from a web archive has the moment of its capture there") {
    const std::string capture = "https://web.archive.org/web/20100405060708id_/http://a.example/p";
    const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: text/html";
    const std::string memento = "\r\nMemento-Datetime: Sun, 04 Apr 2010 01:02:03 GMT"
                                "\r\nLink: <https://t.example/map>; rel=\"timemap\", "
                                "<http://b.example/p>; rel=\"original\"";
    const auto listed = [&](std::string_view address, const std::string& fields) {
        const Listing listing = list(response(address, head + fields, "<p>Terms</p>"));
        REQUIRE(listing.snapshots.size() == 1);
        const SnapshotFacts& facts = listing.snapshots[0].facts;
        return fmt::format("{} {} {}", moment_of(listing.snapshots[0]), facts.source_url,
                           facts.archive_url);
    };
    CHECK(listed(capture, "") == "20100405060708 " + capture + " ");
    CHECK(listed(capture, memento) == "20100404010203 " + capture + " ");
    CHECK(listed("https://archive.example/x1", memento) ==
          "20100404010203 http://b.example/p https://archive.example/x1");
    CHECK(listed("https://a.example/p", "\r\nMemento-Datetime: soon") ==
          "20140506070809 https://a.example/p ");
    CHECK(listed("https://a.example/p", "\r\nLink: <http://b.example/p>; rel=original") ==
          "20140506070809 https://a.example/p ");
}

TEST_CASE("what is no page is skipped with its reason") {
    const std::string html = "HTTP/1.1 200 OK\r\nContent-Type: text/html";
    const std::string plain = "Content-Type: text/plain\r\n";
    const std::map<std::string, std::string> expected = {
        {record("request", "http://a", "", "GET / HTTP/1.1\r\n\r\n"), "request record"},
        {record("warcinfo", "", "", "a: b"), "warcinfo record"},
        {record("metadata", "http://a", plain, "a: b"), "metadata record"},
        {record("x-new", "http://a", plain, "a: b"), "record of unknown type 'x-new'"},
        {record("response", "dns:a.example", "Content-Type: text/dns\r\n", "1.2.3.4"), "dns"},
        {record("resource", "<metadata://gnu.org/log>", plain, "log"),
         "metadata: record, not a page"},
        {response("http://a", "HTTP/1.1 301 Moved\r\nLocation: b", "<p>moved"), "HTTP status 301"},
        {response("http://a", "HTTP/1.1 404 Not Found", "<p>gone"), "HTTP status 404"},
        {response("http://a", "HTTP/1.1 206 Partial Content", "<p>gone"), "HTTP status 206"},
        {response("http://a", "HTTP/1.1 200 OK\r\nContent-Type: image/png", "\x89PNG"),
         "image/png, not text"},
        {response("http://a", "HTTP/1.1 200 OK\r\nContent-Type: application/pdf", "%PDF-1.4"),
         "application/pdf, not text"},
        {response("http://a", "HTTP/1.1 200 OK", "%PDF-1.4"), "a PDF, not text"},
        {response("http://a", "HTTP/1.1 200 OK", "ab\x01\x02"), "binary data, not text"},
        {response("http://a", html, "%PDF-1.4"), "declared as text/html, but a PDF"},
        {response("http://a", "HTTP/1.1 200 OK\r\nContent-Type: text/plain", "a\x02\x03"),
         "declared as text/plain, but binary data"},
        {record("resource", "http://a", "Content-Type: text/css\r\n", "p {}"),
         "text/css, not text"}};
    for (const auto& [bytes, reason] : expected) {
        const Skipped skipped = only_skipped(bytes);
        CHECK(skipped.reason == reason);
        CHECK(skipped.kind == SkipKind::aside);
    }
}

TEST_CASE("of a page that was cut off nothing is a snapshot, however long it is") {
    const std::string html = "HTTP/1.1 200 OK\r\nContent-Type: text/html";
    const std::string chunks = html + "\r\nTransfer-Encoding: chunked";
    const std::string length = html + "\r\nContent-Length: 90000";
    CHECK(only_skipped(response("http://a", chunks, "5\r\n<p>ab\r\n")).reason ==
          "only a part was captured (the last chunk is missing)");
    CHECK(only_skipped(response("http://a", length, "<p>ab")).reason ==
          "only a part was captured (5 of its 90000 bytes are there)");
    const std::string text(80'000, 'x');
    for (const std::string& bytes :
         {response("http://a", length, text), response("http://a", chunks, "15f90\r\n" + text)}) {
        archive::WarcReader reader("x.warc", in_file(bytes));
        const Listing listing = list(reader);
        const auto source = reader.read(listing.snapshots.at(0));
        REQUIRE_FALSE(source.has_value());
        CHECK(source.error().message.starts_with("only a part was captured"));
    }
}

TEST_CASE("empty bodies, limits and codings without a decoder have kinds of their own") {
    const std::string html = "HTTP/1.1 200 OK\r\nContent-Type: text/html";
    const auto kind = [](const std::string& bytes) { return only_skipped(bytes).kind; };
    CHECK(only_skipped(response("http://a", html, "")).reason == "empty body");
    CHECK(kind(response("http://a", html, "")) == SkipKind::empty);
    CHECK(kind(response("http://a", html + "\r\nTransfer-Encoding: chunked", "0\r\n\r\n")) ==
          SkipKind::empty);
    CHECK(kind(response("http://a", html + "\r\nContent-Encoding: gzip", gzipped(""))) ==
          SkipKind::empty);
    CHECK(kind(record("resource", "http://a", "Content-Type: text/html\r\n", "")) ==
          SkipKind::empty);
    const Skipped unknown =
        only_skipped(response("http://a", html + "\r\nContent-Encoding: compress", "\x1F\x9D\x90"));
    CHECK(unknown.reason == "Content-Encoding compress is not supported");
    CHECK(unknown.kind == SkipKind::unreadable);
    const std::string field = "\r\nX: " + std::string(70'000, 'x');
    CHECK(kind(response("http://a", html + field, "<p>")) == SkipKind::limit);
    CHECK(
        kind(response("http://a", html, std::string(archive::k_largest_text + (2U << 20U), 'x'))) ==
        SkipKind::limit);
}

TEST_CASE("segments and truncated records are no snapshots, and say why") {
    const Skipped segment = only_skipped(
        record("response", "http://a", "WARC-Segment-Number: 1\r\n", http_page("<p>a</p>")));
    CHECK(segment.reason.starts_with("segment 1 of a record in several"));
    CHECK(segment.kind == SkipKind::unreadable);
    CHECK(only_skipped(record("continuation", "http://a", "WARC-Segment-Number: 2\r\n", "b"))
              .reason.starts_with("segment 2"));
    const Skipped truncated = only_skipped(
        record("response", "http://a", "WARC-Truncated: length\r\n", http_page("<p>a</p>")));
    CHECK(truncated.reason == "only a part was captured (WARC-Truncated: length)");
    CHECK(truncated.kind == SkipKind::unreadable);
}

TEST_CASE("a revisit without its payload is not truncated") {
    const Listing listing = list(
        record("response", "http://a/", k_digest, http_page("<p>a</p>")) +
        record("revisit", "http://a/", k_digest + "WARC-Truncated: length\r\n", http_page("")));
    CHECK(listing.snapshots.size() == 2);
    CHECK(listing.skipped.empty());
}

TEST_CASE("a status line may have line ends before it, and be of ICY") {
    const std::string fields = "200 OK\r\nContent-Type: text/html; charset=koi8-r\r\n\r\n<p>\xC1";
    for (const std::string_view begin : {"\r\nHTTP/1.1 ", "\n\r\n\nHTTP/1.0 ", "ICY ", "\nICY "}) {
        CAPTURE(begin);
        archive::WarcReader reader(
            "x.warc", in_file(record("response", "http://a/", "", std::string(begin) + fields)));
        const Listing listing = list(reader);
        REQUIRE(listing.snapshots.size() == 1);
        CHECK(reader.read(listing.snapshots[0])->bytes == "<p>а");
    }
    CHECK(only_skipped(record("response", "http://a/", "", "\r\nHTTP/1.1 404 No\r\n\r\n<p>a"))
              .reason == "HTTP status 404");
}

TEST_CASE("resource and conversion records, and bodies without a type, are snapshots") {
    const std::string ok = "HTTP/1.1 200 OK";
    const std::map<std::string, std::pair<TextForm, std::string>> expected = {
        {record("resource", "http://a", "Content-Type: text/html\r\n", "<p>a"),
         {TextForm::html, "<p>a"}},
        {record("conversion", "http://a", "Content-Type: text/plain\r\n", "# a"),
         {TextForm::markdown, "# a"}},
        {record("resource", "http://a", "Content-Type: text/markdown\r\n", "# a"),
         {TextForm::markdown, "# a"}},
        {response("http://a", ok + "\r\nContent-Type: application/xhtml+xml", "<?xml?><p>a"),
         {TextForm::html, "<?xml?><p>a"}},
        {response("http://a", ok, "  <!DOCTYPE html><p>a"),
         {TextForm::html, "  <!DOCTYPE html><p>a"}},
        {response("http://a", ok + "\r\nContent-Type: application/octet-stream", "Our terms"),
         {TextForm::markdown, "Our terms"}},
        {response("http://a", ok + "\r\nContent-Encoding: gzip", gzipped("<html><p>a")),
         {TextForm::html, "<html><p>a"}},
        {response("http://a", "<html><p>a", ""), {TextForm::html, "<html><p>a\r\n\r\n"}}};
    for (const auto& [bytes, wanted] : expected) {
        archive::WarcReader reader("x.warc", in_file(bytes));
        const Listing listing = list(reader);
        REQUIRE(listing.snapshots.size() == 1);
        const auto source = reader.read(listing.snapshots[0]);
        REQUIRE(source.has_value());
        CHECK(source->form == wanted.first);
        CHECK(source->bytes == wanted.second);
    }
}

TEST_CASE("a revisit has the text of the record it speaks of, by id, address or digest") {
    const std::string head = "HTTP/1.1 200 OK\r\n\r\n";
    const std::string original = warc_record(
        "WARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: http://a/\r\n"
        "WARC-Date: 2014-01-01T00:00:00.5Z\r\n" +
            k_digest,
        http_page("<p>text</p>"));
    for (const std::string& reference :
         {std::string("WARC-Refers-To: <urn:uuid:1>\r\n"),
          std::string("WARC-Refers-To-Target-URI: <http://a/>\r\n"
                      "WARC-Refers-To-Date: 2014-01-01T00:00:00Z\r\n"),
          k_digest}) {
        const std::string revisit = record("revisit", "http://b/", reference, head);
        // What refers may stand before what it refers to.
        for (const std::string& bytes : {original + revisit, revisit + original}) {
            archive::WarcReader reader("x.warc", in_file(bytes));
            const Listing listing = list(reader);
            CHECK(listing.skipped.empty());
            REQUIRE(listing.snapshots.size() == 2);
            const ListedSnapshot& again = listing.snapshots[1];
            CHECK(again.facts.source_url == "http://b/");
            CHECK(moment_of(again) == "20140506070809");
            CHECK(again.text_number != 0);
            CHECK(again.text_number == listing.snapshots[0].text_number);
            CHECK(reader.read(again)->bytes == "<p>text</p>");
        }
    }
}

TEST_CASE("a revisit of what is not there, or is no page, is skipped") {
    const std::string revisit = record("revisit", "http://b/", "WARC-Refers-To: <urn:uuid:1>\r\n",
                                       "HTTP/1.1 200 OK\r\n\r\n");
    const Skipped lost = only_skipped(revisit);
    CHECK(lost.reason == "revisit of a record that is in no archive");
    CHECK(lost.kind == SkipKind::unreadable);
    CHECK(only_skipped(record("revisit", "http://b/", "",
                              "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"))
              .kind == SkipKind::aside);
    const Listing listing =
        list(record("response", "http://a/", "WARC-Record-ID: <urn:uuid:1>\r\n",
                    "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG") +
             revisit);
    CHECK(listing.snapshots.empty());
    REQUIRE(listing.skipped.size() == 2);
    CHECK(listing.skipped[1].reason == "revisit of a record that is skipped");
}

TEST_CASE("records with equal digests share a text number unless they are read differently") {
    const std::string html = "HTTP/1.1 200 OK\r\nContent-Type: text/html";
    const auto page = [&](std::string_view charset, const std::string& digest) {
        return record("response", "http://a/", digest,
                      fmt::format("{}{}\r\n\r\n<p>a</p>", html, charset));
    };
    const Listing listing =
        list(page("", k_digest) + page("", k_digest) + page("; charset=koi8-r", k_digest) +
             page("", "") + page("", "WARC-Payload-Digest: sha1:\r\n"));
    REQUIRE(listing.snapshots.size() == 5);
    CHECK(listing.snapshots[0].text_number != 0);
    CHECK(listing.snapshots[0].text_number == listing.snapshots[1].text_number);
    CHECK(listing.snapshots[2].text_number != listing.snapshots[0].text_number);
    CHECK(listing.snapshots[3].text_number == 0);
    CHECK(listing.snapshots[4].text_number == 0);
}

TEST_CASE("damage is listed with its place, and the rest is read") {
    const std::string first = gzipped(warc_page("a", "2014-01-01", "<p>a</p>"));
    const std::string last = gzipped(warc_page("b", "2014-01-01", "<p>b</p>"));
    const Listing listing = list(first + "garbage" + last.substr(0, last.size() - 3));
    CHECK(listing.snapshots.size() == 1);
    REQUIRE(listing.skipped.size() == 2);
    CHECK(listing.skipped[0].place == fmt::format("x.warc@{}", first.size()));
    CHECK(listing.skipped[1].place ==
          fmt::format("x.warc@{} https://a.example/b", first.size() + 7));
    CHECK(listing.skipped[1].kind == SkipKind::unreadable);
}

TEST_CASE("a file without any record is an error that names it") {
    for (const std::string& bytes : {std::string(), std::string("hello"), gzipped("hello")}) {
        archive::WarcReader reader("x.warc", in_file(bytes));
        const auto listing = reader.list();
        REQUIRE_FALSE(listing.has_value());
        CHECK(listing.error().code == ErrorCode::input);
        CHECK(listing.error().message == "'x.warc' holds no WARC record");
    }
}

TEST_CASE("an address of hostile bytes has them as a browser would send them") {
    const Listing listing =
        list(record("resource", "http://a/\xFF\xFE", "Content-Type: text/html\r\n", "<p>a"));
    REQUIRE(listing.snapshots.size() == 1);
    CHECK(listing.snapshots[0].facts.source_url == "http://a/%FF%FE");
}

}  // namespace smallprint
