#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The API is as schemas/openapi.yaml says, and holds for whatever is sent to it.

openapi_test.py --update writes openapi.json: openapi.yaml with all schemas that it refers to."""

import json
import random
import re
import sys
from urllib.parse import quote, urljoin

try:
    import jsonschema
    import yaml
except ImportError:
    print("SKIPPED: python3-jsonschema or python3-yaml is not installed")
    sys.exit(77)

from server import SOURCE, Client, ServerTest, main

SCHEMAS = SOURCE / "schemas"


def component_name(target):
    """PolicyFacts for common.v1.schema.json#/$defs/policy_facts, SearchResponse for a whole file."""
    file, _, pointer = target.partition("#")
    own = pointer.rpartition("/")[2] or file.removesuffix(".v1.schema.json")
    return "".join(word.capitalize() for word in re.split("[-_]", own))


class Bundle:
    """Moves what openapi.yaml refers to, at whatever depth, into its components/schemas.

    Objects and enumerations become components. Smaller schemas, such as that of a day, stand
    wherever they are referred to, since generators pass over what stands beside a reference."""

    def __init__(self):
        self.targets = {}  # what each component was made of
        self.schemas = {}

    def bundled(self, value, file):
        """A part of a file, with references that lead to components."""
        if isinstance(value, list):
            return [self.bundled(part, file) for part in value]
        if not isinstance(value, dict):
            return value
        value = {key: self.bundled(part, file) for key, part in value.items()}
        if value.get("$ref", "#/components/").startswith("#/components/"):
            return value
        target = urljoin(file, value.pop("$ref"))
        file, _, pointer = target.partition("#")
        schema = lookup(json.loads((SCHEMAS / file).read_text(encoding="utf-8")), pointer)
        if schema.keys() & {"properties", "allOf", "enum"}:
            return {"$ref": self.add(target, schema), **value}
        return {**self.bundled(schema, file), **value}

    def add(self, target, schema):
        name = component_name(target)
        if self.targets.setdefault(name, target) != target:
            raise ValueError(f"{self.targets[name]} and {target} would both be called {name}")
        if name not in self.schemas:
            self.schemas[name] = None  # a node of a query has nodes inside
            own = {key: part for key, part in schema.items()
                   if key not in ("$schema", "$id", "title", "$defs")}
            self.schemas[name] = self.bundled(own, target)
        return f"#/components/schemas/{name}"

    def files(self):
        return {target.partition("#")[0] for target in self.targets.values()}


def bundled_description():
    """openapi.yaml, and the bundle it was completed with."""
    bundle = Bundle()
    api = bundle.bundled(
        yaml.safe_load((SCHEMAS / "openapi.yaml").read_text(encoding="utf-8")), "")
    api["components"]["schemas"] = dict(sorted(bundle.schemas.items()))
    return api, bundle


def description():
    return bundled_description()[0]


def as_json(value):
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def lookup(document, pointer):
    """What a JSON pointer leads to."""
    for name in pointer.split("/")[1:]:
        document = document[name]
    return document


def resolved(api, value):
    """What a local reference stands for."""
    return lookup(api, value["$ref"]) if "$ref" in value else value


def operations(api):
    for path, item in api["paths"].items():
        operation = item["get"]
        parameters = [resolved(api, each) for each in operation.get("parameters", [])]
        yield path, operation, parameters


class Description(ServerTest):
    def test_the_two_forms_are_the_same(self):
        self.assertEqual((SCHEMAS / "openapi.json").read_text(encoding="utf-8"),
                         as_json(description()))

    def test_it_is_served_with_the_schemas_it_is_made_of(self):
        api, bundle = bundled_description()
        self.assertEqual(self.server.ask("/api/v1/openapi.json").json(), api)
        listed = api["components"]["parameters"]["schemaPart"]["schema"]["enum"]
        self.assertEqual(listed, ["openapi.json", *sorted(bundle.files())])
        for name in listed:
            self.assertEqual(self.server.ask(f"/api/v1/{name}").json(),
                             json.loads((SCHEMAS / name).read_text(encoding="utf-8")))

    def test_every_parameter_is_described_and_known(self):
        api = description()
        for path, operation, parameters in operations(api):
            self.assertEqual(api["paths"][path].keys(), {"get"})
            self.assertTrue(operation["summary"])
            in_path = [each["name"] for each in parameters if each["in"] == "path"]
            self.assertEqual(["{" + name + "}" for name in in_path],
                             [part for part in path.split("/") if part.startswith("{")])
            for each in parameters:
                self.assertTrue(each["description"])
            self.check_names(path, {each["name"] for each in parameters if each["in"] == "query"})

    def check_names(self, path, names):
        """The server takes these parameters and no other; it says so in its hint."""
        target = path.replace("{id}", "x").replace("{vendor}", "x").replace("{date}", "2014")
        target = target.replace("{schema}", "openapi.json")
        reply = self.server.ask(target + "?no-such-parameter-at-all=1")
        problem = self.expect_problem(reply, 400, "usage")
        hint = problem["hint"]
        told = set() if hint == "this address takes none" else set(
            hint.removeprefix("there is: ").split(", "))
        self.assertEqual(told, names, path)


