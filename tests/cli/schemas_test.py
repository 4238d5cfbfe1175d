#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The schemas themselves: valid, closed, nothing written twice, every part described; the words in
them are those of the programs."""

import json
import re
import unittest

from programs import SOURCE, main

FOLDER = SOURCE / "schemas"
SCHEMAS = {file.name: json.loads(file.read_text(encoding="utf-8"))
           for file in sorted(FOLDER.glob("*.schema.json"))}


def behind(file, schema):
    """A schema, and those that it refers to, one through the other."""
    yield schema
    while "$ref" in schema:
        name, _, pointer = schema["$ref"].partition("#")
        file = name or file
        schema = SCHEMAS[file]
        for part in pointer.split("/")[1:]:
            schema = schema[part]
        yield schema


def parts_of(schema, path):
    """Every schema inside a schema, with the way to it."""
    yield path, schema
    for number, part in enumerate(schema.get("allOf", [])):
        yield from parts_of(part, f"{path}/allOf/{number}")
    for name, part in schema.get("properties", {}).items():
        yield from parts_of(part, f"{path}/{name}")
    for number, part in enumerate(schema.get("prefixItems", [])):
        yield from parts_of(part, f"{path}/{number}")
    for part in (part for part in schema.get("anyOf", []) if "$ref" in part):
        yield from parts_of(part, path)
    if "items" in schema:
        yield from parts_of(schema["items"], f"{path}/*")


def all_parts():
    for file, schema in SCHEMAS.items():
        for name, part in [("", schema), *schema.get("$defs", {}).items()]:
            for path, inner in parts_of(part, f"{file}#{name}"):
                yield file, path, inner


class Schemas(unittest.TestCase):
    def test_each_is_valid_and_listed(self):
        import jsonschema  # pylint: disable=import-outside-toplevel
        readme = (FOLDER / "README.md").read_text(encoding="utf-8")
        listed = set(re.findall(r"`([\w.-]+\.schema\.json)`", readme))
        self.assertEqual(SCHEMAS.keys(), listed)
        for name, schema in SCHEMAS.items():
            jsonschema.Draft202012Validator.check_schema(schema)
            self.assertEqual(schema["$id"], f"https://smallprint.example/schemas/{name}")

    def test_every_part_is_described(self):
        for file, path, part in all_parts():
            if not re.search(r"/allOf/\d+$", path):
                self.assertTrue(any(each.get("description") for each in behind(file, part)), path)

    def test_objects_have_a_name_and_are_written_once(self):
        written = {}
        for _, path, part in all_parts():
            if "properties" in part:  # of a file or of $defs, perhaps beside those of another
                self.assertRegex(path, r"#[^/]*(/allOf/\d+)?$")
                properties = {name: {key: value for key, value in schema.items()
                                     if key != "description"}
                              for name, schema in part["properties"].items()}
                if len(properties) > 1:
                    form = json.dumps(properties, sort_keys=True)
                    self.assertEqual(written.setdefault(form, path), path)

    def test_objects_are_closed_where_they_are_used(self):
        for file, path, part in all_parts():
            chain = list(behind(file, part))
            if (any(each.keys() & {"properties", "allOf"} for each in chain)
                    and not re.search(r"#[^/]+$|/allOf/\d+$", path)):
                self.assertTrue(any(False in (each.get("additionalProperties"),
                                              each.get("unevaluatedProperties"))
                                    for each in chain), path)

    def test_error_codes_are_those_of_the_table(self):
        table = (SOURCE / "common/base/error.cpp").read_text(encoding="utf-8")
        codes = re.findall(r'ErrorRow\{ErrorCode::\w+, "(\w+)"', table)
        self.assertEqual(SCHEMAS["error.v1.schema.json"]["properties"]["code"]["enum"], codes)
        table = (SOURCE / "searcher/http/problem.cpp").read_text(encoding="utf-8")
        codes += [code for code in re.findall(r'RefusalRow\{Refusal::\w+, "(\w+)"', table)
                  if code not in codes]
        self.assertEqual(SCHEMAS["problem.v1.schema.json"]["properties"]["code"]["enum"], codes)

    def test_fields_of_a_query_are_those_of_the_table(self):
        table = (SOURCE / "common/fields/field_table.h").read_text(encoding="utf-8")
        names = re.findall(r'FieldRow\{Field::\w+, "([\w-]+)"', table)
        node = SCHEMAS["common.v1.schema.json"]["$defs"]["query_node"]
        self.assertEqual(["text", *node["properties"]["field"]["enum"]], names)

    def test_names_of_columns_are_those_of_the_table(self):
        source = (SOURCE / "indexer/archive/tables/row_facts.cpp").read_text(encoding="utf-8")
        table = re.search(r"k_names = \{\{(.*?)\}\};", source, re.DOTALL)[1]
        names = {}
        for key, strings in re.findall(r'\{"(\w+)",((?:\s*"[^"]*")+)\}', table):
            names[key] = "".join(re.findall(r'"([^"]*)"', strings)).split()
        names.pop("path")  # of manifests
        row, column_map = (SCHEMAS[f"{name}.v1.schema.json"]["properties"]
                           for name in ("snapshot-row", "column-map"))
        self.assertEqual(list(row), list(names))
        self.assertEqual(list(column_map), list(names))
        for key, words in names.items():
            told = re.search(r"Also named (.*)\.$", row[key]["description"])[1]
            self.assertEqual([key, *re.split(r", | or ", told)], words)


if __name__ == "__main__":
    main()
