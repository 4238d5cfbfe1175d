#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Searching the sample archive: the facts are those of data/README.md."""

import os
import subprocess

from programs import SMALLPRINT, SampleTest, main, run

SOLD = "We may sell personal data about our customers"
NOT_SOLD = "We do not sell your personal data to anyone"


class Facts(SampleTest):
    def test_a_vendor_that_starts_to_sell(self):
        both = self.search("sell personal data", "--vendor", "brightloaf.example")["results"]
        sold = next(hit for hit in both if SOLD in hit["text"])
        promise = next(hit for hit in both if NOT_SOLD in hit["text"])
        self.assertEqual((sold["first_seen"], sold["last_seen"]), ("2020-08-15", "2022-02-11"))
        self.assertTrue(sold["still_present"])
        self.assertEqual((promise["first_seen"], promise["last_seen"]),
                         ("2011-06-14", "2018-05-24"))
        self.assertFalse(promise["still_present"])
        self.assertEqual(sold["heading_path"][-1], "Sharing your information")
        self.assertTrue(sold["archive_url"].startswith("https://web.archive.org/web/2022021115"))
        self.assertEqual(sold["vendor_source"], "provenance")

    def test_dates_choose_what_stood_then(self):
        def texts(*dates):
            answer = self.search("sell personal data", "--vendor", "brightloaf.example", *dates)
            return " ".join(hit["text"] for hit in answer["results"])
        self.assertNotIn(SOLD, texts("--to", "2020-08-14"))
        self.assertIn(SOLD, texts("--to", "2020-08-15"))
        self.assertIn(SOLD, texts("--to", "2020-08"))
        self.assertIn(NOT_SOLD, texts("--from", "2018-05-24"))
        self.assertNotIn(NOT_SOLD, texts("--from", "2018-06"))

    def test_a_phrase_is_found_where_it_stands(self):
        hits = self.search('"safe harbor"')["results"]
        self.assertTrue(hits)
        for hit in hits:
            encoded = hit["text"].encode()
            marked = [encoded[begin:end].decode().lower() for begin, end in hit["highlights"]]
            self.assertIn("safe harbor", marked)
        vendors = {hit["vendor"] for hit in hits}
        self.assertEqual(len(vendors), 2)
        self.assertIn("tallowdesk.example", vendors)
        self.assertEqual(self.search('"harbor safe"', status=1)["results"], [])

    def test_a_clause_that_came_back_has_two_runs(self):
        hit = self.search('"searched this website"')["results"][0]
        self.assertEqual(hit["vendor"], "brannocvalley.example")
        self.assertEqual(hit["runs"], [["2011-03-08", "2011-03-08", 1],
                                       ["2016-09-26", "2019-07-14", 2]])
        self.assertEqual(hit["snapshots"], 3)

    def test_one_text_of_five_vendors_is_one_result(self):
        words = '"may contain links to websites that belong to other people"'
        answer = self.search(words)
        self.assertEqual([hit["also_at"]["vendors"] for hit in answer["results"]], [4])
        self.assertEqual(answer["total"], {"value": 1, "relation": "eq"})
        every = self.search(words, "--all-copies")["results"]
        self.assertEqual(len({hit["vendor"] for hit in every}), 5)
        text = self.ok("search", words, index=self.index).text
        self.assertIn("also at 4 other vendors", text)

    def test_german_is_found(self):
        hits = self.search('"Wir verkaufen keine personenbezogenen Daten"')["results"]
        self.assertEqual({hit["vendor"] for hit in hits}, {"federkahn.example"})


