#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Whatever happened to an archive, it yields snapshots or at least one line, and the figures add up."""

import contextlib
import gzip
import json
import os
import random
import shutil
import sqlite3
import subprocess

from hostile_input import noise, policy, tar_of, warc_record, zip_of
from programs import ProgramTest, main, run, validate

WORDS = ("auk", "brant", "coot")
ROUNDS = 8  # of each mutation


def row(word):
    return {"vendor": f"{word}.example", "date": "2015-01-01",
            "text": f"We lend the {word} to nobody. {noise(200).hex()}"}


def members():
    return [(f"{word}.md", policy(word)) for word in WORDS]


def database(folder):
    file = folder / "database.sqlite"
    with contextlib.closing(sqlite3.connect(file)) as made:
        made.executescript("CREATE TABLE policy_texts (id INTEGER PRIMARY KEY, policy_text TEXT);"
                           "CREATE TABLE policy_snapshots (id INTEGER PRIMARY KEY, "
                           "policy_text_id INTEGER);")
        for number, word in enumerate(WORDS):
            made.execute("INSERT INTO policy_texts VALUES (?, ?)", (number, policy(word).decode()))
            made.execute("INSERT INTO policy_snapshots VALUES (?, ?)", (number, number))
        made.commit()
    return file.read_bytes()


def repository(folder):
    """A git repository with a commit a word; its folder."""
    place = folder / "repository"
    place.mkdir()
    settings = dict(os.environ, GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_NOSYSTEM="1")

    def git(*words):
        subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@a.example", *words],
                       cwd=place, env=settings, check=True, capture_output=True)
    git("init", "-q", "-b", "main")
    for word in WORDS:
        (place / f"{word}.md").write_bytes(policy(word))
        git("add", "-A")
        git("commit", "-q", "-m", word)
    git("bundle", "create", "-q", str(folder / "whole.bundle"), "main")
    git("gc", "-q")
    return place


def archives(folder):
    """Small archives of every form, as (name, bytes)."""
    records = [warc_record(word) for word in WORDS]
    rows = [row(word) for word in WORDS]
    table = "vendor,date,text\n" + "".join(
        f'{each["vendor"]},{each["date"]},"{each["text"]}"\n' for each in rows)
    yield "a.warc", b"".join(records)
    yield "a.warc.gz", b"".join(map(gzip.compress, records))
    yield "a.md.gz", gzip.compress(policy("auk"))
    yield "a.md", policy("auk")
    yield "a.html", b"<!DOCTYPE html><title>a</title><p>We lend the auk to nobody."
    yield "a.zip", zip_of(members())
    yield "a.wacz", zip_of([("datapackage.json", b"{}"), ("archive/a.warc", records[0])])
    yield "a.tar", tar_of(members())
    yield "a.tar.gz", gzip.compress(tar_of(members()))
    yield "a.jsonl", "".join(json.dumps(each) + "\n" for each in rows).encode()
    yield "array.jsonl", json.dumps(rows).encode()
    yield "rows.jsonl.gz", gzip.compress("".join(json.dumps(each) + "\n" for each in rows).encode())
    yield "a.csv", table.encode()
    yield "a.sqlite", database(folder)


def mutations(data, chance):
    """The bytes as they should not be, with a word for what was done."""
    yield "nothing", b""
    for _ in range(ROUNDS):
        at, size = chance.randrange(len(data)), chance.randrange(1, 40)
        yield f"cut at {at}", data[:at]
        yield f"bit of {at}", data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1:]
        yield f"{size} bytes gone at {at}", data[:at] + data[at + size:]
        yield f"{size} bytes more at {at}", data[:at] + chance.randbytes(size) + data[at:]
    yield "twice", data + data
    yield "bytes behind it", data + noise(700)
    yield "a word behind it", data + b"word"


def is_of(place, name):
    """Whether a place is in an archive, which loses the ending of its compression once unpacked."""
    return any(place == file or place.startswith((file + "/", file + "@", file + ":"))
               for file in (name, name.removesuffix(".gz")))


