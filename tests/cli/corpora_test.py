#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Real archives of every form by one command, and a report that accounts for every item."""

import csv
import json
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

from programs import ProgramTest, main, run, validate

# (source, format, snapshots) as counted by other programs: git, find, warcio.
WANTED = [("git-bundles/pga-versions.bundle", "git", 4841),
          ("html/waybackpack.tar.xz", "html", 149),
          ("princeton-leuven/policies-git.bundle", "git", 2221),
          ("princeton-leuven/tree.tar.xz", "markdown", 2221)]


def is_snapshot(row):
    return row["policy_html"] == "1" or row["type"] == "revisit"


class Corpora(ProgramTest):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.made = Path(folder.name) / "index"
        cls.corpora = Path(os.environ["SMALLPRINT_SHARED"]) / "corpora"
        report = Path(folder.name) / "report.json"
        answer = run("index", "-q", cls.corpora, "-i", cls.made, "--report", report,
                     timeout=800)
        if answer.status != 0:
            raise AssertionError(answer.message)
        cls.told = json.loads(report.read_text(encoding="utf-8"))
        cls.files = {str(path.relative_to(cls.corpora)) for path in cls.corpora.rglob("*")
                     if path.is_file()}
        cls.sources = {source["place"]: source for source in cls.told["sources"]}
        # A file that is a snapshot itself may turn out to be a duplicate; the others are no archive.
        cls.left_out = [item for item in cls.told["skipped"] if item["kind"] != "duplicate"]

    def test_the_report_keeps_to_its_schema_and_nothing_is_damaged(self):
        validate(self.told, "index-report")
        self.assertEqual(self.told["skipped_by_kind"]["unreadable"], 0)
        self.assertEqual(self.told["skipped_by_kind"]["limit"], 0)

    def test_every_file_is_an_archive_a_snapshot_or_left_out(self):
        archives = self.files & self.sources.keys()
        left_out = self.files & {item["place"] for item in self.left_out}
        self.assertFalse(archives & left_out)
        of_folder = [source for source in self.told["sources"]
                     if source["place"] == str(self.corpora)]
        self.assertEqual({source["format"] for source in of_folder}, {"markdown", "html"})
        self.assertEqual(len(self.files), len(archives) + len(left_out) +
                         sum(source["snapshots"] for source in of_folder))

    def test_every_snapshot_is_indexed_or_skipped_with_a_reason(self):
        told, sources = self.told, self.told["sources"]
        listed, added = told["snapshots"]["listed"], told["snapshots"]["added"]
        self.assertEqual(listed, sum(source["snapshots"] for source in sources))
        self.assertEqual(added, told["index"]["snapshots"])
        by_reader = sum(source["skipped"] for source in sources)
        # Neither a file of the folder nor one in a tar file gets to a reader if it is no policy.
        no_archive = sum(item["place"] in self.files or ".tar.xz/" in item["place"]
                         for item in self.left_out)
        self.assertEqual(len(told["skipped"]), by_reader + no_archive + (listed - added))

    def test_every_record_of_the_web_archives_is_what_another_program_says(self):
        table = self.corpora / "html" / "warc" / "expected.tsv"
        with open(table, newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        for name in sorted({row["warc"] for row in rows}):
            with self.subTest(file=name):
                self.check_records(f"html/warc/{name}", [row for row in rows
                                                         if row["warc"] == name])

    def check_records(self, place, rows):
        source = self.sources[place]
        self.assertEqual(source["format"], "warc")
        self.assertEqual(source["snapshots"], sum(map(is_snapshot, rows)))
        self.assertEqual(source["snapshots"] + source["skipped"], len(rows))
        skipped = [(item["place"].partition(" ")[2], item["reason"]) for item in self.left_out
                   if item["place"].startswith(place + "@")]
        self.assertEqual(Counter(url for url, _ in skipped),
                         Counter(row["url"] for row in rows if not is_snapshot(row)))
        requests = Counter(row["url"] for row in rows if row["type"] == "request")
        self.assertEqual(Counter(url for url, why in skipped if why == "request record"), requests)
        failures = Counter((row["url"], "HTTP status " + row["http_status"]) for row in rows
                           if row["type"] == "response" and row["http_status"] not in ("", "200"))
        self.assertEqual(Counter(item for item in skipped if item[1].startswith("HTTP status")),
                         failures)

    def test_archives_in_every_form_are_told_by_their_content(self):
        for place, form, snapshots in WANTED:
            with self.subTest(place=place):
                self.assertEqual(self.sources[place]["format"], form)
                self.assertEqual(self.sources[place]["snapshots"], snapshots)

    def test_the_same_policies_as_tree_and_as_history_are_there_once(self):
        doubles = [item for item in self.told["skipped"] if item["kind"] == "duplicate" and
                   item["place"].startswith("princeton-leuven/tree.tar.xz/")]
        self.assertEqual(len(doubles), 2221 - 5)  # whose links and commits differ by a second

    def test_it_answers(self):
        hits = self.ok("search", '"right to be forgotten"', "--format", "json",
                       index=self.made).json("search-response")["results"]
        self.assertTrue(hits)
        self.ok("check", index=self.made)


if __name__ == "__main__":
    if "SMALLPRINT_SHARED" not in os.environ:
        print("SKIPPED: there is no folder `shared` beside the repository")
        sys.exit(77)
    main()
