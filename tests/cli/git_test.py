#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Archives held as git histories: the same answers as from files, and histories that are broken."""

import os
import shutil
import subprocess

from programs import SAMPLE, ProgramTest, main, run


class GitTest(ProgramTest):
    def git(self, repository, *words, day="2014-03-02", **settings):
        environment = dict(os.environ, GIT_AUTHOR_DATE=f"{day}T12:00:00Z",
                           GIT_COMMITTER_DATE=f"{day}T13:00:00Z", GIT_CONFIG_GLOBAL="/dev/null",
                           GIT_CONFIG_NOSYSTEM="1")
        done = subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@a.example", *words],
                              cwd=repository, env=environment, check=True, capture_output=True,
                              **settings)
        return done.stdout.decode()

    def repository(self, name="history"):
        folder = self.folder / name
        folder.mkdir()
        self.git(folder, "init", "-q", "-b", "main")
        return folder

    def commit(self, repository, path, text, day, message="A change"):
        file = repository / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        self.git(repository, "add", "-A", day=day)
        self.git(repository, "commit", "-q", "-m", message, day=day)

    def index(self, source, name="made.idx"):
        made = self.folder / name
        self.answer = self.ok("index", source, "-i", made)
        return made

    def clauses(self, index, words, *options):
        """(id, runs) of every clause with the words."""
        found = self.ok("search", words, "--format", "json", "-n", "1000", "--all-copies",
                        *options, index=index).json("search-response")
        return {(hit["id"], tuple(map(tuple, hit["runs"]))) for hit in found["results"]}


class SameAsFiles(GitTest):
    def test_a_history_gives_the_clauses_ids_and_runs_of_its_files(self):
        history = self.repository()
        for file in sorted(SAMPLE.rglob("*.md"), key=lambda path: (path.stem, path)):
            digits, site = file.stem, file.parent
            day = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}"
            path = site.relative_to(SAMPLE).with_name(site.name + ".md")
            text = file.read_bytes()
            target = history / path
            if target.exists() and target.read_bytes() == text:
                text += b"\n"  # git keeps no commit without a change
            self.commit(history, path, text, day)
        bundle = self.folder / "history.bundle"
        self.git(history, "bundle", "create", "-q", str(bundle), "main")
        self.git(self.folder, "clone", "-q", "--bare", str(bundle), "clone.git")
        files = self.index(SAMPLE, "files.idx")
        for source in (history, history / ".git", self.folder / "clone.git"):
            with self.subTest(source=source.name):
                index = self.index(source, source.name + ".idx")
                for words in ("information", "data", "cookies", '"third parties"', "daten"):
                    wanted = self.clauses(files, words)
                    self.assertTrue(wanted)
                    self.assertEqual(self.clauses(index, words), wanted)


class Forms(GitTest):
    def test_terms_archives_name_service_and_type_by_path_and_capture_by_message(self):
        history = self.repository()
        capture = "https://github.com/OpenTermsArchive/x-snapshots/commit/0123456789abcdef"
        message = f"Record new changes of Walrus Mail Terms of Service\n\nfrom snapshot {capture}\n"
        self.commit(history, "README.md", "About this archive.\n", "2020-01-01")
        self.commit(history, "Walrus Mail/Terms of Service.md", "We may sell tusks.\n",
                    "2020-02-03", message)
        index = self.index(history)
        hit = self.ok("search", "tusks", "--format", "json", index=index) \
            .json("search-response")["results"][0]
        self.assertEqual(hit["vendor"], "Walrus Mail")
        self.assertEqual(hit["policy"]["type"], "Terms of Service")
        self.assertEqual(hit["first_seen"], "2020-02-03")
        self.assertEqual(hit["archive_url"], capture)
        self.assertIn("README.md: describes the repository", self.answer.message)

    def test_ordinary_repositories_name_vendors_by_their_paths_only(self):
        history = self.repository("walrus-policies")
        self.commit(history, "policies/privacy-policy.md", "We keep tusks.\n", "2018-05-05")
        self.commit(history, "policies/privacy-policy.md", "We sell tusks.\n", "2019-05-05")
        self.commit(history, "seal.example/terms.md", "We sell seals.\n", "2019-05-05")
        self.commit(history, "policies/logo.png", b"\x89PNG\0", "2019-06-06")
        index = self.index(history)

        def first_hit(words):
            return self.ok("search", words, "--format", "json", index=index) \
                .json("search-response")["results"][0]
        hit = first_hit("tusks sell")
        self.assertEqual((hit["vendor"], hit["policy"]["type"]), (None, "Privacy Policy"))
        self.assertEqual(hit["runs"], [["2019-05-05", "2019-05-05", 1]])
        self.assertEqual(first_hit("tusks keep")["policy"]["id"], hit["policy"]["id"])
        self.assertEqual(first_hit("seals")["vendor"], "seal.example")
        self.assertIn("policies/logo.png@", self.answer.message)

    def test_a_text_restored_is_the_same_clause_with_a_second_run(self):
        history = self.repository()
        for day, text in (("2015-01-01", "We keep tusks.\n"), ("2016-01-01", "We sell them.\n"),
                          ("2017-01-01", "We keep tusks.\n")):
            self.commit(history, "privacy.md", text, day)
        index = self.index(history)
        hit = self.ok("search", "tusks", "--format", "json", index=index) \
            .json("search-response")["results"][0]
        self.assertEqual(hit["runs"], [["2015-01-01", "2015-01-01", 1],
                                       ["2017-01-01", "2017-01-01", 1]])


class Broken(GitTest):
    def test_a_shallow_clone_gives_what_it_has_and_says_where_it_ends(self):
        history = self.repository()
        for year in (2015, 2016, 2017):
            self.commit(history, "privacy.md", f"We kept tusks in {year}.\n", f"{year}-01-01")
        self.git(self.folder, "clone", "-q", "--depth", "2", f"file://{history}", "shallow")
        index = self.index(self.folder / "shallow")
        self.assertEqual(len(self.clauses(index, "tusks")), 2)

    def test_a_missing_object_loses_its_snapshot_only(self):
        history = self.repository()
        for year in (2015, 2016, 2017):
            self.commit(history, "privacy.md", f"We kept tusks in {year}.\n", f"{year}-01-01")
        blob = self.git(history, "rev-parse", "HEAD~1:privacy.md").strip()
        (history / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
        index = self.index(history)
        self.assertEqual(len(self.clauses(index, "tusks")), 2)
        self.assertIn("privacy.md@", self.answer.message)
        strict = run("index", history, "-i", self.folder / "strict.idx", "--strict")
        self.expect(strict, 3)

    def test_no_commit_and_no_repository_are_errors(self):
        empty = self.repository()
        self.assertIn("newest commit", self.expect(run("index", empty, "-i", self.folder / "i"), 3)
                      .message)
        shutil.rmtree(empty / ".git" / "objects")
        self.expect(run("index", empty, "-i", self.folder / "i"), 3)

    def test_links_submodules_and_odd_names_are_named_and_nothing_else_is_lost(self):
        history = self.repository()
        self.commit(history, "privacy.md", "We keep tusks.\n", "2015-01-01")
        os.symlink("/etc/passwd", history / "link.md")
        self.commit(history, "odd\x1b[31m\n.md", "We sell tusks.\n", "2016-01-01")
        index = self.index(history)
        self.assertEqual(len(self.clauses(index, "tusks")), 2)
        self.assertIn("link.md@", self.answer.message)
        self.assertNotIn("\x1b", self.answer.message)
        self.assertNotIn("\x1b", self.ok("search", "tusks", "-v", index=index).text)


if __name__ == "__main__":
    main()
