#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Many clients at once, and clients that take their time."""

import re
import resource
import select
import threading

from server import Client, ServerTest, main, read_all, request

SLOW = 400


class Crowd(ServerTest):
    @classmethod
    def setUpClass(cls):
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        super().setUpClass()

    def crowd(self, said, size=SLOW):
        """Connections that have said something and now say no more."""
        connections = []
        for _ in range(size):
            connection = self.server.connect()
            self.addCleanup(connection.close)
            connection.sendall(said)
            connections.append(connection)
        return connections

    def closed_among(self, connections):
        """How many have been closed, or answered, by now."""
        poll = select.poll()
        for connection in connections:
            poll.register(connection, select.POLLIN)
        return len(poll.poll(0))

    def expect_served_beside(self, connections, targets):
        """Others are answered while these still hang."""
        with Client(self.server) as client:
            for target in targets:
                self.assertEqual(client.ask(target).status, 200)
        for target in targets:
            self.assertEqual(self.server.ask(target).status, 200)
        self.assertLess(self.closed_among(connections), len(connections))

    def test_slow_headers_stop_nobody_and_are_ended(self):
        slow = self.crowd(b"GET /healthz HTTP/1.1\r\nHost: local")
        self.expect_served_beside(slow, ["/healthz", "/api/v1/search?q=data"])
        for connection in slow:
            self.assertEqual(read_all(connection), b"")

    def test_connections_that_say_nothing(self):
        silent = self.crowd(b"")
        self.expect_served_beside(silent, ["/healthz", "/api/v1/search?q=cookies"])
        for connection in silent:
            self.assertEqual(read_all(connection), b"")

    def test_a_header_that_drips_is_ended_all_the_same(self):
        drops = iter(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 100_000)
        connection = self.server.connect()
        self.addCleanup(connection.close)
        readable = select.poll()
        readable.register(connection, select.POLLIN)
        while not readable.poll(20):  # milliseconds between two bytes
            try:
                connection.send(bytes([next(drops)]))
            except OSError:
                break
        self.assertEqual(self.closed_among([connection]), 1)

    def test_clients_that_do_not_read(self):
        # More than the buffers of both ends hold, so that the server has to wait with the rest.
        self.crowd(request("/api/v1/search?q=data&n=100") * 30, 100)
        for i in range(20):
            self.assertEqual(self.server.ask(f"/api/v1/search?q=sell&offset={i}").status, 200)

    def test_a_client_that_never_reads_is_ended(self):
        deaf = self.crowd(request("/api/v1/export") * 100, 1)
        with Client(self.server) as client:
            while self.open_connections(client) > 1:
                select.select([], [], [], 0.05)  # what a write may take is over in a while
        self.assertIsNotNone(deaf)

    def test_exports_that_are_not_read_leave_searches_alone(self):
        self.crowd(request("/api/v1/export") * 100, 8)
        for i in range(20):
            self.assertEqual(self.server.ask(f"/api/v1/search?q=data&offset={i}").status, 200)

    def test_connections_that_come_and_go(self):
        def come_and_go():
            for i in range(2500):
                with self.server.connect() as connection:
                    if i % 3 == 0:
                        connection.sendall(b"GET /heal")
                    elif i % 3 == 1:
                        connection.sendall(request("/healthz"))

        threads = [threading.Thread(target=come_and_go) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(self.server.ask("/api/v1/search?q=data").status, 200)
        with Client(self.server) as client:
            while self.open_connections(client) > 1:
                pass

    @staticmethod
    def open_connections(client):
        text = client.ask("/metrics").text
        return int(re.search(r"^smallprint_open_connections (\d+)$", text, re.MULTILINE)[1])

    def test_a_crowd_of_searches(self):
        wrong = []

        def ask(number):
            with Client(self.server) as client:
                for i in range(30):
                    reply = client.ask(f"/api/v1/search?q=data&n=2&offset={number + i}")
                    if reply.status not in (200, 503):
                        wrong.append(reply.status)

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(64)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])
        self.assertEqual(self.server.ask("/healthz").status, 200)


if __name__ == "__main__":
    main()
