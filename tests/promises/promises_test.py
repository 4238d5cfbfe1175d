#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What an index promises when the machine does not keep its own: killed, full disk, broken disk.

Whatever happens to a run, the index that was there answers as before or the new one is complete, and the
same command afterwards gives the generation that an undisturbed run gives. fault_shim.cpp makes the
N-th change to a file go wrong. SMALLPRINT_EVERY=1 tries every N of every fault; by default some are
left out, evenly.
"""

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "cli"))
from programs import BIN, SAMPLE, ProgramTest, main, run, sanitizer  # noqa: E402

SHIM = Path(os.environ["SMALLPRINT_SHIM"])
LEAKS = Path(__file__).resolve().parent / "library_leaks.supp"
INDEXER = BIN / "smallprint-index"
RANDOM_KILLS = 50
EVERY = int(os.environ.get("SMALLPRINT_EVERY", "0"))


def indexed(archive, index, fault=None, log=None, jobs=1, limit=None):
    """Runs the indexer with a fault; its exit status, negative for a signal, and what it said."""
    env = dict(os.environ)
    env.pop("SMALLPRINT_INDEX", None)
    env["LD_PRELOAD"] = " ".join(filter(None, [sanitizer(INDEXER), str(SHIM)]))
    env["ASAN_OPTIONS"] = env.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
    env["LSAN_OPTIONS"] = f"suppressions={LEAKS}:print_suppressions=0"
    if fault:
        env["SHIM_FAULT"] = fault
    if log:
        env["SHIM_LOG"] = str(log)
    command = [str(INDEXER), str(archive), "-i", str(index), "-q", "-j", str(jobs)]
    if limit:
        command = ["bash", "-c", f'ulimit -f {limit}; exec "$@"', "-", *command]
    done = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=120, check=False)
    return done.returncode, done.stderr.decode(errors="replace")


def generation(index):
    return index / (index / "CURRENT").read_text(encoding="utf-8").strip()


def bytes_of(index):
    """What must be equal byte for byte: all but the moment and the sources that meta.json tells."""
    folder = generation(index)
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*")
            if path.is_file() and not path.name.startswith("meta.")}


def answers(index):
    """What the index says to some questions."""
    found = []
    for query in ("sell personal data", '"retention"', "cookies"):
        answer = run("search", query, "--format", "json", "-n", "1000", index=index)
        results = json.loads(answer.out)
        results.pop("took_ms")
        found.append((answer.status, results))
    return found


class Promises(ProgramTest):
    def setUp(self):
        super().setUp()
        self.half = self.folder / "half"
        files = sorted(path for path in SAMPLE.rglob("*") if path.is_file())
        for file in files[::2]:
            copy = self.half / file.relative_to(SAMPLE)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, copy)
        self.old = self.folder / "old.idx"
        self.assertEqual(indexed(self.half, self.old)[0], 0)
        self.new = self.folder / "new.idx"
        shutil.copytree(self.old, self.new)
        log = self.folder / "log"
        self.assertEqual(indexed(SAMPLE, self.new, log=log)[0], 0)
        self.calls = log.read_text(encoding="utf-8").splitlines()
        self.expected = bytes_of(self.new)
        self.old_answers, self.new_answers = answers(self.old), answers(self.new)
        self.assertNotEqual(self.old_answers, self.new_answers)

    def copy_of_old(self):
        copy = self.folder / "copy.idx"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.old, copy)
        return copy

    def hold(self, index, fault):
        """After a fault: the old index or the new one, whole; then the same command, undisturbed."""
        self.assertEqual(run("check", index=index).status, 0, fault)
        self.assertIn(answers(index), (self.old_answers, self.new_answers), fault)
        status, message = indexed(SAMPLE, index)
        self.assertEqual(status, 0, f"{fault}: {message}")
        self.assertEqual(bytes_of(index), self.expected, fault)
        self.assertFalse((index / ".building").exists(), fault)

    def numbers(self, step):
        return range(1, len(self.calls) + 1, EVERY or step)

    def test_killed_before_any_change_to_a_file(self):
        self.assertGreater(len(self.calls), 50)
        for number in self.numbers(5):
            index = self.copy_of_old()
            self.assertEqual(indexed(SAMPLE, index, f"kill:{number}")[0], -9)
            self.hold(index, f"kill:{number}")

    def test_killed_in_the_middle_of_a_write(self):
        writes = [n for n, call in enumerate(self.calls, 1) if call.startswith("write ")]
        for number in writes[::EVERY or 9]:
            index = self.copy_of_old()
            self.assertEqual(indexed(SAMPLE, index, f"torn:{number}")[0], -9)
            self.hold(index, f"torn:{number}")

    def test_killed_at_random_points_with_two_threads(self):
        chance = random.Random(20140302)
        for _ in range(RANDOM_KILLS):
            number = chance.randint(1, len(self.calls) - 1)
            index = self.copy_of_old()
            indexed(SAMPLE, index, f"kill:{number}", jobs=2)
            self.hold(index, f"kill:{number} with two threads")

    def test_a_disk_that_is_full_or_broken_is_said_and_changes_nothing(self):
        for fault, step in (("enospc", 11), ("once", 13), ("eio", 17)):
            for number in self.numbers(step):
                index = self.copy_of_old()
                status, message = indexed(SAMPLE, index, f"{fault}:{number}")
                self.assertIn(status, (0, 4), f"{fault}:{number}: {message}")
                if status == 4:
                    self.assertRegex(message, "No space left|Input/output error|no space|disk",
                                     f"{fault}:{number}")
                self.hold(index, f"{fault}:{number}")

    def test_a_sync_that_fails_ends_the_run(self):
        """But for Xapian's own, which it passes over: what it writes is copied."""
        calls = [call.split(" ") for call in self.calls]
        named = next(n for n, call in enumerate(calls, 1)
                     if call[0] == "rename" and call[-1].endswith("/CURRENT"))
        syncs = [n for n, call in enumerate(calls, 1) if call[0] == "sync"]
        self.assertGreater(len(syncs), 8)
        for number in syncs:
            index = self.copy_of_old()
            status, message = indexed(SAMPLE, index, f"once:{number}")
            if ".building/postings/" in self.calls[number - 1]:
                self.assertIn(status, (0, 4), f"once:{number}: {message}")
            else:
                self.assertEqual(status, 4, f"once:{number}: {self.calls[number - 1]}: {message}")
            if status == 4 and number < named:
                self.assertEqual(answers(index), self.old_answers, self.calls[number - 1])
            self.hold(index, f"once:{number}")

    def test_a_limit_on_the_size_of_files(self):
        index = self.copy_of_old()
        status, message = indexed(SAMPLE, index, limit=16)  # KiB
        self.assertEqual(status, 4, message)
        self.assertEqual(answers(index), self.old_answers)
        self.hold(index, "ulimit -f")

    def test_a_small_file_system(self):
        mount = self.folder / "small"
        mount.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(mount)],
                                 capture_output=True, check=False)
        if mounted.returncode != 0:
            self.skipTest("may not mount a file system")
        try:
            index = mount / "i"
            shutil.copytree(self.old, index)
            status, message = indexed(SAMPLE, index)
            self.assertEqual(status, 4, message)
            self.assertRegex(message, "free|space")
            self.assertEqual(answers(index), self.old_answers)
            subprocess.run(["mount", "-o", "remount,size=8m", str(mount)], check=True)
            self.hold(index, "a file system that was enlarged")
        finally:
            subprocess.run(["umount", str(mount)], check=True)

    def test_everything_is_synced_before_it_is_named(self):
        """Of every file of the generation: no write without a sync behind it, before the rename that
        gives the generation its name; and each rename is followed by a sync of its folder."""
        unsynced, renames = set(), 0
        building = ".building/generation"
        for number, call in enumerate(self.calls):
            what, _, path = call.partition(" ")
            path = path.strip()
            if what == "write" and building in path:
                unsynced.add(path)
            elif what == "sync":
                unsynced.discard(path)
            elif what == "rename" and ("/gen-" in path or path.endswith("/CURRENT")):
                self.assertFalse(unsynced, f"call {number}: {call}")
                self.assertTrue(self.calls[number + 1].startswith("sync "), call)
                renames += 1
        self.assertEqual(renames, 2)


if __name__ == "__main__":
    main()
