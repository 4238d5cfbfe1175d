#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The language is each snapshot's, and a clause is in those of the snapshots it stands in."""

import json

from programs import ProgramTest, main

FRENCH = ["Nous ne vendons jamais vos données personnelles à nos partenaires, et nous les "
          "conservons pendant la durée nécessaire à la fourniture de nos services.",
          "Vous pouvez demander à tout moment la suppression de votre compte auprès de nous."]
ENGLISH = ["We never sell your personal data to our partners, and we keep them for as long as it "
           "is necessary to provide our services to you.",
           "You may ask us at any time to delete your account and all that belongs to it."]
SHARED = "Acme SA, 12 rue Example, 75001 Paris, privacy@acme.example"


class Languages(ProgramTest):
    def setUp(self):
        super().setUp()
        self.years = {}
        for year, texts in (("2018", FRENCH), ("2019", FRENCH), ("2020", ENGLISH)):
            self.years[year] = self.rows(year, ("acme.example", year, [*texts, SHARED]))
        self.others = self.rows("others", ("mono.example", "2018", ENGLISH),
                                ("mono.example", "2020", [*ENGLISH, SHARED]))

    def rows(self, name, *rows, **facts):
        file = self.folder / f"{name}.jsonl"
        file.write_text("".join(
            json.dumps({"vendor": vendor, "type": "Privacy Policy", "date": f"{year}-03-02",
                        "text": "\n\n".join(texts), **facts}) + "\n"
            for vendor, year, texts in rows))
        return file

    def index(self, *sources, name="index"):
        index = self.folder / name
        self.ok("index", "-q", *sources, "-i", index)
        return index

    def found(self, index, *words):
        lines = self.ok("export", *words, index=index).text.splitlines()
        return sorted((line["vendor"], line["text"]) for line in map(json.loads, lines))

    def test_each_clause_has_those_of_its_snapshots(self):
        index = self.index(*self.years.values(), self.others)
        french = [("acme.example", text) for text in [*FRENCH, SHARED]]
        english = [(vendor, text) for vendor in ("acme.example", "mono.example")
                   for text in [*ENGLISH, SHARED]]
        for language, wanted in (("fr", french), ("en", english)):
            self.assertEqual(self.found(index, "--lang", language), sorted(wanted))
        self.assertEqual(self.found(index, "--lang", "en", "--lang", "fr"),
                         sorted({*french, *english}))
        self.assertEqual(self.found(index, "privacy@acme.example NOT lang:fr"),
                         [("mono.example", SHARED)])
        self.assertEqual(self.found(index, "privacy@acme.example lang:fr lang:en"),
                         [("acme.example", SHARED)])

    def test_facets_count_what_the_filter_finds(self):
        index = self.index(*self.years.values(), self.others)
        for query in ("partners OR partenaires OR acme OR account", "paris"):
            for copies in ((), ("--all-copies",)):
                answer = self.ok("search", query, "--facets", "--format", "json", *copies,
                                 index=index).json("search-response")
                facet = answer["facets"]["lang"]
                self.assertEqual({one["value"] for one in facet}, {"fr", "en"})
                for one in facet:
                    narrowed = self.ok("search", query, "--lang", one["value"], "--format", "json",
                                       *copies, index=index).json("search-response")
                    self.assertEqual(narrowed["total"]["value"], one["clauses"])

    def test_a_snapshot_is_shown_in_its_own(self):
        index = self.index(*self.years.values())
        for query, language in (("partenaires", "fr"), ("partners", "en"), ("paris", "en")):
            found = self.ok("search", query, "--format", "json",
                            index=index).json("search-response")
            line, = (json.loads(line) for line in
                     self.ok("export", "id:" + found["results"][0]["id"],
                             index=index).text.splitlines())
            self.assertEqual(line["lang"], language)

    def test_a_trend_observes_snapshots_in_it(self):
        index = self.index(*self.years.values(), self.others)
        for language, years in (("fr", {"2018": 1, "2019": 1}),
                                ("en", {"2018": 1, "2019": 1, "2020": 2})):
            trend = self.ok("trend", "services", "--lang", language, "--by", "year", "--format",
                            "json", index=index).json("trend")
            points = trend["queries"][0]["points"]
            observed = {point["period"]: point["observed"] for point in points}
            # What was captured in March 2019 is in force until the next snapshot.
            if language == "fr":
                years = {**years, "2020": 1}
            self.assertEqual(observed, years)
            for point in points:
                self.assertLessEqual(point["matching"], point["observed"])

    def test_adding_gives_the_same_languages(self):
        once = self.index(*self.years.values(), name="once")
        grown = self.folder / "grown"
        for year in ("2020", "2018", "2019"):
            self.index(self.years[year], name=grown.name)
        for language in ("fr", "en"):
            self.assertEqual(self.found(grown, "--lang", language),
                             self.found(once, "--lang", language))

    def test_what_the_archive_states_counts(self):
        stated = self.rows("stated", ("de.example", "2018", ENGLISH), lang="de-AT")
        unknown = self.rows("unknown", ("de.example", "2019", ["Ja.", SHARED]))
        index = self.index(stated, unknown)
        self.assertEqual(self.found(index, "--lang", "de"),
                         sorted(("de.example", text) for text in ENGLISH))


if __name__ == "__main__":
    main()
