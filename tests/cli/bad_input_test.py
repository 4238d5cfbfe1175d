#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Every bad query has its defined answer, in bounded memory. What each costs tells bench/bad_input.py."""

import json
import resource

from bad_queries import IN_FILES, QUERIES, arguments_of
from programs import SMALLPRINT, SampleTest, main, run, sanitizer

MOST_MEMORY = 256 << 20
MOST_SECONDS = 10  # of processor time: what runs away is stopped, what is slow is not measured here


class BadInput(SampleTest):
    def bounded(self, *words):
        sanitized = sanitizer(SMALLPRINT)  # which wants terabytes of addresses

        def limit():
            resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
            if not sanitized:
                resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        return run(*words, index=self.index, preexec_fn=limit)

    def expect_answer(self, answer, bad):
        self.assertIn(answer.status, (bad.status, 1) if bad.status == 0 else (bad.status,),
                      answer.message)
        if bad.code:
            self.assertEqual(answer.out, b"")
            error = answer.error()
            self.assertEqual(error["code"], bad.code)
            self.assertTrue(error["message"])
            self.assertIn(bad.hint, error["hint"])
            if bad.position is not None:
                self.assertEqual(error["position"], bad.position)
        else:
            self.assertEqual(answer.message, "")

    def test_every_bad_query_has_its_answer(self):
        for bad in QUERIES:
            with self.subTest(bad.name):
                words = ("--", *arguments_of(bad.query))
                self.expect_answer(self.bounded("search", "--format", "json", *words), bad)
                text = self.bounded("search", *words)
                self.assertIn(text.status, (bad.status, 1) if bad.status == 0 else (bad.status,))
                self.assertLess(len(text.err), 4000)
                for mark in (b"\x1b", b"\x01", b"\x7f", b"\xe2\x80\xae", b"\xff"):
                    self.assertNotIn(mark, text.out + text.err)

    def test_the_same_for_trends_and_exports(self):
        for bad in QUERIES:
            if len(bad.query) < 100_000 and bad.code in ("query", "limit", "not_found"):
                for command in ("trend", "export"):
                    with self.subTest((command, bad.name)):
                        answer = self.bounded(command, "--format", "jsonl" if command == "export"
                                              else "json", "--", *arguments_of(bad.query))
                        self.expect_answer(answer, bad)

    def test_a_plain_query_can_be_anything_that_is_not_too_long(self):
        for bad in QUERIES:
            if len(bad.query) < 1000 and bad.code != "usage":
                with self.subTest(bad.name):
                    answer = self.bounded("search", "--plain", "--format", "json", "--",
                                          *arguments_of(bad.query))
                    if answer.status in (2, 8):
                        self.assertRegex(answer.error()["message"],
                                         "no words|too common|over the limit of 64")
                    else:
                        self.assertIn(answer.status, (0, 1), answer.message)

    def test_what_only_a_file_can_hold(self):
        for bad in IN_FILES:
            with self.subTest(bad.name):
                file = self.folder / "queries.tsv"
                file.write_bytes(b"1\t" + bad.query + b"\n")
                answer = self.bounded("search", "--queries", file, "--format", "jsonl")
                self.assertEqual(answer.status, bad.status, answer.message)
                if bad.code:
                    error = json.loads(answer.err.splitlines()[0])
                    self.assertEqual(error["code"], bad.code)
                    self.assertIn(bad.hint, error["hint"])


if __name__ == "__main__":
    main()
