#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What is said in a heading is found, dated and compared as what is said under one."""

from programs import ProgramTest, main, run

PROVENANCE = ("> *The following text is extracted and transformed from the {site} privacy policy that "
              "was archived on {day}. Please check the [original snapshot on the Wayback Machine]("
              "https://web.archive.org/web/{stamp}id_/http%3A//{site}/terms)*\n\n")
OPENING = "# Terms of Use\n\nWelcome to the terms that hold for everybody who sends letters.\n\n"
STATEMENT = "### 6.2 You shall never resell the stamps of other people.\n\n"
RUN_IN = ("## 14. Events\n\n**14.6 Force Majeure.** Neither party will be liable for floods, storms or other events "
          "that nobody can prevent.\n\n")
SECTION = ("## Governing law\n\nThe courts of Wales decide, whoever is asked and wherever the "
           "letter was posted.\n\n")


class Headings(ProgramTest):
    def setUp(self):
        super().setUp()
        self.snapshot("2018-03-01", OPENING + "## 6. Duties\n\n" + STATEMENT + RUN_IN + SECTION)
        self.snapshot("2019-03-01", OPENING + "## 6. Duties\n\n" + RUN_IN + SECTION)
        self.index = self.index_archive()

    def snapshot(self, day, text):
        stamp = day.replace("-", "") + "000000"
        self.policy(f"post.example/{day}.md",
                    PROVENANCE.format(site="post.example", day=day, stamp=stamp) + text)

    def texts(self, *query):
        answer = self.ok("search", *query, "--format", "json", index=self.index)
        return [hit["text"] for hit in answer.json("search-response")["results"]]

    def test_a_heading_with_nothing_under_it_is_a_clause(self):
        self.assertEqual(self.texts('"never resell the stamps"'),
                         ["6.2 You shall never resell the stamps of other people."])
        answer = self.ok("search", "resell stamps", "--format", "json", index=self.index)
        hit = answer.json("search-response")["results"][0]
        self.assertEqual(hit["heading_path"], ["6. Duties"])
        self.assertEqual((hit["first_seen"], hit["last_seen"]), ("2018-03-01", "2018-03-01"))

    def test_its_end_is_told(self):
        self.assertIn("never resell the stamps", self.ok("history", "post.example",
                                                         index=self.index).text)
        diff = self.ok("diff", "post.example", "2018", "2019", index=self.index).text
        self.assertIn("- 6.2 You shall never resell the stamps", diff)

    def test_a_run_in_heading_stays_in_its_sentence(self):
        for query in ('"force majeure"', '"Force Majeure. Neither party will"',
                      "majeure w/4 party", "heading:majeure"):
            self.assertTrue(any(text.startswith("14.6 Force Majeure. Neither")
                                for text in self.texts(query)), query)

    def test_phrases_and_distances_see_a_heading(self):
        for query in ('"governing law"', "governing w/2 law", "governing pre/1 law",
                      "law /s governing", "=governing", "govern*", 'heading:"governing law"'):
            (text,) = self.texts(query)
            self.assertTrue(text.startswith("The courts of Wales"), query)
        for query in ('"law governing"', "law pre/1 governing", '"governing law the courts"'):
            self.expect(run("search", query, index=self.index), 1)
        trend = self.ok("trend", '"governing law"', "--format", "json", index=self.index)
        self.assertEqual(trend.json("trend")["queries"][0]["vendors"], 1)

    def test_a_heading_that_another_replaced_is_found_and_its_change_told(self):
        self.snapshot("2020-03-01", OPENING.replace("Terms of Use", "Terms of Service") +
                      "## 6. Tasks\n\n" + RUN_IN + SECTION.replace("Governing", "Applicable"))
        index = self.index_archive("renamed")
        answer = self.ok("search", '"governing law"', "--format", "json", index=index)
        (hit,) = answer.json("search-response")["results"]
        self.assertEqual((hit["text"], hit["first_seen"], hit["last_seen"], hit["heading_path"]),
                         ("Governing law", "2018-03-01", "2019-03-01", []))
        newest = self.ok("history", "post.example", "--format", "json",
                         index=index).json("history")["policies"][0]["timeline"][2]
        self.assertEqual([change["after"]["text"] for change in newest["changes"]], ["6. Tasks"])
        self.assertEqual([(change["kind"], change["before"], change["after"])
                          for change in newest["headings"]],
                         [("reworded", "Terms of Use", "Terms of Service"),
                          ("reworded", "Governing law", "Applicable law")])
        told = self.ok("history", "post.example", index=index).text
        self.assertIn("2 headings changed", told)
        self.assertIn("[-Governing-]{+Applicable+} law", told)
        life = self.ok("history", hit["id"], index=index).text
        self.assertIn("2018-03-01", life)
        self.assertIn("Governing law", self.ok("show", hit["id"], index=index).text)

    def test_a_policy_shows_what_it_says_once(self):
        for day, count in (("2018", 1), ("2019", 0)):
            shown = self.ok("show", "post.example", "--at", day, index=self.index).text
            self.assertEqual(shown.count("resell the stamps"), count)
            self.assertEqual(shown.count("Force Majeure"), 1)


if __name__ == "__main__":
    main()
