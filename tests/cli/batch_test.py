#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Many queries in one go: --queries, and results a line each."""

import csv
import io
import json
import os
import subprocess
import time

from programs import SMALLPRINT, SampleTest, main, run, validate


class Batch(SampleTest):
    def queries(self, text):
        file = self.folder / "queries.tsv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def batch(self, text, *words, status=0):
        return self.expect(run("search", "--queries", self.queries(text), *words,
                               index=self.index), status)

    @staticmethod
    def lines(answer):
        return [json.loads(line) for line in answer.out.splitlines()]

    def alone(self, *words):
        return self.search(*words)["results"]


class Results(Batch):
    def test_each_query_is_answered_as_by_itself(self):
        answer = self.batch("q1\tsell personal data\nq2\tcookies\n", "-n", "7")
        got = self.lines(answer)
        self.assertEqual(answer.message, "")
        for line in got:
            validate(line, "search-result")
        for name, query in (("q1", "sell personal data"), ("q2", "cookies")):
            mine = [line for line in got if line["query_id"] == name]
            self.assertEqual([line["rank"] for line in mine], list(range(1, 8)))
            for line, hit in zip(mine, self.alone(query, "-n", "7"), strict=True):
                self.assertEqual({key: line[key] for key in hit}, hit)
        self.assertEqual([line["query_id"] for line in got], ["q1"] * 7 + ["q2"] * 7)

    def test_a_filter_narrows_its_own_query_only(self):
        got = self.lines(self.batch("a\tcookies\tvendor:Moonferry.example\nb\tcookies\t\n",
                                    "-n", "50"))
        self.assertEqual({line["vendor"] for line in got if line["query_id"] == "a"},
                         {"moonferry.example"})
        self.assertGreater(len({line["vendor"] for line in got if line["query_id"] == "b"}), 1)

    def test_plain_goes_for_every_query(self):
        got = self.lines(self.batch('a\t"safe harbor\n', "--plain"))
        self.assertEqual([line["id"] for line in got],
                         [hit["id"] for hit in self.alone("--plain", '"safe harbor')])

    def test_notes_are_told_with_their_line(self):
        answer = self.batch("a\tcookies\nb\tsell or cookies\n")
        self.assertIn("queries.tsv, line 2: 'or' is read as a word", answer.message)
        self.assertEqual(len(answer.message.splitlines()), 1)
        alone = self.expect(run("search", "--format", "csv", "sell or cookies", index=self.index), 0)
        self.assertIn("note: 'or' is read as a word", alone.message)

    def test_a_pipe_is_read_and_not_waited_for(self):
        plain = self.batch("a\tcookies\n").out
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        words = [str(SMALLPRINT), "search", "-i", str(self.index), "--queries", str(pipe)]
        lonely = subprocess.run(words, capture_output=True, timeout=20, check=False)
        self.assertEqual(lonely.returncode, 3, lonely.stderr)
        with subprocess.Popen(words, stdout=subprocess.PIPE) as program:
            with open(pipe, "wb") as writer:
                writer.write(b"a\tcoo")
                writer.flush()
                time.sleep(0.2)
                writer.write(b"kies\n")
            self.assertEqual(program.communicate(timeout=20)[0], plain)
        read, write = os.pipe()
        os.write(write, b"a\tcookies\n")
        os.close(write)
        answer = subprocess.run([*words[:-1], f"/dev/fd/{read}"], pass_fds=[read],
                                capture_output=True, timeout=20, check=True)
        os.close(read)
        self.assertEqual(answer.stdout, plain)

    def test_lines_may_end_as_they_like(self):
        plain = self.batch("a\tcookies\nb\tlocation\n").out
        self.assertEqual(self.batch(b"\xef\xbb\xbfa\tcookies\r\n\r\n \t\nb\tlocation").out, plain)

    def test_standard_input_is_a_file_as_well(self):
        done = subprocess.run([SMALLPRINT, "search", "--queries", "-", "-i", self.index],
                              input=b"a\tcookies\n", capture_output=True, check=True, timeout=60)
        self.assertEqual(done.stdout, self.batch("a\tcookies\n").out)

    def test_a_trec_run_has_its_columns_and_falling_scores(self):
        rows = [line.split(" ") for line in
                self.batch("a\tcookies\nb\tsell data\n", "--format", "trec", "-n", "40")
                .text.splitlines()]
        self.assertEqual({tuple(row[i] for i in (0, 1, 5)) for row in rows},
                         {("a", "Q0", "smallprint"), ("b", "Q0", "smallprint")})
        for name in "ab":
            mine = [row for row in rows if row[0] == name]
            self.assertEqual([int(row[3]) for row in mine], list(range(1, len(mine) + 1)))
            scores = [float(row[4]) for row in mine]
            self.assertTrue(all(one > next_one for one, next_one in zip(scores, scores[1:])))
        self.assertEqual([row[2] for row in rows if row[0] == "a"],
                         [hit["id"] for hit in self.alone("cookies", "-n", "40")])

    def test_one_query_can_be_printed_in_the_same_forms(self):
        line, = self.lines(self.ok("search", "sell data", "-n", "1", "--format", "jsonl",
                                   index=self.index))
        validate(line, "search-result")
        self.assertIsNone(line["query_id"])
        trec = self.ok("search", "sell data", "-n", "1", "--format", "trec", index=self.index)
        self.assertRegex(trec.text, rf"^1 Q0 {line['id']} 1 [0-9.]+ smallprint\n$")

    def test_a_table_has_rank_and_score_before_the_columns_of_an_export(self):
        def table(answer):
            return list(csv.DictReader(io.StringIO(answer.text, newline="")))
        hits = self.alone("cookies", "-n", "7")
        rows = table(self.ok("search", "cookies", "-n", "7", "--format", "csv", index=self.index))
        exported = {row["id"]: row for row in
                    table(self.ok("export", "cookies", "--format", "csv", index=self.index))}
        self.assertEqual([row["id"] for row in rows], [hit["id"] for hit in hits])
        for row, hit in zip(rows, hits):
            self.assertEqual(list(row), ["rank", "score", *exported[hit["id"]]])
            self.assertEqual((row["rank"], float(row["score"])), (str(hit["rank"]), hit["score"]))
            self.assertEqual({key: row[key] for key in exported[hit["id"]]}, exported[hit["id"]])
        both = table(self.batch("a\tcookies\nb\tzebra\n", "-n", "7", "--format", "csv"))
        self.assertEqual([list(row)[0] for row in both], ["query_id"] * 7)
        self.assertEqual({row.pop("query_id") for row in both}, {"a"})
        self.assertEqual(both, rows)
        self.assertEqual(table(self.batch("a\tzebra\n", "--format", "csv", status=1)), [])


