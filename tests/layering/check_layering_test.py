#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""check_layering.py has to find each kind of breach, in a small tree that has only that one."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).resolve().parent / "check_layering.py"
SPDX = "// SPDX-License-Identifier: GPL-2.0-or-later\n"

# A tree without a breach; each test adds or replaces files.
CLEAN = {
    "common/base/error.h": SPDX + "#pragma once\n#include <string>\n",
    "common/base/result.h": SPDX + '#include "common/base/error.h"\n#include <tl/expected.hpp>\n',
    "common/base/version.h.in": SPDX,
    "common/text/utf8.h": SPDX + '#include "common/base/result.h"\n',
    "common/text/utf8.cpp": SPDX + '#include "common/text/utf8.h"\n#include <unicode/utf8.h>\n',
    "common/index_format/guard.h": SPDX + "#include <xapian.h>\n",
    "searcher/search/index.h": SPDX + '#include "common/index_format/guard.h"\n',
    "searcher/search/values.h": SPDX + "#include <vector>\n#include <unistd.h>\n",
    "searcher/terminal/text.h": SPDX + '#include "searcher/search/values.h"\n',
    "searcher/options.h": SPDX + "#include <vector>\n",
    "searcher/cli/search.h": SPDX + '#include "searcher/options.h"\n',
    "searcher/main.cpp": SPDX + '#include "searcher/cli/search.h"\n'
                                '#include "common/base/version.h"\n',
    "common/CMakeLists.txt": "add_library(common STATIC\n    text/utf8.cpp\n)\n",
    "searcher/CMakeLists.txt": "add_executable(smallprint main.cpp)\n",
    "tests/CMakeLists.txt": "set(cli_tests\n    cli/version_test.py\n)\n",
    "tests/cli/version_test.py": "",
}


