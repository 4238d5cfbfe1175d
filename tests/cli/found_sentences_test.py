#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Words of real policies, in rows of 4 to 12 as they stand there, are found as phrases.

A slow and simple reading of the Markdown, which shares nothing with the splitter, takes rows of
words out of snapshots of the corpora; each is asked for as a phrase of its vendor."""

import os
import random
import re
import subprocess
import sys
import tarfile
from pathlib import Path

from programs import SMALLPRINT, ProgramTest, main, run, sanitizer

ROWS = 4  # of a policy
LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")
TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
STOP = re.compile(r"(?<=[.!?:;])\s+|\s*[|•]\s*")
WORD = re.compile(r"[A-Za-z]{2,20}")


def lines_of(source):
    """The lines of a Markdown text without its marks, a sentence or cell each."""
    for paragraph in re.split(r"\n\s*\n|\n(?=\s*(?:[*+-]|\d+[.)]|#+)\s)", source):
        text = LINK.sub(r" \1 ", paragraph)
        text = TAG.sub(" ", text)
        text = re.sub(r"^\s*(?:>\s*)*(?:#+|[*+-]|\d+[.)])\s+", "", text)
        text = re.sub(r"[*_`\\]+", "", text)
        yield from STOP.split(" ".join(text.split()))


def rows_of(source, chance):
    """Rows of plain words in a row, drawn from the lines that have enough of them."""
    rows = []
    for line in lines_of(source):
        words = line.split(" ")
        plain = [bool(WORD.fullmatch(word)) for word in words]
        for begin in range(len(words)):
            length = chance.randint(4, 12)
            if begin + length <= len(words) and all(plain[begin:begin + length]):
                rows.append(" ".join(words[begin:begin + length]))
    return chance.sample(rows, min(ROWS, len(rows)))


class FoundSentences(ProgramTest):
    corpora = Path(os.environ.get("SMALLPRINT_SHARED", "")) / "corpora"

    def lost(self, archive, policies):
        """The rows that are not found, of (vendor, source) pairs; and how many were asked for."""
        policies = policies[::10] if sanitizer(SMALLPRINT) else policies  # which take their time
        index = self.folder / "index"
        self.ok("index", "-q", archive, "-i", index)
        chance = random.Random(11)
        asked = {}
        for vendor, source in policies:
            for row in rows_of(source, chance):
                asked[f"q{len(asked)}"] = f'vendor:"{vendor}" in:all "{row}"'
        queries = self.folder / "queries.tsv"
        queries.write_text("".join(f"{name}\t{text}\n" for name, text in asked.items()),
                           encoding="utf-8")
        answer = run("search", "--queries", queries, "--format", "jsonl", "-n", "1", "--context", "0",
                     index=index)
        found = set(re.findall(r'"query_id":"(q\d+)"', answer.out.decode()))
        return [text for name, text in asked.items() if name not in found], len(asked)

    def check(self, lost, asked):
        self.assertGreater(asked, 50)
        self.assertEqual(lost[:20], [], f"{len(lost)} of {asked} rows are lost")

    def test_the_princeton_leuven_tree(self):
        with tarfile.open(self.corpora / "princeton-leuven" / "tree.tar.xz") as tree:
            tree.extractall(self.folder / "tree", filter="data")
        newest = {}
        for file in sorted((self.folder / "tree").rglob("*.md")):
            newest[file.parent.name] = file
        policies = []
        for vendor, file in newest.items():
            source = file.read_text(encoding="utf-8")
            policies.append((vendor, source.split("\n\n", 1)[1] if source.startswith(">") else source))
        self.check(*self.lost(self.folder / "tree", policies))

    @staticmethod
    def older_versions(clone):
        """One version of each policy out of its history."""
        def git(*words):
            return subprocess.run(["git", "-C", clone, *words], check=True,
                                  capture_output=True).stdout.decode()
        chance = random.Random(5)
        for file in sorted(clone.glob("*/*.md")):
            path = file.relative_to(clone).as_posix()
            commits = git("log", "--format=%H", "--diff-filter=AM", "--", path).split()
            yield file.parent.name, git("show", f"{chance.choice(commits)}:{path}")

    def test_a_terms_archive(self):
        bundle = self.corpora / "git-bundles" / "pga-versions.bundle"
        clone = self.folder / "clone"
        subprocess.run(["git", "clone", "-q", bundle, clone], check=True)
        policies = [(file.parent.name, file.read_text(encoding="utf-8"))
                    for file in sorted(clone.glob("*/*.md"))]
        policies += self.older_versions(clone)
        self.check(*self.lost(bundle, policies))


if __name__ == "__main__":
    if "SMALLPRINT_SHARED" not in os.environ:
        print("SKIPPED: there is no folder `shared` beside the repository")
        sys.exit(77)
    main()
