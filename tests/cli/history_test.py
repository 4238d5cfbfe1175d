#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What changed in policies, checked against the changes that are planted in the sample archive."""

import re

from programs import VENDORS, ProgramTest, SampleTest, main, run

# Site, date of the later snapshot, what goes, what comes: the table of data/README.md.
PLANTED = [
    ("brightloaf", "2020-08-15", "We do not sell your personal data to anyone",
     "We may sell personal data about our customers"),
    ("tallowdesk", "2015-12-04", "Tallowdesk, Inc. complies with the Safe Harbor principles",
     "we no longer rely on the Safe Harbor Framework"),
    ("tallowdesk", "2017-01-20", "we no longer rely on the Safe Harbor Framework",
     "Tallowdesk, Inc. is certified under the EU-U.S. Privacy Shield"),
    ("tallowdesk", "2020-09-17", "Tallowdesk, Inc. is certified under the EU-U.S. Privacy Shield",
     "we no longer rely on the Privacy Shield"),
    ("brannocvalley", "2014-05-19",
     "We will never disclose that a person has searched this website", None),
    ("brannocvalley", "2016-09-26", None,
     "We will never disclose that a person has searched this website"),
    ("tessadrift", "2020-01-03", "We do not sell Browser Information",
     'which may be considered a "sale" under California law'),
    ("lanfordpost", "2020-01-22", None,
     'follow the link "Do Not Sell My Personal Information" at the foot of every page'),
    ("tallowdesk", "2018-05-25", None,
     "you have the following rights under the General Data Protection Regulation (GDPR)"),
    ("federkahn", "2018-05-26", None,  # what goes is read as a heading
     "Nach der Datenschutz-Grundverordnung (DSGVO) haben Sie folgende Rechte"),
    ("lanfordpost", "2012-06-07", None,
     "If your browser sends a Do Not Track signal, we honor it."),
    ("lanfordpost", "2017-08-16", "If your browser sends a Do Not Track signal, we honor it.",
     "The Site no longer responds to Do Not Track signals."),
    ("pacewren", "2018-06-01", "We keep your activity data for 12 months after your last sync.",
     "We keep your activity data for 36 months after your last sync."),
    ("heartlantern", "2017-07-19", "We do not share your precise location with advertisers",
     "We may also share the precise location of your device with advertisers"),
    ("wendcab", "2019-03-22", "We don't sell your information, period.",
     "The controller of the personal data described in this notice is Wendcab Mobility plc"),
    ("glimmarc", "2015-02-09", "satellite or disc content is not transmitted",
     "Smart Glance is enabled by default"),
    ("glimmarc", "2017-03-03", "Smart Glance is enabled by default",
     "Smart Glance is disabled unless you have given your express consent"),
    ("glimmarc", "2021-01-25", "Glimmarc does not sell Personal Information to third parties",
     "Do Not Sell My Personal Information"),
    ("ferncable", "2018-11-07", "We do not keep a record of the websites you visit",
     "We may keep a record of the domain names your devices look up."),
    ("heartlantern", "2022-03-27", "We do not sell your personal information.",
     "may count as a “sale” under the CCPA"),
    ("inkwellow", "2022-06-06", "one year after the class has last been used",
     "two years after the class has last been used"),
    ("tessadrift", "2022-08-30",
     "We do not at present treat a Do Not Track header as an opt-out.",
     "We treat the Global Privacy Control signal of a browser as a request not to sell personal "
     "information."),
]


def straight(text):
    return text.replace("’", "'")


