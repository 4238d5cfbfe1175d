#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What changed between two snapshots: the changes planted in the sample archive, as text and JSON."""

import re

from programs import VENDORS, SampleTest, main, run



def pieces(change, side):
    """The text of one side of a change, put together from its spans."""
    text = change[side]["text"].encode()
    other = {"before": "added", "after": "removed"}[side]
    return b"".join(text[slice(*word[side])] for word in change["words"]
                    if word["kind"] != other).decode()


class Diff(SampleTest):
    def text(self, *words):
        return self.ok("diff", *words, index=self.index).text

    def diff(self, vendor, before, after, *words):
        """The one policy compared, as JSON that keeps to its schema."""
        answer = self.ok("diff", vendor, before, after, "--format", "json", *words,
                         index=self.index).json("diff")
        self.assertEqual(len(answer["policies"]), 1)
        return answer["policies"][0]

    def changes(self, diff, *kinds):
        return [(section, change) for section in diff["sections"] for change in section["changes"]
                if change["kind"] in kinds]

    def test_a_promise_is_reworded(self):
        text = self.text("brightloaf.example", "2018", "2020")
        self.assertIn("Before    2018-05-24 08:12 UTC · snapshot 4 of 6\n", text)
        self.assertIn("After     2020-08-15 12:03 UTC · snapshot 5 of 6\n", text)
        self.assertIn("\n1 clause added, 0 removed, 4 reworded · 1 section added · 23 unchanged\n",
                      text)
        self.assertIn("~ We [-do not-]{+may+} sell [-your-] personal data [-to anyone", text)
        self.assertIn("\n+ Sharing your information › Marketing partners.\n", text)
        self.assertIn("\n+ Marketing partners. Our partners are other retailers", text)
        self.assertNotIn("\x1b", text)

    def test_colours_stand_for_the_marks(self):
        text = self.text("brightloaf.example", "2018", "2020", "--color", "always")
        self.assertIn("We \x1b[9;31mdo not\x1b[0m \x1b[4;32mmay\x1b[0m sell", text)
        self.assertNotIn("[-", text)
        self.assertNotIn("{+", text)

    def test_as_json(self):
        diff = self.diff("brightloaf.example", "2018-06", "2021")
        self.assertEqual((diff["before"]["captured"], diff["after"]["captured"]),
                         ("2018-05-24T08:12:10Z", "2020-08-15T12:03:47Z"))
        self.assertEqual(diff["counts"]["reworded"], 4)
        (section, change), = [
            (section, change) for section, change in self.changes(diff, "reworded")
            if "personal data" in change["after"]["text"]]
        self.assertEqual(section["after"], ["Sharing your information"])
        self.assertIn("We do not sell your personal data to anyone", change["before"]["text"])
        self.assertIn("We may sell personal data about our customers", change["after"]["text"])
        shown = self.ok("show", change["after"]["id"], "--format", "json",
                        index=self.index).json("clause")
        self.assertEqual(shown["text"], change["after"]["text"])

    def test_the_spans_make_up_both_texts(self):
        for vendor in VENDORS:
            for before, after in (("2012", "2016"), ("2016", "2019"), ("2019", "2023")):
                answer = run("diff", f"{vendor}.example", before, after, "--format", "json",
                             index=self.index)
                if answer.status == 1:
                    self.assertIn("the first one is of", answer.error()["hint"])
                    continue
                diff = self.expect(answer, 0).json("diff")["policies"][0]
                for _, change in self.changes(diff, "reworded", "moved_here"):
                    if change["words"]:
                        self.assertEqual(pieces(change, "before"), change["before"]["text"])
                        self.assertEqual(pieces(change, "after"), change["after"]["text"])

    def test_a_moved_clause_is_told_at_both_places_and_counted_once(self):
        diff = self.diff("ferncable.example", "2012", "2014")
        (old, away), = self.changes(diff, "moved_away")
        (new, here), = self.changes(diff, "moved_here")
        self.assertEqual(diff["counts"]["moved"], 1)
        self.assertEqual((old["after"], new["after"]),
                         (["Disclosure of Information"], ["Your Choices"]))
        self.assertEqual((away["elsewhere"], here["elsewhere"]), (new["after"], old["before"]))
        self.assertTrue(here["after"]["text"].startswith("You may ask us at any time not to use"))
        text = self.text("ferncable.example", "2012", "2014")
        self.assertIn("< moved to: Your Choices\n", text)
        self.assertIn("> moved from: Disclosure of Information\n> You may ask us", text)

    def test_a_clause_vanishes_and_is_restored(self):
        gone = "We will never disclose that a person has searched this website"
        removed = self.changes(self.diff("brannocvalley.example", "2011", "2014"), "removed", "reworded")
        self.assertTrue(any(gone in change["before"]["text"] for _, change in removed))
        added = self.changes(self.diff("brannocvalley.example", "2014", "2016"), "added", "reworded")
        self.assertTrue(any(gone in change["after"]["text"] for _, change in added))

    def test_a_whole_rewrite(self):
        diff = self.diff("wendcab.example", "2016-09", "2019-03")
        self.assertEqual(diff["counts"]["unchanged"], 0)
        self.assertGreater(diff["counts"]["added"], 15)
        self.assertGreater(diff["counts"]["removed"], 15)
        self.assertIn("Title     [-Wendcab-] Privacy [-Policy-]{+Notice for Riders+}\n",
                      self.text("wendcab.example", "2016-09", "2019-03"))

    def test_no_change_is_said(self):
        self.assertEqual(self.text("brannocvalley.example", "2016-10", "2019-01"),
                         "brannocvalley.example · Privacy Policy\n"
                         "no change: both dates fall on the snapshot of 2016-09-26\n")
        self.assertTrue(self.diff("brannocvalley.example", "2017", "2018")["same_snapshot"])
        self.assertIn("no change: the snapshots of 2016-09-26 and 2019-07-14 say the same\n",
                      self.text("brannocvalley.example", "2016", "2019"))
        same = self.diff("inkwellow.example", "2016", "2018")
        self.assertEqual((same["same_snapshot"], same["changed"], same["sections"]),
                         (False, False, []))

    def test_a_date_before_the_first_snapshot_is_an_error_that_names_it(self):
        answer = self.expect(run("diff", "brightloaf.example", "2001", "2020", index=self.index), 1)
        self.assertIn("no snapshot of 'brightloaf.example' from 2001-12-31 or before",
                      answer.message)
        self.assertIn("the first one is of 2011-06-14", answer.message)
        error = self.expect(run("diff", "brightloaf.example", "2001", "2020", "--format", "json",
                                index=self.index), 1).error()
        self.assertEqual(error["code"], "not_found")
        answer = self.expect(run("diff", "brightlof.example", "2018", "2020", index=self.index), 1)
        self.assertIn("did you mean: brightloaf.example", answer.message)

    def test_a_policy_can_be_named_by_its_id(self):
        policy = self.diff("brightloaf.example", "2018", "2020")["policy"]["id"]
        self.assertEqual(self.text(policy, "2018", "2020"),
                         self.text("brightloaf.example", "2018", "2020"))

    def test_context_is_as_much_as_wanted(self):
        shown = [len(self.changes(self.diff("pacewren.example", "2016", "2018", "--context", number),
                                  "unchanged")) for number in ("0", "1", "20")]
        self.assertEqual(shown[0], 0)
        self.assertLess(shown[1], shown[2])
        diff = self.diff("pacewren.example", "2016", "2018", "--context", "0")
        text = self.text("pacewren.example", "2016", "2018", "--context", "0")
        for section in diff["sections"]:
            for count in [section["unchanged_after"],
                          *(change["unchanged_before"] for change in section["changes"])]:
                if count > 0:
                    self.assertRegex(text, rf"… {count} clauses? unchanged …")

    def test_quiet_is_the_changes_alone(self):
        text = self.text("brightloaf.example", "2018", "2020", "-q")
        self.assertNotIn("snapshot", text)
        self.assertNotIn("reworded", text)
        self.assertTrue(text.startswith("(before the first heading)\n"))

    def test_lines_keep_to_the_width(self):
        for vendor in ("glimmarc.example", "wendcab.example", "federkahn.example"):
            for line in self.text(vendor, "2016", "2022").split("\n"):
                if "://" not in line:
                    self.assertLessEqual(len(line), 80, line)


