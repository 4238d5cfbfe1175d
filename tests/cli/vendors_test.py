#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What the sample archive holds of whom and when, checked against the names of its files."""

import csv
import io
from collections import Counter

from programs import SAMPLE, VENDORS, ProgramTest, SampleTest, main, run


def half_year(day):
    return f"{day[:4]}H{1 if int(day[4:6]) <= 6 else 2}"


# By vendor and half-year, from the files.
EXPECTED = Counter((file.parent.name, half_year(file.stem)) for file in SAMPLE.rglob("*.md"))


class Vendors(SampleTest):
    def vendors(self, *words):
        return self.ok("vendors", "--format", "json", *words, index=self.index).json("vendors")

    def names(self, *words):
        return [vendor["vendor"] for vendor in self.vendors(*words)["vendors"]]

    def test_counts_are_those_of_the_files(self):
        answer = self.vendors()
        found = {(vendor["vendor"], one["half_year"]): one["snapshots"]
                 for vendor in answer["vendors"] for one in vendor["half_years"]}
        self.assertEqual(found, dict(EXPECTED))
        counts = answer["counts"]
        self.assertEqual((counts["vendors"], counts["policies"], counts["snapshots"],
                          counts["undated"]), (14, 14, 65, 0))
        self.assertEqual((counts["first"], counts["last"]), ("2009-02-05", "2022-08-30"))
        for total in answer["half_years"]:
            of_it = {name: count for (name, half), count in EXPECTED.items()
                     if half == total["half_year"]}
            self.assertEqual((total["vendors"], total["snapshots"]),
                             (len(of_it), sum(of_it.values())))

    def test_gaps_are_what_lies_between(self):
        [vendor] = self.vendors("--vendor", "ferncable.example")["vendors"]
        self.assertEqual([(gap["first"], gap["last"]) for gap in vendor["gaps"]],
                         [("2009H2", "2011H1"), ("2012H1", "2014H1"), ("2015H1", "2018H1"),
                          ("2019H1", "2019H2")])
        self.assertEqual(vendor["longest_gap"],
                         {"first": "2015H1", "last": "2018H1", "half_years": 7})

    def test_csv_has_the_same_counts(self):
        answer = self.ok("vendors", "--format", "csv", index=self.index)
        self.assertEqual(answer.out.count(b"\r\n"), answer.out.count(b"\n"))
        rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
        self.assertEqual({(row["vendor"], row["half_year"]): int(row["snapshots"])
                          for row in rows}, dict(EXPECTED))
        self.assertEqual({row["type"] for row in rows}, {"Privacy Policy"})

    def test_order_and_filters(self):
        everyone = [f"{vendor}.example" for vendor in VENDORS]
        self.assertEqual(self.names(), everyone)
        self.assertEqual(self.names("--sort", "first")[:3],
                         ["ferncable.example", "harrowfenbank.example", "lanfordpost.example"])
        self.assertEqual(self.names("--sort", "snapshots")[:3],
                         ["brightloaf.example", "tallowdesk.example", "tessadrift.example"])
        self.assertEqual(self.names("--vendor", "wendcab.example", "--vendor",
                                    "BRIGHTLOAF.example"),
                         ["brightloaf.example", "wendcab.example"])
        self.assertEqual(self.names("--type", "privacy policy"), everyone)
        self.expect(run("vendors", "--type", "Cookies", index=self.index), 1)
        self.expect(run("vendors", "--vendor", "nobody.example", index=self.index), 1)

    def test_text(self):
        text = self.ok("vendors", index=self.index).text
        self.assertIn("14 vendors, 14 policies, 65 snapshots, ", text)
        for vendor in VENDORS:
            self.assertRegex(text, rf"(?m)^{vendor}\.example +[4-6]  20[0-9-]+  20[0-9-]+ +[1·]+$")
        self.assertRegex(text, r"(?m)^2018H1 +5 +5  ▪+$")
        self.assertLessEqual(max(map(len, text.split("\n"))), 80)
        self.assertIn("the longest gap is 7 half-years",
                      self.ok("vendors", "-v", index=self.index).text.replace("\n    ", " "))
        self.assertNotIn("Half-year", self.ok("vendors", "-q", index=self.index).text)

    def test_mistakes(self):
        for words, part in ((["a"], "takes no argument"), (["--sort", "x"], "name, snapshots"),
                            (["--format", "xml"], "text, json or csv")):
            self.assertIn(part, self.expect(run("vendors", *words), 2).message)


class Unknown(ProgramTest):
    def test_a_vendor_that_is_not_known_has_a_row(self):
        self.policy("plain.md", "A policy of nobody and of no day.\n")
        index = self.index_archive()
        answer = self.ok("vendors", "--format", "json", index=index).json("vendors")
        [vendor] = answer["vendors"]
        self.assertIsNone(vendor["vendor"])
        self.assertEqual((vendor["undated"], vendor["half_years"]), (1, []))
        self.assertEqual(answer["counts"]["vendors"], 0)
        self.assertIn("vendor unknown", self.ok("vendors", index=index).text)


if __name__ == "__main__":
    main()
