#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Showing clauses, policies and what an index holds."""

from programs import VENDORS, SampleTest, main, run


class Show(SampleTest):
    def clause(self, query):
        return self.search(query)["results"][0]

    def test_a_clause_stands_in_its_section(self):
        hit = self.clause('"we may sell personal data"')
        text = self.ok("show", hit["id"], index=self.index).text
        self.assertIn("▌ We may sell personal data about our customers", text)
        self.assertIn("\nSharing your information\n", text)
        self.assertIn("2020-08-15 – 2022-02-11 · 2 snapshots · in the newest", text)
        self.assertIn(hit["archive_url"], text)
        self.assertNotIn("\nBrightloaf Privacy Policy\n", text)
        whole = self.ok("show", hit["id"], "--full", index=self.index).text
        self.assertIn("▌ We may sell personal data", whole)
        self.assertIn("\nBrightloaf Privacy Policy\n", whole)

    def test_a_clause_as_json(self):
        hit = self.clause('"we may sell personal data"')
        clause = self.ok("show", hit["id"], "--format", "json", "--context", "1",
                         index=self.index).json("clause")
        for field in ("id", "vendor", "policy", "heading_path", "text", "runs", "context",
                      "archive_url", "source", "also_at"):
            self.assertEqual(clause[field], hit[field], field)
        full = self.ok("show", hit["id"], "--full", "--format", "json",
                       index=self.index).json("policy")
        focused = [line for line in full["lines"] if line["focused"]]
        self.assertEqual([line["id"] for line in focused], [hit["id"]])

    def test_the_newest_snapshot_with_the_clause_is_shown(self):
        hit = self.clause('"we do not sell your personal data to anyone"')
        view = self.ok("show", hit["id"], "--full", "--format", "json",
                       index=self.index).json("policy")
        self.assertEqual(view["captured"], "2018-05-24T08:12:10Z")

    def test_a_snapshot_without_the_clause_says_so(self):
        hit = self.clause('"we may sell personal data"')
        text = self.ok("show", hit["id"], "--at", "2015", index=self.index).text
        self.assertIn("does not stand in this snapshot", text)

    def test_a_policy_at_a_date(self):
        def captured(*at):
            view = self.ok("show", "brightloaf.example", *at, "--format", "json",
                           index=self.index).json("policy")
            return view["captured"][:10], view["snapshot"], view["snapshots"]
        self.assertEqual(captured(), ("2022-02-11", 6, 6))
        self.assertEqual(captured("--at", "2014"), ("2014-03-02", 2, 6))
        self.assertEqual(captured("--at", "2014-02"), ("2011-06-14", 1, 6))
        self.assertEqual(captured("--at", "2015-11-09"), ("2015-11-09", 3, 6))
        self.expect(run("show", "brightloaf.example", "--at", "2001", index=self.index), 1)

    def test_a_policy_can_be_named_by_its_id(self):
        policy = self.clause("baking")["policy"]["id"]
        self.assertEqual(self.ok("show", policy, index=self.index).out,
                         self.ok("show", "brightloaf.example", index=self.index).out)

    def test_every_policy_can_be_shown(self):
        for vendor in VENDORS:
            text = self.ok("show", f"{vendor}.example", index=self.index).text
            self.assertGreater(len(text), 3000)
            self.ok("show", f"{vendor}.example", "--format", "json",
                    index=self.index).json("policy")

    def test_every_clause_of_a_policy_can_be_shown(self):
        view = self.ok("show", "tallowdesk.example", "--format", "json",
                       index=self.index).json("policy")
        ids = [line["id"] for line in view["lines"] if line["id"]]
        self.assertGreater(len(ids), 20)
        for clause in ids:
            self.ok("show", clause, "--format", "json", index=self.index).json("clause")
            self.assertIn("▌ ", self.ok("show", clause, index=self.index).text)


class Info(SampleTest):
    def test_all_vendors_are_listed(self):
        text = self.ok("info", index=self.index).text
        for vendor in VENDORS:
            self.assertRegex(text, rf"(?m)^{vendor}\.example +Privacy Policy +[0-9]+  20")
        self.assertIn("14 vendors, 14 policies, 65 snapshots", text)
        self.assertRegex(text, r"brightloaf\.example +Privacy Policy +6  2011-06-14  2022-02-11")

    def test_as_json(self):
        info = self.ok("info", "--format", "json", index=self.index).json("info")
        self.assertEqual(info["counts"]["snapshots"], 65)
        self.assertEqual([policy["vendor"] for policy in info["policies"]],
                         [f"{vendor}.example" for vendor in VENDORS])
        self.assertEqual(info["folder"], str(self.index))
        self.assertEqual(sum(policy["snapshots"] for policy in info["policies"]), 65)


if __name__ == "__main__":
    main()