class Layering(unittest.TestCase):
    def run_on(self, changes):
        with tempfile.TemporaryDirectory() as folder:
            for path, text in {**CLEAN, **changes}.items():
                file = Path(folder) / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
            return subprocess.run([sys.executable, SCRIPT, folder], capture_output=True,
                                  text=True, check=False)

    def assert_breach(self, changes, expected):
        """Exactly one breach, and the line about it starts as expected."""
        result = self.run_on(changes)
        self.assertEqual(result.returncode, 1, result.stdout)
        lines = result.stdout.splitlines()
        self.assertEqual(len(lines), 2, result.stdout)
        self.assertTrue(lines[0].startswith(expected), result.stdout)

    def test_a_clean_tree_passes(self):
        result = self.run_on({})
        self.assertEqual((result.returncode, result.stderr), (0, ""), result.stdout)

    def test_a_tree_without_sources_is_an_error(self):
        with tempfile.TemporaryDirectory() as folder:
            result = subprocess.run([sys.executable, SCRIPT, folder], capture_output=True,
                                    check=False)
        self.assertEqual(result.returncode, 1)

    def test_a_room_that_reaches_a_forbidden_one(self):
        self.assert_breach(
            {"common/base/error.h": SPDX + "\n" + '#include "common/model/date.h"\n',
             "common/model/date.h": SPDX},
            "common/base/error.h:3: common/base may not use common/model")

    def test_a_namespace_that_is_not_the_rooms(self):
        for path, wrong in (("searcher/search/values.h", "smallprint"),
                            ("searcher/search/values.h", "smallprint::engine"),
                            ("common/base/error.h", "smallprint::base")):
            body = f"namespace {wrong} {{\nint x();\n}}  // namespace {wrong}\n"
            self.assert_breach({path: SPDX + body}, f"{path}:2: {wrong} is not the namespace of")

    def test_namespaces_that_are_right(self):
        declared = "namespace smallprint::index {\nclass Index;\n}  // namespace smallprint::index\n"
        own = ("namespace smallprint::search::ranking {\nint x();\n"
               "}  // namespace smallprint::search::ranking\n")
        result = self.run_on({"searcher/search/values.h": SPDX + declared + own})
        self.assertEqual(result.returncode, 0, result.stdout)

    def test_a_library_room_that_uses_a_program_file(self):
        self.assert_breach(
            {"searcher/search/values.h": SPDX + '#include "searcher/options.h"\n'},
            "searcher/search/values.h:2: searcher/search may not use searcher/options")

    def test_the_searcher_never_uses_the_indexer(self):
        self.assert_breach(
            {"searcher/main.cpp": SPDX + '#include "indexer/archive/limits.h"\n',
             "indexer/archive/limits.h": SPDX},
            "searcher/main.cpp:2: searcher/main may not use indexer/archive")

    def test_a_third_party_header_away_from_home(self):
        self.assert_breach(
            {"searcher/terminal/text.h": SPDX + "#include <xapian.h>\n"},
            "searcher/terminal/text.h:2: <xapian.h> is at home in")

    def test_a_third_party_header_at_home_in_one_file_only(self):
        self.assert_breach(
            {"common/base/error.h": SPDX + "#include <tl/expected.hpp>\n"},
            "common/base/error.h:2: <tl/expected.hpp> is at home in common/base/result.h")

    def test_boost_is_split_by_library(self):
        self.assert_breach(
            {"searcher/search/values.h": SPDX + "#include <boost/json/value.hpp>\n"},
            "searcher/search/values.h:2: <boost/json/value.hpp> is at home in")

    def test_an_unknown_third_party_header(self):
        self.assert_breach(
            {"common/text/utf8.cpp": SPDX + "#include <boost/regex.hpp>\n"},
            "common/text/utf8.cpp:2: <boost/regex.hpp> is not in the table")

    def test_a_header_that_arrives_through_another(self):
        self.assert_breach(
            {"searcher/terminal/text.h": SPDX + '#include "searcher/search/index.h"\n'},
            "searcher/terminal/text.h:2: searcher/terminal reaches <xapian.h>: ")

    def test_an_include_not_written_from_the_root(self):
        self.assert_breach(
            {"common/text/utf8.cpp": SPDX + '#include "utf8.h"\n'},
            'common/text/utf8.cpp:2: "utf8.h" is not written from the repository root')

    def test_an_include_that_does_not_exist(self):
        self.assert_breach(
            {"common/text/utf8.cpp": SPDX + '#include "common/text/absent.h"\n'},
            'common/text/utf8.cpp:2: "common/text/absent.h" does not exist')

    def test_a_room_that_is_not_in_the_table(self):
        self.assert_breach(
            {"common/misc/helpers.h": SPDX},
            "common/misc/helpers.h:1: room common/misc is not in the table")

    def test_rooms_in_a_circle(self):
        result = self.run_on(
            {"searcher/options.h": SPDX + '#include "searcher/cli/search.h"\n'})
        self.assertEqual(result.returncode, 1, result.stdout)
        self.assertIn("rooms in a circle: searcher/cli -> searcher/options -> "
                      "searcher/cli (by searcher/cli/search.h:2, searcher/options.h:2)",
                      result.stdout)

    def test_using_namespace_in_a_header(self):
        self.assert_breach(
            {"common/text/utf8.h": SPDX + "using namespace std;\n"},
            "common/text/utf8.h:2: a header says `using namespace`")

    def test_a_file_over_500_lines(self):
        self.assert_breach(
            {"common/text/utf8.h": SPDX + "\n" * 500}, "common/text/utf8.h:501: 501 lines")

    def test_a_folder_of_more_than_45_files(self):
        self.assert_breach(
            {f"common/text/word{number:02}.h": SPDX for number in range(44)},
            "common/text/utf8.cpp:1: common/text has 46 files")

    def test_a_file_without_the_spdx_line(self):
        self.assert_breach(
            {"common/text/utf8.h": "#pragma once\n"}, "common/text/utf8.h:1: the first line")

    def test_a_source_that_is_not_listed(self):
        self.assert_breach(
            {"common/text/cut.cpp": SPDX},
            "common/text/cut.cpp:1: is not listed in common/CMakeLists.txt")

    def test_a_command_line_test_that_is_not_listed(self):
        self.assert_breach(
            {"tests/cli/search_test.py": ""},
            "tests/cli/search_test.py:1: is not listed in tests/CMakeLists.txt")


if __name__ == "__main__":
    unittest.main()
