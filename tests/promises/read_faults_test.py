#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A fault of the machine is not a fault of the archive, whichever call it meets.

For an archive of each form, read_shim.cpp makes the N-th call fail by which the archive is read or
unpacked. The run ends with status 4 and publishes nothing, or the index and the report are what an
undisturbed run makes. SMALLPRINT_EVERY=1 tries every N and counts; by default some are left out, evenly.
"""

import collections
import csv
import gzip
import io
import json
import lzma
import os
import shutil
import subprocess
import sys
import tarfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "cli"))
from formats_test import (AS_MARKDOWN, AS_PAGES, Snapshot, write, write_history,  # noqa: E402
                          write_jsonl, write_sqlite, write_tree, write_waybackpack, write_zip)
from programs import BIN, SAMPLE, VENDORS, ProgramTest, main, sanitizer  # noqa: E402

SHIM = Path(os.environ["SMALLPRINT_READ_SHIM"])
LEAKS = Path(__file__).resolve().parent / "library_leaks.supp"
INDEXER = BIN / "smallprint-index"
EVERY = int(os.environ.get("SMALLPRINT_EVERY", "0"))
RUNS = 28  # of each form and errno, if not every call is tried
# errno, whether it stays, what the system says, the calls that may fail with it
FAULTS = [("EIO", False, "Input/output error", ""),
          ("EIO", True, "Input/output error", ""),
          ("EMFILE", False, "Too many open files", "open"),
          ("ENOMEM", False, "Cannot allocate memory", "open map list make")]
CHANGING = ("seconds", "thread_seconds", "generation", "index")  # of a report, from run to run


def write_packed(place, items):
    write_history(place, items)("gc", "-q")


def write_worktree(place, items):
    """A folder whose ".git" is a file that leads to the repository."""
    git = write_history(place.with_name("common"), items)
    git("worktree", "add", "-q", "--detach", str(place))


def write_terms(place, items):
    """As Open Terms Archive does it, with declarations that give the address of each policy."""
    git = write_history(place, [])
    for item in items:
        write(place / item.vendor / "Privacy Policy.md", item.text.encode())
        write(place / "declarations" / f"{item.vendor}.json", json.dumps(
            {"name": item.vendor, "terms": {"Privacy Policy": {"fetch": item.url}}}).encode())
        git("add", "-A")
        git("commit", "-q", "-m", f"Record new changes of {item.vendor} Privacy Policy",
            GIT_AUTHOR_DATE=item.date, GIT_COMMITTER_DATE=item.date)


def write_terms_folder(place, items):
    write_terms(place, items)
    shutil.rmtree(place / ".git")


def write_tar_gz(place, items):
    folder = place.with_name("to-pack")
    write_tree(folder, items)
    with tarfile.open(place, "w:gz") as archive:
        archive.add(folder, ".")
    shutil.rmtree(folder)


def write_nested(place, items):
    """A zip file in a tar file, beside a compressed text."""
    inner = place.with_name("inner.zip")
    write_zip(inner, items[1:])
    with tarfile.open(place, "w") as archive:
        archive.add(inner, "inner.zip")
        packed = gzip.compress(items[0].bytes)
        member = tarfile.TarInfo(f"{items[0].path}.gz")
        member.size = len(packed)
        archive.addfile(member, io.BytesIO(packed))
    inner.unlink()


def write_sqlite_xz(place, items):
    write_sqlite(place.with_name("plain"), items)
    write(place, lzma.compress(place.with_name("plain").read_bytes()))
    place.with_name("plain").unlink()


def write_jsonl_gz(place, items):
    write_jsonl(place, items)
    write(place, gzip.compress(place.read_bytes()))


def write_captures(place, items):
    """Bodies named by their timestamps beside the list of captures that gives their addresses."""
    lines = [" CDX N b a m s k r M S V g"]
    for item in items:
        write(place / f"{item.digits}.html", item.html)
        lines.append(f"key {item.digits} {item.url} text/html 200 - - - - - -")
    write(place / "captures.cdx", "\n".join(lines).encode())


def write_archivebox(place, items):
    for number, item in enumerate(items):
        folder = place / "archive" / f"158{number}000000.0"
        write(folder / "index.json", json.dumps({"url": item.url}).encode())
        write(folder / "singlefile.html", item.html)
        write(folder / "output.html", item.html)


def write_pages(place, items):
    """Pages that only a manifest tells about."""
    with open(place.with_suffix(".csv"), "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["path", "vendor", "date", "url", "type"])
        for number, item in enumerate(items):
            write(place / f"{number}.html", item.html)
            rows.writerow([f"{number}.html", item.vendor, item.date, item.url, "privacy policy"])


def write_odd_rows(place, items):
    """Rows whose members only a map tells about."""
    own = {"vendor": "Who", "date": "Crawled", "text": "Policy", "url": "From"}
    write(place.with_suffix(".json"), json.dumps(own).encode())
    write(place, "".join(json.dumps({own[name]: item.row[name] for name in own}) + "\n"
                         for item in items).encode())


def write_revisits(place, items):
    """The bodies are in one file, later captures that refer to them in another."""
    write(place / "first.warc", b"".join(item.record for item in items))
    later = b""
    for item in items:
        head = ("WARC/1.0\r\nWARC-Type: revisit\r\n"
                f"WARC-Target-URI: {item.url}\r\nWARC-Date: {item.date.replace('20', '21', 1)}\r\n"
                f"WARC-Record-ID: <urn:test:again:{item.vendor}:{item.digits}>\r\n"
                "WARC-Profile: http://netpreserve.org/warc/1.0/revisit/server-not-modified\r\n"
                f"WARC-Refers-To-Target-URI: {item.url}\r\nWARC-Refers-To-Date: {item.date}\r\n"
                "Content-Length: 0\r\n\r\n")
        later += head.encode() + b"\r\n\r\n"
    write(place / "second.warc", later)


def write_mixed(place, items):
    """A folder with a repository, links and a file of another kind in it."""
    write_history(place.with_name("inner"), items[:2])
    place.mkdir()
    place.with_name("inner").rename(place / "inner")
    write_waybackpack(place / "pages", items[2:])
    write(place / "lines.jsonl", json.dumps(items[0].row).encode())
    (place / "link.jsonl").symlink_to("lines.jsonl")


FORMS = {**{name: make for name, (make, _) in {**AS_MARKDOWN, **AS_PAGES}.items()},
         "packed": write_packed, "worktree": write_worktree, "terms": write_terms,
         "terms-folder": write_terms_folder, "tree.tar.gz": write_tar_gz,
         "nested.tar": write_nested, "release.db.xz": write_sqlite_xz,
         "lines.jsonl.gz": write_jsonl_gz, "captures": write_captures, "box": write_archivebox,
         "pages": write_pages, "rows.jsonl": write_odd_rows, "revisits": write_revisits,
         "mixed": write_mixed, "added": write_revisits}
OPTIONS = {"pages": ("--manifest", "pages.csv"), "rows.jsonl": ("--map", "rows.json")}
# Only one file of the form is read, and added to an index of another, which it refers to.
ADDED = {"added": ("second.warc", "first.warc")}


class ReadFaults(ProgramTest):
    def setUp(self):
        super().setUp()
        self.sources = self.folder / "sources"
        (self.sources / "scratch").mkdir(parents=True)
        self.preloaded = " ".join(filter(None, [sanitizer(INDEXER), str(SHIM)]))

    def index(self, form, fault=None, stays=False, log=None):
        """Indexes the archive of a form; the exit status, the message and what was published."""
        made, report = self.folder / f"{form}.idx", self.folder / f"{form}.json"
        base = self.folder / f"{form}.base"
        shutil.rmtree(made, ignore_errors=True)
        if base.exists():
            shutil.copytree(base, made)
        report.unlink(missing_ok=True)
        env = {name: value for name, value in os.environ.items() if name != "SMALLPRINT_INDEX"}
        env["ASAN_OPTIONS"] = env.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
        env["LSAN_OPTIONS"] = f"suppressions={LEAKS}:print_suppressions=0"
        env.update(LD_PRELOAD=self.preloaded, SHIM_UNDER=str(self.sources),
                   TMPDIR=str(self.sources / "scratch"))
        env.update({key: str(value) for key, value in
                    (("SHIM_FAULT", fault), ("SHIM_STAYS", stays), ("SHIM_LOG", log)) if value})
        options = [self.sources / word if "." in word else word for word in OPTIONS.get(form, ())]
        source = self.sources / form / ADDED[form][0] if form in ADDED else self.sources / form
        done = subprocess.run([INDEXER, source, *options, "-i", made, "-q", "-j", "1",
                               "--report", report], env=env, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=120, check=False)
        return done.returncode, done.stderr.decode(errors="replace"), self.published(made, report)

    @staticmethod
    def published(made, report):
        """The files of the index that a run left and its report, if there are any."""
        told = json.loads(report.read_text(encoding="utf-8")) if report.exists() else {}
        left = [{name: told[name] for name in told if name not in CHANGING}]
        if (made / "CURRENT").exists():
            folder = made / (made / "CURRENT").read_text(encoding="utf-8").strip()
            left += [(folder / name).read_bytes()
                     for name in ("dictionary", "records", "directory")]
        return left

    def try_form(self, form, make, items):
        """(errno, status, call, what is wrong) of every run."""
        make(self.sources / form, items)
        before = [{}]
        if form in ADDED:
            base = self.folder / f"{form}.base"
            subprocess.run([INDEXER, self.sources / form / ADDED[form][1], "-i", base, "-q"],
                           check=True)
            before = self.published(base, self.folder / "none")
        log = self.folder / f"{form}.log"
        status, message, expected = self.index(form, log=log)
        self.assertEqual(status, 0, form + message)
        self.assertEqual(expected[0]["skipped_by_kind"]["unreadable"], 0, form)
        self.assertGreater(expected[0]["snapshots"]["added"], 1, form)
        calls = log.read_text(encoding="utf-8").splitlines()
        for errno, stays, text, kinds in FAULTS:
            numbers = [number for number, call in enumerate(calls, 1)
                       if not kinds or call.split()[0] in kinds.split()]
            for number in numbers[::EVERY or max(1, -(-len(numbers) // RUNS))]:
                status, message, made = self.index(form, f"{errno}:{number}", stays)
                right = made == expected if status == 0 else \
                    status == 4 and made == before and text in message
                call = f"{number} ({calls[number - 1]}){' and on' if stays else ''}"
                yield errno, status, call, "" if right else \
                    f"status {status}, published {made != before}: {message}"

    def test_every_form(self):
        items = [Snapshot(file) for vendor in VENDORS[:2]
                 for file in sorted(SAMPLE.rglob(f"{vendor}.example/*.md"))[:2]]
        items.sort(key=lambda item: (item.digits, item.vendor))
        seen = collections.Counter()
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            tried = {form: pool.submit(lambda *form: list(self.try_form(*form)), form, make, items)
                     for form, make in FORMS.items()}
            for form, runs in tried.items():
                for errno, status, call, wrong in runs.result():
                    seen[form, errno, "wrong" if wrong else status] += 1
                    with self.subTest(form=form, errno=errno, call=call):
                        self.assertEqual(wrong, "")
        if EVERY:
            for key, count in sorted(seen.items(), key=str):
                print(*key, count, file=sys.stderr)


if __name__ == "__main__":
    main()
