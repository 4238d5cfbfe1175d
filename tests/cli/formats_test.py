#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The same policies in every form that is read: the same answers, without a word about the form."""

import csv
import gzip
import html
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import zipfile
from contextlib import closing
from pathlib import Path

from programs import SAMPLE, SMALLPRINT, VENDORS, ProgramTest, main, run, validate

WORDS = ("information", "data", "cookies", '"third parties"', "daten")
PROVENANCE = re.compile(r"\((https://web\.archive\.org/web/(\d{14})id_/(\S+))\)")
TABLES = """
    CREATE TABLE sites (id INTEGER PRIMARY KEY, domain TEXT);
    CREATE TABLE policy_texts (id INTEGER PRIMARY KEY, policy_text TEXT);
    CREATE TABLE policy_snapshots (id INTEGER PRIMARY KEY, site_id INTEGER, policy_url TEXT,
        policy_snapshot_url TEXT, policy_text_id INTEGER);
"""


class Snapshot:
    """A file of the sample, taken apart."""

    def __init__(self, file):
        self.path = file.relative_to(SAMPLE)
        self.bytes = file.read_bytes()
        self.vendor = file.parent.name
        line, self.text = self.bytes.decode().split("\n\n", 1)
        self.archive_url, self.digits, url = PROVENANCE.search(line).groups()
        self.url = url.replace("%3A", ":")
        self.date = "{}-{}-{}T{}:{}:{}Z".format(self.digits[:4], *re.findall("..", self.digits[4:]))

    @property
    def day(self):
        return self.date[:10]

    @property
    def html(self):
        """A page with the text in paragraphs."""
        paragraphs = "\n".join(f"<p>{html.escape(part)}</p>" for part in self.text.split("\n\n"))
        return ("<!DOCTYPE html><html><head><meta charset='utf-8'><title>Privacy</title></head>"
                f"<body><main>\n{paragraphs}\n</main></body></html>\n").encode()

    @property
    def row(self):
        return {"vendor": self.vendor, "date": self.date, "type": "privacy policy",
                "url": self.url, "archive_url": self.archive_url, "text": self.text}

    @property
    def record(self):
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + self.html
        head = ("WARC/1.0\r\nWARC-Type: response\r\n"
                f"WARC-Target-URI: {self.url}\r\nWARC-Date: {self.date}\r\n"
                f"WARC-Record-ID: <urn:test:{self.vendor}:{self.digits}>\r\n"
                "Content-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(block)}\r\n\r\n")
        return head.encode() + block + b"\r\n\r\n"


def snapshots():
    """The first two of ten vendors, in order of time."""
    found = [Snapshot(file) for vendor in VENDORS[:10]
             for file in sorted(SAMPLE.rglob(f"{vendor}.example/*.md"))[:2]]
    return sorted(found, key=lambda snapshot: (snapshot.digits, snapshot.vendor))


def write(file, data):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def write_tree(place, items):
    for item in items:
        write(place / item.path, item.bytes)


def write_history(place, items):
    place.mkdir()
    settings = dict(os.environ, GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_NOSYSTEM="1")

    def git(*words, **dates):
        subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@a.example", *words],
                       cwd=place, env={**settings, **dates}, check=True, capture_output=True)
    git("init", "-q", "-b", "main")
    for item in items:
        write((place / item.path.parent).with_suffix(".example.md"), item.bytes)
        git("add", "-A")
        git("commit", "-q", "-m", "A change", GIT_AUTHOR_DATE=item.date,
            GIT_COMMITTER_DATE=item.date)
    return git


def write_bundle(place, items):
    git = write_history(place.with_name("bundled"), items)
    git("bundle", "create", "-q", str(place), "main")
    shutil.rmtree(place.with_name("bundled"))


def write_tar(place, items):
    with tarfile.open(place, "w:xz") as archive:
        for item in items:
            info = tarfile.TarInfo(f"./corpus/{item.path}")
            info.size = len(item.bytes)
            archive.addfile(info, io.BytesIO(item.bytes))


