#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What a user gets for a query with a mistake in it, and for one that wants too much."""

from programs import SampleTest, main, run

MISTAKES = {
    'sell "personal data': 5,
    "sell (share": 5,
    "sell AND": 5,
    "NOT sell": 0,
    "a*": 0,
    "vendr:brightloaf.example cookies": 0,
    "cookies date:2019-02-30": 13,
    "cookies date:2018..2014": 13,
    "sell w/0 data": 5,
    "sell -share": 5,
    "the of": 0,
}

LIMITS = {
    "bytes": "a" * 2000,
    "many bytes": "data " * 25_000,
    "words": "data " * 33,
    "wildcards": "advert* market* partner* cookie*",
    "brackets": "(" * 20 + "data" + ")" * 20,
    "open brackets": "(" * 100_000,
    "phrase": '"' + "data " * 33 + '"',
}


class Mistakes(SampleTest):
    def error(self, query, status, *options):
        answer = run("search", "--format", "json", *options, "--", query, index=self.index)
        self.expect(answer, status)
        self.assertEqual(answer.out, b"")
        return answer.error()

    def test_a_mistake_names_its_place_and_what_helps(self):
        for query, position in MISTAKES.items():
            with self.subTest(query=query):
                error = self.error(query, 2)
                self.assertEqual((error["code"], error["position"]), ("query", position))
                self.assertTrue(error["hint"])

    def test_what_is_over_a_limit_is_refused(self):
        for name, query in LIMITS.items():
            with self.subTest(name):
                error = self.error(query, 8)
                self.assertEqual(error["code"], "limit")
                self.assertTrue(error["hint"])

    def test_the_repaired_query_is_one(self):
        hint = self.error('vendr:brightloaf.example (sell OR "personal data', 2)["hint"]
        self.assertEqual(hint, 'did you mean: vendor:brightloaf.example (sell OR "personal data")')
        answer = self.search(hint.removeprefix("did you mean: "))
        self.assertTrue(answer["results"])
        self.assertEqual(answer["query"]["tree"]["kind"], "all")

    def test_a_mistake_is_marked_under_the_query(self):
        answer = run("search", "cookies date:2018..2014", index=self.index)
        self.expect(answer, 2)
        self.assertEqual(answer.message.splitlines()[1:],
                         ["  cookies date:2018..2014",
                          "               ^",
                          "hint: did you mean: cookies date:2014..2018"])

    def test_what_cannot_be_seen_reaches_no_terminal(self):
        for query in ("sell \x1b[31m data\u202e \u200f(", "caf\udce9 \udcff\udcfe (data"):
            answer = run("search", "--", query.encode("utf-8", "surrogateescape").decode(
                "utf-8", "surrogateescape"), index=self.index)
            self.expect(answer, 2)
            self.assertNotIn("\x1b", answer.message)
            self.assertNotIn("\u202e", answer.message)

    def test_a_plain_query_has_no_mistakes(self):
        for query in MISTAKES:
            if query not in ("the of", "a*"):  # too common
                answer = run("search", "--plain", "--", query, index=self.index)
                self.assertIn(answer.status, (0, 1), query)


if __name__ == "__main__":
    main()
