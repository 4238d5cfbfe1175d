#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs the tests of the web page: types of the scripts, then everything in a real browser.

Usage: run.py [--screenshot FILE.png]     by hand, from anywhere; ctest runs it as `web.browser`.
What they need of npm is installed beside them when it is not there yet. Without Node.js, npm,
Chromium or a way to npm's packages it prints why and exits with 77.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SKIPPED = 77


def skip(why):
    print(f"SKIPPED: {why}")
    sys.exit(SKIPPED)


def install_packages():
    """What package-lock.json names, if that is not what is there."""
    installed = HERE / "node_modules" / ".package-lock.json"
    lock = HERE / "package-lock.json"
    if installed.is_file() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return
    done = subprocess.run(
        ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=HERE, capture_output=True, text=True)
    if done.returncode != 0:
        skip(f"npm cannot install playwright-core, axe-core and typescript: {done.stderr.strip()}")


def main(arguments):
    for program, package in (("node", "nodejs"), ("npm", "npm"), ("chromium", "chromium")):
        if shutil.which(program) is None:
            skip(f"there is no {program}; install the package {package}")
    install_packages()
    environment = dict(os.environ, SMALLPRINT_CHROMIUM=shutil.which("chromium"))
    if arguments[:1] == ["--screenshot"]:
        environment["SMALLPRINT_SCREENSHOT"] = str(Path(arguments[1]).resolve())
    types = subprocess.Popen(
        ["node", HERE / "node_modules" / "typescript" / "bin" / "tsc", "-p", HERE])
    tests = subprocess.run(
        ["node", "--test", "--test-reporter=spec", HERE / "all.test.mjs"], env=environment)
    return types.wait() or tests.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