def write_zip(place, items):
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in items:
            archive.writestr(str(item.path), item.bytes)


def write_csv(place, items):
    with open(place, "w", newline="", encoding="utf-8") as file:
        rows = csv.DictWriter(file, items[0].row)
        rows.writeheader()
        rows.writerows(item.row for item in items)


def write_jsonl(place, items):
    write(place, "".join(json.dumps(item.row) + "\n" for item in items).encode())


def write_sqlite(place, items):
    with closing(sqlite3.connect(place)) as database:
        database.executescript(TABLES)
        vendors = sorted({item.vendor for item in items})
        database.executemany("INSERT INTO sites VALUES (?, ?)", enumerate(vendors))
        for number, item in enumerate(items):
            database.execute("INSERT INTO policy_texts VALUES (?, ?)", (number, item.text))
            database.execute("INSERT INTO policy_snapshots VALUES (?, ?, ?, ?, ?)",
                             (number, vendors.index(item.vendor), item.url, item.archive_url,
                              number))
        database.commit()


def write_waybackpack(place, items):
    for item in items:
        write(place / item.digits / item.url.split("://")[1], item.html)


def write_warc(place, items):
    write(place, b"".join(item.record for item in items))


def write_warc_gz(place, items):
    write(place, b"".join(gzip.compress(item.record) for item in items))


def write_wacz(place, items):
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("datapackage.json", json.dumps({"profile": "data-package"}))
        archive.writestr("archive/data.warc.gz",
                         b"".join(gzip.compress(item.record) for item in items))


# form -> (how it is written, its format in the report)
AS_MARKDOWN = {"tree": (write_tree, "markdown"), "history": (write_history, "git"),
               "history.bundle": (write_bundle, "git"), "tree.tar.xz": (write_tar, "markdown"),
               "tree.zip": (write_zip, "markdown"), "table.csv": (write_csv, "csv"),
               "lines.jsonl": (write_jsonl, "jsonl"), "release.db": (write_sqlite, "sqlite")}
AS_PAGES = {"wayback": (write_waybackpack, "html"), "plain.warc": (write_warc, "warc"),
            "pages.warc.gz": (write_warc_gz, "warc"), "pages.wacz": (write_wacz, "wacz")}
# Names that tell nothing.
HIDDEN = {"history.bundle": "a", "tree.tar.xz": "b", "tree.zip": "c", "table.csv": "d",
          "lines.jsonl": "e", "release.db": "f", "plain.warc": "g", "pages.warc.gz": "h",
          "pages.wacz": "i"}


class FormatTest(ProgramTest):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.forms = Path(folder.name)
        cls.items = snapshots()
        for name, (make, _) in {**AS_MARKDOWN, **AS_PAGES}.items():
            make(cls.forms / name, cls.items)

    def index(self, *sources, name="made.idx", options=()):
        """Where it was indexed to, and the report."""
        made, report = self.folder / name, self.folder / "report.json"
        self.ok("index", "-q", *sources, "-i", made, "--report", report, *options)
        told = json.loads(report.read_text(encoding="utf-8"))
        validate(told, "index-report")
        return made, told

    def clauses(self, index, with_ids=True):
        """All clauses with their runs."""
        found = set()
        for words in WORDS:
            answer = self.ok("search", words, "--format", "json", "-n", "1000", "--all-copies",
                             index=index).json("search-response")
            found |= {(hit["id"] if with_ids else None, hit["vendor"], hit["policy"]["type"],
                       hit["text"], json.dumps(hit["runs"])) for hit in answer["results"]}
        return found

    def observed(self, index):
        """(vendor, first day, last day, snapshots) of every policy."""
        told = self.ok("info", "--format", "json", index=index).json("info")
        return sorted((policy["vendor"], policy["first"], policy["last"], policy["snapshots"])
                      for policy in told["policies"])

    def expected(self):
        days = {}
        for item in self.items:
            days.setdefault(item.vendor, []).append(item.day)
        return sorted((vendor, min(seen), max(seen), len(seen)) for vendor, seen in days.items())