class SeveralPolicies(SampleTest):
    """A vendor with two policies, in a git history."""

    def setUp(self):
        super().setUp()
        import subprocess  # pylint: disable=import-outside-toplevel
        self.repository = self.folder / "acme-versions"
        self.repository.mkdir()
        self.git = lambda *words, **env: subprocess.run(
            ["git", "-C", str(self.repository), *words], check=True, capture_output=True,
            env={"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "GIT_AUTHOR_NAME": "a",
                 "GIT_AUTHOR_EMAIL": "a@a.example", "GIT_COMMITTER_NAME": "a",
                 "GIT_COMMITTER_EMAIL": "a@a.example", **env})
        self.git("init", "-q")
        self.commit("2015-05-01", "Privacy Policy", "We keep your letters for 12 months.")
        self.commit("2016-05-01", "Terms of Service", "You may not resell our bread tins.")
        self.commit("2017-05-01", "Privacy Policy", "We keep your letters for 36 months.")
        self.commit("2018-05-01", "Terms of Service", "You may resell our bread tins.")
        self.acme = self.folder / "acme.idx"
        self.ok("index", "-q", self.repository, "-i", self.acme)

    def commit(self, date, terms, text):
        file = self.repository / "Acme" / f"{terms}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"# {terms}\n\n{text}\n", encoding="utf-8")
        self.git("add", "-A")
        self.git("commit", "-qm", f"Record new changes of Acme {terms}",
                 GIT_AUTHOR_DATE=f"{date}T12:00:00Z", GIT_COMMITTER_DATE=f"{date}T12:00:00Z")

    def test_each_is_compared(self):
        answer = self.ok("diff", "Acme", "2016", "2018", "--format", "json",
                         index=self.acme).json("diff")
        self.assertEqual([diff["policy"]["type"] for diff in answer["policies"]],
                         ["Privacy Policy", "Terms of Service"])
        text = self.ok("diff", "acme", "2016", "2018", index=self.acme).text
        self.assertIn("for [-12-]{+36+} months", text)
        self.assertIn("You may [-not-] resell", text)
        text = self.ok("diff", "acme", "2016", "2018", "-q", index=self.acme).text
        self.assertTrue(text.startswith("Acme · Privacy Policy\n"))

    def test_only_those_of_a_type(self):
        text = self.ok("diff", "Acme", "2016", "2018", "--type", "terms of service",
                       index=self.acme).text
        self.assertNotIn("months", text)
        self.assertIn("You may [-not-] resell", text)
        answer = self.expect(run("diff", "Acme", "2016", "2018", "--type", "cookies",
                                 index=self.acme), 1)
        self.assertRegex(re.sub(r"\s+", " ", answer.message),
                         "no policy of the type 'cookies'.*Privacy Policy, Terms of Service")

    def test_one_that_came_later_is_named(self):
        answer = self.ok("diff", "Acme", "2015", "2018", "--format", "json",
                         index=self.acme).json("diff")
        self.assertEqual([missing["first"] for missing in answer["not_compared"]], ["2016-05-01"])
        text = self.ok("diff", "Acme", "2015", "2018", index=self.acme).text
        self.assertIn("Acme · Terms of Service\n"
                      "not compared: the first snapshot is of 2016-05-01\n", text)


if __name__ == "__main__":
    main()