class Mistakes(Batch):
    BAD = 'a\tcookies\nno columns\nb\t"open\n\tid\nc\td\te\tf\nd\tx\tvendor:zebra\n'

    def test_a_bad_line_is_told_of_and_the_rest_answered(self):
        answer = self.batch(self.BAD + "e\tlocation\n")
        self.assertEqual({line["query_id"] for line in self.lines(answer)}, {"a", "e"})
        told = [json.loads(line) for line in answer.message.splitlines()]
        for error in told:
            validate(error, "error")
        for error, number in zip(told, (2, 3, 4, 5, 6)):
            self.assertIn(f"queries.tsv, line {number}: ", error["message"])
        self.assertEqual([error["code"] for error in told],
                         ["input", "query", "input", "input", "not_found", "input"])
        self.assertEqual(told[1]["position"], 0)
        self.assertEqual(told[-1]["message"], "5 of 7 queries could not be answered")

    def test_strict_ends_at_the_first_bad_line(self):
        answer = self.batch(self.BAD, "--strict", status=3)
        self.assertEqual({line["query_id"] for line in self.lines(answer)}, {"a"})
        self.assertEqual(len(answer.message.splitlines()), 1)

    def test_the_status_says_whether_anything_was_found(self):
        self.batch("a\tzebra\n", status=1)
        self.batch("a\tzebra\nb\tcookies\n", status=0)
        self.batch('a\t"open\n', status=2)
        self.batch("no columns\n", status=3)
        self.batch("", status=3)

    def test_an_id_with_blanks_fits_no_trec_run(self):
        self.assertIn("the id 'a b' has a blank",
                      self.batch("a b\tcookies\n", "--format", "trec", status=3).message)
        self.batch("a b\tcookies\n")

    def test_a_file_that_cannot_be_read(self):
        for file in (self.folder / "none.tsv", self.folder):
            answer = self.expect(run("search", "--queries", file, index=self.index), 4)
            self.assertIn(str(file), answer.message)

    def test_what_does_not_go_with_queries(self):
        file = self.queries("a\tcookies\n")
        for words in (("cookies",), ("--format", "text"), ("--format", "json")):
            answer = self.expect(run("search", "--queries", file, *words, index=self.index), 2)
            self.assertIn("--queries", answer.message)

    def test_a_line_without_end_is_passed_over(self):
        answer = self.batch(b"a\t" + b"x" * 20_000_000 + b"\nb\tcookies\n")
        self.assertIn("line 1: the line is longer than any query", answer.message)
        self.assertEqual({line["query_id"] for line in self.lines(answer)}, {"b"})


if __name__ == "__main__":
    main()
