#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""How costs grow: archives of 1, 10 and 100 times the sample, a table of indexing and one of asking.

Each copy of the sample speaks for vendors of its own and says a few things otherwise, so that its
clauses are new to the index. What should be linear (time, size) is also given a snapshot; memory
should stay flat. What is asked are the queries of queries.tsv, by query_bench, where that is built.

Usage: growth.py BIN [FACTOR...]      BIN is the folder of the programs
"""

import json
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

QUERIES = Path(__file__).with_name("queries.tsv")
SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"
WORDS = ["account", "address", "browser", "device", "partner", "purchase", "service", "website"]


def grow(folder, factor):
    """Writes `factor` copies of the sample, each changed in its own way."""
    chance = random.Random(factor)
    for file in sorted(SAMPLE.rglob("*.md")):
        text = file.read_text(encoding="utf-8")
        site = file.parent.name
        for copy in range(factor):
            own = site.replace(".example", f"-{copy}.example")
            swap = dict(zip(WORDS, chance.sample(WORDS, len(WORDS)))) if copy else {}
            changed = re.sub("|".join(WORDS), lambda word: swap.get(word[0], word[0]), text)
            path = folder / f"{copy % 100:02}" / own / file.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(changed.replace(site, own), encoding="utf-8")


def measure(programs, archive, index):
    """The report of a run and the most memory that it took, in MB."""
    report = archive / "report.json"
    child = subprocess.Popen([str(programs / "smallprint-index"), str(archive / "data"), "-i",
                              str(index), "-q", "--report", str(report)])
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"growth: the indexer ended with {status}")
    return json.loads(report.read_text(encoding="utf-8")), usage.ru_maxrss / 1000


def ask(bench, index):
    """Milliseconds of a query (median, 99 %), of its facets (median) and of a trend (median)."""
    out = subprocess.run([str(bench), str(index), str(QUERIES)], check=True, capture_output=True,
                         text=True).stdout
    queries = re.search(r"\*all of them\*[ |]*([0-9.]+) \|.*99 %: ([0-9.]+)", out)
    facets = re.search(r"\*facets add\*[ |]*(-?[0-9.]+)", out)
    trend = re.search(r"trend of three.*median ([0-9.]+)", out)
    return queries[1], queries[2], facets[1], trend[1]


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    programs = Path(sys.argv[1])
    bench = programs.parent / "tests" / "query_bench"
    asked = []
    print("| sample times | snapshots | text | time | MB/s | ms a snapshot | memory | index |"
          " bytes a snapshot |\n|---|---|---|---|---|---|---|---|---|")
    for factor in map(int, sys.argv[2:] or ["1", "10", "100"]):
        with tempfile.TemporaryDirectory() as folder:
            archive = Path(folder)
            grow(archive / "data", factor)
            report, memory = measure(programs, archive, archive / "index")
            if bench.exists():
                asked.append((factor, report["index"]["clauses"], *ask(bench, archive / "index")))
        snapshots, seconds = report["index"]["snapshots"], report["seconds"]
        text, size = report["index"]["source_bytes"], report["index"]["index_bytes"]
        print(f"| {factor} | {snapshots} | {text / 1e6:.1f} MB | {seconds:.2f} s |"
              f" {text / 1e6 / seconds:.0f} | {1000 * seconds / snapshots:.2f} | {memory:.0f} MB |"
              f" {size / 1e6:.2f} MB | {size / snapshots:.0f} |", flush=True)
    if asked:
        print("\n| sample times | clauses | query ms, median | 99 % | facets add ms | trend ms |\n"
              "|---|---|---|---|---|---|")
    for row in asked:
        print("| " + " | ".join(map(str, row)) + " |")


if __name__ == "__main__":
    main()
