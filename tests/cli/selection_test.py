#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Which snapshots of an archive are indexed: --only and --exclude."""

import json

from programs import ProgramTest, main, run

PAGES = {
    "acme.example/privacy/2020-01-02.md": "https://www.acme.example/legal/privacy",
    "acme.example/terms/2020-01-02.md": "https://www.acme.example/legal/terms",
    "bakery.example/privacy/2021-01-02.md": "https://bakery.example/privacy",
    "drafts/bakery.example/privacy/2022-01-02.md": "https://bakery.example/drafts/privacy",
}


class Selection(ProgramTest):
    def setUp(self):
        super().setUp()
        self.archive = self.folder / "archive.jsonl"
        with self.archive.open("w", encoding="utf-8") as out:
            for number, (path, url) in enumerate(PAGES.items()):
                vendor = "Bakery" if "bakery" in path else "Acme"
                out.write(json.dumps({"vendor": vendor, "url": url, "date": path[-13:-3],
                                      "text": f"We sell data of kind {number}."}) + "\n")
        self.index = self.folder / "i"

    def addresses(self):
        export = self.ok("export", index=self.index).text
        return sorted(json.loads(line)["source_url"] for line in export.splitlines())

    def made(self, *options):
        self.ok("index", "--rebuild", self.archive, *options, index=self.index)
        return self.addresses()

    def test_by_vendor_and_by_address(self):
        everything = sorted(PAGES.values())
        self.assertEqual(self.made(), everything)
        acme = [url for url in everything if "acme" in url]
        bakery = [url for url in everything if "bakery" in url]
        self.assertEqual(self.made("--only", "acme"), acme)
        self.assertEqual(self.made("--exclude", "ACME"), bakery)
        self.assertEqual(self.made("--only", "*.acme.example/*", "--only", "bakery.example/privacy"),
                         [url for url in everything if "drafts" not in url])
        self.assertEqual(self.made("--only", "*/privacy", "--exclude", "*/drafts/*"),
                         [url for url in everything
                          if url.endswith("/privacy") and "drafts" not in url])

    def test_by_place(self):
        folder = self.folder / "tree"
        for path in PAGES:
            (folder / path).parent.mkdir(parents=True)
            (folder / path).write_text(f"# Terms\n\nWe sell what {path} says.\n", encoding="utf-8")
        self.ok("index", folder, "--exclude", "*drafts/*", index=self.index)
        self.assertEqual(self.ok("search", "sell", "-n", "9", "--format", "json",
                                 index=self.index).json("search-response")["total"]["value"], 3)

    def test_what_is_left_out_is_counted(self):
        report = self.folder / "report.json"
        self.ok("index", self.archive, "--exclude", "acme", "--report", report, index=self.index)
        skipped = json.loads(report.read_text(encoding="utf-8"))["skipped"]
        self.assertEqual([(item["kind"], item["reason"], item["count"]) for item in skipped],
                         [("aside", "--exclude acme", 2)])

    def test_an_index_keeps_what_it_has(self):
        everything = self.made()
        self.ok("index", self.archive, "--exclude", "acme", index=self.index)
        self.assertEqual(self.addresses(), everything)

    def test_nothing_left_is_said(self):
        answer = self.expect(run("index", self.archive, "--only", "nobody", index=self.index), 3)
        self.assertIn("not among what --only names", answer.message)


if __name__ == "__main__":
    main()
