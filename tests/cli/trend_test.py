#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Trends over the sample archive and over small histories, checked against the files by days."""

import csv
import io
from datetime import date, timedelta

from programs import SAMPLE, ProgramTest, SampleTest, main, run


def day_of(file):
    return date(int(file.stem[:4]), int(file.stem[4:6]), int(file.stem[6:8]))


def half_year(day):
    return f"{day.year}H{1 if day.month <= 6 else 2}"


def counted_by_days(stem):
    """By half-year the vendors observed and those whose text has the stem, from the files."""
    observed, matching = {}, {}
    for folder in {file.parent for file in SAMPLE.rglob("*.md")}:
        files = sorted(folder.glob("*.md"))
        for number, file in enumerate(files):
            at, last = day_of(file), number + 1 == len(files)
            end = at + timedelta(days=183) if last else day_of(files[number + 1])
            while at < end and not (last and half_year(at) != half_year(day_of(file))):
                observed.setdefault(half_year(at), set()).add(folder.name)
                if stem in file.read_text(encoding="utf-8").lower():
                    matching.setdefault(half_year(at), set()).add(folder.name)
                at += timedelta(days=1)
    return observed, matching


class Trend(SampleTest):
    def trend(self, *words, status=0):
        return self.expect(run("trend", "--format", "json", *words, index=self.index),
                           status).json("trend")

    def test_counts_are_those_of_the_files(self):
        observed, matching = counted_by_days("cooki")
        answer = self.trend("cookies", "--no-synonyms")
        self.assertEqual({one["period"]: one["observed"] for one in answer["periods"]},
                         {half: len(vendors) for half, vendors in observed.items()})
        for point in answer["queries"][0]["points"]:
            half = point["period"]
            self.assertEqual(point["matching"], len(matching.get(half, ())), half)
            self.assertEqual(point["observed"], len(observed[half]))
            self.assertAlmostEqual(point["share"], point["matching"] / point["observed"], 4)

    def test_several_queries_stand_side_by_side(self):
        words = ("cookies", '"personal information"', "location", "xylophone")
        together = self.trend(*words)
        for word, series in zip(words, together["queries"]):
            [alone] = self.trend(word, status=1 if word == "xylophone" else 0)["queries"]
            self.assertEqual(series, alone)
            self.assertEqual(series["query"], word)
        text = self.ok("trend", *words[:2], index=self.index).text
        self.assertIn("14 vendors observed · 2009H1 – 2022H2 by half-year\n", text)
        self.assertRegex(text, r"(?m)^2014H1 +\d+ +\d+ +[\d.]+% [▏▎▍▌▋▊▉█]+ +\d+ ")
        self.assertLessEqual(max(map(len, text.split("\n"))), 80)
        self.assertIn("no clause has it", self.ok("trend", *words, index=self.index).text)

    def test_csv_has_the_same_numbers(self):
        answer = self.ok("trend", "cookies", '"third parties"', "--format", "csv", "--by",
                         "quarter", index=self.index)
        rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
        json = self.trend("cookies", '"third parties"', "--by", "quarter")
        self.assertEqual(
            [(row["query"], row["period"], int(row["matching"]), int(row["observed"]))
             for row in rows],
            [(series["query"], point["period"], point["matching"], point["observed"])
             for series in json["queries"] for point in series["points"]])
        self.assertEqual((rows[0]["period"], rows[0]["from"], rows[0]["to"]),
                         ("2009Q1", "2009-01-01", "2009-03-31"))

    def test_filters_narrow_who_and_when(self):
        answer = self.trend("cookies", "--vendor", "brightloaf.example", "--by", "year")
        self.assertEqual(answer["vendors"], 1)
        self.assertEqual({one["observed"] for one in answer["periods"]}, {1})
        self.assertEqual(answer["filters"]["vendors"], ["brightloaf.example"])
        answer = self.trend("cookies", "--by", "month", "--from", "2014-05", "--to", "2015-02-03")
        self.assertEqual((answer["periods"][0]["period"], answer["periods"][-1]["period"],
                          len(answer["periods"])), ("2014-05", "2015-02", 10))
        in_force = self.trend("cookies", "--by", "year")["periods"]
        captured = self.trend("cookies", "--by", "year", "--captured")
        self.assertEqual(captured["observation"], "captured")
        self.assertLess(sum(one["observed"] for one in captured["periods"]),
                        sum(one["observed"] for one in in_force))
        heading = self.trend("cookies", "--heading", "cookies")
        self.assertEqual(heading["periods"], self.trend("cookies")["periods"])

    def test_plain_and_phrases(self):
        self.assertEqual(self.trend("third parties", "--plain")["queries"][0]["points"],
                         self.trend("third parties")["queries"][0]["points"])
        phrase = self.trend('"share information"')["queries"][0]
        apart = self.trend("share information", "--no-synonyms")["queries"][0]
        self.assertLess(phrase["clauses"], apart["clauses"])

    def test_mistakes(self):
        def message(*words, status=2):
            return self.expect(run("trend", *words, index=self.index), status).message
        self.assertIn("nothing to look for", message())
        self.assertIn("one of the queries is empty", message("cookies", " "))
        self.assertIn("13 queries are over the limit of 12", message(*["a"] * 13, status=8))
        self.assertIn("year, half-year, quarter or month", message("cookies", "--by", "week"))
        self.assertIn("text, json or csv", message("cookies", "--format", "jsonl"))
        self.assertIn("is later than", message("cookies", "--from", "2016", "--to", "2014"))
        self.assertIn("no vendor 'nobody'", message("cookies", "--vendor", "nobody", status=1))
        self.assertIn("^", message("cookies", '"never closed'))
        self.assertIn("in 'the of'", message("cookies", "the of"))
        self.expect(run("trend", "xylophone", index=self.index), 1)


class Unknown(ProgramTest):
    def test_who_is_not_known_is_left_out_and_told_of(self):
        self.policy("plain.md", "A policy of nobody and of no day, about whales.\n")
        index = self.index_archive()
        answer = self.expect(run("trend", "whales", "--format", "json", index=index), 1)
        value = answer.json("trend")
        self.assertEqual((value["vendors"], value["left_out"], value["periods"]), (0, 1, []))
        text = self.expect(run("trend", "whales", index=index), 1).text
        self.assertIn("No vendor is observed", text)
        self.assertIn("1 policy without a known vendor or any date left out", text)


if __name__ == "__main__":
    main()