class History(SampleTest):
    def history(self, target, *words, status=0):
        return self.expect(run("history", target, "--format", "json", *words, index=self.index),
                           status).json("history")

    def timeline(self, vendor, *words):
        [policy] = self.history(f"{vendor}.example", *words)["policies"]
        return policy["timeline"]

    def snapshot(self, vendor, day):
        [found] = [one for one in self.timeline(vendor) if one["captured"].startswith(day)]
        return found

    def clause(self, query):
        return self.search(query)["results"][0]["id"]

    def life(self, clause, *words):
        return self.ok("history", clause, "--format", "json", *words,
                       index=self.index).json("clause-history")

    def test_the_planted_changes_are_told(self):
        for vendor, day, goes, comes in PLANTED:
            changes = self.snapshot(vendor, day)["changes"]
            for side, phrase in (("before", goes), ("after", comes)):
                texts = [straight(change[side]["text"]) for change in changes if change[side]]
                if phrase:
                    self.assertTrue(any(straight(phrase) in text for text in texts),
                                    f"{vendor} {day} {side}: {phrase}")

    def test_a_promise_that_turned_is_one_rewording(self):
        for vendor, day, goes, comes in (PLANTED[0], PLANTED[12], PLANTED[20]):
            changes = self.snapshot(vendor, day)["changes"]
            [change] = [one for one in changes if one["after"] and comes in one["after"]["text"]]
            self.assertEqual(change["kind"], "reworded")
            self.assertIn(goes, change["before"]["text"])
            self.assertGreaterEqual(change["similarity"], 0.5)
            self.assertTrue(change["heading_path"])

    def test_what_came_back_is_restored(self):
        phrase = "We will never disclose that a person has searched this website"
        [change] = [one for one in self.snapshot("brannocvalley", "2016-09-26")["changes"]
                    if one["after"] and phrase in one["after"]["text"]]
        self.assertEqual((change["kind"], change["restored"]), ("added", True))
        text = self.ok("history", "brannocvalley.example", index=self.index).text
        self.assertIn(" · restored, it stood before", text)

    def test_a_clause_that_moved_is_no_change(self):
        for snapshot in self.timeline("ferncable"):
            for change in snapshot["changes"]:
                for side in ("before", "after"):
                    self.assertNotIn("You may ask us at any time not to use or disclose",
                                     (change[side] or {"text": ""})["text"])

    def test_identical_snapshots_have_no_change(self):
        for vendor, day in (("brannocvalley", "2019-07-14"), ("inkwellow", "2018-09-05")):
            self.assertEqual(self.snapshot(vendor, day)["changes"], [])
            text = self.ok("history", f"{vendor}.example", index=self.index).text
            self.assertRegex(text, rf"(?m)^{day}  no change · [0-9]+ clauses$")

    def test_every_timeline_adds_up(self):
        for vendor in VENDORS:
            timeline = self.timeline(vendor)
            self.assertIsNone(timeline[0]["compared_with"])
            standing = None
            for snapshot in timeline:
                kinds = [change["kind"] for change in snapshot["changes"]]
                for kind in ("added", "removed", "reworded"):
                    self.assertEqual(snapshot[kind], kinds.count(kind))
                # A clause may stand twice in a snapshot, so that this holds for distinct ones.
                if standing is not None:
                    grown = snapshot["added"] - snapshot["removed"]
                    self.assertLessEqual(abs(snapshot["clauses"] - standing - grown), 2)
                standing = snapshot["clauses"]
            self.ok("history", f"{vendor}.example", "-v", index=self.index)

    def test_a_span_limits_the_snapshots(self):
        days = [one["captured"][:10] for one in
                self.timeline("brightloaf", "--from", "2014-03", "--to", "2018")]
        self.assertEqual(days, ["2014-03-02", "2015-11-09", "2018-05-24"])
        first = self.timeline("brightloaf", "--from", "2020-08-15", "--to", "2020-08-15")[0]
        self.assertEqual(first["compared_with"], 4)
        self.assertEqual(first, self.snapshot("brightloaf", "2020-08-15"))
        self.history("brightloaf.example", "--from", "2030", status=1)
        none = self.expect(run("history", "brightloaf.example", "--to", "2001",
                               index=self.index), 1)
        self.assertIn("No snapshot to 2001-12-31.", none.text)

    def test_the_life_of_a_clause(self):
        clause = self.clause('"we do not sell your personal data to anyone"')
        life = self.life(clause)
        [stood] = life["runs"]
        self.assertEqual((stood["first"], stood["last"], stood["snapshots"]),
                         ("2011-06-14", "2018-05-24", 4))
        self.assertTrue(stood["begins_policy"])
        self.assertEqual(stood["gone"][:10], "2020-08-15")
        [after] = stood["replaced_by"]
        self.assertIn("We may sell personal data about our customers", after["text"])
        [back] = self.life(after["id"])["runs"][0]["replaced"]
        self.assertEqual(back["id"], clause)
        self.assertEqual(back["similarity"], after["similarity"])
        text = self.ok("history", clause, index=self.index).text
        self.assertRegex(text, r"(?m)^2020-08-15  It was reworded to:\n\n  ~ We (\[-do not-\])?\{\+may\+\}")

    def test_the_life_of_a_restored_clause(self):
        clause = self.clause('"never disclose that a person has searched this website"')
        runs = self.life(clause)["runs"]
        self.assertEqual([(one["first"], one["restored"]) for one in runs],
                         [("2011-03-08", False), ("2016-09-26", True)])
        self.assertIsNone(runs[1]["gone"])
        self.assertEqual(len(self.life(clause, "--from", "2015")["runs"]), 1)
        self.expect(run("history", clause, "--from", "2030", index=self.index), 1)

    def test_another_clause_at_the_place_is_told(self):
        clause = self.clause('"complies with the safe harbor principles"')
        [after] = self.life(clause)["runs"][0]["replaced_by"]
        self.assertIn("no longer rely on the Safe Harbor Framework", after["text"])

    def test_ids_can_be_shown(self):
        ids = set(re.findall(r"[0-9a-z]{10}-[0-9a-z]{10}",
                             self.ok("history", "wendcab.example", index=self.index).text))
        self.assertGreater(len(ids), 40)
        for clause in sorted(ids)[:20]:
            self.ok("show", clause, index=self.index)
            self.life(clause)

    def test_a_policy_can_be_named_by_its_id_and_type(self):
        policy = self.history("brightloaf.example")["policies"][0]["policy"]["id"]
        self.assertEqual(self.ok("history", policy, index=self.index).out,
                         self.ok("history", "BRIGHTLOAF.example", index=self.index).out)
        self.history("brightloaf.example", "--type", "privacy policy")
        answer = self.expect(run("history", "brightloaf.example", "--type", "Terms",
                                 index=self.index), 1)
        self.assertIn("there is: Privacy Policy", answer.message)

    def test_what_is_not_there(self):
        self.expect(run("history", "brightloof.example", index=self.index), 1)
        self.expect(run("history", "aaaaaaaaaa-aaaaaaaaaa", index=self.index), 1)

    def test_prose_fits_into_the_page(self):
        for vendor in VENDORS:
            text = self.ok("history", f"{vendor}.example", index=self.index).text
            self.assertLessEqual(max(map(len, text.split("\n"))), 80)


