#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A server at work: watched, limited, reloaded, stopped; behind proxies and on other addresses."""

import json
import re
import resource
import shutil
import signal
import subprocess
import threading
import unittest

from server import SMALLPRINT, TIMEOUT, Client, ServerTest, main, read_all, request, run


def metric(server, name):
    found = re.search(rf"^{re.escape(name)} (\S+)$", server.ask("/metrics").text, re.MULTILINE)
    return None if found is None else float(found[1])


class Watching(ServerTest):
    def test_health_and_readiness(self):
        self.assertEqual(self.server.ask("/healthz").text, "ok\n")
        self.assertEqual(self.server.ask("/readyz").text, "ready\n")
        self.assertEqual(self.server.ask("/readyz").field("cache-control"), "no-store")

    def test_metrics_count_what_happened(self):
        server = self.start()
        for _ in range(3):
            server.ask("/api/v1/search?q=data")
        server.ask("/api/v1/search")
        server.ask("/nope")
        text = server.ask("/metrics").text
        for line in text.splitlines():
            self.assertRegex(line, r'^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[^{}]*\})? [0-9.e+-]+)$')
        self.assertEqual(metric(server, 'smallprint_requests_total{route="search",status="200"}'), 3)
        self.assertEqual(metric(server, 'smallprint_requests_total{route="search",status="400"}'), 1)
        self.assertEqual(metric(server, 'smallprint_requests_total{route="",status="404"}'), 1)
        self.assertEqual(metric(server, "smallprint_cache_hits_total"), 2)
        self.assertGreater(metric(server, "process_resident_memory_bytes"), 1e6)
        self.assertEqual(metric(server, "smallprint_refused_connections_total"), 0)
        self.assertIn('generation="gen-000001"', text)

    def test_the_access_log(self):
        log = self.folder / "access.log"
        server = self.start("--access-log", str(log))
        server.ask("/api/v1/search?q=data", user_agent='a"b\\')
        server.ask("/nope", "HEAD")
        server.raw(b"nonsense\r\n\r\n")
        server.stop()
        entries = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
        self.assertEqual([(each["method"], each["target"], each["status"]) for each in entries],
                         [("GET", "/api/v1/search?q=data", 200), ("HEAD", "/nope", 404),
                          ("-", "-", 400)])
        self.assertEqual(entries[0]["user_agent"], 'a"b\\')
        self.assertEqual(entries[0]["client"], "127.0.0.1")
        self.assertGreater(entries[0]["bytes"], 1000)
        self.assertRegex(entries[0]["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")

    def test_the_access_log_is_opened_anew_when_asked(self):
        log = self.folder / "access.log"
        server = self.start("--access-log", str(log))
        server.ask("/healthz")
        while not log.read_text(encoding="utf-8"):
            server.ask("/readyz")
        log.rename(self.folder / "old.log")
        server.process.send_signal(signal.SIGHUP)
        while not log.exists():
            server.ask("/healthz")
        server.ask("/robots.txt")
        server.stop()
        self.assertIn("robots", log.read_text(encoding="utf-8"))

    def test_the_access_log_on_standard_output(self):
        server = self.start("--access-log", "-")
        server.ask("/healthz")
        status, out, err = server.stop()
        self.assertEqual((status, err), (0, ""))
        self.assertEqual(json.loads(out)["target"], "/healthz")


class Limits(ServerTest):
    def test_who_asks_too_often_is_told_to_wait(self):
        server = self.start("--rate", "0.01")
        self.assertEqual(server.ask("/healthz").status, 200)
        reply = server.ask("/healthz")
        self.expect_problem(reply, 429, "too_many_requests")
        self.assertGreater(int(reply.field("retry-after")), 1)

    def test_this_machine_is_not_limited_unless_asked_for(self):
        with Client(self.server) as client:
            for _ in range(300):
                self.assertEqual(client.ask("/healthz").status, 200)

    def test_clients_behind_a_proxy_are_told_apart(self):
        server = self.start("--rate", "0.01", "--trusted-proxy", "127.0.0.0/8")
        for i in range(20):
            self.assertEqual(server.ask("/healthz", x_forwarded_for=f"9.9.9.9, 1.2.3.{i}").status,
                             200)
        self.assertEqual(server.ask("/healthz", x_forwarded_for="1.2.3.4").status, 429)
        self.assertEqual(server.ask("/healthz", x_forwarded_for="2001:db8:1:2::1").status, 200)
        self.assertEqual(server.ask("/healthz", x_forwarded_for="2001:db8:1:2::2").status, 429)

    def test_who_is_no_proxy_is_not_believed(self):
        server = self.start("--rate", "0.01")
        self.assertEqual(server.ask("/healthz", x_forwarded_for="1.2.3.4").status, 200)
        self.assertEqual(server.ask("/healthz", x_forwarded_for="1.2.3.5").status, 429)

    def test_connections_of_one_client(self):
        server = self.start("--max-client-connections", "3")
        with Client(server) as one, Client(server) as two, Client(server) as three:
            for each in (one, two, three):
                self.assertEqual(each.ask("/healthz").status, 200)
            answer = server.raw(b"")
            self.assertTrue(answer.startswith(b"HTTP/1.1 503 "), answer[:100])
            self.assertIn(b"Retry-After: 1", answer)
            self.assertEqual(one.ask("/healthz").status, 200)

    def test_a_new_connection_takes_the_place_of_an_idle_one(self):
        server = self.start("--max-connections", "2")
        with Client(server) as idle, Client(server) as busy:
            self.assertEqual(idle.ask("/healthz").status, 200)
            self.assertEqual(busy.ask("/healthz").status, 200)
            self.assertEqual(server.ask("/healthz").status, 200)
            self.assertEqual(read_all(idle.socket), b"")

    @unittest.skipIf(b"libubsan" in subprocess.run(["ldd", SMALLPRINT], capture_output=True,
                                                   check=False).stdout,
                     "the sanitizer wants descriptors for its own checks")
    def test_without_descriptors_it_waits_and_goes_on(self):
        few = 40
        server = self.start(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE,
                                                                  (few, few)))
        crowd = [server.connect() for _ in range(2 * few)]
        while metric_on(crowd[0], server) == 0:
            pass
        for connection in crowd:
            connection.close()
        self.assertEqual(server.ask("/healthz").status, 200)


