#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Words are found however a page spells, joins or parts them."""

from programs import ProgramTest, main, run

TEXT = """# Terms of Use

We share da\u00adta with part\u00adners, and the da\u00adta of our part\u00adners with others.

See the rules of 2025[Previous Version](/old)Archived and [Stamps](/s)[Parcels](/p) for [cookie](/c)s.

\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 is a Persian word that readers write with a joiner in it.

The word \u0131l\u0131k means lukewarm in Turkish, whatever the letters of it look like.

In capitals ILIMAN and \u0130ZM\u0130R are written with either letter of that alphabet.
"""


class FoundWords(ProgramTest):
    def setUp(self):
        super().setUp()
        self.policy("post.example/2018-01-01.md", TEXT)
        self.index = self.index_archive()

    def assert_found(self, query, opening):
        answer = self.ok("search", query, "--format", "json", index=self.index)
        texts = [hit["text"] for hit in answer.json("search-response")["results"]]
        self.assertTrue(texts and texts[0].startswith(opening), (query, texts))

    def test_a_soft_hyphen_stays_and_parts_nothing(self):
        for query in ("data", '"share data with partners"', "data w/2 partners", "partn*",
                      "=partners"):
            self.assert_found(query, "We share da\u00adta with part\u00adners")

    def test_a_joiner_stays(self):
        for query in ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
                      "\u0645\u06cc\u062e\u0648\u0627\u0647\u0645"):
            self.assert_found(query, "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 is")

    def test_the_edge_of_a_link_parts_words(self):
        for query in ("previous", '"2025 previous version"', '"version archived"',
                      '"stamps parcels"', "cookies"):
            self.assert_found(query, "See the rules of 2025 Previous Version Archived and Stamps "
                                     "Parcels for cookies.")

    def test_i_with_and_without_a_dot_is_one_letter(self):
        for query in ("\u0131l\u0131k", "ilik", "ILIK", "\u0130L\u0130K"):
            self.assert_found(query, "The word \u0131l\u0131k")
        for query in ("\u0131l\u0131man", "iliman", "izmir", "\u0131zm\u0131r"):
            self.assert_found(query, "In capitals ILIMAN")

    def test_a_text_without_words_is_empty(self):
        self.policy("post.example/2019-01-01.md", "===\n\n\u2014 \u2026 \u2014\n")
        report = self.folder / "report.json"
        index = self.folder / "other"
        self.ok("index", "-q", self.folder / "archive", "-i", index, "--report", report)
        info = self.ok("info", "--format", "json", index=index).json("info")
        self.assertEqual(info["counts"]["snapshots"], 1)
        self.assertIn("2019-01-01.md", report.read_text(encoding="utf-8"))

    def test_words_that_are_not_there_are_not_found(self):
        for query in ("2025Previous", "StampsParcels", '"data share"'):
            self.expect(run("search", query, index=self.index), 1)


if __name__ == "__main__":
    main()
