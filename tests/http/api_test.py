#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What each address of the API answers: the objects of the command line, whole and as described."""

import csv
import gzip
import io
import json
import subprocess
from urllib.parse import quote

from server import Client, ServerTest, main, request, run, validate

VENDOR = "brightloaf.example"


class Api(ServerTest):
    def get_json(self, path, query=(), schema=None, **fields):
        reply = self.server.get("/api/v1/" + path, query, **fields)
        self.assertEqual(reply.status, 200, reply.body[:500])
        self.assertEqual(reply.field("content-type"), "application/json")
        value = reply.json()
        if schema:
            validate(value, schema)
        return value

    def command(self, *words):
        return json.loads(self.ok(*words, "--format", "json", index=self.index).out)

    def expect_same(self, path, query, schema, words):
        """The server says what the command line says, but for the time it took."""
        value = self.get_json(path, query, schema)
        said = self.command(*words)
        for each in (value, said):
            each.pop("took_ms", None)
        self.assertEqual(value, said)
        return value

    def clause_id(self, words="sell personal data"):
        return self.get_json("search", {"q": words, "n": 1})["results"][0]["id"]

    def test_search(self):
        self.expect_same("search", {"q": "sell personal data"}, "search-response",
                         ["search", "sell personal data"])
        self.expect_same(
            "search", {"q": '"personal data"', "vendor": [VENDOR, "tallowdesk.example"], "n": 3,
                       "offset": 1, "context": 2, "from": "2012", "to": "2020-06",
                       "all_copies": "true", "synonyms": "false"}, "search-response",
            ["search", '"personal data"', "--vendor", VENDOR, "--vendor", "tallowdesk.example",
             "-n", 3, "--offset", 1, "--context", 2, "--from", "2012", "--to", "2020-06",
             "--all-copies", "--no-synonyms"])
        self.expect_same("search", {"q": "cookies", "heading": "cookies", "plain": "true"},
                         "search-response",
                         ["search", "cookies", "--heading", "cookies", "--plain"])
        self.assertEqual(self.get_json("search", {"q": "xyzzy"}, "search-response")["results"], [])

    def test_notes_on_the_query_are_in_every_answer(self):
        query = "share or rent data"
        notes = self.expect_same("search", {"q": query}, "search-response", ["search", query])["notes"]
        self.assertEqual(notes, ["'or' is read as a word; write OR for clauses with either"])
        page = self.server.get("/", {"q": query}).text
        self.assertIn("is read as a word; write OR for clauses with either", page)

    def test_search_in_another_order_and_with_counts(self):
        for query, words in (
                ({"q": "data", "sort": "newest", "per_vendor": 1},
                 ["data", "--sort", "newest", "--per-vendor", 1]),
                ({"q": "data", "sort": "oldest", "as_of": "2016", "lang": "en"},
                 ["data", "--sort", "oldest", "--as-of", "2016", "--lang", "en"]),
                ({"q": "cookies", "facets": "true"}, ["cookies", "--facets"]),
                ({"q": "cookies", "explain": "true"}, ["cookies", "--explain"]),
                ({"changed": "removed", "from": "2015", "type": "privacy policy"},
                 ["--changed", "removed", "--from", "2015", "--type", "privacy policy"]),
                ({"host": "www.brightloaf.example"}, ["--host", "www.brightloaf.example"])):
            with self.subTest(query=query):
                value = self.expect_same("search", query, "search-response", ["search", *words])
                self.assertGreater(value["total"]["value"], 0)

    def test_pages_by_cursor(self):
        whole = [hit["id"] for hit in
                 self.get_json("search", {"q": "data", "n": 9, "sort": "newest"})["results"]]
        paged, cursor = [], ""
        for _ in range(3):
            page = self.get_json("search", {"q": "data", "n": 3, "sort": "newest",
                                            "cursor": cursor}, "search-response")
            paged += [hit["id"] for hit in page["results"]]
            cursor = page["next"]
        self.assertEqual(paged, whole)
        for query in ({"q": "cookies", "cursor": cursor}, {"q": "data", "cursor": "nonsense"},
                      {"q": "data", "sort": "newest", "cursor": cursor, "offset": 3}):
            self.expect_problem(self.server.get("/api/v1/search", query), 400, "usage")

    def test_facets(self):
        for query in ({"q": "data"}, {"q": "sell personal data cookies"}, {"vendor": VENDOR},
                      {"q": "data", "from": "2015", "all_copies": "true", "as_of": "2018"}):
            counts = self.get_json("facets", query, "facets")
            beside = self.get_json("search", {**query, "facets": "true"})
            for name in ("facets", "total", "widened"):
                self.assertEqual(counts[name], beside[name], query)
            self.assertGreater(len(counts["facets"]["year"]), 2)
        self.expect_problem(self.server.get("/api/v1/facets"), 400, "usage")
        self.expect_problem(self.server.get("/api/v1/facets", {"q": "a", "n": 1}), 400, "usage")

    def test_search_that_is_wrong(self):
        for query in ({}, {"q": ""}, {"q": " "}, {"q": "a", "n": "0"}, {"q": "a", "n": "101"},
                      {"q": "a", "n": "x"}, {"q": "a", "from": "2015", "to": "2014"},
                      {"q": "a", "from": "soon"}, {"q": "a", "plain": "yes"}, {"q": ["a", "b"]},
                      {"q": "a", "changed": "both"}, {"q": "a", "context": "21"}):
            with self.subTest(query=query):
                self.expect_problem(self.server.get("/api/v1/search", query), 400, "usage")
        for query in ('"a', "a" * 2000, " ".join(f"w{i}" for i in range(100))):
            reply = self.server.get("/api/v1/search", {"q": query})
            self.assertIn(reply.status, (400, 414))
            self.assertIn(reply.problem()["code"], ("query", "limit", "target_too_long"))

    def test_clause(self):
        clause = self.clause_id()
        self.expect_same(f"clauses/{clause}", {}, "clause", ["show", clause])
        self.expect_same(f"clauses/{clause}", {"context": 0}, "clause",
                         ["show", clause, "--context", 0])
        self.expect_same(f"clauses/{clause}/history", {}, "clause-history", ["history", clause])
        self.expect_same(f"clauses/{clause}/history", {"from": "2012", "to": "2018"},
                         "clause-history", ["history", clause, "--from", "2012", "--to", "2018"])
        for other in ("nope", VENDOR, clause.split("-", maxsplit=1)[0]):
            for path in (f"clauses/{other}", f"clauses/{other}/history"):
                self.expect_problem(self.server.get("/api/v1/" + path), 404, "not_found")

    def test_policies(self):
        self.expect_same(f"policies/{VENDOR}", {}, "history", ["history", VENDOR])
        self.expect_same(f"policies/{VENDOR}", {"from": "2012", "to": "2016"}, "history",
                         ["history", VENDOR, "--from", "2012", "--to", "2016"])
        self.expect_problem(self.server.get("/api/v1/policies/nobody"), 404, "not_found")
        self.expect_problem(self.server.get(f"/api/v1/policies/{self.clause_id()}"), 404,
                            "not_found")
        self.expect_problem(self.server.get(f"/api/v1/policies/{VENDOR}", {"type": "x"}), 404,
                            "not_found")

    def test_policy_at_a_date(self):
        path = f"policies/{VENDOR}/at/2016"
        self.expect_same(path, {}, "policy", ["show", VENDOR, "--at", "2016"])
        reply = self.server.get("/api/v1/" + path)
        self.assertRegex(reply.field("memento-datetime"), r"^\w{3}, \d\d \w{3} 201\d .* GMT$")
        self.assertRegex(reply.field("link"), r'<https?://[^>]*>; rel="original", .*rel="timemap"')
        self.expect_problem(self.server.get(f"/api/v1/policies/{VENDOR}/at/soon"), 400, "usage")
        self.expect_problem(self.server.get(f"/api/v1/policies/{VENDOR}/at/1990"), 404,
                            "not_found")

    def test_the_base_address_is_that_of_the_outside(self):
        server = self.start("--base-url", "https://policies.example/x/")
        self.assertIn("<https://policies.example/x/api/v1/policies/",
                      server.get(f"/api/v1/policies/{VENDOR}/at/2016").field("link"))

    def test_diff(self):
        self.expect_same("diff", {"vendor": VENDOR, "before": "2014", "after": "2020"}, "diff",
                         ["diff", VENDOR, "2014", "2020"])
        for query in ({}, {"vendor": VENDOR}, {"vendor": VENDOR, "before": "2014"},
                      {"vendor": VENDOR, "before": "2020", "after": "2014"}):
            self.expect_problem(self.server.get("/api/v1/diff", query), 400, "usage")

    def test_trend(self):
        self.expect_same("trend", {"q": ["cookies", "sell data"], "by": "year"}, "trend",
                         ["trend", "cookies", "sell data", "--by", "year"])
        self.expect_same(
            "trend", {"q": "data", "by": "quarter", "captured": "true", "from": "2014",
                      "to": "2019", "vendor": VENDOR, "synonyms": "false"},
            "trend",
            ["trend", "data", "--by", "quarter", "--captured", "--from", "2014", "--to", "2019",
             "--vendor", VENDOR, "--no-synonyms"])
        self.expect_problem(self.server.get("/api/v1/trend"), 400, "usage")
        self.expect_problem(self.server.get("/api/v1/trend", {"q": ["a"] * 13}), 400, "usage")
        problem = self.expect_problem(self.server.get("/api/v1/trend", {"q": ["a", '"b']}), 400,
                                      "query")
        self.assertEqual(problem["position"], 0)

    def test_pages_refuse_what_the_api_refuses(self):
        reply = self.server.get(f"/diff/{VENDOR}", {"from": "2020", "to": "2014"})
        self.assertEqual(reply.status, 400)
        self.assertIn("2020-12-31 is later than", reply.text)
        self.assertEqual(self.server.get(f"/diff/{VENDOR}", {"from": "2014", "to": "2014"}).status,
                         200)

    def test_the_trend_page_takes_the_filters_of_a_trend(self):
        names = {"vendor": VENDOR, "type": "Privacy Policy", "host": "www.brightloaf.example",
                 "lang": "en", "heading": "information", "from": "2014", "to": "2019"}
        for name, value in names.items():
            reply = self.server.get("/trend", {"q": "data", name: value})
            self.assertEqual(reply.status, 200, name)
            self.assertRegex(reply.text, f'name="{name}" value="{value}"')
        for name in ("as_of", "changed"):
            self.assertEqual(self.server.get("/trend", {"q": "data", name: "2014"}).status, 400)
        of_type = self.server.get("/trend", {"q": "data", "type": "Privacy Policy"}).text
        self.assertIn("?q=data&amp;type=Privacy+Policy", of_type)
        self.assertIn(">all policies</a>", of_type)

    def test_vendors_and_info(self):
        self.expect_same("vendors", {"sort": "snapshots"}, "vendors",
                         ["vendors", "--sort", "snapshots"])
        self.expect_same("vendors", {"vendor": VENDOR}, "vendors", ["vendors", "--vendor", VENDOR])
        info = self.get_json("info", (), "info")
        said = self.command("info")
        self.assertEqual(info["folder"], "sample.idx")
        self.assertEqual(info["sources"], ["sample"])
        self.assertEqual(info["policies"], said["policies"])

    def test_suggest(self):
        def values(**query):
            return [each["value"] for each in
                    self.get_json("suggest", query, "suggestions")["suggestions"]]

        self.assertEqual(values(q="BRIGHT"), [VENDOR])
        self.assertEqual(values(q="loaf"), [VENDOR])
        everybody = values(n=50)
        for text in ("t", "e", "example", "."):
            inside = [name for name in everybody if text in name]
            self.assertEqual(values(q=text, n=50), sorted(inside, key=lambda name: not
                                                          name.startswith(text)))
        self.assertEqual(len(values(n=3)), 3)
        self.assertIn("Privacy Policy", values(field="type", q="priv"))
        self.assertIn("en", values(field="lang"))
        self.assertEqual(values(q="xyzzy"), [])

    def test_export(self):
        for query, words in (({"q": "cookies"}, ["cookies"]),
                             ({"q": "data", "as_of": "2016", "heading": "cookies"},
                              ["data", "--as-of", "2016", "--heading", "cookies"]),
                             ({"q": '"cookies', "plain": "true", "changed": "added"},
                              ['"cookies', "--plain", "--changed", "added"]),
                             ({"vendor": VENDOR}, ["--vendor", VENDOR]), ({}, [])):
            reply = self.server.get("/api/v1/export", query)
            self.assertEqual(reply.field("content-type"), "application/x-ndjson")
            said = run("export", *words, index=self.index)
            self.assertEqual(reply.body, said.out)
        for line in reply.text.splitlines()[:20]:
            validate(json.loads(line), "export-line")
        table = self.server.get("/api/v1/export", {"q": "cookies", "format": "csv"})
        self.assertTrue(table.field("content-type").startswith("text/csv"))
        self.assertEqual(table.body, run("export", "cookies", "--format", "csv",
                                         index=self.index).out)
        self.assertGreater(len(list(csv.reader(io.StringIO(table.text)))), 2)
        self.expect_problem(self.server.get("/api/v1/export", {"q": '"'}), 400, "query")

    def test_export_in_every_way_of_framing(self):
        plain = self.server.get("/api/v1/export").body
        zipped = self.server.ask("/api/v1/export", accept_encoding="gzip, zstd")
        self.assertEqual(zipped.field("content-encoding"), "gzip")
        self.assertEqual(gzip.decompress(zipped.body), plain)
        old = self.server.raw(b"GET /api/v1/export HTTP/1.0\r\nHost: localhost\r\n\r\n")
        head, body = old.split(b"\r\n\r\n", 1)
        self.assertNotIn(b"chunked", head)
        self.assertEqual(body, plain)
        with Client(self.server) as client:
            self.assertEqual(client.ask("/api/v1/export", "HEAD").body, b"")
            self.assertEqual(client.ask("/api/v1/export").body, plain)
            self.assertEqual(client.ask("/healthz").text, "ok\n")

    def test_a_reader_of_an_export_may_leave(self):
        for _ in range(5):  # more than there are threads for it
            with self.server.connect() as connection:
                connection.sendall(request("/api/v1/export"))
                connection.recv(10)
        self.assertEqual(self.server.ask("/api/v1/search?q=data").status, 200)

    def test_names_are_taken_as_they_are(self):
        for name in ("../../etc/passwd", "a b", "%", "é", "<script>", "a/b", "?", "x" * 1500):
            reply = self.server.ask("/api/v1/policies/" + quote(name, safe=""))
            self.expect_problem(reply, 404, "not_found")

    def test_an_answer_is_not_sent_twice(self):
        for target in ("/api/v1/search?q=data", "/api/v1/info", "/api/v1/openapi.json",
                       "/api/v1/vendors", f"/api/v1/policies/{VENDOR}"):
            first = self.server.ask(target)
            tag = first.field("etag")
            self.assertEqual(first.field("cache-control"), "no-cache")
            self.assertEqual(first.field("vary"), "Accept-Encoding")
            again = self.server.ask(target, if_none_match=f'"x", {tag}')
            self.assertEqual((again.status, again.body, again.field("etag")), (304, b"", tag))
            self.assertEqual(self.server.ask(target, if_none_match='"x"').status, 200)
            self.assertEqual(self.server.ask(target, "HEAD", if_none_match=tag).status, 304)
        one, other = (self.server.ask(f"/api/v1/search?{query}").field("etag")
                      for query in ("q=data&n=5", "n=5&vendor=&q=data"))
        self.assertEqual(one, other)
        self.assertNotEqual(one, self.server.ask("/api/v1/search?q=data&n=6").field("etag"))

    def test_encodings(self):
        plain = self.server.ask("/api/v1/search?q=data&n=20")
        self.assertIsNone(plain.field("content-encoding"))
        for _ in range(2):  # the second time it was kept
            zipped = self.server.ask("/api/v1/search?q=data&n=20", accept_encoding="gzip")
            self.assertEqual(zipped.field("content-encoding"), "gzip")
            self.assertLess(len(zipped.body), len(plain.body) / 2)
            value = json.loads(gzip.decompress(zipped.body))
            value["took_ms"] = plain.json()["took_ms"]
            self.assertEqual(value, plain.json())
        packed = self.server.ask("/api/v1/search?q=data&n=20", accept_encoding="gzip, zstd")
        self.assertEqual(packed.field("content-encoding"), "zstd")
        self.assertEqual(packed.body[:4], b"\x28\xb5\x2f\xfd")
        done = subprocess.run(["zstd", "-dc"], input=packed.body, capture_output=True,
                              check=False) if self.has_zstd() else None
        if done is not None:
            self.assertEqual(json.loads(done.stdout)["results"], plain.json()["results"])
        small = self.server.ask("/healthz", accept_encoding="gzip")
        self.assertIsNone(small.field("content-encoding"))

    @staticmethod
    def has_zstd():
        try:
            return subprocess.run(["zstd", "--version"], capture_output=True,
                                  check=False).returncode == 0
        except FileNotFoundError:
            return False

    def test_what_is_kept_is_the_answer(self):
        first = self.server.ask("/api/v1/search?q=kept")
        for _ in range(3):
            self.assertEqual(self.server.ask("/api/v1/search?q=kept").body, first.body)


if __name__ == "__main__":
    main()
