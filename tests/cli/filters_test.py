#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Every filter of a search, as an option and as the field that means the same, against what the
archive says; and what a value that does not fit is answered."""

import json
import tempfile
from pathlib import Path

from programs import ProgramTest, main, run

# Vendor, type, host, language, and of each snapshot the day and the birds that it is about.
POLICIES = [
    ("heron.example", "Privacy Policy", "www.heron.example", "en",
     [("2014-03-02", "gull tern rook"), ("2016-05-01", "gull rook"), ("2018-07-09", "gull tern wren"),
      ("2020-01-31", "gull wren")]),
    ("heron.example", "Terms of Service", "legal.heron.example", "en",
     [("2015-06-30", "lark"), ("2017-06-30", "lark dove")]),
    ("Stork & Sons", "Privacy Policy", "stork.example", "de",
     [("2016-02-29", "swan"), ("2016-12-31", "swan kite"), ("2019-01-01", "swan")]),
    ("undated.example", "Cookie Policy", "undated.example", "fr", [("", "crow")]),
]

# Options, the field for them, and the birds of the clauses that they leave.
FILTERS = [
    (("--vendor", "HERON.example"), "vendor:heron.Example", "gull tern rook wren lark dove"),
    (("--vendor", "heron.example", "--vendor", "undated.example"),
     "vendor:(heron.example OR undated.example)", "gull tern rook wren lark dove crow"),
    (("--vendor", "stork & sons"), 'vendor:"Stork & Sons"', "swan kite"),
    (("--type", "terms of service"), 'type:"Terms of Service"', "lark dove"),
    (("--type", "Cookie Policy", "--type", "Terms of Service"),
     'type:("cookie policy" OR "terms of service")', "crow lark dove"),
    (("--host", "legal.heron.example"), "host:legal.heron.example", "lark dove"),
    (("--host", "STORK.example", "--host", "undated.example"),
     "host:(stork.example OR undated.example)", "swan kite crow"),
    (("--lang", "de"), "lang:DE", "swan kite"),
    (("--lang", "de", "--lang", "fr"), "lang:(fr OR de)", "swan kite crow"),
    (("--heading", "about terns"), "heading:(about terns)", "tern"),
    (("--heading", "gulls"), "heading:gull", "gull"),
    # A run overlaps the span. A tern has two runs, of one snapshot each.
    (("--from", "2019"), "date:2019..", "gull wren swan"),
    (("--from", "2020-01-31"), "date:2020-01-31..", "gull wren"),
    (("--from", "2020-02"), "date:2020-02..", ""),
    (("--to", "2014"), "date:..2014", "gull tern rook"),
    (("--to", "2014-03-01"), "date:..2014-03-01", ""),
    (("--from", "2015", "--to", "2017"), "date:2015..2017", "gull rook lark dove swan kite"),
    (("--from", "2016-02-29", "--to", "2016-02-29"), "date:2016-02-29", "gull rook lark swan"),
    # The newest snapshot up to the last day of the date.
    (("--as-of", "2014-03-01"), "as-of:2014-03-01", ""),
    (("--as-of", "2015"), "as-of:2015", "gull tern rook lark"),
    (("--as-of", "2016-12"), "as-of:2016-12", "gull rook lark swan kite"),
    (("--as-of", "2018-07-08"), "as-of:2018-07-08", "gull rook lark dove swan kite"),
    (("--as-of", "2018-07-09"), "as-of:2018-07-09", "gull tern wren lark dove swan kite"),
    (("--as-of", "2030"), "as-of:2030", "gull wren lark dove swan"),
    (("--changed", "added"), "change:added", "tern wren dove kite"),
    (("--changed", "removed"), "change:removed", "tern rook kite"),
    (("--changed", "added", "--from", "2018", "--to", "2018"), "change:added date:2018", "tern wren"),
    (("--changed", "removed", "--from", "2016", "--to", "2016"), "change:removed date:2016", "tern"),
    (("--changed", "removed", "--from", "2019"), "change:removed date:2019..", "tern kite"),
    (("--changed", "removed", "--from", "2018", "--vendor", "heron.example"),
     "vendor:heron.example change:removed date:2018..", "tern rook"),
    # The clause about crows has eleven words, each other one eight.
    (("--words", "8"), "words:8", "gull tern rook wren lark dove swan kite"),
    (("--words", "9.."), "words:9..", "crow"),
    (("--words", "..7"), "words:..7", ""),
    (("--words", "8..11", "--lang", "fr"), "words:8..11 lang:fr", "crow"),
]

# Fields that have no option of their own.
FIELDS = [
    ("date:unknown", "crow"),
    ("first-seen:unknown", "crow"),
    ("first-seen:2014", "gull tern rook"),
    ("first-seen:2016-02..2017", "swan kite dove"),
    ("last-seen:..2017", "rook lark dove kite"),
    ("last-seen:2018-07-09", "tern"),
    ("NOT date:unknown lang:fr", ""),
    ("NOT vendor:heron.example whales", "swan kite crow"),
    ("(lang:de OR type:\"cookie policy\") whales", "swan kite crow"),
]


def text_of(birds):
    return "# Birds\n\n" + "".join(
        f"## About {bird}s\n\nOn the {bird} we keep notes beside whales"
        f"{' now and then' if bird == 'crow' else ''}.\n\n" for bird in birds.split())


class FilterTest(ProgramTest):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        rows = Path(folder.name) / "rows.jsonl"
        with open(rows, "w", encoding="utf-8") as file:
            for vendor, kind, host, language, snapshots in POLICIES:
                for day, birds in snapshots:
                    row = {"vendor": vendor, "type": kind, "url": f"https://{host}/x", "lang": language,
                           "text": text_of(birds)}
                    file.write(json.dumps(row | ({"date": day} if day else {})) + "\n")
        cls.index = Path(folder.name) / "birds.idx"
        answer = run("index", "-q", rows, "-i", cls.index)
        if answer.status != 0:
            raise AssertionError(answer.message)

    def search(self, *words):
        answer = run("search", "--format", "json", "-n", "1000", *words, index=self.index)
        self.assertIn(answer.status, (0, 1), answer.message)
        return answer.json("search-response")

    def ask(self, *words):
        """The birds of the clauses, in order, which are the same ones and as many as `export` has."""
        answer = self.search(*words)
        exported = run("export", *words, index=self.index)
        ids = {json.loads(line)["id"] for line in exported.out.splitlines()}
        self.assertEqual({hit["id"] for hit in answer["results"]}, ids, words)
        self.assertEqual(answer["total"], {"value": len(ids), "relation": "eq"}, words)
        self.assertFalse(answer["widened"])
        return [hit["text"].split()[2] for hit in answer["results"]]


class Filters(FilterTest):
    def test_an_option_and_its_field_leave_what_the_archive_says(self):
        for options, field, birds in FILTERS:
            with self.subTest(field):
                wanted = sorted(birds.split())
                by_option = self.ask("whales", *options)
                self.assertEqual(sorted(by_option), wanted)
                self.assertEqual(self.ask("whales " + field), by_option)
                # Alone, they are a query as well.
                self.assertEqual(sorted(self.ask(*options)), wanted)
                self.assertEqual(sorted(self.ask(field)), wanted)

    def test_fields_without_an_option(self):
        for query, birds in FIELDS:
            with self.subTest(query):
                self.assertEqual(sorted(self.ask(query)), sorted(birds.split()))

    def test_filters_of_two_kinds_have_to_fit_both(self):
        self.assertEqual(self.ask("whales", "--lang", "de", "--from", "2019"), ["swan"])
        self.assertEqual(self.ask("whales lang:de", "--from", "2019"), ["swan"])
        self.assertEqual(self.ask("whales lang:de date:2019"), ["swan"])
        self.assertEqual(self.ask("whales", "--lang", "de", "--vendor", "heron.example"), [])
        self.assertEqual(self.ask("whales vendor:heron.example", "--vendor", "stork & sons"), [])

    def test_an_id_finds_its_clause_or_the_clauses_of_its_policy(self):
        hit = next(hit for hit in self.search("tern")["results"])
        self.assertEqual(self.ask(f"id:{hit['id']}"), ["tern"])
        self.assertEqual(sorted(self.ask(f"id:{hit['id'].split('-')[0]}")),
                         ["gull", "rook", "tern", "wren"])

    def test_a_trend_says_which_other_names_it_counts(self):
        own = self.folder / "own.tsv"
        own.write_text("whales | gull\tfor the test\n", encoding="utf-8")
        told = "'whales' counts with what means the same: gull."
        self.assertIn(told, self.ok("trend", "whales", "--thesaurus", own, index=self.index).text)
        self.assertNotIn(told, self.ok("trend", "whales", "--thesaurus", own, "--no-synonyms",
                                       index=self.index).text)

    def test_the_same_numbers_in_a_trend(self):
        for options, field in ((("--lang", "de"), "lang:de"), (("--type", "cookie policy"),
                                                               'type:"cookie policy"')):
            counts = []
            for words in (("whales", *options), (f"whales {field}",)):
                answer = run("trend", "--format", "json", *words, index=self.index).json("trend")
                query, = answer["queries"]
                counts.append(query["vendors"])
            self.assertEqual(counts[0], counts[1])


class Values(FilterTest):
    """Values that do not fit."""

    def error(self, *words, status):
        answer = self.expect(run("search", "--format", "json", *words, index=self.index), status)
        self.assertEqual(answer.out, b"")
        return answer.error()

    def test_who_is_unknown_is_told_the_nearest(self):
        for options, field, message, hint in (
                (("--vendor", "heron.exmple"), "vendor:heron.exmple", "no vendor 'heron.exmple'",
                 "did you mean: heron.example"),
                (("--vendor", "herron"), "vendor:herron", "no vendor 'herron'",
                 "did you mean: heron.example"),
                (("--type", "privacy polcy"), 'type:"privacy polcy"', "no policy of the type",
                 "did you mean: privacy policy"),
                (("--host", "legal.heron.exmaple"), "host:legal.heron.exmaple",
                 "no policy from the host", "did you mean: legal.heron.example"),
                (("--lang", "it"), "lang:it", "no policy in the language 'it'", "smallprint info")):
            with self.subTest(field):
                by_option = self.error("whales", *options, status=1)
                by_field = self.error(f"whales {field}", status=1)
                for error in (by_option, by_field):
                    self.assertEqual(error["code"], "not_found")
                    self.assertIn(message, error["message"])
                    self.assertIn(hint, error["hint"])
                self.assertIsNone(by_option["position"])
                self.assertEqual(by_field["position"], len("whales "))

    def test_a_misspelt_field_is_told_the_nearest(self):
        for wrong, right in (("vendr", "vendor"), ("typ", "type"), ("hots", "host"), ("land", "lang"),
                             ("as_of", "as-of"), ("firstseen", "first-seen"),
                             ("headng", "heading"), ("dat", "date"), ("last-sen", "last-seen")):
            error = self.error(f"whales {wrong}:2014", status=2)
            self.assertEqual((error["code"], error["position"]), ("query", 7), wrong)
            self.assertEqual(error["hint"], f"did you mean: whales {right}:2014")

    def test_a_misspelt_word_is_told_the_nearest(self):
        for wrong, right in (("whlaes", "whales"), ("notez beside", "notes beside"),
                             ("vendor:heron.example whaels", "vendor:heron.example whales")):
            answer = self.search(wrong)
            self.assertEqual(answer["suggestion"], right)
            text = run("search", wrong, index=self.index).text
            self.assertIn(f"\nDid you mean: {right}\n", text)
        self.assertIsNone(self.search("xylophone")["suggestion"])

    def test_options_that_make_no_sense(self):
        for options, message in ((("--changed", "moved"), "added or removed, not 'moved'"),
                                 (("--as-of", "2019-02-30"), "--as-of wants a date"),
                                 (("--as-of", "2014..2016"), "--as-of wants a date"),
                                 (("--from", "2016", "--to", "2015"), "is later than"),
                                 (("--sort", "best"), "relevance, newest or oldest, not 'best'"),
                                 (("--per-vendor", "0"), "a number from 1 to 1000, not '0'"),
                                 (("--lang", ""), "--lang"), (("--host", " "), "--host")):
            with self.subTest(options):
                error = self.error("whales", *options, status=2)
                self.assertEqual(error["code"], "usage")
                self.assertIn(message, error["message"])


if __name__ == "__main__":
    main()
