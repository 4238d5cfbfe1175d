#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Help, usage errors, and that help and man pages name the same options."""

import re
import shutil

from programs import BIN, SMALLPRINT, SOURCE, ProgramTest, main, run

COMMANDS = ("index", "search", "show", "history", "diff", "trend", "vendors", "export", "info",
            "check", "serve")


def options_in_help(command):
    answer = run(command, "--help")
    return set(re.findall(r"--[a-z][a-z-]+", answer.text))


def options_in_page(page, headings):
    """The options that head a paragraph (.TP) of these sections of a man page."""
    text = (SOURCE / page).read_text(encoding="utf-8").replace("\\-", "-")
    options = set()
    for section in re.split(r"^\.SH ", text, flags=re.MULTILINE)[1:]:
        if section.split("\n", 1)[0] in headings:
            for tag in re.findall(r"^\.TP\n(.*)$", section, flags=re.MULTILINE):
                options.update(re.findall(r"--[a-z][a-z-]+", tag))
    return options


class Help(ProgramTest):
    def test_every_command_explains_itself(self):
        for command in COMMANDS:
            for words in ((command, "--help"), (command, "-h"), ("help", command)):
                answer = self.ok(*words)
                self.assertIn(f"Usage: smallprint {command}", answer.text)
                self.assertEqual(answer.message, "")
            if command != "index":
                self.assertIn("Examples:", answer.text)

    def test_general_help_names_the_commands(self):
        for words in (("--help",), ("-h",), ("help",)):
            answer = self.ok(*words)
            for command in COMMANDS:
                self.assertRegex(answer.text, rf"(?m)^  {command} ")

    def test_version(self):
        version = self.ok("--version").text
        self.assertRegex(version, r"^smallprint [0-9]+\.[0-9]+\.[0-9]+\n$")
        for command in COMMANDS:
            self.assertEqual(self.ok(command, "--version").text, version)

    def test_man_page_and_help_have_the_same_options(self):
        common = options_in_page("searcher/smallprint.1", ["COMMON OPTIONS"])
        for command in ("search", "show", "history", "diff", "trend", "vendors", "export"):
            own = options_in_page("searcher/smallprint.1", [f"OPTIONS OF {command.upper()}"])
            self.assertEqual(own | common, options_in_help(command))
        own = options_in_page("searcher/smallprint.1", ["OPTIONS OF SERVE"])
        self.assertEqual(own | {"--index", "--help", "--version"}, options_in_help("serve"))
        self.assertEqual(common, options_in_help("info"))
        self.assertEqual(common, options_in_help("check"))
        self.assertEqual(options_in_page("indexer/smallprint-index.1", ["OPTIONS"]),
                         options_in_help("index"))

    def test_man_page_and_help_have_the_same_exit_statuses(self):
        page = (SOURCE / "searcher/smallprint.1").read_text(encoding="utf-8")
        section = page.split(".SH EXIT STATUS")[1].split(".SH ")[0]
        in_page = set(re.findall(r"^\.B ([0-9]+)$", section, flags=re.MULTILINE))
        for command in ("search", "show", "diff", "info"):
            text = self.ok(command, "--help").text.split("Exit status:")[1]
            self.assertEqual(in_page, set(re.findall(r"\b([0-9]+)\b", text)))


class Usage(ProgramTest):
    def expect_usage_error(self, words, part):
        answer = self.expect(run(*words), 2)
        self.assertEqual(answer.out, b"")
        self.assertIn(part, answer.message)
        self.assertIn("smallprint: ", answer.message)

    def test_what_is_unknown(self):
        self.expect_usage_error([], "hint: see `smallprint --help`")
        self.expect_usage_error(["serach"], "did you mean `smallprint search`?")
        self.expect_usage_error(["zebra"], "no command 'zebra'")
        self.expect_usage_error(["--index", "x", "search"], "options go after the command")
        self.expect_usage_error(["search", "x", "--vendr", "a"], "did you mean --vendor?")
        self.expect_usage_error(["search", "-z"], "unknown option '-z'")
        self.expect_usage_error(["index", "--zebra"], "zebra")

    def test_what_is_missing_or_too_much(self):
        self.expect_usage_error(["search"], "nothing to search for")
        self.expect_usage_error(["search", " "], "nothing to search for")
        self.expect_usage_error(["search", "x", "--vendor"], "'--vendor' needs a value")
        self.expect_usage_error(["show"], "nothing to show")
        self.expect_usage_error(["show", "a", "b"], "'b' is one too many")
        self.expect_usage_error(["diff"], "nothing to compare")
        self.expect_usage_error(["diff", "a", "2014"], "diff needs a vendor and two dates")
        self.expect_usage_error(["diff", "a", "2014", "2015", "b"], "'b' is one too many")
        self.expect_usage_error(["info", "a"], "info takes no argument")
        self.expect_usage_error(["index"], "nothing to index")

    def test_values_that_make_no_sense(self):
        for option, value in (("-n", "0"), ("-n", "-5"), ("-n", "1001"), ("-n", "ten"),
                              ("--offset", "-1"), ("--context", "21"), ("--context", "1.5")):
            self.expect_usage_error(["search", "x", option, value], f"not '{value}'")
        for value in ("2014-13", "2014-02-30", "14", "yesterday", "20140302", "2014-3"):
            self.expect_usage_error(["search", "x", "--from", value], "--from wants a date")
        self.expect_usage_error(["search", "x", "--from", "2016", "--to", "2014"], "is later than")
        self.expect_usage_error(["diff", "x", "2016", "2014"], "2016-12-31 is later than 2014-12-31")
        self.expect_usage_error(["diff", "x", "2016", "soon"], "DATE wants a date")
        self.expect_usage_error(["search", "x", "--format", "xml"], "json, jsonl, csv or trec")
        self.expect_usage_error(["search", "x", "--color", "red"], "auto, always or never")

    def test_with_json_the_error_is_an_object(self):
        for words in (["search", "--format", "json"], ["show", "--format=json"],
                      ["search", "--zebra", "--format", "json"], ["zebra", "--format", "json"]):
            answer = self.expect(run(*words), 2)
            self.assertEqual(answer.error()["code"], "usage")
            self.assertEqual(answer.err.count(b"\n"), 1)

    def test_a_missing_indexer_is_named(self):
        alone = self.folder / "smallprint"
        shutil.copy2(SMALLPRINT, alone)
        answer = self.expect(run("index", "x", executable=alone), 4)
        self.assertIn(f"{self.folder}/smallprint-index", answer.message)
        shutil.copy2(BIN / "smallprint-index", self.folder)
        self.expect(run("index", "--version", executable=alone), 0)


if __name__ == "__main__":
    main()
