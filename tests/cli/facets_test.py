#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Facets of a search: each count is the total of the search that is narrowed to its value."""

from programs import SampleTest, main


class Facets(SampleTest):
    def facets(self, *words):
        answer = self.search("--facets", *words)
        self.assertEqual(answer["total"]["relation"], "eq")
        return answer["facets"]

    def test_counts_are_what_a_narrower_search_finds(self):
        for words in (("data",), ('"personal information"',), ("data", "--all-copies"),
                      ("data", "--from", "2014", "--to", "2018")):
            facets = self.facets(*words)
            self.assertTrue(facets["exact"])
            for one in facets["vendor"]:
                found = self.search(*words, "--vendor", one["value"])
                if not found["widened"]:
                    self.assertEqual(found["total"]["value"], one["clauses"])
            for one in facets["year"]:
                if len(words) == 1:
                    found = self.search(*words, "--from", one["value"], "--to", one["value"])
                    if not found["widened"]:
                        self.assertEqual(found["total"]["value"], one["clauses"])
            self.assertEqual([one["clauses"] for one in facets["vendor"]],
                             sorted((one["clauses"] for one in facets["vendor"]), reverse=True))
            years = [int(one["value"]) for one in facets["year"]]
            self.assertEqual(years, list(range(years[0], years[-1] + 1)))

    def test_there_are_none_unless_asked_for(self):
        self.assertIsNone(self.search("data")["facets"])
        text = self.ok("search", "data", index=self.index).text
        self.assertNotIn("\nVendors ", text)

    def test_text(self):
        text = self.ok("search", "data", "--facets", index=self.index).text
        self.assertRegex(text, r"(?m)^Vendors    \S+\.example \d+ · ")
        self.assertRegex(text, r"(?m)^Types      Privacy Policy \d+$")
        self.assertRegex(text, r"(?m)^Years      \d{4} [▁▂▃▄▅▆▇█ ]+ \d{4}, most in \d{4}: \d+$")
        self.assertLessEqual(max(map(len, text.split("\nVendors ")[1].split("\n"))), 80)


if __name__ == "__main__":
    main()
