#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What bad queries cost: a row each with the time that the whole program took, by the clock and of a
processor. cli/bad_input_test.py asks the same ones, says what they are answered, and bounds memory.

Usage: bad_input.py BIN INDEX      BIN is the folder of the programs, of a release build

Each is asked five times, and the fastest counts: what else the machine does is not the query's. Ends
with status 1 if one took 100 ms of a processor or more.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "cli"))
from bad_queries import IN_FILES, QUERIES, arguments_of  # noqa: E402

ROUNDS = 5
MOST_MS = 100


def ask(program, words):
    """Status of one run, and milliseconds by the clock and of a processor."""
    quiet = [(os.POSIX_SPAWN_OPEN, fd, "/dev/null", os.O_WRONLY, 0) for fd in (1, 2)]
    begin = time.monotonic()
    child = os.posix_spawn(program, [program, *words], os.environ, file_actions=quiet)
    _, status, usage = os.wait4(child, 0)
    return (os.waitstatus_to_exitcode(status), (time.monotonic() - begin) * 1000,
            (usage.ru_utime + usage.ru_stime) * 1000)


def rows(program, index):
    for bad in QUERIES:
        words = ["search", "-i", index, "--", *arguments_of(bad.query)]
        yield bad.name, len(bad.query), [ask(program, words) for _ in range(ROUNDS)]
    for bad in IN_FILES:
        with tempfile.NamedTemporaryFile() as file:
            file.write(b"1\t" + bad.query + b"\n")
            file.flush()
            words = ["search", "-i", index, "--queries", file.name]
            yield bad.name, len(bad.query), [ask(program, words) for _ in range(ROUNDS)]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    program = str(Path(sys.argv[1]) / "smallprint")
    too_much = False
    print("| query | bytes | status | ms | ms of a processor |\n|---|---|---|---|---|")
    for name, length, runs in rows(program, sys.argv[2]):
        status, clock, processor = min(runs, key=lambda one: one[2])
        too_much = too_much or processor >= MOST_MS
        print(f"| {name} | {length:,} | {status} | {clock:.1f} | {processor:.1f} |")
    sys.exit(1 if too_much else 0)


if __name__ == "__main__":
    main()
