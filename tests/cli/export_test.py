#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Exports: every clause once, the same facts as in results, whole lines whatever goes wrong."""

import csv
import io
import json
import os
import subprocess

from programs import SMALLPRINT, ProgramTest, SampleTest, main, run, validate

LEFT_OUT = ("rank", "score", "context", "query_id", "schema")


class Export(SampleTest):
    def lines(self, *words, status=0):
        answer = self.expect(run("export", *words, index=self.index), status)
        lines = [json.loads(line) for line in answer.out.splitlines()]
        for line in lines[:50]:
            validate(line, "export-line")
        return lines

    def test_no_query_is_everything(self):
        lines = self.lines()
        counts = self.ok("info", "--format", "json", index=self.index).json("info")["counts"]
        self.assertEqual(len(lines), counts["clauses"])
        self.assertEqual(len({line["id"] for line in lines}), len(lines))
        self.assertTrue(all(line["highlights"] == [] for line in lines))
        again = self.lines()
        self.assertEqual(lines, again)

    def test_a_line_is_a_result_without_its_rank(self):
        results = self.search("cookies", "-n", "1000", "--all-copies")
        self.assertEqual(results["total"]["value"], len(results["results"]))
        found = {one["id"]: one for one in results["results"]}
        lines = self.lines("cookies")
        self.assertEqual({line["id"] for line in lines}, set(found))
        for line in lines:
            result = found[line["id"]]
            self.assertEqual({key: value for key, value in line.items() if key not in LEFT_OUT},
                             {key: value for key, value in result.items() if key not in LEFT_OUT})

    def test_filters_are_those_of_a_search(self):
        self.assertEqual({line["vendor"] for line in
                          self.lines("--vendor", "wendcab.example", "--vendor", "pacewren.example")},
                         {"wendcab.example", "pacewren.example"})
        for words in (("cookies", "--from", "2016", "--to", "2017"), ("data", "--heading", "collect"),
                      ('"personal information"', "--no-synonyms"), ("third parties", "--plain")):
            found = self.search(*words, "-n", "1000", "--all-copies")
            complete = {one["id"] for one in found["results"]}
            exported = {line["id"] for line in self.lines(*words)}
            if found["widened"]:
                self.assertLess(exported, complete)
            else:
                self.assertEqual(exported, complete)

    def test_csv_has_the_same_clauses(self):
        answer = self.ok("export", "location", "--format", "csv", index=self.index)
        rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
        lines = self.lines("location")
        self.assertEqual([row["id"] for row in rows], [line["id"] for line in lines])
        for row, line in zip(rows, lines):
            self.assertEqual(row["text"], line["text"])
            self.assertEqual(row["heading_path"], " > ".join(line["heading_path"]))
            self.assertEqual(row["runs"], "; ".join(f"{first}..{last} ({snapshots})"
                                                    for first, last, snapshots in line["runs"]))
            self.assertEqual(row["still_present"], str(line["still_present"]).lower())
            self.assertEqual(int(row["also_at_vendors"]), line["also_at"]["vendors"])

    def test_progress_is_told_when_asked_for(self):
        self.assertEqual(self.ok("export", "cookies", index=self.index).message, "")
        self.assertEqual(self.ok("export", "share or rent", index=self.index).message,
                         "note: 'or' is read as a word; write OR for clauses with either\n")
        answer = self.ok("export", "cookies", "-v", index=self.index)
        self.assertRegex(answer.message, rf"^{len(answer.out.splitlines())} clauses in \d+\.\d s *\n$")

    def test_nothing_found_and_mistakes(self):
        self.assertEqual(self.lines("xylophone", status=1), [])
        head = self.expect(run("export", "xylophone", "--format", "csv", index=self.index), 1).text
        self.assertTrue(head.startswith("id,vendor,"))

        def message(*words, status=2):
            return self.expect(run("export", *words, index=self.index), status).error()["message"]
        self.assertIn("the query is empty", message(" ", "--format", "jsonl"))
        self.assertIn("never closed", message('"cookies', "--format", "jsonl"))
        self.assertIn("jsonl or csv",
                      self.expect(run("export", "--format", "json", index=self.index), 2).message)
        self.assertIn("no vendor 'nobody'",
                      message("--vendor", "nobody", "--format", "jsonl", status=1))

    def test_a_full_disk_is_an_error(self):
        with open("/dev/full", "wb") as full:
            answer = run("export", index=self.index, stdout=full)
        self.assertEqual(answer.status, 4)
        self.assertIn("No space left", answer.message)

    def test_a_reader_that_has_seen_enough_ends_it(self):
        environment = dict(os.environ, SMALLPRINT_INDEX=str(self.index))
        with subprocess.Popen([SMALLPRINT, "export"], env=environment, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            process.stdout.close()
            self.assertEqual(process.stderr.read(), b"")
        self.assertEqual(process.returncode, -13)  # SIGPIPE, as of `cat`


class Copies(ProgramTest):
    def test_each_copy_is_a_line(self):
        for vendor in ("one.example", "two.example"):
            self.policy(f"{vendor}/20140302000000.md", "We keep whales in the basement.\n")
        index = self.index_archive()
        lines = [json.loads(line) for line in
                 self.ok("export", "whales", index=index).out.splitlines()]
        self.assertEqual([line["vendor"] for line in lines], ["one.example", "two.example"])
        self.assertEqual([line["also_at"]["vendors"] for line in lines], [1, 1])
        self.ok("export", "whales", "--all-copies", index=index)

    def test_what_is_in_the_text_leaves_lines_whole(self):
        self.policy("a.example/20140302000000.md",
                    b"We keep \x1b[2Jwhales\xff, \xe2\x80\xae\"blue\" ones.\n")
        index = self.index_archive()
        [line] = self.ok("export", index=index).out.splitlines()
        self.assertIn("whales", json.loads(line)["text"])
        self.assertNotIn(b"\x1b", line)
        table = self.ok("export", "--format", "csv", index=index).out
        self.assertEqual(len(list(csv.reader(io.StringIO(table.decode(), newline="")))), 2)
        self.assertNotIn(b"\x1b", table)


if __name__ == "__main__":
    main()