class Mutated(ProgramTest):
    def setUp(self):
        super().setUp()
        self.place = self.folder / "archive"
        self.place.mkdir()
        (self.place / "sound.md").write_bytes(policy("dunlin"))

    def index(self):
        """Indexes the folder; what the report says."""
        report = self.folder / "report.json"
        self.ok("index", "-q", "-j", "2", self.place, "-i", self.folder / "index", "--rebuild",
                "--report", report)
        told = json.loads(report.read_text(encoding="utf-8"))
        self.hold(told)
        return told

    def hold(self, told):
        validate(told, "index-report")
        counts, skipped = told["snapshots"], told["skipped"]
        self.assertEqual(counts["listed"],
                         counts["added"] + counts["known"] + sum(counts["skipped"].values()))
        items = sum(told["skipped_by_kind"].values())
        self.assertEqual(sum(item.get("count", 1) for item in skipped), items)
        self.assertEqual(sum(item["count"] for item in told["skipped_by_reason"]), items)

    def hold_each(self, told, names, is_loose):
        """Each of the archives is in the report: loose files as what is missing among snapshots."""
        lines = {name: [item for item in told["skipped"] if is_of(item["place"], name)]
                 for name in names}
        if is_loose:
            silent = [name for name in names if not lines[name]]
            self.assertGreaterEqual(told["snapshots"]["added"], len(silent) + 1)
            return lines
        found = {name for name in names for source in told["sources"]
                 if source["snapshots"] and is_of(source["place"], name)}
        for name in names:
            self.assertTrue(name in found or lines[name], name)
        return lines

    def test_bytes_of_every_form(self):
        for name, data in archives(self.folder):
            changed = dict(enumerate(mutations(data, random.Random(name))))
            names = {number: f"{number}{name}" for number in changed}
            (self.place / name).write_bytes(data)
            with self.subTest(archive=name):
                self.assertGreater(self.index()["snapshots"]["added"], 1)
            (self.place / name).unlink()
            for number, (_, mutated) in changed.items():
                (self.place / names[number]).write_bytes(mutated)
            with self.subTest(archive=name):
                is_loose = name in ("a.md", "a.html", "a.md.gz")
                lines = self.hold_each(self.index(), names.values(), is_loose)
                for number, (what, _) in changed.items():
                    if what.endswith("behind it") and not name.endswith((".md", ".html", ".sqlite")):
                        said = [item for item in lines[names[number]] if item["kind"] != "duplicate"]
                        self.assertTrue(said, what)
            for file in names.values():
                (self.place / file).unlink()

    def test_bundles(self):
        repository(self.folder)
        bundle = (self.folder / "whole.bundle").read_bytes()
        (self.place / "a.bundle").write_bytes(bundle)
        self.assertEqual(self.index()["snapshots"]["added"], 4)
        names = []
        for number, (_, mutated) in enumerate(mutations(bundle, random.Random(1))):
            names.append(f"{number}.bundle")
            (self.place / names[-1]).write_bytes(mutated)
        self.hold_each(self.index(), names, False)

    def test_files_of_a_repository(self):
        source = repository(self.folder)
        chance = random.Random(2)
        files = sorted(path.relative_to(source) for path in (source / ".git").rglob("*")
                       if path.is_file() and "hooks" not in path.parts)
        names = []
        for file in files:
            data = (source / file).read_bytes()
            for _, mutated in list(mutations(data or b"\n", chance))[:8]:
                names.append(str(len(names)))
                shutil.copytree(source, self.place / names[-1])
                (self.place / names[-1] / file).chmod(0o600)
                (self.place / names[-1] / file).write_bytes(mutated)
        self.hold_each(self.index(), names, False)

    def test_what_the_index_has_already_is_counted(self):
        for word in WORDS:
            (self.place / f"{word}.md").write_bytes(policy(word))
        (self.place / "copy.md").write_bytes(policy("auk"))
        report = self.folder / "report.json"
        words = ("index", self.place, "-i", self.folder / "index", "--report", report)
        self.ok(*words)
        (self.place / "more.md").write_bytes(policy("egret"))
        answer = self.ok(*words)
        counts = json.loads(report.read_text(encoding="utf-8"))["snapshots"]
        self.assertEqual([counts[name] for name in ("listed", "added", "known")], [6, 1, 5])
        self.assertIn("The archives hold 6 snapshots: 1 added, 5 in the index already.",
                      answer.message)
        self.ok(*words)
        told = json.loads(report.read_text(encoding="utf-8"))
        self.assertEqual((told["changed"], told["snapshots"]["known"]), (False, 6))
        self.hold(told)


if __name__ == "__main__":
    main()
