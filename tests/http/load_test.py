#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A load on the server while one generation after the other is published: every answer is compared.

SMALLPRINT_LOAD_SECONDS is how long, by default 10; a minute is what a release is tried with. Under a
sanitizer (presets asan and tsan) whatever it finds ends up on stderr, which has to stay empty."""

import json
import os
import random
import re
import shutil
import subprocess
import threading
import time
from pathlib import Path

from server import Client, ProgramTest, Server, main, request

SECONDS = float(os.environ.get("SMALLPRINT_LOAD_SECONDS", "10"))
CLIENTS = 6
WORDS = ("elderberry", "mulberry")
VENDOR = "v3.example"

# Each has another answer in the two archives, or the same error in both.
TARGETS = [
    "/api/v1/search?q=keep+data", "/api/v1/search?q=data&n=100", "/api/v1/search?q=shared&sort=newest",
    "/api/v1/search?q=%22we+keep%22&facets=true", "/api/v1/search?q=keep+w%2F5+data&per_vendor=1",
    "/api/v1/search?q=dat*&explain=true", "/api/v1/search?vendor=v1.example",
    "/api/v1/facets?q=elderberry+OR+mulberry", "/api/v1/trend?q=elderberry&by=year",
    "/api/v1/export?q=data", "/api/v1/export?format=csv", f"/api/v1/policies/{VENDOR}",
    f"/api/v1/policies/{VENDOR}/at/2019", f"/api/v1/diff?vendor={VENDOR}&before=2015&after=2020",
    "/api/v1/vendors", "/api/v1/suggest?q=v1", "/?q=data", "/?q=keep+elderberry",
    f"/policy/{VENDOR}", f"/vendor/{VENDOR}", "/vendors", "/trend?q=elderberry&q=mulberry",
    "/api/v1/search?q=%22open", "/api/v1/search?n=0", "/nope", "/api/v1/policies/nobody",
    "/?q=%22open", "/clause/nope",
]


def plain(reply):
    """What is the same in every index of the same archive."""
    text = re.sub(r'"took_ms":[0-9.e-]+|\d+(\.\d+)?( |&nbsp;)ms\b', "TIME", reply.text)
    return reply.status, re.sub(r"gen-\d+|\b1\.[0-9a-f]{16}(?=\.)", "GENERATION", text)


def memory(server):
    text = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    return int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1024


class Load(ProgramTest):
    maxDiff = None

    def archive(self, word):
        """Policies of two snapshots each."""
        rows = []
        for i in range(24):
            for year in (2014, 2019):
                rows.append({
                    "vendor": f"v{i}.example", "date": f"{year}-0{i % 9 + 1}-02",
                    "type": "Privacy Policy", "url": f"https://v{i}.example/privacy",
                    "text": f"# Privacy of {i}\n\nWe keep the word {word} number {i} of {year} and of "
                            f"all your data.\n\n## Sharing\n\nYour data are never shared with {word}, "
                            f"however much they ask us for it.\n"})
        file = self.folder / f"{word}.jsonl"
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return file

    def publish(self, archive):
        self.ok("index", "-q", archive, "-i", self.index, "--rebuild")

    def answers_of(self, archive):
        """What a server of its own, asked one thing at a time, says of each target."""
        self.publish(archive)
        server = Server(self.index, "--cache", "0")
        self.addCleanup(server.kill)
        answers = {target: plain(server.ask(target)) for target in TARGETS}
        self.assertEqual(server.stop()[0], 0)
        return answers

    def setUp(self):
        super().setUp()
        self.index = self.folder / "index"
        self.archives = [self.archive(word) for word in WORDS]
        self.expected = [self.answers_of(archive) for archive in self.archives]
        self.wrong = []
        self.seen = set()  # (archive, target)
        self.stop = threading.Event()
        self.server = Server(self.index, "--cache", "1", "--access-log", str(self.folder / "log"))
        self.addCleanup(self.server.kill)

    def tell(self, *what):
        self.wrong.append(what)
        self.stop.set()

    def check(self, target, reply, tags):
        if reply.status == 304:
            return
        if reply.status == 503 and reply.problem()["code"] in ("busy", "limit"):
            return
        said = plain(reply)
        which = [i for i, expected in enumerate(self.expected) if expected[target] == said]
        if not which:
            nearest = self.expected[0][target]
            at = len(os.path.commonprefix([nearest[1], said[1]]))
            self.tell(target, reply.status, said[1][max(at - 100, 0):at + 100], "not",
                      nearest[1][at:at + 100])
            return
        self.seen.update((i, target) for i in which)
        if reply.status == 200 and reply.field("etag"):
            tags[target] = reply.field("etag")

    def ask_on(self, seed):
        """Asks for anything on one connection after the other."""
        chance = random.Random(seed)
        tags = {}
        try:
            while not self.stop.is_set():
                with Client(self.server) as client:
                    for _ in range(chance.randrange(1, 60)):
                        target = chance.choice(TARGETS)
                        tag = tags.get(target) if chance.random() < 0.3 else None
                        reply = client.ask(target, if_none_match=tag)
                        self.check(target, reply, tags)
                        if reply.field("connection") == "close":
                            break
        except Exception as error:  # pylint: disable=broad-exception-caught
            self.tell("client", seed, repr(error))

    def be_rude(self):
        """Says half of something, or does not stay for the answer."""
        chance = random.Random(1)
        slow = []
        try:
            while not self.stop.is_set():
                connection = self.server.connect()
                whole = request(chance.choice(TARGETS)) * chance.randrange(1, 4)
                connection.sendall(whole[:chance.randrange(len(whole) + 1)])
                slow.append(connection)
                if len(slow) > 40:
                    slow.pop(chance.randrange(len(slow))).close()
        except OSError as error:
            self.tell("rude client", repr(error))
        finally:
            for connection in slow:
                connection.close()

    def press(self):
        """The same targets by wrk, as fast as it goes, where it is installed."""
        if shutil.which("wrk") is None or self.server.path is not None:
            return None
        script = self.folder / "script.lua"
        listed = ", ".join(f'"{target}"' for target in TARGETS)
        script.write_text(f"local targets = {{{listed}}}\nlocal at = 0\nfunction request()\n"
                          "at = at % #targets + 1\nreturn wrk.format('GET', targets[at])\nend\n")
        return subprocess.Popen(["wrk", "-t1", "-c16", "--timeout", "60s", f"-d{max(1, int(SECONDS))}s", "-s", str(script),
                                 self.server.address], stdout=subprocess.PIPE)

    def statuses(self):
        text = self.server.ask("/metrics").text
        counts = {}
        for status, count in re.findall(r'smallprint_requests_total\{[^}]*status="(\d+)"\} (\d+)',
                                        text):
            counts[int(status)] = counts.get(int(status), 0) + int(count)
        return counts

    def test_every_answer_is_that_of_one_archive_or_the_other(self):
        threads = [threading.Thread(target=self.ask_on, args=(seed,)) for seed in range(CLIENTS)]
        threads.append(threading.Thread(target=self.be_rude))
        end = time.monotonic() + SECONDS
        used = []
        wrk = self.press()
        for thread in threads:
            thread.start()
        try:
            published = 0
            while time.monotonic() < end and not self.stop.is_set():
                self.publish(self.archives[published % len(self.archives)])
                published += 1
                used.append(memory(self.server))
        finally:
            self.stop.set()
            for thread in threads:
                thread.join()
            said = wrk.communicate()[0].decode() if wrk else ""
        self.assertEqual(self.wrong, [])
        self.assertNotIn("Socket errors", said)
        counts = self.statuses()
        self.assertEqual(set(counts) - {200, 304, 400, 404, 503}, set(), counts)
        self.assertGreater(counts[200], 10 * len(TARGETS))
        self.assertGreater(published, 1)
        # Both archives were asked, while they took turns.
        self.assertEqual({archive for archive, _ in self.seen}, {0, 1})
        print(f"\n{sum(counts.values())} answers {counts}, {published} generations, "
              f"{used[0]:.0f} to {used[-1]:.0f} MB")
        self.check_memory(used)
        status, _, err = self.server.stop()
        self.assertEqual((status, err), (0, ""))

    def check_memory(self, used):
        """In the second half of a long load, no more is used than before."""
        if len(used) < 8:
            return
        middle = len(used) // 2
        before, after = max(used[middle // 2:middle]), max(used[-middle // 2:])
        self.assertLess(after, before * 1.2 + 8, used)


if __name__ == "__main__":
    main()
