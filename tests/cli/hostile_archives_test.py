#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""No archive can hurt a run: what is broken is listed, the rest is indexed, nothing else happens."""

import json
import os
import resource
import tempfile
from pathlib import Path

from hostile_input import Hostile
from programs import ProgramTest, main, run, validate

SANITIZED = "SAN_OPTIONS" in "".join(os.environ)
MEMORY = 3 << 30
UNWANTED = [chr(code) for code in (*range(0x00, 0x0a), *range(0x0b, 0x20), *range(0x7f, 0xa0),
                                   *range(0x202a, 0x202f), *range(0x2066, 0x206a))]


def listing(folder):
    """Every path below a folder, with the bytes of the files."""
    return {path.relative_to(folder): path.read_bytes() if path.is_file() else None
            for path in sorted(folder.rglob("*"))}


def set_limits():
    """Little memory, and as few open files as a shell may allow at first."""
    if not SANITIZED:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))


class World:
    """A private folder with an archive, a place for temporary files, and things to leave alone."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.outside, self.temporary = self.folder / "outside", self.folder / "tmp"
        self.outside.mkdir()
        self.temporary.mkdir()

    def index(self, archive, name, *options):
        report = self.folder / f"{name}.json"
        answer = run("index", archive, "-i", self.folder / name, "-j", "2", "--report", report,
                     *options, env={"TMPDIR": str(self.temporary)}, cwd=self.outside,
                     preexec_fn=set_limits)
        told = json.loads(report.read_text(encoding="utf-8")) if report.exists() else None
        return answer, told


class Mixed(ProgramTest):
    """One run over everything."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.world = World(folder.name)
        cls.hostile = Hostile(cls.world.folder / "archive", cls.world.outside)
        cls.before = listing(cls.world.outside)
        cls.answer, cls.told = cls.world.index(cls.hostile.folder, "index", "-v")
        if cls.answer.status != 0:
            raise AssertionError(cls.answer.message)

    def test_all_that_is_good_is_found(self):
        for word in self.hostile.found:
            with self.subTest(word=word):
                self.ok("search", word, index=self.world.folder / "index")

    def test_what_is_not_of_the_archive_is_not_in_the_index(self):
        for word in self.hostile.lost:
            with self.subTest(word=word):
                answer = run("search", word, index=self.world.folder / "index")
                self.expect(answer, 1)

    def test_every_hostile_item_is_in_the_report_with_its_kind(self):
        validate(self.told, "index-report")
        for place, kind in self.hostile.skipped:
            with self.subTest(place=place):
                said = [item for item in self.told["skipped"] if item["place"].startswith(place)]
                self.assertIn(kind, [item["kind"] for item in said], said)

    def test_every_item_is_counted(self):
        told, counts = self.told, self.told["skipped_by_kind"]
        items = sum(item.get("count", 1) for item in told["skipped"])
        self.assertEqual(items, sum(counts.values()))
        self.assertLess(len(told["skipped"]), items / 100)  # a bomb of names takes no line a name
        self.assertEqual(told["snapshots"]["listed"], sum(s["snapshots"] for s in told["sources"]))
        self.assertEqual(told["snapshots"]["added"], told["index"]["snapshots"])

    def test_a_strict_run_ends_with_an_error(self):
        for folder in sorted(self.hostile.folder.iterdir()):
            is_hostile = any(place.startswith(folder.name + "/") and kind in ("limit", "unreadable")
                             for place, kind in self.hostile.skipped)
            with self.subTest(folder=folder.name):
                answer, _ = self.world.index(folder, f"strict-{folder.name}", "-q", "--strict")
                self.expect(answer, 3 if is_hostile else 0)

    def test_nothing_is_said_raw(self):
        for unwanted in UNWANTED:
            self.assertNotIn(unwanted, self.answer.message)

    def test_nothing_is_written_but_the_index(self):
        self.assertEqual(listing(self.world.outside), self.before)
        self.assertEqual(listing(self.world.temporary), {})
        self.assertFalse(Path("/tmp/evil.md").exists())
        self.ok("check", index=self.world.folder / "index")


if __name__ == "__main__":
    main()
