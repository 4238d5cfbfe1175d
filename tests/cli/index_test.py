#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Indexing as a user does it: hostile and broken input, the same input twice, a locked index."""

import fcntl
import json
import os
import resource
import signal
import sqlite3
import subprocess
import tarfile
import zipfile

from hostile_input import policy
from programs import SAMPLE, SMALLPRINT, ProgramTest, SampleTest, main, run, validate

PROVENANCE = ("> *The following text is extracted and transformed from the {0} privacy policy that "
              "was archived on 2015-04-01. Please check the [original snapshot on the Wayback "
              "Machine](https://web.archive.org/web/20150401000000id_/http%3A//www.{0}/privacy) "
              "for the most accurate reproduction.*\n\n")


def policy_of(site, text):
    return PROVENANCE.format(site) + text


def generation(index):
    return index / (index / "CURRENT").read_text(encoding="utf-8").strip()


class Input(ProgramTest):
    def test_a_fault_of_the_machine_is_none_of_the_archive(self):
        self.policy("a.example/20150401000000.md", policy_of("a.example", "We lend walrus data.\n"))
        packed = self.folder / "archive" / "more.tar"
        otter = self.folder / "otter.md"
        otter.write_text(policy_of("b.example", "We lend otter data.\n"), encoding="utf-8")
        with tarfile.open(packed, "w") as tar:
            tar.add(otter, "b.example/20150401000000.md")
        index = self.index_archive()
        before = generation(index)
        answer = run("index", "-q", self.folder / "archive", "-i", index, "--rebuild",
                     env={"TMPDIR": str(self.folder / "nowhere")})
        self.expect(answer, 4)
        self.assertIn("cannot create temporary files in", answer.message)
        self.assertIn("let TMPDIR name a folder that can be written to", answer.message)
        self.assertEqual(generation(index), before)
        self.ok("search", "otter", index=index)
        packed.unlink()
        self.ok("index", "-q", self.folder / "archive", "-i", index, "--rebuild",
                env={"TMPDIR": str(self.folder / "nowhere")})  # nothing needs it now

    def test_round_trip(self):
        self.policy("a.example/20150401000000.md",
                    policy_of("a.example", "# Privacy\n\n## Sharing\n\nWe lend your walrus data.\n"))
        index = self.index_archive()
        hit = self.ok("search", "walrus", "--format", "json", index=index) \
            .json("search-response")["results"][0]
        self.assertEqual(hit["text"], "We lend your walrus data.")
        self.assertIn("walrus", self.ok("show", hit["id"], index=index).text)
        self.assertIn("walrus", self.ok("show", "a.example", index=index).text)
        self.assertIn("2015-04-01", self.ok("info", index=index).text)

    def test_the_report_accounts_for_every_item(self):
        text = policy_of("a.example", "We lend your walrus data.\n")
        self.policy("a.example/20150401000000.md", text)
        self.policy("a.example/20150401000001.md", "Another moment of the walrus.\n")
        self.policy("copy/a.example/20150401000000.md", text)
        self.policy("empty.md", "")
        self.policy("README.md", "How it was made.\n")
        self.policy("odd.bin", "\x01\x00")
        report = self.folder / "report.json"
        self.ok("index", self.folder / "archive", "-i", self.folder / "i", "--report", report)
        told = self.report(report)
        self.assertEqual(told["snapshots"]["listed"], 3)
        self.assertEqual(told["snapshots"]["added"], 2)
        self.assertEqual(told["skipped_by_kind"], {"aside": 1, "duplicate": 1, "empty": 1,
                                                   "limit": 0, "unreadable": 1})
        self.assertEqual({item["place"] for item in told["skipped"]},
                         {"README.md", "copy/a.example/20150401000000.md", "empty.md", "odd.bin"})
        self.assertTrue(told["changed"])
        self.ok("index", self.folder / "archive", "-i", self.folder / "i", "--report", report)
        again = self.report(report)
        self.assertFalse(again["changed"])
        self.assertEqual(again["snapshots"]["added"], 0)
        self.assertEqual(again["index"], told["index"])
        self.expect(run("index", self.folder / "archive", "-i", self.folder / "j", "--strict"), 3)

    def test_info_tells_what_the_whole_index_lacks(self):
        def lacks():
            info = self.ok("info", "--format", "json", index=self.folder / "i").json("info")
            reasons = {(each["kind"], each["reason"]): each["count"]
                       for each in info["skipped_by_reason"]}
            self.assertEqual(info["counts"]["skipped"], sum(reasons.values()))
            self.assertFalse(info["other_public_suffixes"])
            self.assertRegex(info["public_suffixes"], r"^20\d\d-")
            return reasons
        first, second = self.folder / "first", self.folder / "second"
        for folder, name in ((first, "auk"), (second, "dunlin")):
            folder.mkdir()
            (folder / f"{name}.example.md").write_bytes(policy(name))
            (folder / "a.pdf").write_bytes(b"%PDF-1.4")
        (first / "b.pdf").write_bytes(b"%PDF-1.4")
        self.ok("index", first, "-i", self.folder / "i")
        [(pdf, count)] = lacks().items()
        self.assertEqual(count, 2)
        self.ok("index", second, "-i", self.folder / "i")
        self.assertEqual(lacks(), {pdf: 3})
        # What is looked at again is not counted twice.
        (first / "b.pdf").unlink()
        (first / "walrus.example.md").write_bytes(policy("walrus"))
        (first / "empty.md").write_bytes(b"")
        self.ok("index", first, "-i", self.folder / "i")
        again = lacks()
        self.assertEqual(again.pop(pdf), 2)
        self.assertEqual([kind for kind, _ in again], ["empty"])
        text = self.ok("info", index=self.folder / "i").text
        self.assertIn("Skipped     3 items", text)
        self.assertIn(f"2 {pdf[0]}: {pdf[1]}", text)

    def report(self, file):
        told = json.loads(file.read_text(encoding="utf-8"))
        validate(told, "index-report")
        return told

    def test_there_may_be_more_archives_than_files_are_open_by_default(self):
        (self.folder / "archive").mkdir()
        for number in range(300):
            row = {"vendor": f"v{number}.example", "text": f"We keep {number} walruses in a pond."}
            (self.folder / "archive" / f"{number}.jsonl").write_text(json.dumps(row) + "\n",
                                                                     encoding="utf-8")
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        if 0 <= hard < 400:
            self.skipTest("the system does not allow as many open files")
        report = self.folder / "report.json"
        self.ok("index", self.folder / "archive", "-i", self.folder / "i", "--report", report,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (100, hard)))
        self.assertEqual(self.report(report)["snapshots"]["added"], 300)

    def test_an_archive_that_cannot_be_listed_does_not_end_the_run(self):
        self.policy("a.example/20150401000000.md", "We keep walrus data.\n")
        database = sqlite3.connect(self.folder / "archive" / "large.sqlite")
        database.executescript(
            "CREATE TABLE sites (id INTEGER PRIMARY KEY, domain TEXT);"
            "CREATE TABLE policy_texts (id INTEGER PRIMARY KEY, policy_text TEXT);"
            "CREATE TABLE policy_snapshots (id INTEGER PRIMARY KEY, site_id INT,"
            " policy_text_id INT, policy_snapshot_url TEXT, year INT, phase TEXT);"
            "INSERT INTO sites VALUES (1, printf('%.19000000c', 'x'));")
        database.close()
        report = self.folder / "report.json"
        self.ok("index", self.folder / "archive", "-i", self.folder / "i", "--report", report)
        told = self.report(report)
        self.assertEqual(told["snapshots"]["added"], 1)
        self.assertEqual([(item["place"], item["kind"]) for item in told["skipped"]],
                         [("large.sqlite", "limit")])

    def test_members_of_a_zip_file_have_names_in_any_script(self):
        with zipfile.ZipFile(self.folder / "a.zip", "w") as packed:
            packed.writestr("Société/Vie privée.md", "We keep walrus data.\n")
        self.ok("index", self.folder / "a.zip", "-i", self.folder / "i", env={"LC_ALL": "C"})
        hit = self.ok("search", "walrus", "--format", "json", index=self.folder / "i") \
            .json("search-response")["results"][0]
        self.assertEqual(hit["source"]["place"], "a.zip/Société/Vie privée.md")

    def test_a_pipe_is_no_archive(self):
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        answer = self.expect(run("index", pipe, "-i", self.folder / "i"), 3)
        self.assertIn("neither a file nor a folder", answer.message)

    def test_what_cannot_be_said_does_not_matter(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([str(SMALLPRINT), "index", str(SAMPLE), "-i",
                                   str(self.folder / "i")], stderr=full, timeout=120, check=False)
        self.assertEqual(done.returncode, 0)

    def test_too_little_memory_is_an_error(self):
        if "SAN_OPTIONS" in "".join(os.environ):
            self.skipTest("sanitizers need more address space than there is memory")
        index = self.folder / "i"
        self.ok("index", SAMPLE, "-i", index)
        for kilobytes in range(40_000, 200_000, 10_000):
            script = f"ulimit -v {kilobytes} && exec {SMALLPRINT} index {SAMPLE} -i {index} -q"
            done = subprocess.run(["bash", "-c", script], capture_output=True, timeout=120,
                                  check=False)
            # 127: not even the program's libraries fit.
            self.assertIn(done.returncode, (0, 4, 8, 127), (kilobytes, done.stderr))
            self.ok("check", index=index)

    def test_what_cannot_be_read_is_skipped_and_counted(self):
        self.policy("good.example/20150401000000.md",
                    policy_of("good.example", "We keep walrus data.\n"))
        self.policy("empty.example/20150401000000.md", b"")
        self.policy("binary.example/20150401000000.md", bytes(range(256)) * 64)
        (self.folder / "archive" / "hollow").mkdir()
        index = self.folder / "index"
        answer = self.ok("index", "-v", self.folder / "archive", "-i", index)
        self.assertIn("Skipped", answer.message + answer.text)
        self.assertIn("empty.example", answer.message + answer.text)
        self.ok("search", "walrus", index=index)
        strict = run("index", "--strict", self.folder / "archive", "-i", self.folder / "strict")
        self.expect(strict, 3)

    def test_ill_formed_utf8_is_indexed_and_found(self):
        self.policy("a.example/20150401000000.md",
                    policy_of("a.example", "").encode() + b"We keep \xff\xfe walrus \xc3 data.\n")
        index = self.index_archive()
        hit = self.ok("search", "walrus", "--format", "json", index=index) \
            .json("search-response")["results"][0]
        begin, end = hit["highlights"][0]
        self.assertEqual(hit["text"].encode()[begin:end], b"walrus")
        self.ok("search", "walrus", index=index)

    def test_control_sequences_of_a_text_do_not_reach_the_terminal(self):
        evil = "\x1b]0;owned\x07\x1b[31m\x9b2J\u202e\r\x08walrus"
        self.policy("a.example/20150401000000.md", policy_of(
            "a.example", f"# Title {evil}\n\n## Head {evil}\n\nWe keep {evil} data.\n\n"
                         f"See [our {evil}](http://x.example/{evil}) pages for more.\n"))
        index = self.index_archive()
        outputs = [self.ok("search", "walrus", "-v", index=index).out,
                   self.ok("search", "walrus", "--context", "0", index=index).out,
                   self.ok("show", "a.example", "-v", index=index).out,
                   self.ok("info", index=index).out]
        for out in outputs:
            text = out.decode()
            for unwanted in ("\x1b", "\x07", "\x08", "\r", "\x9b", "\u202e"):
                self.assertNotIn(unwanted, text)
        colours = self.ok("search", "walrus", "--color", "always", index=index).text
        self.assertNotIn("\x1b]", colours)
        self.assertNotIn("\x1b[31m", colours)

    def test_sources_that_are_not_there_or_not_readable(self):
        self.expect(run("index", self.folder / "absent", "-i", self.folder / "index"), 3)
        (self.folder / "hollow").mkdir()
        answer = run("index", self.folder / "hollow", "-i", self.folder / "index")
        self.assertIn(answer.status, (0, 3))
        self.assertNotEqual(answer.message, "")
        if os.geteuid() != 0:
            file = self.policy("a.example/20150401000000.md", policy_of("a.example", "Text.\n"))
            file.chmod(0)
            self.expect(run("index", self.folder / "archive", "-i", self.folder / "index"), 3)

    def test_a_target_that_is_no_folder(self):
        self.policy("a.example/20150401000000.md", policy_of("a.example", "Walrus text.\n"))
        target = self.folder / "index"
        target.write_text("not a folder", encoding="utf-8")
        answer = self.expect(run("index", self.folder / "archive", "-i", target), 2)
        self.assertIn(str(target), answer.message)
        self.assertEqual(target.read_text(encoding="utf-8"), "not a folder")


class Writers(SampleTest):
    def test_the_same_input_gives_the_same_bytes(self):
        seen = set()
        for threads in ("1", "2", "1"):
            index = self.folder / f"index-{len(list(self.folder.iterdir()))}"
            self.ok("index", "-q", "-j", threads, SAMPLE, "-i", index)
            seen.add(tuple((generation(index) / name).read_bytes()
                           for name in ("records", "directory", "dictionary")))
        self.assertEqual(len(seen), 1)

    def test_ids_are_the_same_in_every_index(self):
        again = self.folder / "again"
        self.ok("index", "-q", SAMPLE, "-i", again)
        words = ("search", "personal information", "-n", "50", "--format", "json")
        first, second = (json.loads(self.ok(*words, index=index).out)["results"]
                         for index in (self.index, again))
        self.assertEqual(first, second)

    def test_indexing_again_leaves_an_index_that_answers(self):
        index = self.folder / "index"
        for _ in range(2):
            self.ok("index", "-q", SAMPLE, "-i", index)
            self.ok("search", "cookies", index=index)

    def test_ctrl_c_leaves_the_old_index_and_the_same_command_goes_on(self):
        index = self.folder / "index"
        self.ok("index", "-q", SAMPLE, "-i", index)
        rows = self.folder / "rows.jsonl"
        with open(rows, "w", encoding="utf-8") as file:
            for number in range(20_000):
                file.write(json.dumps({"vendor": f"v{number}.example", "date": "2019-01-01",
                                       "text": f"We keep walrus number {number} of yours."}) + "\n")
        command = [SMALLPRINT, "index", "-q", "-j", "1", rows, "-i", index]
        before = generation(index)
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE) as indexer:
            while indexer.poll() is None and not (index / ".building" / "plan").exists():
                pass
            indexer.send_signal(signal.SIGINT)
            message = indexer.stderr.read().decode()
        self.assertEqual(indexer.returncode, 130, message)
        self.assertIn("go on from here", message)
        self.assertEqual(generation(index), before)
        self.ok("search", "cookies", index=index)
        self.ok(*command[1:])
        self.ok("search", "walrus", index=index)

    def test_another_writer_is_waited_for_by_the_user(self):
        index = self.folder / "index"
        self.ok("index", "-q", SAMPLE, "-i", index)
        with open(index / "lock", "ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            answer = self.expect(run("index", "-q", SAMPLE, "-i", index), 5)
            self.assertIn("hint: ", answer.message)
            self.ok("search", "cookies", index=index)
        self.ok("index", "-q", SAMPLE, "-i", index)


if __name__ == "__main__":
    main()
