#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What is found besides the words of a query, and in which order: questions, thesaurus, slips."""

from programs import SampleTest, main, run


class Questions(SampleTest):
    def test_a_question_is_answered_by_what_it_asks(self):
        first = self.search("do they sell my personal data?")["results"][0]
        self.assertIn("sell", first["text"])
        self.assertEqual(self.search("how long is my data kept", "-n", "1")["results"][0]["rank"], 1)

    def test_more_come_behind_those_with_all_the_words(self):
        answer = self.search("do they share my location with advertisers?", "-n", "100")
        self.assertTrue(answer["widened"])
        scores = [hit["score"] for hit in answer["results"]]
        self.assertEqual(scores, sorted(scores, reverse=True))
        self.assertEqual(len({hit["id"] for hit in answer["results"]}), len(scores))

    def test_pages_of_a_question_join_into_the_whole(self):
        words = "how can I delete my account?"
        whole = [hit["id"] for hit in self.search(words, "-n", "40")["results"]]
        pages = [hit["id"] for offset in range(0, 40, 10)
                 for hit in self.search(words, "--offset", offset)["results"]]
        self.assertEqual(pages, whole)

    def test_what_is_asked_for_exactly_is_not_widened_to_what_goes_along(self):
        answer = self.search("cookies", "-n", "1000")
        self.assertFalse(answer["widened"])
        for hit in answer["results"]:
            self.assertIn("cookie", " ".join([hit["text"], *hit["heading_path"]]).lower())

    def test_most_of_the_words_have_to_be_there(self):
        answer = self.search("cookies browser zebra", "-n", "1000")
        self.assertTrue(answer["widened"])
        for hit in answer["results"]:
            found = " ".join([hit["text"], *hit["heading_path"]]).lower()
            self.assertIn("cookie", found)
            self.assertIn("browser", found)


    def test_what_cannot_be_widened_stays_as_it_was_asked(self):
        # Without the word that may be left out, "the" would be found nearly everywhere.
        answer = self.search("(zebra OR the) basement", status=1)
        self.assertFalse(answer["widened"])


class OwnThesaurus(SampleTest):
    def thesaurus(self, text):
        file = self.folder / "own.tsv"
        file.write_text(text, encoding="utf-8")
        return file

    def test_it_takes_the_place_of_the_one_built_in(self):
        file = self.thesaurus("zebra | cookies\tfor the test\n")
        answer = self.search("zebra", "--thesaurus", file)
        self.assertGreater(answer["total"]["value"], 5)
        self.search("zebra", "--thesaurus", file, "--no-synonyms", status=1)
        self.search("zebra", status=1)

    def test_mistakes_name_file_and_line(self):
        for text, part in (("# x\nzebra\tx\n", "line 2: not a group"),
                           ("a1 | b1\tx\nb1 | c1\tx\n", "line 2: 'b1' is in line 1 already"),
                           ("the | of\tx\n", "line 1: 'the' has no word to look for")):
            answer = self.expect(run("search", "x", "--thesaurus", self.thesaurus(text),
                                     index=self.index), 3)
            self.assertIn(part, answer.message)
            self.assertIn("own.tsv", answer.message)
        self.expect(run("search", "x", "--thesaurus", self.folder / "none", index=self.index), 4)


class Slips(SampleTest):
    def test_a_slip_gets_a_suggestion(self):
        for slip, meant in (("cokies", "cookies"), ("advertisng", "advertising"),
                            ("sell persnal data", "sell personal data")):
            answer = self.expect(run("search", "--format", "json", slip, index=self.index),
                                 0 if " " in slip else 1).json("search-response")
            self.assertEqual(answer["suggestion"], meant)
        text = run("search", "cokies", index=self.index).text
        self.assertIn("Did you mean: cookies\n", text)

    def test_operators_and_quotes_stay(self):
        answer = self.search('"safe harbr" AND privacy', status=1)
        self.assertEqual(answer["suggestion"], '"safe harbor" AND privacy')

    def test_what_is_right_or_like_nothing_gets_none(self):
        self.assertIsNone(self.search("cookies")["suggestion"])
        self.assertIsNone(self.search("qwrtzpsdfg", status=1)["suggestion"])
        self.assertIsNone(self.search("zq", status=1)["suggestion"])


if __name__ == "__main__":
    main()
