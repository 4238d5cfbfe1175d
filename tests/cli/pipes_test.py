#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A pipe or device where a file should be is told; nobody waits at its other end."""

import os
import shutil
import subprocess
from pathlib import Path

from hostile_input import policy
from programs import ProgramTest, main, run

PATIENCE = 20  # seconds

OF_A_REPOSITORY = (".git", ".git/config", ".git/HEAD", ".git/packed-refs", ".git/refs/heads/main",
                   ".git/refs/heads/other/deep", ".git/refs/replace/x", ".git/info/exclude",
                   ".git/commondir", ".git/shallow", ".git/objects/info/alternates",
                   ".git/objects/pack/pack-x.idx", ".git/objects/pack/pack-x.pack",
                   ".git/config.worktree", ".git/included")
OF_AN_INDEX = ("CURRENT", "lock", ".building/plan", "{generation}/meta.json",
               "{generation}/meta.xxh3", "{generation}/records", "{generation}/directory",
               "{generation}/dictionary")


def replace_by(path, make):
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    make(path)


def link_to_terminal(path):
    os.symlink("/dev/ptmx", path)


class Pipes(ProgramTest):
    def repository(self):
        place = self.folder / "history"
        place.mkdir()
        settings = dict(os.environ, GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_NOSYSTEM="1")
        (place / "p.md").write_bytes(policy("auk"))
        for words in (("init", "-q", "-b", "main"), ("add", "p.md"), ("commit", "-q", "-m", "a")):
            subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@a.example", *words],
                           cwd=place, env=settings, check=True, capture_output=True)
        with open(place / ".git" / "config", "a", encoding="utf-8") as config:
            config.write("[include]\n\tpath = included\n")
        return place

    def test_in_a_repository(self):
        source = self.repository()
        self.policy("sound.md", policy("dunlin"))
        for make in (os.mkfifo, link_to_terminal):
            for name in OF_A_REPOSITORY:
                with self.subTest(file=name, what=make.__name__):
                    copy = self.folder / "archive" / "history"
                    shutil.copytree(source, copy)
                    replace_by(copy / name, make)
                    answer = self.ok("index", self.folder / "archive", "-i", self.folder / "i",
                                     "--rebuild", timeout=PATIENCE)
                    found = run("search", "auk", index=self.folder / "i").status == 0
                    self.assertTrue(found or "history" in answer.message, answer.message)
                    shutil.rmtree(copy)

    def test_in_the_settings_of_the_user(self):
        source = self.repository()
        with open(source / ".git" / "config", "a", encoding="utf-8") as config:
            config.write("[include]\n\tpath = ~/settings\n")
        home = self.folder / "home"
        home.mkdir()
        os.mkfifo(home / "settings")
        answer = run("index", source, "-i", self.folder / "i", timeout=PATIENCE,
                     env={"HOME": str(home)})
        self.assertIn("settings' in the git repository is no file", answer.message)

    def test_in_an_index(self):
        self.policy("sound.md", policy("dunlin"))
        index = self.index_archive()
        self.policy("more.md", policy("auk"))
        generation = (index / "CURRENT").read_text(encoding="utf-8").strip()
        for name in OF_AN_INDEX:
            with self.subTest(file=name):
                copy = self.folder / "copy"
                shutil.copytree(index, copy)
                replace_by(copy / name.format(generation=generation), os.mkfifo)
                for words in (("search", "dunlin"), ("info",), ("check",),
                              ("index", "-q", self.folder / "archive", "-i", copy)):
                    answer = run(*words, index=copy, timeout=PATIENCE)
                    self.assertIn(answer.status, (0, 4, 6, 7), answer.message)
                shutil.rmtree(copy)

    def test_files_that_are_named(self):
        self.policy("sound.md", policy("dunlin"))
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        words = ("index", "-q", self.folder / "archive", "-i", self.folder / "i")
        for option in ("--manifest", "--map", "--report"):
            for path in (pipe, Path("/dev/ptmx")):
                with self.subTest(option=option, path=path):
                    answer = run(*words, option, path, timeout=PATIENCE)
                    self.assertIn(answer.status, (2, 3, 4), answer.message)
                    self.assertRegex(answer.message, "is no file|cannot (create|write) '")


if __name__ == "__main__":
    main()
