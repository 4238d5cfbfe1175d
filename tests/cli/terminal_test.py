#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What is different on a terminal: colours, width, the pager."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios

from programs import SMALLPRINT, SampleTest, main


class OnTerminal(SampleTest):
    def on_terminal(self, *words, columns=80, rows=24, **env):
        """What a run prints on a terminal of this size."""
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        own = {"PATH": os.environ["PATH"], "TERM": "xterm", "PAGER": "cat",
               "SMALLPRINT_INDEX": str(self.index), **env}
        with subprocess.Popen([SMALLPRINT, *words], stdin=theirs, stdout=theirs,
                              stderr=subprocess.DEVNULL, env=own) as process:
            os.close(theirs)
            out = b""
            while True:
                try:
                    block = os.read(ours, 65536)
                except OSError:  # what Linux says at the end
                    break
                if not block:
                    break
                out += block
            process.wait(timeout=60)
        os.close(ours)
        return out.decode().replace("\r\n", "\n")

    def test_colours_by_themselves_unless_unwanted(self):
        self.assertIn("\x1b[", self.on_terminal("search", "cookies"))
        for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}, {"TERM": ""}):
            self.assertNotIn("\x1b[", self.on_terminal("search", "cookies", **env))
        self.assertNotIn("\x1b[", self.on_terminal("search", "cookies", "--color", "never"))
        self.assertIn("\x1b[", self.on_terminal("search", "cookies", "--color", "always",
                                                NO_COLOR="1"))
        self.assertIn("\x1b[", self.on_terminal("search", "cookies", NO_COLOR=""))

    def test_prose_is_as_wide_as_the_terminal_up_to_100_columns(self):
        for columns, widest in ((60, 60), (80, 80), (100, 100), (200, 100)):
            text = self.on_terminal("search", "cookies", "-n", "50", columns=columns)
            lines = [line for line in re.sub(r"\x1b\[[0-9;]*m", "", text).split("\n")
                     if "://" not in line]
            longest = max(map(len, lines))
            self.assertLessEqual(longest, widest)
            self.assertGreater(longest, widest - 8)

    def test_only_what_is_longer_than_the_terminal_is_paged(self):
        pager = "sed s/^/PAGED:/"
        self.assertIn("PAGED:", self.on_terminal("search", "cookies", rows=20, PAGER=pager))
        self.assertNotIn("PAGED:", self.on_terminal("search", "cookies", "-n", "1", rows=60,
                                                    PAGER=pager))
        self.assertNotIn("PAGED:", self.on_terminal("search", "cookies", "--format", "json",
                                                    PAGER=pager))

    def test_a_pager_that_fails_loses_nothing(self):
        text = self.on_terminal("search", "cookies", PAGER="no-such-pager-anywhere")
        self.assertIn("clauses", text)
        self.on_terminal("search", "cookies", "-n", "1000", PAGER="true")  # leaves at once


if __name__ == "__main__":
    main()
