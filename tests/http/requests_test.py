#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What is a request and what is not: framing, hosts, methods, sizes; one connection, many requests."""

import json

from server import Client, ServerTest, main, read_all, request

SECURITY = {
    "content-security-policy":
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class Framing(ServerTest):
    def test_what_is_not_http(self):
        for data in (b"hello\r\n\r\n", b"GET\r\n\r\n", b"\x16\x03\x01\x02",
                     b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
                     b"GET / HTTP/1.1\r\nHost: localhost\r\nA\r\n\r\n",
                     b"GET / HTTP/1.1\r\nHost: localhost\r\nA: \x01\r\n\r\n",
                     b"G\x00T / HTTP/1.1\r\nHost: localhost\r\n\r\n"):
            with self.subTest(data=data):
                self.assertEqual(self.expect_raw(data, 400)["code"], "malformed")

    def test_another_version_of_http(self):
        self.expect_raw(b"GET / FTP/1.1\r\n\r\n", 505)
        self.expect_raw(b"GET / HTTP/2.0\r\nHost: localhost\r\n\r\n", 505)

    def test_a_body_is_turned_away_however_it_is_framed(self):
        start = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
        for fields in (b"Content-Length: 5\r\n\r\nhello",
                       b"Content-Length: 99999999999\r\n\r\n",
                       b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                       b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                       b"Transfer-Encoding: xchunked\r\n\r\n",
                       b"Transfer-Encoding: identity\r\n\r\n",
                       b"Transfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n",
                       b"Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                       b"Content-Length: 0\r\nContent-Length: 5\r\n\r\nhello",
                       b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
                       b"Content-Length: 0\r\nContent-Length: 0\r\n\r\n",
                       b"Content-Length: 0, 0\r\n\r\n",
                       b"Content-Length: 3,3\r\n\r\nabc",
                       b"Content-Length: -1\r\n\r\n",
                       b"Content-Length: +0\r\n\r\n",
                       b"Content-Length: 0x0\r\n\r\n"):
            # Were a body taken for a request, two answers would come.
            smuggled = start + fields + request("/readyz")
            with self.subTest(fields=fields):
                answer = self.server.raw(smuggled)
                self.assertRegex(answer, rb"^HTTP/1.1 4(00|13) ")
                self.assertEqual(answer.count(b"HTTP/1.1 "), 1, answer)
        old = b"POST / HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        self.assertRegex(self.server.raw(old), rb"^HTTP/1.1 4(00|13) ")

    def test_an_empty_body_is_none(self):
        self.assertEqual(self.server.ask("/healthz", content_length="0").status, 200)

    def test_sizes(self):
        self.assertEqual(self.server.ask("/healthz", x="y" * 7000).status, 200)
        self.expect_raw(request("/healthz", x="y" * 9000), 431)
        self.expect_raw(request("/healthz", **{f"x{i}": "y" for i in range(2000)}), 431)
        self.expect_raw(b"GET /" + b"a" * 100_000, 431)
        longest = "/healthz?" + "&" * (2048 - len("/healthz?"))
        self.assertEqual(self.server.ask(longest).status, 200)
        self.expect_problem(self.server.ask(longest + "&"), 414, "target_too_long")

    def test_methods(self):
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT", "BREW",
                       "get"):
            with self.subTest(method=method):
                reply = self.server.ask("/api/v1/search?q=data", method)
                self.expect_problem(reply, 405, "method")
                self.assertEqual(reply.field("allow"), "GET, HEAD")

    def test_exactly_one_host_that_is_ours(self):
        for host in ("localhost", "LOCALHOST", "localhost:99", "localhost.", "127.0.0.1",
                     f"127.0.0.1:{self.server.port}", "[::1]:8080"):
            self.assertEqual(self.server.ask("/healthz", host=host).status, 200, host)
        for host in ("evil.example", "localhost.evil.example", "evil.example:80", "",
                     "localhost@evil.example", "127.0.0.2", "localhost:x", "a b", "0"):
            self.expect_problem(self.server.ask("/healthz", host=host), 421, "host")
        self.expect_problem(self.server.ask("/healthz", host=None), 400, "host")
        two = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n" \
              b"Connection: close\r\n\r\n"
        self.assertTrue(self.server.raw(two).startswith(b"HTTP/1.1 400 "))
        server = self.start("--allowed-host", "Policies.Example.org")
        self.assertEqual(server.ask("/healthz", host="policies.example.org:443").status, 200)
        self.expect_problem(server.ask("/healthz", host="example.org"), 421, "host")

    def test_an_absolute_target_names_the_host_itself(self):
        self.assertEqual(self.server.ask("http://localhost:1/healthz").status, 200)
        self.expect_problem(self.server.ask("http://evil.example/healthz"), 421, "host")
        self.expect_problem(self.server.ask("*"), 400, "usage")
        self.expect_problem(self.server.ask("//localhost/healthz"), 404, "not_found")

    def test_paths(self):
        for target in ("/nope", "/healthz/", "/healthz/x", "//healthz", "/../etc/passwd",
                       "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd", "/api/v1/./search",
                       "/api/v1//search", "/API/v1/search", "/api%2fv1/search", "/healthz;x"):
            with self.subTest(target=target):
                self.expect_problem(self.server.ask(target), 404, "not_found")
        for target in ("/%00", "/healthz%00", "/%", "/%2", "/%zz", "/%ff", "/%1b", "/healthz?%00=1",
                       "/healthz?a=%ff"):
            with self.subTest(target=target):
                self.expect_problem(self.server.ask(target), 400, "usage")
        self.assertEqual(self.server.ask("/%68ealthz").status, 200)
        self.assertEqual(self.server.ask("/healthz#x").status, 200)