class Detected(FormatTest):
    known = {}

    def made(self, name):
        """The index of a form by itself, which is made once, and its report."""
        if name not in self.known:
            self.known[name] = self.index(self.forms / name, name=self.forms / f".{name}.idx")
        return self.known[name]

    def test_vendors_and_dates_are_the_same_in_every_form(self):
        for name, (_, form) in {**AS_MARKDOWN, **AS_PAGES}.items():
            with self.subTest(form=name):
                made, told = self.made(name)
                self.assertEqual([source["format"] for source in told["sources"]], [form])
                self.assertEqual(told["snapshots"]["listed"], len(self.items))
                self.assertEqual(told["snapshots"]["added"], len(self.items))
                self.assertEqual(self.observed(made), self.expected())
                self.ok("search", '"personal information"', index=made)

    def test_the_name_of_a_file_does_not_matter(self):
        for name, hidden in HIDDEN.items():
            with self.subTest(form=name):
                file = self.folder / "hidden" / hidden
                file.parent.mkdir(exist_ok=True)
                shutil.copyfile(self.forms / name, file)
                made, _ = self.index(file, name=hidden + ".idx")
                self.assertEqual(self.observed(made), self.expected())

    def test_the_same_texts_are_the_same_clauses_with_the_same_runs(self):
        wanted = self.clauses(self.made("tree")[0])
        self.assertGreater(len(wanted), 100)
        for name in AS_MARKDOWN:
            with self.subTest(form=name):
                self.assertEqual(self.clauses(self.made(name)[0]), wanted)

    def test_the_same_pages_are_the_same_clauses_with_the_same_runs(self):
        wanted = self.clauses(self.made("plain.warc")[0], with_ids=False)
        self.assertGreater(len(wanted), 100)
        for name in AS_PAGES:
            with self.subTest(form=name):
                self.assertEqual(self.clauses(self.made(name)[0], with_ids=False), wanted)

    def test_all_forms_in_one_folder(self):
        made, told = self.index(self.forms)
        self.assertEqual(sorted(source["format"] for source in told["sources"]),
                         sorted(form for _, form in {**AS_MARKDOWN, **AS_PAGES}.values()))
        every = len(self.items)
        self.assertEqual(told["snapshots"]["listed"], 12 * every)
        self.assertEqual(told["snapshots"]["added"] + told["skipped_by_kind"]["duplicate"],
                         12 * every)
        self.assertEqual(self.ok("info", "--format", "json", index=made)
                         .json("info")["counts"]["vendors"], 10)


