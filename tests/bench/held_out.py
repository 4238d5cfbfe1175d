#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""How well clauses are found that nothing was chosen by: the questions of relevance/dev asked of the
policies of relevance/background75, types of questions in two halves apart.

usage: held_out.py RELEVANCE [--bin DIR] [--search-args "..."]
"""
import argparse
import collections
import os
import sys
import tempfile


def read_table(path):
    with open(path, encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t") for line in lines if line.strip()]


def write_table(path, rows, separator="\t"):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        for row in rows:
            file.write(separator.join(row) + "\n")


def by_policy(judgements):
    """A judgement of a question as one of the question inside of the policy."""
    return [(f"{query}@{passage.rsplit(':', 1)[0]}", zero, passage, grade)
            for query, zero, passage, grade in judgements]


def write_set(folder, kind, source, wanted):
    """A set as evaluate.py reads it, of the wanted questions and the other policies."""
    queries = [row for row in read_table(os.path.join(source, kind, "queries.tsv"))
               if row[0] in wanted]
    with open(os.path.join(source, kind, "qrels.background75.tsv"), encoding="utf-8") as lines:
        judged = [tuple(line.split()) for line in lines]
    judged = [row for row in judged if row[0] in wanted]
    text = dict((row[0], row[1]) for row in queries)
    inside = by_policy(judged)
    pairs = sorted({row[0] for row in inside})
    names = ("perpolicy.queries.tsv", "perpolicy.qrels.tsv") if kind else \
        (os.path.join("perpolicy", "queries.tsv"), os.path.join("perpolicy", "qrels.tsv"))
    write_table(os.path.join(folder, kind, "queries.tsv"), queries)
    write_table(os.path.join(folder, kind, "qrels.tsv"), judged, " ")
    write_table(os.path.join(folder, kind, names[0]),
                [(pair, pair.split("@")[1], text[pair.split("@")[0]]) for pair in pairs])
    write_table(os.path.join(folder, kind, names[1]), inside, " ")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("relevance")
    parser.add_argument("--bin", default="build/release/bin")
    parser.add_argument("--search-args", default="")
    given = parser.parse_args()
    sys.path.insert(0, given.relevance)
    import evaluate  # pylint: disable=import-error,import-outside-toplevel
    dev = os.path.join(given.relevance, "dev")
    kinds = collections.OrderedDict()
    for query, kind in read_table(os.path.join(dev, "query_types.tsv")):
        kinds.setdefault(kind, []).append(query)
    keywords = {row[0] for row in read_table(os.path.join(dev, "keyword", "queries.tsv"))}
    for half in (0, 1):
        wanted = {query for i, kind in enumerate(sorted(kinds)) if i % 2 == half
                  for query in kinds[kind]}
        with tempfile.TemporaryDirectory() as folder:
            others = os.path.join(given.relevance, "background75")
            for name in ("policies", "passages.jsonl"):
                os.symlink(os.path.abspath(os.path.join(others, name)),
                           os.path.join(folder, name))
            os.symlink(os.path.abspath(os.path.join(dev, "query_types.tsv")),
                       os.path.join(folder, "query_types.tsv"))
            write_set(folder, "", dev, wanted)
            write_set(folder, "keyword", dev,
                      {query for i, query in enumerate(sorted(keywords)) if i % 2 == half})
            print(f"half {half + 1}: {len(wanted)} questions, 75 policies", flush=True)
            sys.argv = ["evaluate.py", folder, "--bin", given.bin,
                        "--search-args", given.search_args]
            evaluate.main()


if __name__ == "__main__":
    main()
