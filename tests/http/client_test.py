#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The description of the API is valid, and a client that is generated from it reads real answers.

The validator and the generator come from PyPI, in the versions of client_requirements.txt. They are
installed once into a virtual environment beside the programs, in which the test then goes on."""

import datetime
import hashlib
import importlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from server import BIN, ServerTest, main

REQUIREMENTS = Path(__file__).with_name("client_requirements.txt")
VENDOR = "brightloaf.example"
QUERY = '("personal data" OR sell*) NOT heading:retention'


def enter_environment():
    """Starts this script again with the Python that finds what it needs."""
    key = hashlib.sha256(REQUIREMENTS.read_bytes() + sys.version.encode()).hexdigest()[:12]
    folder = BIN.parent / f"client-tools-{key}"
    if Path(sys.prefix) == folder:
        return
    python = folder / "bin" / "python"
    complete = folder / "complete"
    if not complete.exists():
        shutil.rmtree(folder, ignore_errors=True)
        for command in ([sys.executable, "-m", "venv", folder],
                        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                         "--retries", "1", "--timeout", "20", "--no-deps", "-r", REQUIREMENTS]):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode != 0:
                print(f"SKIPPED: {command[2]} fails: {done.stdout.strip()}{done.stderr.strip()}")
                sys.exit(77)
        complete.touch()
    os.execv(python, [python, *sys.argv])


class GeneratedClient(ServerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        folder = Path(folder.name)
        cls.description = cls.server.ask("/api/v1/openapi.json").json()
        (folder / "openapi.json").write_text(json.dumps(cls.description), encoding="utf-8")
        (folder / "config.yaml").write_text("post_hooks: []", encoding="utf-8")
        done = subprocess.run(
            [Path(sys.prefix) / "bin" / "openapi-python-client", "generate", "--fail-on-warning",
             "--path", folder / "openapi.json", "--config", folder / "config.yaml",
             "--meta", "none", "--output-path", folder / "smallprint_api"],
            capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise AssertionError(done.stdout + done.stderr)
        sys.path.insert(0, str(folder))
        cls.models = importlib.import_module("smallprint_api.models")
        cls.client = importlib.import_module("smallprint_api").Client(
            base_url=cls.server.address.rstrip("/"))

    def ask(self, operation, status=200, **parameters):
        """What the client makes of an answer, and the answer."""
        module = importlib.import_module(f"smallprint_api.api.default.{operation}")
        reply = module.sync_detailed(client=self.client, **parameters)
        self.assertEqual(reply.status_code, status, reply.content[:500])
        return reply.parsed, reply.content.decode()

    def expect_whole(self, parsed, text):
        """Nothing of the answer is lost. Python writes UTC as an offset."""
        text = re.sub(r'("\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)Z"', r'\1+00:00"', text)
        self.assertEqual(parsed.to_dict(), json.loads(text))

    def read(self, model, operation, **parameters):
        parsed, text = self.ask(operation, **parameters)
        self.assertIs(type(parsed), getattr(self.models, model))
        self.expect_whole(parsed, text)
        return parsed

    def test_the_description_is_valid(self):
        importlib.import_module("openapi_spec_validator").validate(self.description)

    def test_search(self):
        answer = self.read("SearchResponse", "search", q=QUERY, n=5, facets=True, explain=True,
                           vendor=[VENDOR, "moonferry.example"],
                           changed=self.models.SearchChanged.ADDED)
        hit = answer.results[0]
        self.assertIn(hit.vendor, (VENDOR, "moonferry.example"))
        begin, end = hit.highlights[0]
        self.assertTrue(hit.text.encode()[begin:end].decode())
        self.assertEqual(hit.last_seen, hit.runs[-1][1])
        self.assertEqual(answer.query.tree.children[0].children[0].kind,
                         self.models.QueryNodeKind.PHRASE)
        self.assertEqual(answer.query.filters.changed, self.models.Change.ADDED)
        self.assertTrue(answer.facets.year)
        self.assertTrue(answer.explanation.conditions)
        self.assertIsNone(self.read("SearchResponse", "search", vendor=[VENDOR]).query.tree)

    def test_history(self):
        answer = self.read("History", "policy_history", vendor=VENDOR, from_="2012", to="2020")
        self.assertEqual(answer.from_, datetime.date(2012, 1, 1))
        snapshots = answer.policies[0].timeline
        self.assertEqual(snapshots[0].captured.tzinfo, datetime.timezone.utc)
        changes = [change for snapshot in snapshots for change in snapshot.changes]
        added = [change for change in changes if change.kind.value == "added"]
        self.assertTrue(0 < len(added) < len(changes))
        self.assertEqual([change.before for change in added], [None] * len(added))

    def test_trend(self):
        answer = self.read("Trend", "trend", q=["cookies", QUERY], by=self.models.TrendBy.YEAR)
        self.assertEqual([len(query.points) for query in answer.queries], [len(answer.periods)] * 2)
        self.assertGreater(answer.queries[0].points[-1].share, 0)

    def test_export(self):
        parsed, text = self.ask("export", q=QUERY)
        lines = parsed.splitlines()
        self.assertGreater(len(lines), 10)
        for line in lines:
            clause = self.models.ExportLine.from_dict(json.loads(line))
            self.expect_whole(clause, line)
            self.assertTrue(clause.policy.id)
        self.assertEqual(parsed, text)

    def test_the_other_answers(self):
        clause = self.read("SearchResponse", "search", q="cookies", n=1).results[0].id
        self.read("Facets", "facets", q=QUERY)
        self.read("Clause", "clause", id=clause)
        self.read("ClauseHistory", "clause_history", id=clause)
        self.read("Policy", "policy_at", vendor=VENDOR, date="2016")
        self.read("Diff", "diff", vendor=VENDOR, before="2012", after="2020")
        self.read("Suggestions", "suggest", q="b")
        self.read("Vendors", "vendors")
        self.read("Info", "info")

    def test_a_mistake(self):
        problem, text = self.ask("search", 400, q='"open')
        self.assertEqual(problem.code, self.models.ProblemCode.QUERY)
        self.expect_whole(problem, text)


if __name__ == "__main__":
    enter_environment()
    main()
