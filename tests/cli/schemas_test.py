#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The schemas themselves: valid, closed, every field described, error codes those of the programs."""

import json
import re
import unittest

from programs import SOURCE, main

SCHEMAS = sorted((SOURCE / "schemas").glob("*.schema.json"))


def parts_of(schema, path=""):
    """Every schema inside a schema, with the way to it."""
    yield path, schema
    for name, part in schema.get("properties", {}).items():
        yield from parts_of(part, f"{path}/{name}")
    for number, part in enumerate(schema.get("prefixItems", [])):
        yield from parts_of(part, f"{path}/{number}")
    if isinstance(schema.get("items"), dict):
        yield from parts_of(schema["items"], f"{path}/*")


class Schemas(unittest.TestCase):
    def test_each_is_valid_and_listed(self):
        import jsonschema  # pylint: disable=import-outside-toplevel
        readme = (SOURCE / "schemas" / "README.md").read_text(encoding="utf-8")
        listed = set(re.findall(r"`([\w.-]+\.schema\.json)`", readme))
        self.assertEqual({file.name for file in SCHEMAS}, listed)
        for file in SCHEMAS:
            schema = json.loads(file.read_text(encoding="utf-8"))
            jsonschema.Draft202012Validator.check_schema(schema)
            self.assertTrue(schema["$id"].endswith("/" + file.name))
            self.assertIn(f"`{file.name}`", readme)

    def test_every_part_is_described_and_every_object_closed(self):
        for file in SCHEMAS:
            for path, part in parts_of(json.loads(file.read_text(encoding="utf-8"))):
                self.assertTrue(part.get("description"), f"{file.name}{path}")
                if part.get("type") == "object":
                    self.assertIs(part["additionalProperties"], False, f"{file.name}{path}")

    def test_error_codes_are_those_of_the_table(self):
        table = (SOURCE / "common/base/error.cpp").read_text(encoding="utf-8")
        codes = re.findall(r'ErrorRow\{ErrorCode::\w+, "(\w+)"', table)
        schema = json.loads((SOURCE / "schemas/error.v1.schema.json").read_text(encoding="utf-8"))
        self.assertEqual(schema["properties"]["code"]["enum"], codes)
        table = (SOURCE / "searcher/http/problem.cpp").read_text(encoding="utf-8")
        codes += [code for code in re.findall(r'RefusalRow\{Refusal::\w+, "(\w+)"', table)
                  if code not in codes]
        schema = json.loads((SOURCE / "schemas/problem.v1.schema.json").read_text(encoding="utf-8"))
        self.assertEqual(schema["properties"]["code"]["enum"], codes)

    def test_names_of_columns_are_those_of_the_table(self):
        source = (SOURCE / "indexer/archive/tables/row_facts.cpp").read_text(encoding="utf-8")
        table = re.search(r"k_names = \{\{(.*?)\}\};", source, re.DOTALL)[1]
        names = {}
        for key, strings in re.findall(r'\{"(\w+)",((?:\s*"[^"]*")+)\}', table):
            names[key] = "".join(re.findall(r'"([^"]*)"', strings)).split()
        names.pop("path")  # of manifests
        row, column_map = (json.loads((SOURCE / "schemas" / f"{name}.v1.schema.json").read_text(
            encoding="utf-8"))["properties"] for name in ("snapshot-row", "column-map"))
        self.assertEqual(list(row), list(names))
        self.assertEqual(list(column_map), list(names))
        for key, words in names.items():
            told = re.search(r"Also named (.*)\.$", row[key]["description"])[1]
            self.assertEqual([key, *re.split(r", | or ", told)], words)


if __name__ == "__main__":
    main()
