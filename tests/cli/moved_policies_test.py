#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Policies whose page moved: one life of their clauses, whatever order they are indexed in."""

import itertools
import json

from programs import ProgramTest, main, run

TEXT = ("We never sell your personal data to anyone at all, not ever. We keep what you order for "
        "seven years, since the law asks for it, and then delete it for good. ")
OLD, NEW = "https://www.moving.example/privacy.html", "https://moving.example/legal/privacy-policy"


class MovedPolicies(ProgramTest):
    def rows(self, name, *rows):
        """Writes rows of (address, day, text) as an archive."""
        file = self.folder / f"{name}.jsonl"
        file.write_text("".join(
            json.dumps({"url": url, "date": day, "text": text}) + "\n" for url, day, text in rows))
        return file

    def index(self, *sources, name="index"):
        index = self.folder / name
        self.ok("index", "-q", *sources, "-i", index)
        return index

    def policies(self, index, vendor="moving.example"):
        """Of each policy the days of its snapshots, by the address of the first."""
        answer = self.ok("history", vendor, "--format", "json", index=index).json("history")
        return {one["timeline"][0]["source_url"]: [at["captured"][:10] for at in one["timeline"]]
                for one in answer["policies"]}

    def exported(self, index):
        return sorted(self.ok("export", index=index).text.splitlines())

    def setUp(self):
        super().setUp()
        self.old = self.rows("old", (OLD, "2018-01-01", TEXT), (OLD, "2019-01-01", TEXT))
        self.new = self.rows("new", (NEW, "2020-01-01", TEXT),
                             (NEW, "2021-01-01", TEXT + "\n\nWe may tell our partners."))

    def test_clauses_live_on_and_the_move_is_told(self):
        index = self.index(self.old, self.new)
        found = self.ok("search", "sell", "--format", "json", index=index).json("search-response")
        [clause] = found["results"]
        self.assertEqual((clause["first_seen"], clause["last_seen"], clause["runs"]),
                         ("2018-01-01", "2021-01-01", [["2018-01-01", "2021-01-01", 4]]))
        move = {"from": OLD, "to": NEW, "last_there": "2019-01-01T00:00:00Z",
                "first_here": "2020-01-01T00:00:00Z"}
        history = self.ok("history", "moving.example", "--format", "json", index=index)
        [policy] = history.json("history")["policies"]
        self.assertEqual([at["moved"] for at in policy["timeline"]], [None, None, move, None])
        self.assertEqual([at["source_url"] for at in policy["timeline"]], [OLD, OLD, NEW, NEW])
        life = self.ok("history", clause["id"], "--format", "json", index=index)
        self.assertEqual(life.json("clause-history")["runs"][0]["moves"], [move])
        told = f"moved from {OLD} to {NEW} between 2019-01-01 and 2020-01-01"
        for target in ("moving.example", clause["id"]):
            text = " ".join(self.ok("history", target, index=index).text.split())
            self.assertIn(told, text)

    def test_any_address_names_the_policy(self):
        index = self.index(self.old, self.new)
        for address in (OLD, NEW, "moving.example/privacy.html", NEW + "/#data",
                        "http://www.moving.example/legal/privacy-policy/"):
            shown = self.ok("show", address, "--at", "2018", "--format", "json", index=index)
            self.assertEqual(shown.json("policy")["source_url"], OLD)
            self.ok("history", address, index=index)
            self.ok("diff", address, "2019", "2021", index=index)
        for address in ("moving.example/privacy", "https://moving.example", "http://", "://", "/"):
            self.expect(run("show", address, index=index), 1)

    def test_ids_of_all_pages_lead_to_the_policy(self):
        ids = {}
        for source in (self.old, self.new):
            index = self.index(source, name=f"alone-{source.stem}")
            shown = self.ok("show", "moving.example", "--format", "json", index=index)
            ids[source.stem] = shown.json("policy")["policy"]["id"]
        index = self.index(self.new, self.old)
        for known in ids.values():
            shown = self.ok("show", known, "--format", "json", index=index)
            self.assertEqual(shown.json("policy")["policy"]["id"], ids["old"])

    def test_adding_tells_what_indexing_all_at_once_does(self):
        later = self.rows("later", (OLD, "2020-06-01", TEXT))
        third = self.rows("third", ("https://moving.example/privacy-notice", "2022-01-01",
                                    TEXT + "\n\nWe may tell our partners."))
        for sources, first_snapshots in (
                ((self.old, self.new), {OLD: 4}), ((self.old, self.new, third), {OLD: 5}),
                ((self.old, self.new, later), {OLD: 3, NEW: 2}),
                ((self.old, self.new, later, third), {OLD: 3, NEW: 3})):
            for number, order in enumerate(
                    itertools.islice(itertools.permutations(sources), 6)):
                name = f"{len(sources)}-{number}-{sources[-1].stem}"
                once = self.index(*order, name=f"once-{name}")
                grown = self.folder / f"grown-{name}"
                for source in order:
                    self.index(source, name=grown.name)
                self.assertEqual({url: len(days) for url, days in self.policies(grown).items()},
                                 first_snapshots, order)
                self.assertEqual(self.exported(grown), self.exported(once), order)
                again = self.ok("index", *order, "-i", grown)
                self.assertIn("Nothing new", again.message + again.text)

    def test_two_pages_at_once_are_two_policies(self):
        us, eu = "https://two.example/us/privacy", "https://two.example/eu/privacy"
        one_crawl = self.rows("one", (us, "2020-01-01", TEXT), (eu, "2020-01-08", TEXT))
        self.assertEqual(len(self.policies(self.index(one_crawl, name="i1"), "two.example")), 2)
        overlapping = self.rows("two", (us, "2018-01-01", TEXT), (us, "2020-01-01", TEXT),
                                (eu, "2019-01-01", TEXT), (eu, "2021-01-01", TEXT))
        self.assertEqual(len(self.policies(self.index(overlapping, name="i2"), "two.example")), 2)
        undated = self.rows("three", (us, "2018-01-01", TEXT), (eu, "2020-01-01", TEXT),
                            (eu, "", TEXT))
        self.assertEqual(self.policies(self.index(undated, name="i3"), "two.example"),
                         {us: ["2018-01-01"], eu: ["2020-01-01"]})

    def test_other_texts_types_and_vendors_are_other_policies(self):
        other = "We track what you do on this site and on every other one that we can reach."
        rows = self.rows("rows", ("https://a.example/privacy", "2018-01-01", TEXT),
                         ("https://a.example/legal/privacy", "2020-01-01", other),
                         ("https://a.example/terms", "2020-01-01", TEXT),
                         ("https://b.example/privacy", "2020-01-01", TEXT))
        index = self.index(rows)
        self.assertEqual(len(self.policies(index, "a.example")), 3)
        self.assertEqual(len(self.policies(index, "b.example")), 1)

    def test_a_named_document_tells_its_moves_too(self):
        archive = self.folder / "named.jsonl"
        row = {"vendor": "Moving", "type": "Privacy Policy", "text": TEXT}
        pages = [("2018-01-01", OLD), ("2018-06-01", OLD.replace("https", "http")),
                 ("2019-01-01", NEW), ("2020-01-01", NEW)]
        archive.write_text("".join(
            json.dumps({**row, "date": day, "url": url}) + "\n" for day, url in pages))
        index = self.index(archive)
        history = self.ok("history", "Moving", "--format", "json", index=index).json("history")
        [policy] = history["policies"]
        self.assertEqual([bool(at["moved"]) for at in policy["timeline"]],
                         [False, False, True, False])
        # To and fro is no move.
        archive.write_text("".join(
            json.dumps({**row, "date": day, "url": url}) + "\n"
            for day, url in [*pages, ("2021-01-01", OLD)]))
        index = self.index(archive)
        history = self.ok("history", "Moving", "--format", "json", index=index).json("history")
        [policy] = history["policies"]
        self.assertFalse([at for at in policy["timeline"] if at["moved"]])


if __name__ == "__main__":
    main()