def metric_on(connection, server):
    """How often accepting has failed, asked on a connection that is open already."""
    client = Client.__new__(Client)
    client.socket, client.stream = connection, connection.makefile("rb")
    text = client.ask("/metrics").text
    client.stream.close()
    return int(re.search(r"^smallprint_accept_failures_total (\d+)$", text, re.MULTILINE)[1])


class Stopping(ServerTest):
    def test_it_ends_when_asked(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            server = self.start()
            with Client(server) as idle:
                idle.ask("/healthz")
                status, _, err = server.stop(number)
                self.assertEqual((status, err), (0, ""))
                self.assertEqual(read_all(idle.socket), b"")

    def test_what_is_under_way_is_finished(self):
        server = self.start()
        begun = request("/healthz")
        with server.connect() as connection:
            with Client(server) as other:  # by now the first connection is let in
                connection.sendall(begun[:-2])
                other.ask("/healthz")
                other.ask("/healthz")
            server.process.send_signal(signal.SIGTERM)
            while accepts(server):
                pass
            connection.sendall(begun[-2:])
            answer = read_all(connection)
        self.assertTrue(answer.startswith(b"HTTP/1.1 200 OK"), answer)
        self.assertIn(b"Connection: close", answer)
        self.assertEqual(server.process.wait(TIMEOUT), 0)

    def test_what_has_arrived_is_answered(self):
        """Asked on open connections, or on some that are not let in yet, when the server is told."""
        server = self.start()
        with Client(server) as one, Client(server) as two:
            one.ask("/healthz")
            two.ask("/healthz")
            server.process.send_signal(signal.SIGSTOP)
            one.send(request("/api/v1/search?q=data"))
            two.send(request("/api/v1/search?q=cookies") + request("/healthz"))
            with server.connect() as late, server.connect() as silent:
                late.sendall(request("/api/v1/search?q=sell"))
                server.process.send_signal(signal.SIGTERM)
                server.process.send_signal(signal.SIGCONT)
                answers = [read_all(each) for each in (one.socket, two.socket, late, silent)]
        self.assertEqual(server.process.wait(TIMEOUT), 0)
        for answer in answers[:3]:
            self.assertTrue(answer.startswith(b"HTTP/1.1 200 OK"), answer)
        self.assertEqual(answers[3], b"")

    def test_a_reader_that_does_not_read_is_not_waited_for_forever(self):
        server = self.start()
        with server.connect() as connection:
            connection.sendall(request("/api/v1/export") * 50)
            self.assertEqual(server.stop()[0], 0)

    def test_asked_twice_it_ends_at_once(self):
        server = self.start()
        with server.connect() as connection:
            connection.sendall(request("/healthz")[:-2])
            with Client(server) as other:
                other.ask("/healthz")
            server.process.send_signal(signal.SIGTERM)
            while accepts(server):
                pass
            self.assertEqual(server.stop()[0], 0)


def accepts(server):
    try:
        server.connect().close()
        return True
    except OSError:
        return False


class Reloading(ServerTest):
    def publish(self, index, *sources):
        self.ok("index", "-q", *sources, "-i", index, "--rebuild")

    def archive(self, word):
        folder = self.folder / word
        folder.mkdir()
        for i in range(20):
            (folder / f"v{i}.example.md").write_text(
                f"# Privacy\n\nWe keep the word {word} number {i} of all your data.\n")
        return folder

    def test_a_new_generation_is_taken_up_while_it_is_asked(self):
        index = self.folder / "changing.idx"
        old, new = self.archive("elderberry"), self.archive("mulberry")
        self.publish(index, old)
        server = self.start(index=index)
        first = server.ask("/api/v1/search?q=data&n=100")
        self.assertIn("elderberry", first.text)
        stop, wrong = threading.Event(), []

        def ask_on():
            with Client(server) as client:
                i = 0
                while not stop.is_set():
                    i += 1
                    reply = client.ask(f"/api/v1/search?q=data&n=100&offset={i % 3}")
                    words = {word for word in ("elderberry", "mulberry") if word in reply.text}
                    if reply.status != 200 or len(words) != 1:
                        wrong.append((reply.status, words))

        threads = [threading.Thread(target=ask_on) for _ in range(4)]
        for thread in threads:
            thread.start()
        try:
            self.publish(index, new)
            while "mulberry" not in server.ask("/api/v1/search?q=data&n=100").text:
                pass
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        self.assertEqual(wrong, [])
        self.assertEqual(server.ask("/api/v1/search?q=data&n=100",
                                    if_none_match=first.field("etag")).status, 200)
        self.assertEqual(metric(server, "smallprint_reloads_total"), 1)
        self.assertIn('generation="gen-000002"', server.ask("/metrics").text)

    def test_what_cannot_be_opened_does_not_stop_the_old_one(self):
        index = self.folder / "broken.idx"
        self.publish(index, self.archive("elderberry"))
        server = self.start(index=index)
        (index / "CURRENT").write_text("gen-000007\n")
        while metric(server, "smallprint_failed_reloads_total") == 0:
            pass
        self.assertIn("elderberry", server.ask("/api/v1/search?q=data").text)
        self.assertEqual(server.ask("/readyz").status, 200)

    def test_the_index_may_go(self):
        index = self.folder / "gone.idx"
        self.publish(index, self.archive("elderberry"))
        server = self.start(index=index)
        shutil.rmtree(index)
        server.process.send_signal(signal.SIGHUP)
        for i in range(20):
            self.assertEqual(server.ask(f"/api/v1/search?q=data&offset={i}").status, 200)


class Addresses(ServerTest):
    def test_a_unix_socket(self):
        path = self.folder / "socket"
        server = self.start(listen=f"unix:{path}")
        self.assertEqual(server.address, f"unix:{path}")
        self.assertEqual(server.ask("/api/v1/search?q=data").status, 200)
        self.expect_problem(server.ask("/healthz", host="evil.example"), 421, "host")
        server.stop()
        self.assertFalse(path.exists())

    def test_a_socket_that_was_left_is_taken_over_and_one_in_use_is_not(self):
        path = self.folder / "socket"
        self.start(listen=f"unix:{path}").kill()
        self.assertTrue(path.exists())
        server = self.start(listen=f"unix:{path}")
        answer = run("serve", "--listen", f"unix:{path}", index=self.index)
        self.assertEqual(answer.status, 4)
        self.assertIn("in use", answer.message)
        self.assertEqual(server.ask("/healthz").status, 200)

    def test_a_proxy_on_the_unix_socket(self):
        path = self.folder / "socket"
        server = self.start("--trusted-proxy", "unix", "--rate", "0.01", listen=f"unix:{path}")
        self.assertEqual(server.ask("/healthz", x_forwarded_for="1.2.3.4").status, 200)
        self.assertEqual(server.ask("/healthz", x_forwarded_for="1.2.3.4").status, 429)
        self.assertEqual(server.ask("/healthz", x_forwarded_for="1.2.3.5").status, 200)

    def test_ipv6(self):
        try:
            server = self.start(listen="[::1]:0")
        except AssertionError as error:
            self.skipTest(str(error))
        self.assertEqual(server.ask("/healthz", host=f"[::1]:{server.port}").status, 200)

    def test_addresses_in_answers_are_those_that_the_client_uses(self):
        for host in (f"127.0.0.1:{self.server.port}", f"LocalHost:{self.server.port}", "localhost"):
            origin = f"http://{host.lower()}/"
            description = self.server.ask("/opensearch.xml", host=host).text
            for template in re.findall(r'template="([^"]*)', description):
                self.assertTrue(template.startswith(origin), template)
            feed = self.server.ask("/feed.atom?q=data", host=host).text
            self.assertIn(f'<link rel="self" href="{origin}feed.atom', feed)
            self.assertIn(f'<link href="{origin}clause/', feed)
        absolute = self.server.ask("http://localhost:1/opensearch.xml", host="evil.example").text
        self.assertIn('template="http://localhost:1/?', absolute)
        server = self.start("--base-url", "https://policies.example/x/")
        for target in ("/opensearch.xml", "/feed.atom?q=data"):
            self.assertIn('"https://policies.example/x/', server.ask(target).text)

    def test_an_address_that_is_taken(self):
        answer = run("serve", "--listen", f"127.0.0.1:{self.server.port}", index=self.index)
        self.assertEqual(answer.status, 4)
        self.assertIn("--listen", answer.message)

    def test_mistakes_on_the_command_line(self):
        for words, part in ((["--listen", "x"], "--listen wants"), (["--rate", "-1"], "--rate wants"),
                            (["--listen", "127.0.0.1:99999"], "--listen wants"),
                            (["--listen", "unix:"], "--listen wants"),
                            (["--threads", "0"], "--threads wants"),
                            (["--cache", "x"], "--cache wants"), (["extra"], "no argument"),
                            (["--trusted-proxy", "x"], "--trusted-proxy wants"),
                            (["--cors-origin", "x"], "--cors-origin wants"),
                            (["--allowed-host", "a b"], "--allowed-host wants"),
                            (["--listn", "x"], "did you mean --listen?")):
            answer = run("serve", *words, index=self.index)
            self.assertEqual(answer.status, 2, words)
            self.assertIn(part, answer.message)

    def test_without_an_index(self):
        answer = run("serve", index=self.folder / "nothing")
        self.assertEqual(answer.status, 6)
        log = self.folder / "no" / "log"
        self.assertEqual(run("serve", "--access-log", log, index=self.index).status, 4)


if __name__ == "__main__":
    main()
