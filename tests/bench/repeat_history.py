#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes a git history of policies several times as long, to measure how its cost grows.

Every commit along HEAD's first parents is repeated for each copy, with the copy's number before the
name of the service; the texts are those that are there. Open Terms Archive's messages are kept, with the
service's new name.

Usage: repeat_history.py REPOSITORY TARGET TIMES      TARGET is a new bare repository
"""

import subprocess
import sys


def git(repository, *words, **settings):
    return subprocess.run(["git", "-C", repository, *words], check=True, **settings)


def versions(repository):
    """(seconds, message, [(path, blob)]) of every commit, oldest first."""
    out = git(repository, "log", "--first-parent", "--reverse", "-m", "--raw", "--no-renames",
              "--no-abbrev", "-z", "--format=%x01%at%x02%B%x02", capture_output=True).stdout
    for commit in out.decode(errors="surrogateescape").split("\x01")[1:]:
        seconds, message, changes = commit.split("\x02")
        parts = changes.strip("\0\n").split("\0")
        files = [(parts[i + 1], parts[i].split()[3]) for i in range(0, len(parts) - 1, 2)
                 if parts[i].startswith(":") and not parts[i].split()[3].startswith("0000")]
        yield int(seconds), message.strip(), files


def stream(commits, times):
    for seconds, message, files in commits:
        for copy in range(times):
            own = [(f"{copy} {path}" if "/" in path else path, blob) for path, blob in files]
            said = message
            for path, _ in files:
                service = path.split("/")[0]
                said = said.replace(service, f"{copy} {service}", 1)
            data = said.encode(errors="surrogateescape")
            yield (f"commit refs/heads/main\nauthor a <a@a.example> {max(seconds, 0)} +0000\n"
                   f"committer a <a@a.example> {max(seconds, 0)} +0000\ndata {len(data)}\n").encode()
            yield data + b"\n"
            for path, blob in own:
                yield f"M 100644 {blob} {path}\n".encode(errors="surrogateescape")
            yield b"\n"


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    repository, target, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
    subprocess.run(["git", "clone", "-q", "--bare", repository, target], check=True)
    commits = list(versions(repository))
    for ref in git(target, "for-each-ref", "--format=%(refname)",
                   capture_output=True).stdout.decode().split():
        git(target, "update-ref", "-d", ref)
    git(target, "symbolic-ref", "HEAD", "refs/heads/main")
    importer = subprocess.Popen(["git", "-C", target, "fast-import", "--quiet", "--force"],
                                stdin=subprocess.PIPE)
    for piece in stream(commits, times):
        importer.stdin.write(piece)
    importer.stdin.close()
    if importer.wait() != 0:
        sys.exit("repeat_history: git fast-import failed")


if __name__ == "__main__":
    main()
