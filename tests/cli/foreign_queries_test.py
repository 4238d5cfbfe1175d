#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Queries that people bring along from other search engines. The rows of the table in
schemas/query-language.md are run, so that the page cannot go stale."""

import json
import re

from programs import SOURCE, ProgramTest, main, run

CLAUSES = """# Privacy policy

## Sharing and selling

We sell, rent and share information and personal data about you with third parties. Some sell the data.

## Cookies

Cookies are set for advertising, on our site and by advertising partners, who sell data to others.

## Others

Stop: selling data needs your consent. Yahoo and other partners read data as this privacy policy says.

The quick brown fox rents a house, and may sell it whenever it wants to do so.
"""


def rows_of(page, header):
    """The rows of the table with that header, as lists of cells."""
    lines = page.splitlines()
    begin = lines.index(header) + 2
    rows = []
    for line in lines[begin:]:
        if not line.startswith("|"):
            break
        cells = re.split(r"(?<!\\)\|", line)[1:-1]
        rows.append([cell.strip().replace("\\|", "|") for cell in cells])
    return rows


def code_of(cell):
    """What stands in backticks, or nothing where the cell is prose."""
    return cell[1:-1] if cell.startswith("`") else None


class ForeignQueries(ProgramTest):
    def setUp(self):
        super().setUp()
        self.policy("policies.jsonl", "".join(
            json.dumps({"url": f"https://{host}/privacy", "date": f"{year}-05-01", "text": CLAUSES})
            + "\n" for host, year in (("www.a.example", 2014), ("b.example", 2016))))
        self.index = self.index_archive()

    def search(self, query):
        answer = self.expect(run("search", "--format", "json", "--", query, index=self.index), 0)
        return answer.json("search-response")

    def ids(self, query):
        return [result["id"] for result in self.search(query)["results"]]

    def check_taken(self, query, ours):
        self.assertEqual(self.ids(query), self.ids(ours))

    def check_told(self, query, ours):
        self.ids(ours)
        answer = run("search", "--format", "json", "--", query, index=self.index)
        notes = answer.json("search-response")["notes"]
        self.assertTrue(notes)
        text = run("search", "--", query, index=self.index).text
        self.assertIn("Note: " + notes[0][:20], " ".join(text.split()))

    def check_refused(self, query, ours, prose):
        answer = self.expect(run("search", "--format", "json", "--", query, index=self.index), 2)
        error = answer.error()
        self.assertEqual(error["code"], "query")
        self.assertLess(error["position"], len(query))
        if ours is None:
            self.assertIn(prose, error["hint"])
        else:
            self.assertEqual(error["hint"], "did you mean: " + ours)
            self.ids(ours)

    def test_every_row_of_the_page_is_true(self):
        page = (SOURCE / "schemas/query-language.md").read_text(encoding="utf-8")
        rows = rows_of(page, "| query | there | here | write |")
        self.assertGreater(len(rows), 60)
        for query, _, here, write in rows:
            with self.subTest(query=query):
                if here == "taken":
                    self.check_taken(code_of(query), code_of(write))
                elif here == "told":
                    self.check_told(code_of(query), code_of(write))
                else:
                    self.assertEqual(here, "refused")
                    self.check_refused(code_of(query), code_of(write), write)


if __name__ == "__main__":
    main()
