#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Which results are shown and in which order: --sort, --per-vendor, --cursor; and what a user is told of
how a query was read: --explain."""

import collections
import shutil

from programs import SAMPLE, SampleTest, main, run


class PageTest(SampleTest):
    def ids(self, *words):
        return [hit["id"] for hit in self.search(*words)["results"]]

    def error(self, *words, status=2):
        answer = self.expect(run("search", "--format", "json", *words, index=self.index), status)
        self.assertEqual(answer.out, b"")
        return answer.error()


class Order(PageTest):
    def test_newest_and_oldest_are_by_the_days_a_clause_was_seen(self):
        newest = self.search("cookies", "--sort", "newest", "-n", "1000")["results"]
        oldest = self.search("cookies", "--sort", "oldest", "-n", "1000")["results"]
        days = [(hit["last_seen"], hit["first_seen"]) for hit in newest]
        self.assertEqual(days, sorted(days, reverse=True))
        days = [hit["first_seen"] for hit in oldest]
        self.assertEqual(days, sorted(days))
        by_rank = sorted(self.ids("cookies", "-n", "1000"))
        for hits in (newest, oldest):
            self.assertEqual(sorted(hit["id"] for hit in hits), by_rank)
            self.assertEqual([hit["rank"] for hit in hits], list(range(1, len(hits) + 1)))
        self.assertEqual(self.search("cookies", "--sort", "newest")["query"]["sort"], "newest")
        self.assertEqual(self.ids("cookies", "--sort", "relevance"), self.ids("cookies"))

    def test_at_most_so_many_of_a_vendor_are_its_best(self):
        whole = self.search("cookies", "-n", "1000")
        for most in (1, 2):
            kept, seen = [], collections.Counter()
            for hit in whole["results"]:
                seen[hit["vendor"]] += 1
                kept += [hit["id"]] if seen[hit["vendor"]] <= most else []
            answer = self.search("cookies", "-n", "1000", "--per-vendor", most)
            self.assertEqual([hit["id"] for hit in answer["results"]], kept)
        pages = [one for offset in range(0, len(kept), 4)
                 for one in self.ids("cookies", "-n", "4", "--offset", offset, "--per-vendor", "2")]
        self.assertEqual(pages, kept)


class Cursor(PageTest):
    WAYS = ((), ("--sort", "newest"), ("--sort", "oldest", "--per-vendor", "2"), ("--all-copies",),
            ("--from", "2016", "--no-synonyms"), ("--plain",))

    def test_pages_join_into_the_whole(self):
        for words in self.WAYS:
            with self.subTest(words):
                found, cursor = [], None
                while cursor or not found:
                    page = self.search("personal data?", "-n", "7", *words,
                                       *(("--cursor", cursor) if cursor else ()))
                    self.assertEqual([hit["rank"] for hit in page["results"]],
                                     [len(found) + i + 1 for i in range(len(page["results"]))])
                    found += [hit["id"] for hit in page["results"]]
                    cursor = page["next"]
                self.assertEqual(found, self.ids("personal data?", "-n", "1000", *words))

    def test_the_size_of_pages_may_change(self):
        cursor = self.search("cookies", "-n", "3")["next"]
        self.assertEqual(self.ids("cookies", "-n", "20", "--cursor", cursor, "--context", "0"),
                         self.ids("cookies", "-n", "23")[3:])

    def test_what_is_no_cursor_is_said_to_be_none(self):
        cursor = self.search("cookies", "-n", "3")["next"]
        head = cursor.rsplit(".", 1)[0]
        for wrong in ("x", "3", "1.2.3", "....", cursor[1:], "2" + cursor[1:], cursor + "x",
                      cursor + ".1", head + ".-3", head + ".", head + "." + "9" * 30, "\u202e\x1b[2J",
                      "1" * 100_000):
            error = self.error("cookies", "--cursor", wrong)
            self.assertEqual((error["code"], error["message"]), ("usage", "this is not a cursor"))
            self.assertIn("`next`", error["hint"])
        # Far beyond the last is a page with nothing on it.
        for number in ("1000000000", str(2**64 - 1)):
            self.assertEqual(self.search("cookies", "--cursor", f"{head}.{number}", status=1)["results"],
                             [])

    def test_a_cursor_of_something_else_is_refused(self):
        own = self.folder / "own.tsv"
        own.write_text("cookies | pixels\tfor the test\n", encoding="utf-8")
        query = '"safe harbor" cookies?'
        cursor = self.search(query, "-n", "1")["next"]
        for words in (("cookies",), (query, "--lang", "en"), (query, "--sort", "newest"),
                      (query, "--per-vendor", "3"), (query, "--all-copies"), (query, "--plain"),
                      (query, "--no-synonyms"), (query, "--thesaurus", own), (query, "--to", "2030"),
                      (query, "--heading", "data"), (query, "--as-of", "2018")):
            with self.subTest(words):
                error = self.error(*words, "--cursor", cursor)
                self.assertEqual(error["message"], "this cursor is of another query")
                self.assertIn("repeat the query", error["hint"])
        self.search(query, "--cursor", cursor)

    def test_a_cursor_of_an_index_that_was_is_refused(self):
        archive, index = self.folder / "archive", self.folder / "index"
        shutil.copytree(SAMPLE / "b", archive / "b")
        self.ok("index", "-q", archive, "-i", index)
        ask = ("search", "cookies", "--format", "json", "-n", "1")
        cursor = self.ok(*ask, index=index).json("search-response")["next"]
        # Twice the same archive is the same index.
        self.ok("index", "-q", archive, "-i", index)
        self.ok(*ask, "--cursor", cursor, index=index)
        shutil.copytree(SAMPLE / "t", archive / "t")
        self.ok("index", "-q", archive, "-i", index)
        error = self.expect(run(*ask, "--cursor", cursor, index=index), 2).error()
        self.assertEqual(error["message"], "the index is not the one that this cursor is of")
        self.assertIn("first page", error["hint"])

    def test_one_thing_says_where_to_begin(self):
        cursor = self.search("cookies", "-n", "3")["next"]
        self.assertIn("both say where to begin",
                      self.error("cookies", "--cursor", cursor, "--offset", "3")["message"])


class Explained(PageTest):
    def explain(self, *words):
        text = self.ok("search", "--explain", "-n", "1", *words, index=self.index).text
        parts, name = {}, None
        for line in text.split("\n\n")[0].split("\n"):
            name = name if line.startswith("  ") else line
            parts.setdefault(name, [])
            if line.startswith("  "):
                parts[name].append(line[2:])
        return parts

    def test_every_stage_is_told(self):
        parts = self.explain('sell W/5 ("personal data" OR advert*) NOT =selling lang:en')
        self.assertEqual(parts["Query"], ['sell W/5 ("personal data" OR advert*) NOT =selling lang:en'])
        self.assertEqual(parts["Read as"][0],
                         'sell w/5 ("personal data" OR advert*) NOT =selling lang:en')
        self.assertIn('    word "sell" [0, 4)', parts["Read as"])
        self.assertIn('        word "personal" [11, 19)', parts["Read as"])
        looked = next(lines for name, lines in parts.items() if name.startswith("Looked for"))
        self.assertRegex("\n".join(looked), r'(?m)at most 5 words apart · up to \d+$')
        self.assertTrue("Asked of the postings" in parts)

    def test_only_words_that_play_no_part_are_said_to_be_passed_over(self):
        phrase = self.ok("search", '"of your data"', "--explain", index=self.index).text
        self.assertIn("of: too common to be looked for alone", phrase)
        self.assertNotIn("Passed over", phrase)
        plain = self.ok("search", "of your data", "--explain", index=self.index).text
        self.assertIn("of: too common, passed over", plain)
        self.assertIn("Passed over as too common: of, your", plain)

    def test_numbers_of_the_query_are_short(self):
        asked = "\n".join(self.explain("sell personal data")["Asked of the postings"])
        self.assertIn("0.6 * S", asked)
        self.assertNotRegex(asked, r"\d\.\d{5}")

    def test_a_plain_query_has_words_only(self):
        query = 'sell w/5 "data" (OR'
        parts = self.search("--plain", query, "-n", "1000")["query"]["tree"]["children"]
        self.assertEqual([(part["kind"], part["text"]) for part in parts],
                         [("word", word) for word in query.split()])

    def test_what_the_thesaurus_adds_is_told_and_can_be_left_out(self):
        ask = ("--explain", "personal data", "-n", "1000")
        with_them, without = self.search(*ask), self.search(*ask, "--no-synonyms")
        self.assertIn("personal information", with_them["explanation"]["synonyms"])
        self.assertEqual(without["explanation"]["synonyms"], [])
        exact = {hit["id"] for hit in without["results"]}
        self.assertLess(exact, {hit["id"] for hit in with_them["results"]})


if __name__ == "__main__":
    main()
