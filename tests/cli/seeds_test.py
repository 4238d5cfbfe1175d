#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The five real policies that everybody starts with."""

import os
import sys
from pathlib import Path

from programs import ProgramTest, main


class Seeds(ProgramTest):
    def test_search_and_overview(self):
        index = self.folder / "index"
        seeds = Path(os.environ["SMALLPRINT_SHARED"]) / "corpora" / "seeds"
        self.ok("index", "-q", seeds, "-i", index)
        hits = self.ok("search", "sell personal data", "--format", "json",
                       index=index).json("search-response")["results"]
        best = next(hit for hit in hits[:2] if "kaseya" in hit["vendor"].lower())
        self.assertIn("3. How We Use the Information We Collect", best["heading_path"])
        info = self.ok("info", "--format", "json", index=index).json("info")
        self.assertEqual(info["counts"]["vendors"], 5)
        undated = [policy for policy in info["policies"] if policy["first"] is None]
        self.assertIn("manage", " ".join(policy["vendor"].lower() for policy in undated))
        self.assertRegex(self.ok("info", index=index).text, r"(?i)ic ?manage.* unknown +unknown")


if __name__ == "__main__":
    if "SMALLPRINT_SHARED" not in os.environ:
        print("SKIPPED: there is no folder `shared` beside the repository")
        sys.exit(77)
    main()