# Values for any parameter, as they are sent: many are wrong in one way or another.
ODD = ["", "%20", "0", "1", "-1", "1.5", "1e9", "99999999999999999999", "true", "false", "2014",
       "2014-02-30", "9999-12-31", "0000", "%00", "%FF", "%C3", "%ED%A0%80", "%F0%9F%98%80", "%0A",
       "%E2%80%AE", "%22", "%22a", "(" * 40, "NOT", "AND", "a+OR", "w%2F5", "a+w%2F0+b", "*", "a*",
       "=", "vendor:", "date:2018..2014", "%3Cscript%3E", "..%2F..%2Fetc", "a" * 100, "a+" * 500,
       "a" * 1900, "a" * 8000, "%25", "'", "%5C", "null", "%7B%7D", "%2B", "a%26b", "%EF%BB%BF"]
GOOD = {"string": ["data", "sell+personal+data", "%22personal+data%22", "brightloaf.example",
                   "cookies", "Privacy+Policy", "en"],
        "boolean": ["true", "false"], "date": ["2012", "2016-03", "2019-12-31"]}


class Fuzz(ServerTest):
    ROUNDS = 1500

    def value_for(self, parameter):
        schema = parameter["schema"]
        if self.random.random() < 0.3:
            return self.random.choice(ODD)
        if schema["type"] == "array":
            schema = schema["items"]
        if "enum" in schema:
            return self.random.choice(schema["enum"])
        if schema["type"] == "integer":
            least, most = schema["minimum"], schema["maximum"]
            return str(self.random.choice([least - 1, least, least + 1, most - 1, most, most + 1]))
        kind = "date" if "pattern" in schema else schema["type"]
        return self.random.choice(GOOD[kind])

    def target(self, path, parameters):
        query = []
        for each in parameters:
            value = self.value_for(each)
            if each["in"] == "path":
                path = path.replace("{" + each["name"] + "}", value or "x")
            elif each.get("required") or self.random.random() < 0.25:
                query.append(f"{each['name']}={value}")
                if each["schema"]["type"] == "array" and self.random.random() < 0.3:
                    query.append(f"{each['name']}={self.value_for(each)}")
        if self.random.random() < 0.05:
            query.append(self.random.choice(["q=a&q=b", "x=1", "&&", "=", "%3D", "n", "a=b=c"]))
        return path + ("?" + "&".join(query) if query else "")

    def check(self, api, operation, target, reply):
        self.assertTrue(reply.status < 500 or reply.json()["code"] in ("busy", "limit"),
                        (target, reply.body))
        kind = reply.field("content-type").split(";")[0]
        if reply.status != 200:
            self.assertEqual(reply.problem()["status"], reply.status)
            return
        content = resolved(api, operation["responses"]["200"])["content"]
        self.assertIn(kind, content, target)
        schema = content[kind]["schema"]
        if "$ref" in schema:
            jsonschema.Draft202012Validator({**api, **schema}).validate(reply.json())
        elif kind == "application/json":
            reply.json()

    def test_whatever_is_asked(self):
        api = description()
        known = list(operations(api))
        answered = 0
        for seed in range(self.ROUNDS):
            self.random = random.Random(seed)  # pylint: disable=attribute-defined-outside-init
            path, operation, parameters = self.random.choice(known)
            target = self.target(path, parameters)
            with self.subTest(seed=seed, target=target[:300]):
                reply = self.server.ask(target)
                self.check(api, operation, target, reply)
                answered += reply.status == 200
        self.assertGreater(answered, self.ROUNDS / 10)
        self.assertIsNone(self.server.process.poll())

    def test_a_row_of_anything_on_one_connection(self):
        with Client(self.server) as client:
            for value in ODD:
                target = f"/api/v1/search?q={quote(value, safe='%+:')}&n=1"
                reply = client.ask(target)
                self.assertTrue(reply.status < 500, (target, reply.body))
                if reply.field("connection") == "close":
                    return


if __name__ == "__main__":
    if sys.argv[1:] == ["--update"]:
        (SCHEMAS / "openapi.json").write_text(as_json(description()), encoding="utf-8")
    else:
        main()