class OwnArchive(ProgramTest):
    def test_several_snapshots_of_a_day_have_times_and_none_is_lost(self):
        whales, cats = ("We keep whales in the basement of the house for research.",
                        "Nobody but the cat reads what visitors write to us by letter.")
        for clock, text in (("080000", whales), ("120000", f"{whales}\n\n{cats}"),
                            ("180000", cats)):
            self.policy(f"a.example/20150102{clock}.md",
                        "> *The following text is extracted and transformed from the a.example "
                        "privacy policy that was archived on 2015-01-02. Please check the "
                        "[original snapshot on the Wayback Machine](https://web.archive.org/web/"
                        f"20150102{clock}id_/http%3A//a.example/privacy) for the most accurate "
                        f"reproduction.*\n\n{text}\n")
        text = self.ok("history", "a.example", index=self.index_archive()).text
        for part in ("2015-01-02 08:00 UTC  first snapshot", "2015-01-02 12:00 UTC  1 added",
                     "2015-01-02 18:00 UTC  1 removed"):
            self.assertIn(part, text)

    def test_undated_snapshots_are_listed_apart(self):
        self.policy("plain.md", "A policy of nobody and of no day.\n")
        index = self.index_archive()
        [policy] = self.ok("info", "--format", "json", index=index).json("info")["policies"]
        answer = self.ok("history", policy["policy"]["id"], "--format", "json",
                         index=index).json("history")
        self.assertEqual(answer["policies"][0]["timeline"], [])
        self.assertEqual(len(answer["policies"][0]["undated"]), 1)
        self.assertIn("Without a date, and so not compared",
                      self.ok("history", policy["policy"]["id"], index=index).text)

    def test_a_policy_that_flaps_for_years_is_answered_in_time(self):
        head = ("> *The following text is extracted and transformed from the a.example privacy "
                "policy that was archived on {day}. Please check it.*\n\n")
        forms = ["\n\n".join(f"Clause {number} of form {form} says that word{number * form % 97} "
                             f"and word{number * form % 89} are kept for {number} days."
                             for number in range(300)) for form in (3, 5)]
        for at in range(60):
            day = f"{2010 + at // 12}-{1 + at % 12:02}-01"
            self.policy(f"a.example/{day}.md", head.format(day=day) + forms[at % 2] + "\n")
        index = self.index_archive()
        answer = self.ok("history", "a.example", "--format", "json", index=index).json("history")
        # A comparison of each snapshot with each other would run into the time limit of the test.
        self.assertEqual(len(answer["policies"][0]["timeline"]), 60)


if __name__ == "__main__":
    main()
