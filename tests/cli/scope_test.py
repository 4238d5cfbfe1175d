#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""`in:` says whether a query looks through clauses, through what stands beside them, or both."""

from programs import ProgramTest, main, run

MENU = "".join(f"* [{name}](https://letters.example/{name.lower().replace(' ', '-')})\n" for name in
               ("Stamps", "Parcels", "Lost letters", "Track a parcel", "Press room", "Careers",
                "Franking machines", "Contact us"))
TEXT = ("# Privacy of Letters\n\n"
        "## Stamps\n\nWe keep a list of the stamps that you buy for two years.\n\n"
        "## Parcels\n\nA parcel is weighed and its weight is kept for a year.\n\n")


class Scope(ProgramTest):
    def setUp(self):
        super().setUp()
        self.policy("letters.example/privacy.md", TEXT + MENU)
        self.index = self.index_archive()

    def search(self, query, status=0):
        answer = run("search", query, "--format", "json", index=self.index)
        self.expect(answer, status)
        return answer.json("search-response")

    def texts(self, query):
        return [hit["text"] for hit in self.search(query)["results"]]

    def test_what_is_no_clause_is_found_on_request_only(self):
        for query in ("franking", '"franking machines"', "frank*", "=franking", "press w/2 room"):
            answer = self.search(query, status=1)
            self.assertEqual((answer["total"]["value"], answer["in_boilerplate"]), (0, 1), query)
            for scope in ("in:boilerplate", "in:all", "IN:Boilerplate"):
                (text,) = self.texts(f"{query} {scope}")
                self.assertIn("Franking machines", text, query)
        self.assertEqual(self.texts("in:boilerplate privacy AND letters"), ["Privacy of Letters"])

    def test_an_empty_answer_tells_of_it(self):
        answer = run("search", "franking", index=self.index)
        self.expect(answer, 1)
        self.assertIn("One title, menu or footer has all the words: add in:boilerplate to see it.",
                      answer.text)
        self.assertEqual(self.search("volcano", status=1)["in_boilerplate"], 0)
        self.assertEqual(self.search("stamps")["in_boilerplate"], 0)

    def test_clauses_come_first(self):
        texts = self.texts("in:all parcel")
        self.assertEqual(len(texts), 2)
        self.assertTrue(texts[0].startswith("A parcel is weighed"))
        self.assertIn("Track a parcel", texts[1])
        self.assertEqual(self.texts("in:clauses parcel"), self.texts("parcel"))
        self.assertEqual(self.texts("in:boilerplate privacy NOT parcel"), ["Privacy of Letters"])

    def test_menus_change_no_rank(self):
        hits = self.search("stamps OR parcel")["results"]
        self.policy("letters.example/privacy.md", TEXT)
        bare = self.index_archive("bare")
        alone = run("search", "stamps OR parcel", "--format", "json", index=bare)
        self.assertEqual([hit["text"] for hit in hits],
                         [hit["text"] for hit in alone.json("search-response")["results"]])

    def test_it_is_for_a_whole_query(self):
        for query in ("stamps (parcel OR in:all)", "stamps NOT in:all", "in:all OR stamps",
                      "in:all in:boilerplate stamps", "in:everywhere stamps"):
            answer = run("search", query, index=self.index)
            self.expect(answer, 2)
            self.assertIn("in:", answer.message, query)


if __name__ == "__main__":
    main()