class Options(SampleTest):
    def test_vendors_narrow(self):
        hits = self.search("cookies", "--vendor", "Moonferry.example", "--vendor",
                           "pacewren.example", "-n", "100")["results"]
        self.assertEqual({hit["vendor"] for hit in hits},
                         {"moonferry.example", "pacewren.example"})

    def test_headings_narrow(self):
        hits = self.search("information", "--heading", "sharing your", "-n", "100")["results"]
        self.assertTrue(hits)
        for hit in hits:
            self.assertIn("shar", " ".join(hit["heading_path"]).lower())

    def test_pages_join_into_the_whole(self):
        whole = self.search("personal information", "-n", "30")
        self.assertEqual(len(whole["results"]), 30)
        pages = [hit for offset in range(0, 30, 10)
                 for hit in self.search("personal information", "--offset", offset)["results"]]
        self.assertEqual([hit["id"] for hit in pages], [hit["id"] for hit in whole["results"]])
        self.assertEqual([hit["rank"] for hit in pages], list(range(1, 31)))
        beyond = self.search("personal information", "--offset", "100000", status=1)
        self.assertEqual(beyond["results"], [])

    def test_context_is_as_wide_as_asked(self):
        for context in (0, 1, 2):
            hit = self.search(SOLD, "--context", context)["results"][0]
            self.assertEqual(len(hit["context"]["before"]), context)
            self.assertEqual(len(hit["context"]["after"]), context)

    def test_arguments_are_joined(self):
        one = self.search("sell personal data")
        several = self.search("sell", "personal", "data")
        self.assertEqual(one["query"], several["query"])
        self.assertEqual([part["kind"] for part in one["query"]["tree"]["children"]],
                         ["word"] * 3)

    def test_words_that_look_like_options(self):
        self.assertEqual(self.search("--plain", "--", "-n", "cookies")["query"]["text"], "-n cookies")

    def test_plain_quotes_are_text(self):
        answer = self.search("--plain", '"safe harbor')
        self.assertEqual([part["kind"] for part in answer["query"]["tree"]["children"]],
                         ["word", "word"])

    def test_the_index_can_be_named_in_three_ways(self):
        self.ok("search", "cookies", "-i", self.index)
        self.ok("search", "cookies", index=self.index)
        (self.folder / "smallprint.idx").symlink_to(self.index)
        self.ok("search", "cookies", cwd=self.folder)


class Mistakes(SampleTest):
    def test_nothing_found_says_why(self):
        answer = self.expect(run("search", '"zebra cookies"', index=self.index), 1)
        self.assertIn("Nothing found", answer.text)
        self.assertRegex(answer.text, r"(?m)^  zebra +in no clause$")
        self.assertIn("To try:", answer.text)
        words = {word["word"]: word["clauses"]
                 for word in self.search('"zebra cookies"', status=1)["words"]}
        self.assertEqual(words["zebra"], 0)
        self.assertGreater(words["cookies"], 10)

    def test_a_query_error_is_pointed_at(self):
        answer = self.expect(run("search", 'a "b c', index=self.index), 2)
        self.assertIn('  a "b c\n    ^\n', answer.message)
        error = self.expect(run("search", 'a "b c', "--format", "json", index=self.index),
                            2).error()
        self.assertEqual((error["code"], error["position"]), ("query", 2))

    def test_queries_over_the_limits(self):
        self.expect(run("search", "word " * 400, index=self.index), 8)
        self.expect(run("search", "a1 " * 33, index=self.index), 8)
        self.assertIn(run("search", b"\xff\xfe cookies".decode("latin-1"),
                          index=self.index).status, (0, 1))
        done = subprocess.run([SMALLPRINT, "search", "-i", self.index, b"\xff\xfe \x1b[2J"],
                              capture_output=True, check=False, timeout=60)
        self.assertIn(done.returncode, (0, 1, 2))
        self.assertNotIn(b"\x1b", done.stdout + done.stderr)

    def test_an_unknown_vendor_or_id(self):
        for words in (("search", "x", "--vendor", "zebra.example"), ("show", "zebra.example"),
                      ("show", "0000000000-0000000000"), ("show", "0000000000")):
            answer = self.expect(run(*words, index=self.index), 1)
            self.assertEqual(answer.out, b"")
            self.assertIn("hint: ", answer.message)


class Output(SampleTest):
    def test_no_colours_and_no_pager_in_a_pipe(self):
        answer = self.ok("search", "cookies", "-n", "50", index=self.index,
                         env={"PAGER": "echo paged"})
        self.assertNotIn(b"\x1b", answer.out)
        self.assertNotIn("paged", answer.text)

    def test_colours_when_asked_for(self):
        self.assertIn("\x1b[1;33m",
                      self.ok("search", "cookies", "--color", "always", index=self.index).text)
        self.assertNotIn("\x1b", self.ok("search", "cookies", "--color", "never",
                                         index=self.index).text)

    def test_quiet_and_verbose(self):
        self.assertTrue(self.ok("search", "-q", "cookies", index=self.index)
                        .text.startswith(" 1  "))
        self.assertIn("score ", self.ok("search", "-v", "cookies", index=self.index).text)

    def test_a_reader_that_has_seen_enough_ends_it_quietly(self):
        reader, writer = os.pipe()
        os.close(reader)
        with os.fdopen(writer, "wb") as closed:
            answer = run("search", "cookies", "-n", "100", index=self.index, stdout=closed)
        self.assertEqual(answer.message, "")

    def test_a_full_disk_is_an_error(self):
        with open("/dev/full", "wb") as full:
            answer = run("search", "cookies", index=self.index, stdout=full)
        self.assertEqual(answer.status, 4)
        self.assertIn("cannot write to standard output", answer.message)


if __name__ == "__main__":
    main()