class Connections(ServerTest):
    def test_requests_in_a_row_are_answered_in_order(self):
        with Client(self.server) as client:
            for i in range(50):
                self.assertEqual(client.ask(f"/api/v1/search?q=data&n={i + 1}").json()
                                 ["query"]["count"], i + 1)

    def test_requests_sent_at_once_are_answered_in_order(self):
        asked = [f"/api/v1/search?q=data&n={i + 1}" if i % 3 else "/healthz" for i in range(60)]
        with Client(self.server) as client:
            client.send(b"".join(request(target) for target in asked))
            for i, target in enumerate(asked):
                reply = client.reply()
                if target == "/healthz":
                    self.assertEqual(reply.text, "ok\n")
                else:
                    self.assertEqual(reply.json()["query"]["count"], i + 1)

    def test_a_request_that_comes_byte_by_byte(self):
        with Client(self.server) as client:
            for byte in request("/healthz"):
                client.send(bytes([byte]))
            self.assertEqual(client.reply().text, "ok\n")

    def test_closing_when_asked(self):
        answer = self.server.raw(request("/healthz", connection="close"))
        self.assertIn(b"Connection: close", answer)
        answer = self.server.raw(request("/healthz", connection="close") + request("/readyz"))
        self.assertEqual(answer.count(b"HTTP/1.1 "), 1)

    def test_http_1_0(self):
        answer = self.server.raw(b"GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n")
        self.assertTrue(answer.startswith(b"HTTP/1.1 200 OK"))
        self.assertIn(b"Connection: close", answer)
        with Client(self.server) as client:
            for _ in range(3):
                client.send(b"GET /healthz HTTP/1.0\r\nHost: localhost\r\n"
                            b"Connection: keep-alive\r\n\r\n")
                self.assertEqual(client.reply().field("connection"), "keep-alive")

    def test_head_is_get_without_the_body(self):
        for target in ("/healthz", "/api/v1/search?q=data&n=1", "/nope", "/api/v1/search"):
            with Client(self.server) as client:
                get = client.ask(target)
                head = client.ask(target, "HEAD")
                self.assertEqual(head.body, b"")
                self.assertEqual((get.status, get.field("etag")), (head.status, head.field("etag")))
                self.assertEqual(head.field("content-length"), str(len(get.body)))
                self.assertEqual(client.ask("/healthz").text, "ok\n")

    def test_a_client_that_says_half_and_no_more(self):
        with self.server.connect() as connection:
            connection.sendall(request("/healthz")[:-2])
            self.assertEqual(read_all(connection), b"")  # after the time a header has

    def test_a_client_that_hangs_up(self):
        for data in (b"", b"G", request("/healthz")[:-2], request("/api/v1/search?q=data") * 20):
            with self.server.connect() as connection:
                connection.sendall(data)
        self.assertEqual(self.server.ask("/healthz").status, 200)


class Fields(ServerTest):
    def test_every_answer_has_the_security_fields(self):
        for target in ("/healthz", "/api/v1/search?q=data", "/api/v1/search", "/nope", "/%"):
            reply = self.server.ask(target)
            for name, value in SECURITY.items():
                self.assertEqual(reply.field(name), value, target)
            self.assertIsNone(reply.field("access-control-allow-origin"))
            self.assertIsNone(reply.field("server"))
            self.assertRegex(reply.field("date"), r"^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$")
        raw = self.server.raw(b"nonsense\r\n\r\n").decode().lower()
        for name, value in SECURITY.items():
            self.assertIn(f"{name}: {value}".lower(), raw)

    def test_another_origin_is_let_in_when_that_is_asked_for(self):
        server = self.start("--cors-origin", "https://front.example/")
        for target in ("/api/v1/search?q=data", "/api/v1/search?q="):
            self.assertEqual(server.ask(target).field("access-control-allow-origin"),
                             "https://front.example")
        self.assertIsNone(server.ask("/healthz").field("access-control-allow-origin"))

    def test_robots(self):
        lines = self.server.ask("/robots.txt").text.splitlines()
        self.assertEqual(lines[0], "User-agent: *")
        closed = [line.removeprefix("Disallow: ") for line in lines[1:]]
        known = {"/api/": "/api/v1/info", "/?": "/?q=data&vendor=brightloaf.example",
                 "/feed.atom": "/feed.atom?q=data", "/trend?": "/trend?q=data&by=year",
                 "/diff/": "/diff/brightloaf.example?from=2014&to=2016"}
        for prefix in closed:
            address = known.pop(prefix, prefix)
            self.assertTrue(address.startswith(prefix))
            self.assertEqual(self.server.ask(address).status, 200, address)
        self.assertEqual(known, {})
        for address in ("/", "/vendors", "/trend", "/about", "/vendor/brightloaf.example",
                        "/policy/brightloaf.example?at=2014"):
            self.assertFalse([prefix for prefix in closed if address.startswith(prefix)], address)

    def test_what_is_wrong_is_told(self):
        reply = self.server.get("/api/v1/search", {"q": 'a "b'})
        problem = self.expect_problem(reply, 400, "query")
        self.assertEqual(problem["position"], 2)
        problem = self.expect_problem(self.server.get("/api/v1/search", {"headin": "x"}), 400,
                                      "usage")
        self.assertEqual(problem["hint"], "did you mean 'heading'?")
        body = json.dumps(problem)
        self.assertNotIn("\\u0000", body)


if __name__ == "__main__":
    main()
