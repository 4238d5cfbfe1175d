#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""How fast pages are indexed, as files and as a WARC, on one core: from bytes to the published index.

Takes a folder of pages as waybackpack saves them and makes copies of each that differ in a sentence and
in their site, so that none is a duplicate.

Usage: pages.py BIN FOLDER [COPIES]      BIN is the folder of the programs
"""

import gzip
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path


def pages(folder, copies):
    """(moment of 14 digits, host, path, bytes) of every copy."""
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        moment, host, *path = file.relative_to(folder).parts
        page = file.read_bytes()
        for copy in range(copies):
            said = f"<p>This is the page number {copy} of its kind and no other.</p>".encode()
            yield moment, f"copy{copy}.{host.split('.')[0]}{copy}.example", "/".join(path), said + page


def write_tree(folder, made):
    for moment, host, path, page in made:
        file = folder / moment / host / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(page)


def write_warc(file, made):
    with open(file, "wb") as out:
        for number, (moment, host, path, page) in enumerate(made):
            date = (f"{moment[:4]}-{moment[4:6]}-{moment[6:8]}T{moment[8:10]}:{moment[10:12]}:"
                    f"{moment[12:]}Z")
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
            head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://{host}/{path}\r\n"
                    f"WARC-Date: {date}\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
                    "Content-Type: application/http; msgtype=response\r\n"
                    f"Content-Length: {len(http)}\r\n\r\n")
            out.write(gzip.compress(head.encode() + http + b"\r\n\r\n", 6, mtime=0))


def measure(programs, source, folder):
    report = folder / "report.json"
    child = subprocess.Popen([str(programs / "smallprint-index"), str(source), "-j", "1", "-q",
                              "-i", str(folder / "index"), "--rebuild", "--report", str(report)])
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"pages: the indexer ended with {status}")
    told = json.loads(report.read_text(encoding="utf-8"))
    return told, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    programs, source = Path(sys.argv[1]), Path(sys.argv[2])
    copies = int(sys.argv[3]) if len(sys.argv) > 3 else 10
    size = sum(len(page) for *_, page in pages(source, copies))
    print("| pages as | bytes of pages | snapshots | processor time | MB/s a core | memory |"
          " read | split | words | store |\n|---|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        write_tree(folder / "tree", pages(source, copies))
        write_warc(folder / "pages.warc.gz", pages(source, copies))
        for name, archive in (("files", folder / "tree"), ("WARC", folder / "pages.warc.gz")):
            told, seconds, memory = measure(programs, archive, folder)
            stages = told["thread_seconds"]
            print(f"| {name} | {size / 1e6:.1f} MB | {told['snapshots']['added']} |"
                  f" {seconds:.2f} s | {size / 1e6 / seconds:.0f} | {memory:.0f} MB |"
                  f" {stages['read']:.2f} s | {stages['split']:.2f} s | {stages['analyse']:.2f} s |"
                  f" {stages['store']:.2f} s |")


if __name__ == "__main__":
    main()
