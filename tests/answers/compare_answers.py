#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Keeps what a build answers, and compares with it what another build answers.

  compare_answers.py keep    --bin DIR --to FOLDER
  compare_answers.py compare --bin DIR --with FOLDER [--only PATTERN] [--index-from FOLDER]

The programs of DIR index the archives of commands.py, run its commands and serve its requests. FOLDER
gets the indexes and a file for each answer. `compare` shows what differs but for what differs from run to
run, and ends with status 1 if anything does.
"""

import argparse
import concurrent.futures
import contextlib
import difflib
import hashlib
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

import commands
from hostile_input import Hostile

AT_ONCE = 2
TIMEOUT = 600  # seconds that a command may take
MOST_LINES = 30  # of a difference

# What differs from run to run of the same build, and digests, which tell no more than what they are of.
MASKS = [
    (r"(\x1b\[[\d;]*m|\s)+[\d.,]+\s+ms\b|(?<=>)[\d.,]+ ms(?=<)", " 0 ms"),
    (r'"(took_ms|seconds)":[^,}]+', r'"\1":0'),
    (r'"thread_seconds":\{[^}]*\}', '"thread_seconds":{}'),
    (r"^(\s*\d+% indexing|listing the archives), .*\n|^\s*\d+% indexing .*\n", ""),
    (r"^(Indexed .*) in [\d.]+ s\.", r"\1 in 0 s."),
    (r"^(Date|Content-Length|ETag): .*", r"\1:"),
    (r'"(created|time)":"[^"]*"', r'"\1":""'),
    (r'^(\{"time":.*"bytes":)\d+', r"\g<1>0"),  # the access log: a body has its time in it
    (r"[-\d]{10} [:\d]{8} UTC(?= by)", "then"),
    (r"(, made |<updated>)[\dT:-]+Z", r"\1"),
    # A cursor names the generation, and what was asked, by digests.
    (r"\b1\.[0-9a-f]+\.[0-9a-f]+(?=\.\d+\b)", "1.0.0"),
    (r"/assets/[0-9a-f]{12}/", "/assets/0/"),
    (r"^((smallprint|process)_\S*(seconds|bytes|open)\S*) .*", r"\1"),
    (r"smallprint \d+\.\d+\.\d+|(?<=\"written_by\":\")[^\"]+|(?<=smallprint_info\{version=\")[^\"]+", "version"),
]


def masked(text, masks):
    for pattern, mask in masks:
        text = re.sub(pattern, mask, text, flags=re.MULTILINE)
    return text


def are_same(old, new, masks):
    """Line by line, since most of a page need not be masked."""
    old, new = old.split("\n"), new.split("\n")
    return len(old) == len(new) and all(one == other or masked(one, masks) == masked(other, masks)
                                        for one, other in zip(old, new))


def decoded(data):
    return data.decode(errors="backslashreplace")


class Build:
    """The programs that are asked, and a folder with `archives` and `idx`."""

    def __init__(self, programs, folder):
        self.folder = folder.resolve()
        self.env = {"PATH": f"{programs.resolve()}:/usr/bin:/bin", "LC_ALL": "C.UTF-8",
                    "TERM": "xterm", "SHELL": "/bin/sh", "PAGER": "cat",
                    "SMALLPRINT_INDEX": "idx/sample"}

    @contextlib.contextmanager
    def start(self, line):
        """The command, in a folder of its own."""
        with tempfile.TemporaryDirectory() as place:
            for name in ("archives", "idx"):
                os.symlink(self.folder / name, Path(place) / name)
            with subprocess.Popen(["bash", "-c", line], cwd=place, env=self.env,
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE) as process:
                try:
                    yield process
                finally:
                    process.terminate()

    def run(self, line):
        with self.start(line) as process:
            out, err = process.communicate(timeout=TIMEOUT)
        yield line, f"status {process.returncode}\n{decoded(out)}--- stderr\n{decoded(err)}"

    def serve(self, options, requests):
        """The answers to requests that are sent one after the other, and what the server logs."""
        words, known = f"smallprint serve {options}", {}
        with self.start(f"exec {words} --listen 127.0.0.1:0 --access-log -") as process:
            port = int(re.search(rb":(\d+)/$", process.stdout.readline().strip())[1])
            with concurrent.futures.ThreadPoolExecutor(1) as reader:
                log = reader.submit(process.stdout.read)
                for request in requests:
                    yield (f"{words}: " + request.replace("\n", " | "),
                           ask(port, request, known))
                process.terminate()
                out, err = log.result(), process.stderr.read()
        yield words, f"status {process.returncode}\n{decoded(out)}--- stderr\n{decoded(err)}"


def ask(port, request, known):
    """The answer to a request; `known` is what answers have said of $etag, $next and $assets."""
    line, *fields = re.sub(r"\$(\w+)", lambda found: known.get(found[1], found[0]),
                           request).split("\n")
    lines = [line if " HTTP/" in line else f"{line} HTTP/1.1", *fields, "Connection: close", "", ""]
    if not any(field.startswith("Host") for field in fields):
        lines.insert(1, "Host: localhost")
    with socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT) as connection:
        connection.sendall("\r\n".join(lines).encode())
        with http.client.HTTPResponse(connection, method=line.split()[0]) as reply:
            reply.begin()
            body = reply.read()
    packed = reply.getheader("Content-Encoding")
    if packed and body:  # what is packed otherwise is left out, since it has a time in it
        body = zlib.decompress(body, 31) if packed == "gzip" else b""
    text = decoded(body)
    known["etag"] = reply.getheader("ETag", "none")
    for name, pattern in (("next", r'"next":"([^"]+)'), ("assets", r"/assets/(\w+)/")):
        if found := re.search(pattern, text):
            known[name] = found[1]
    head = "".join(f"{name}: {value}\n" for name, value in reply.getheaders())
    return f"{reply.status} {reply.reason}\n{head}\n{text}"


def copy_archives(folder):
    """Copies, so that no command can change an archive."""
    folder.mkdir()
    for path in commands.ARCHIVES.values():
        source = commands.SOURCE / path
        if source.is_dir():
            shutil.copytree(source, folder / source.name)
        elif source.exists():
            shutil.copy2(source, folder)
    with tempfile.TemporaryDirectory() as outside:
        Hostile(folder / "hostile", Path(outside))


def find_tasks(build, only, has_indexes):
    """What is to be done: what makes the indexes, and what comes after it."""
    absent = [name for name, path in commands.ARCHIVES.items()
              if not (build.folder / "archives" / Path(path).name).exists()]
    if absent:
        print(f"without {', '.join(absent)}: there was no folder `shared` beside the repository")
    missing = re.compile("|".join([rf"idx/{name}\b" for name in absent] + [
        rf"archives/{Path(commands.ARCHIVES[name]).name}" for name in absent] or ["(?!)"]))
    indexing = [] if has_indexes else commands.index_lines()
    servers = [(options, requests) for options, requests in commands.servers()
               if not missing.search(options) and any(
                   only.search(f"{options}: {request}") for request in requests)]
    lines = [line for line in commands.command_lines() if only.search(line)]
    yield [(build.run, line) for line in indexing if not missing.search(line)]
    yield [(build.serve, *server) for server in servers] + [
        (build.run, line) for line in lines if not missing.search(line)]


def find_answers(build, only, has_indexes=False):
    """(name, answer), in the order of the tables."""
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        for tasks in find_tasks(build, only, has_indexes):
            for answers in pool.map(lambda task: list(task[0](*task[1:])), tasks):
                yield from (each for each in answers if only.search(each[0]))


def file_of(folder, name):
    return folder / "answers" / (hashlib.sha1(name.encode()).hexdigest()[:16] + ".txt")


def keep(args):
    args.to.mkdir(parents=True, exist_ok=True)
    for name in ("archives", "answers", "idx"):
        shutil.rmtree(args.to / name, ignore_errors=True)
    for name in ("answers", "idx"):
        (args.to / name).mkdir()
    copy_archives(args.to / "archives")
    count = 0
    for name, answer in find_answers(Build(args.bin, args.to), re.compile("")):
        file_of(args.to, name).write_bytes(f"{name}\n{answer}".encode())
        count += 1
    return 0, f"{count} answers are kept"


def difference(name, old, new):
    """From the first line that differs on; parts of JSON and HTML are lines of their own."""
    old, new = (re.sub(r"(?<=[,>{}])(?=[\"<{])", "\n", text).split("\n") for text in (old, new))
    same = len(os.path.commonprefix([old, new]))
    old, new = (lines[max(same - 2, 0):same + 200] for lines in (old, new))
    lines = list(difflib.unified_diff(old, new, lineterm="", n=2))[2:]
    return "\n".join([f"=== {name}", *(line[:300] for line in lines[:MOST_LINES]),
                      f"... {len(lines) - MOST_LINES} more" if len(lines) > MOST_LINES else ""])


def compare(args):
    masks = list(MASKS)
    if args.masks:
        masks += [line.split("\t") for line in args.masks.read_text().splitlines()]
    count = differ = unknown = 0
    with tempfile.TemporaryDirectory() as work:
        os.symlink((args.kept / "archives").resolve(), Path(work) / "archives")
        if args.index_from:
            os.symlink((args.index_from / "idx").resolve(), Path(work) / "idx")
        else:
            (Path(work) / "idx").mkdir()
        for name, new in find_answers(Build(args.bin, Path(work)), args.only, args.index_from):
            file = file_of(args.kept, name)
            count += 1
            if not file.exists():
                unknown += 1
                continue
            old = file.read_bytes().decode().partition("\n")[2]
            if not are_same(old, new, masks) and (
                    (old := masked(old, masks)) != (new := masked(new, masks))):
                differ += 1
                print(difference(name, old, new), flush=True)
    return int(differ > 0), f"{differ} of {count} answers differ; {unknown} were not kept"


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    modes = parser.add_subparsers(required=True)
    for mode in (keep, compare):
        options = modes.add_parser(mode.__name__)
        options.set_defaults(mode=mode)
        options.add_argument("--bin", type=Path, required=True, help="the folder of the programs")
    options = modes.choices["keep"]
    options.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    options = modes.choices["compare"]
    options.add_argument("--with", type=Path, required=True, dest="kept", metavar="FOLDER")
    options.add_argument("--only", type=re.compile, default="", metavar="PATTERN",
                         help="commands and requests in which it is found")
    options.add_argument("--index-from", type=Path, metavar="FOLDER",
                         help="ask its indexes, and make none")
    options.add_argument("--masks", type=Path, metavar="FILE",
                         help="differences that are meant: lines of PATTERN<TAB>TEXT to put there")
    args = parser.parse_args()
    began = time.monotonic()
    status, told = args.mode(args)
    print(f"{told}; {time.monotonic() - began:.0f} s")
    return status


if __name__ == "__main__":
    sys.exit(main())
