# SPDX-License-Identifier: GPL-2.0-or-later
"""What the tests of the command line share: running the programs, indexes, schemas."""

import functools
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

BIN = Path(os.environ["SMALLPRINT_BIN"])
SOURCE = Path(os.environ["SMALLPRINT_SOURCE_DIR"])
SMALLPRINT = BIN / "smallprint"
SAMPLE = SOURCE / "data" / "sample"
VENDORS = ["brannocvalley", "brightloaf", "federkahn", "ferncable", "glimmarc", "harrowfenbank",
           "heartlantern", "inkwellow", "lanfordpost", "moonferry", "pacewren", "tallowdesk",
           "tessadrift", "wendcab"]


class Answer:
    """What a run printed and how it ended."""

    def __init__(self, done):
        self.status, self.out, self.err = done.returncode, done.stdout, done.stderr

    @property
    def text(self):
        return self.out.decode()

    @property
    def message(self):
        return self.err.decode()

    def json(self, schema):
        value = json.loads(self.out)
        validate(value, schema)
        return value

    def error(self):
        value = json.loads(self.err)
        validate(value, "error")
        return value


def run(*words, index=None, env=None, **settings):
    """Runs smallprint outside of a terminal, and outside of the caller's settings."""
    own = {name: value for name, value in os.environ.items()
           if name not in ("SMALLPRINT_INDEX", "NO_COLOR", "PAGER", "LESS")}
    own.update(TERM="xterm", **(env or {}))
    if index is not None:
        own["SMALLPRINT_INDEX"] = str(index)
    settings.setdefault("stdout", subprocess.PIPE)
    settings.setdefault("timeout", 120)
    done = subprocess.run([str(SMALLPRINT), *map(str, words)], env=own, stdin=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, check=False, **settings)
    return Answer(done)


def sanitizer(program):
    """The library of the sanitizer that a program was built with, or nothing."""
    linked = subprocess.run(["ldd", str(program)], capture_output=True, check=True).stdout.decode()
    for line in linked.splitlines():
        if "libasan" in line or "libtsan" in line:
            return line.split("=>")[1].split()[0]
    return ""


@functools.cache
def schemas():
    """The JSON Schemas of the repository by their $id, which is what references lead to."""
    files = (SOURCE / "schemas").glob("*.schema.json")
    return {schema["$id"]: schema for schema in
            (json.loads(file.read_text(encoding="utf-8")) for file in files)}


def validate(value, schema):
    import jsonschema  # pylint: disable=import-outside-toplevel
    name = f"https://smallprint.example/schemas/{schema}.v1.schema.json"
    definition = schemas()[name]
    try:
        from referencing import Registry  # pylint: disable=import-outside-toplevel
        others = {"registry": Registry().with_contents(schemas().items())}
    except ImportError:  # jsonschema before 4.18
        others = {"resolver": jsonschema.RefResolver(name, definition, schemas())}
    jsonschema.Draft202012Validator(
        definition, format_checker=jsonschema.FormatChecker(), **others).validate(value)


class ProgramTest(unittest.TestCase):
    """A test with a private folder."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def expect(self, answer, status):
        self.assertEqual(answer.status, status, answer.message + answer.out.decode(errors="replace"))
        return answer

    def ok(self, *words, **settings):
        return self.expect(run(*words, **settings), 0)

    def policy(self, path, text):
        """Writes a file of the archive `self.folder/archive`."""
        file = self.folder / "archive" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def index_archive(self, name="index"):
        index = self.folder / name
        self.ok("index", "-q", self.folder / "archive", "-i", index)
        return index


class SampleTest(ProgramTest):
    """A test on the sample archive, which is indexed once a class."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.index = Path(folder.name) / "sample.idx"
        answer = run("index", "-q", SAMPLE, "-i", cls.index)
        if answer.status != 0:
            raise AssertionError(answer.message)

    def search(self, *words, status=0):
        """The answer to a search, as JSON that keeps to its schema."""
        return self.expect(run("search", "--format", "json", *words, index=self.index),
                           status).json("search-response")


def main():
    try:
        import jsonschema  # pylint: disable=import-outside-toplevel
        jsonschema.Draft202012Validator  # pylint: disable=pointless-statement
    except (ImportError, AttributeError):
        print("SKIPPED: python3-jsonschema 4 or newer is not installed")
        sys.exit(77)
    unittest.main(verbosity=1)