class Told(FormatTest):
    def test_a_manifest_says_who_speaks_in_a_page(self):
        pages, manifest = self.folder / "pages", self.folder / "manifest.csv"
        with open(manifest, "w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(["path", "vendor", "date", "url", "type"])
            for number, item in enumerate(self.items):
                write(pages / f"{number}.html", item.html)
                rows.writerow([f"{number}.html", item.vendor, item.date, item.url,
                               "privacy policy"])
        made, told = self.index(pages, options=("--manifest", manifest))
        self.assertEqual([source["format"] for source in told["sources"]], ["html"])
        self.assertEqual(self.observed(made), self.expected())

    def test_a_map_says_what_the_columns_are(self):
        own = {"vendor": "Who", "date": "Crawled", "text": "Policy", "url": "From",
               "archive_url": "Kept", "type": "Sort"}
        (self.folder / "map.json").write_text(json.dumps(own), encoding="utf-8")
        lines, table = self.folder / "lines.jsonl", self.folder / "table.csv"
        rows = [{own[name]: value for name, value in item.row.items()} for item in self.items]
        write(lines, "".join(json.dumps(row) + "\n" for row in rows).encode())
        with open(table, "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, rows[0], delimiter=";")
            writer.writeheader()
            writer.writerows(rows)
        wanted = self.clauses(self.index(self.forms / "tree")[0])
        for source in (lines, table):
            with self.subTest(source=source.name):
                answer = self.expect(run("index", source, "-i", self.folder / "unmapped"), 3)
                self.assertIn(source.name, answer.message)
                made, _ = self.index(source, name=source.name + ".idx",
                                     options=("--map", self.folder / "map.json"))
                self.assertEqual(self.clauses(made), wanted)

    def test_format_overrides_what_a_name_says(self):
        lines = self.folder / "lines.txt"  # which is a text by its name
        shutil.copyfile(self.forms / "lines.jsonl", lines)
        _, told = self.index(lines, name="as-text.idx")
        self.assertEqual(told["snapshots"]["listed"], 1)
        made, told = self.index(lines, options=("--format", "jsonl"))
        self.assertEqual([source["format"] for source in told["sources"]], ["jsonl"])
        self.assertEqual(self.observed(made), self.expected())
        odd = self.folder / "odd"
        write(odd / "policy.xyz", self.items[0].bytes)
        self.expect(run("index", odd, "-i", self.folder / "none.idx"), 3)
        made, _ = self.index(odd, name="odd.idx", options=("--format", "markdown"))
        self.assertEqual(self.observed(made)[0][:2], (self.items[0].vendor, self.items[0].day))

    def test_a_format_that_is_not_there_is_an_error_that_says_so(self):
        answer = self.expect(run("index", self.forms / "tree", "-i", self.folder / "i", "--format",
                                 "papyrus"), 2)
        self.assertIn("--format wants markdown, text, html, waybackpack, git, sqlite, warc, wacz, "
                      "jsonl or csv, not 'papyrus'", answer.message)
        self.assertFalse((self.folder / "i").exists())

    def test_a_wrong_format_is_an_error_and_no_crash(self):
        for form in ("git", "sqlite", "warc", "wacz", "jsonl", "csv"):
            with self.subTest(form=form):
                source = self.forms / "tree" / self.items[0].path
                answer = run("index", source, "-i", self.folder / "i", "--format", form)
                self.expect(answer, 3)


class StandardInput(ProgramTest):
    def test_a_file_of_any_form_is_read_from_standard_input(self):
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w:gz") as tar:
            tar.add(SAMPLE, arcname="sample")
        row = json.dumps({"url": "https://a.example/privacy", "text": "We keep whales."}).encode()
        for sent, vendors in ((packed.getvalue(), len(VENDORS)), (row + b"\n", 1)):
            made = self.folder / f"{vendors}.idx"
            done = subprocess.run([SMALLPRINT, "index", "-", "-i", made], input=sent, check=False,
                                  capture_output=True, timeout=120)
            self.assertEqual(done.returncode, 0, done.stderr)
            told = self.ok("vendors", "--format", "json", index=made).json("vendors")
            self.assertEqual(told["counts"]["vendors"], vendors)
        self.expect(run("index", "-", "-i", self.folder / "empty.idx"), 3)


class Together(FormatTest):
    def test_one_after_the_other_is_the_same_as_both_at_once(self):
        older, newer = self.folder / "older", self.folder / "newer.csv"
        write_tree(older, self.items[:12])
        write_csv(newer, self.items[8:])
        both, _ = self.index(older, newer, name="both.idx")
        self.assertEqual(self.observed(both), self.expected())
        for first, second in ((older, newer), (newer, older)):
            with self.subTest(first=first.name):
                made, _ = self.index(first, name=first.name + ".idx")
                made, told = self.index(second, name=first.name + ".idx")
                self.assertTrue(told["changed"])
                self.assertEqual(self.observed(made), self.expected())
                self.assertEqual(self.clauses(made), self.clauses(both))

    def test_the_same_policies_in_two_forms_are_not_doubled(self):
        every = len(self.items)
        alone, _ = self.index(self.forms / "tree", name="alone.idx")
        for name in AS_MARKDOWN:
            if name == "tree":
                continue
            with self.subTest(form=name):
                made, told = self.index(self.forms / "tree", self.forms / name, name=name + ".idx")
                self.assertEqual(told["snapshots"]["listed"], 2 * every)
                self.assertEqual(told["snapshots"]["added"], every)
                self.assertEqual(told["skipped_by_kind"]["duplicate"], every)
                self.assertEqual(self.observed(made), self.expected())
                self.assertEqual(self.clauses(made), self.clauses(alone))


class Revisits(ProgramTest):
    """A page, what later crawls say of it, and its next version, each in a file."""

    ADDRESS = "https://www.a.example/legal/privacy"

    def record(self, kind, year, block, more=""):
        head = (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {self.ADDRESS}\r\n"
                f"WARC-Date: {year}-01-10T10:00:00Z\r\n{more}Content-Length: {len(block)}\r\n\r\n")
        return gzip.compress((head + block + "\r\n\r\n").encode())

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "crawl").mkdir()
        said = ("WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\n"
                f"WARC-Refers-To-Target-URI: {self.ADDRESS}\r\n"
                "WARC-Refers-To-Date: 2019-01-10T10:00:00Z\r\n")
        unmodified = ("WARC-Profile: http://netpreserve.org/warc/1.0/revisit/"
                      "server-not-modified\r\n")
        page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>{}</p>"
        files = {2019: self.record("response", 2019, page.format("We never sell your data to them.")),
                 2020: self.record("revisit", 2020, "HTTP/1.1 200 OK\r\n\r\n", said),
                 2021: self.record("revisit", 2021, "HTTP/1.1 304 Same\r\n\r\n", unmodified),
                 2022: self.record("response", 2022, page.format("We sell all your data to them."))}
        self.files = []
        for year, data in files.items():
            self.files.append(self.folder / "crawl" / f"{year}.warc.gz")
            self.files[-1].write_bytes(data)

    def runs(self, *steps):
        index = self.folder / "index"
        shutil.rmtree(index, ignore_errors=True)
        for step in steps:
            self.assertEqual(run("index", *step, "-i", index).status, 0)
        lines = map(json.loads, self.ok("export", index=index).out.decode().splitlines())
        return sorted((line["runs"], line["text"][:7]) for line in lines)

    def test_the_runs_are_the_same_whichever_way_the_files_come(self):
        wanted = [([["2019-01-10", "2021-01-10", 3]], "We neve"),
                  ([["2022-01-10", "2022-01-10", 1]], "We sell")]
        for steps in ([[self.folder / "crawl"]], [self.files[::-1]],
                      [[file] for file in self.files],
                      [self.files[:1], self.files[3:], self.files[1:2], self.files[2:3]]):
            with self.subTest(steps=steps):
                self.assertEqual(self.runs(*steps), wanted)

    def test_a_revisit_by_its_digest_alone_is_found_in_the_index(self):
        digest = "WARC-Payload-Digest: sha1:{}2AZ2BISJRH6XP72YWBKX3BL3AKR6CH\r\n"
        page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>We never {} it.</p>"
        crawls = [self.record("response", 2019, page.format("sell"), digest.format("2I")),
                  self.record("response", 2020, page.format("rent"), digest.format("3J")),
                  self.record("revisit", 2021, "HTTP/1.1 200 OK\r\n\r\n", digest.format("2I")),
                  self.record("revisit", 2022, "HTTP/1.1 200 OK\r\n\r\n", digest.format("2I")),
                  self.record("revisit", 2023, "HTTP/1.1 200 OK\r\n\r\n", digest.format("4K"))]
        for file, data in zip(self.files + [self.folder / "crawl" / "2023.warc.gz"], crawls):
            file.write_bytes(data)
        self.assertEqual([runs for runs, _ in self.runs(*([file] for file in self.files))],
                         [[["2019-01-10", "2019-01-10", 1], ["2021-01-10", "2022-01-10", 2]],
                          [["2020-01-10", "2020-01-10", 1]]])
        answer = run("index", self.folder / "crawl" / "2023.warc.gz", "-i", self.folder / "index")
        self.assertIn("in no archive and not in the index", answer.message)

    def test_a_revisit_of_what_is_nowhere_is_listed(self):
        answer = run("index", self.files[1], "-i", self.folder / "index")
        self.assertNotEqual(answer.status, 0)
        self.assertIn("in no archive and not in the index", answer.message)


if __name__ == "__main__":
    main()
