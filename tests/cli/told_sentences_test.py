#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What a snapshot says is found, shown at its day, and its changes are told, of random policies.

Each sentence of each snapshot, headings, titles and menus among them, is asked for as a phrase of its
vendor; `show --at` has it; and where only one of two snapshots that follow each other has it, so
have `history` and `diff`."""

import random
import re

from programs import ProgramTest, main, run

DAYS = ("2016-02-03", "2017-05-06", "2018-01-02", "2019-11-30")
PROVENANCE = ("> *The following text is extracted and transformed from the {site} privacy policy that "
              "was archived on {day}. Please check the [original snapshot on the Wayback Machine]("
              "https://web.archive.org/web/{stamp}id_/http%3A//{site}/terms)*\n\n")
POLICIES = 12


def make_words(chance):
    sounds = [first + second for first in "bdfglmnprstvz" for second in "aeiou"]
    return ["".join(chance.choices(sounds, k=chance.randint(2, 3))) for _ in range(400)]


class RandomPolicy:
    """Blocks of a kind and a text, of which each snapshot changes a few."""

    def __init__(self, chance):
        self.chance = chance
        self.words = make_words(chance)
        self.blocks = [("title", self.sentence(2, 4))]
        while len(self.blocks) < 30:
            self.blocks.append(self.block())
        self.menu = [self.sentence(2, 3) for _ in range(9)]

    def sentence(self, least, most):
        return " ".join(self.chance.choices(self.words, k=self.chance.randint(least, most))).capitalize()

    def block(self):
        kind = self.chance.choice(("text", "text", "text", "list", "heading", "heading", "run-in"))
        if kind == "list":
            items = [self.sentence(4, 9) for _ in range(3)]
            return kind, self.sentence(4, 8) + ":\n" + "\n".join(items)
        if kind == "text":
            return kind, "\n".join(self.sentence(5, 14) + "." for _ in range(self.chance.randint(1, 4)))
        return kind, self.sentence(2, 7)

    def change(self):
        for _ in range(self.chance.randint(1, 5)):
            at = self.chance.randrange(1, len(self.blocks))
            action = self.chance.choice(("drop", "add", "replace", "title", "menu"))
            if action == "drop":
                del self.blocks[at]
            elif action == "add":
                self.blocks.insert(at, self.block())
            elif action == "replace":
                kind, text = self.blocks[at]
                lines = text.split("\n")
                lines[self.chance.randrange(len(lines))] = (
                    self.sentence(5, 9) + (":" if text.startswith(":") else ""))
                self.blocks[at] = (kind, "\n".join(lines))
            elif action == "title":
                self.blocks[0] = ("title", self.sentence(2, 4))
            else:
                self.menu[self.chance.randrange(len(self.menu))] = self.sentence(2, 3)

    def markdown(self, site):
        parts = []
        for kind, text in self.blocks:
            if kind == "title":
                parts.append("# " + text)
            elif kind == "heading":
                parts.append("## " + text)
            elif kind == "run-in":
                parts.append(f"**{text}.** {self.words[0].capitalize()} {' '.join(self.words[1:9])}.")
            elif kind == "list":
                lead, *items = text.split("\n")
                parts.append(lead + "\n\n" + "\n".join("* " + item for item in items))
            else:
                parts.append(text.replace("\n", " "))
        parts.append("\n".join(f"* [{link}](https://{site}/{link[:4].lower()})" for link in self.menu))
        return "\n\n".join(parts) + "\n"

    def sentences(self):
        return [line.rstrip(":.") for _, text in self.blocks for line in text.split("\n")] + self.menu


def spoken(text):
    return " ".join(re.findall(r"\w+", text.lower()))


def strings_in(value):
    """All texts of a JSON value."""
    if isinstance(value, str):
        yield value
    elif value is not None and not isinstance(value, (bool, int, float)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings_in(part)


class ToldSentences(ProgramTest):
    def setUp(self):
        super().setUp()
        chance = random.Random(7)
        self.said = {}  # by vendor: the sentences of each snapshot
        self.links = set()  # of menus, which are not told one by one
        for number in range(POLICIES):
            site = f"site{number}.example"
            policy = RandomPolicy(chance)
            self.said[site] = []
            for day in DAYS:
                head = PROVENANCE.format(site=site, day=day, stamp=day.replace("-", "") + "000000")
                self.policy(f"{site}/{day}.md", head + policy.markdown(site))
                self.said[site].append(policy.sentences())
                self.links.update(policy.menu)
                policy.change()
        self.index = self.index_archive()

    def test_every_sentence_is_found_as_a_phrase(self):
        chance = random.Random(8)
        asked = {}
        for site, snapshots in self.said.items():
            for sentence in sorted({one for said in snapshots for one in said}):
                words = sentence.split(" ")
                length = min(len(words), chance.randint(4, 12))
                begin = chance.randint(0, len(words) - length)
                row = " ".join(words[begin:begin + length])
                asked[f"q{len(asked)}"] = f'vendor:{site} in:all "{row}"'
        queries = self.folder / "queries.tsv"
        queries.write_text("".join(f"{name}\t{text}\n" for name, text in asked.items()), encoding="utf-8")
        answer = run("search", "--queries", queries, "--format", "jsonl", "-n", "1", index=self.index)
        found = set(re.findall(r'"query_id":"(q\d+)"', answer.out.decode()))
        self.assertGreater(len(asked), 500)
        self.assertEqual([text for name, text in asked.items() if name not in found], [])

    def test_every_sentence_is_shown_at_its_day(self):
        for site, snapshots in self.said.items():
            for day, said in zip(DAYS, snapshots):
                shown = self.ok("show", site, "--at", day, "--format", "json", index=self.index)
                text = spoken("\n".join(strings_in(shown.json("policy"))))
                self.assertEqual([one for one in said if spoken(one) not in text], [], (site, day))

    def test_every_change_is_told(self):
        for site, snapshots in self.said.items():
            history = self.ok("history", site, "--format", "json", index=self.index).json("history")
            timeline = history["policies"][0]["timeline"]
            for at in range(1, len(DAYS)):
                diff = self.ok("diff", site, DAYS[at - 1], DAYS[at], "--format", "json",
                               index=self.index).json("diff")
                changed = set(snapshots[at - 1]) ^ set(snapshots[at])
                for told, menus in ((timeline[at], timeline[at]["boilerplate"]),
                                    (diff, diff["policies"][0]["counts"]["boilerplate"])):
                    text = spoken("\n".join(strings_in(told)))
                    untold = [one for one in sorted(changed) if spoken(one) not in text]
                    self.assertLessEqual(set(untold), self.links, (site, DAYS[at]))
                    self.assertTrue(not untold or menus > 0, (site, DAYS[at], untold))


if __name__ == "__main__":
    main()
