# SPDX-License-Identifier: GPL-2.0-or-later
"""What the tests of the server share: running it, asking it, and saying things no library would."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import quote, urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
# pylint: disable=wrong-import-position,unused-import
from programs import (BIN, SAMPLE, SMALLPRINT, SOURCE, Answer, ProgramTest, SampleTest, main, run,
                      validate)

TIMEOUT = 60  # seconds, for what is to happen at once; sanitizers take their time


class Reply:
    """What came back: the status, the fields by their names in lower case, the body."""

    def __init__(self, status, fields, body):
        self.status, self.body = status, body
        self.fields = {}
        for name, value in fields:
            self.fields.setdefault(name.lower(), []).append(value)

    def field(self, name):
        values = self.fields.get(name.lower(), [])
        if len(values) > 1:
            raise AssertionError(f"{name} is there {len(values)} times")
        return values[0] if values else None

    @property
    def text(self):
        return self.body.decode()

    def json(self):
        return json.loads(self.body)

    def problem(self):
        if self.field("content-type") != "application/problem+json":
            raise AssertionError(f"{self.status} {self.field('content-type')}: {self.body[:300]}")
        value = self.json()
        validate(value, "problem")
        if value["status"] != self.status:
            raise AssertionError(f"{value} with the status {self.status}")
        return value


class Server:
    """A server that runs on a port of its own, or on a unix socket."""

    def __init__(self, index, *options, listen="127.0.0.1:0", **settings):
        self.process = subprocess.Popen(
            [str(SMALLPRINT), "serve", "-i", str(index), "--listen", listen, *options],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **settings)
        line = self.process.stdout.readline().decode()
        if not line.startswith("listening on "):
            raise AssertionError(f"{line}{self.process.communicate(timeout=TIMEOUT)}")
        self.address = line[len("listening on "):].strip()
        self.path = self.address[len("unix:"):] if self.address.startswith("unix:") else None
        if self.path is None:
            self.host, self.port = re.fullmatch(r"http://(.*):(\d+)/", self.address).groups()
            self.port = int(self.port)

    def connect(self):
        if self.path is not None:
            connection = socket.socket(socket.AF_UNIX)
            connection.settimeout(TIMEOUT)
            connection.connect(self.path)
            return connection
        return socket.create_connection((self.host.strip("[]"), self.port), timeout=TIMEOUT)

    def ask(self, target, method="GET", **fields):
        """One request on a connection of its own. Fields: accept_encoding="gzip"."""
        with Client(self) as client:
            return client.ask(target, method, **fields)

    def get(self, path, query=(), **fields):
        """The same, of a path and parameters that are still to be encoded."""
        given = urlencode(query, doseq=True)
        return self.ask(quote(path) + ("?" + given if given else ""), **fields)

    def raw(self, data):
        """Everything that comes back until the server closes."""
        with self.connect() as connection:
            connection.sendall(data)
            return read_all(connection)

    def stop(self, number=signal.SIGTERM):
        """Asks it to stop; what it said on stdout and stderr since it began."""
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=TIMEOUT)
        return self.process.returncode, out.decode(), err.decode()

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate(timeout=TIMEOUT)


class Client:
    """A connection on which one thing is asked after the other."""

    def __init__(self, server):
        self.socket = server.connect()
        self.stream = self.socket.makefile("rb")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stream.close()
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def ask(self, target, method="GET", **fields):
        self.send(request(target, method, **fields))
        return self.reply(method)

    def reply(self, method="GET"):
        """The next answer; what is behind it stays for the one after."""
        status = int(re.fullmatch(rb"HTTP/1\.1 (\d{3}) [\w ]+\r\n", self.stream.readline())[1])
        fields = []
        while (line := self.stream.readline()) != b"\r\n":
            fields.append(tuple(re.fullmatch(r"([\w-]+): (.*)\r\n", line.decode()).groups()))
        reply = Reply(status, fields, b"")
        if method != "HEAD" and status != 304:
            reply.body = self.body_of(reply)
        return reply

    def body_of(self, reply):
        if reply.field("transfer-encoding") == "chunked":
            body = b""
            while size := int(self.stream.readline(), 16):
                body += self.exactly(size)
                self.exactly(2)
            self.exactly(2)
            return body
        if reply.field("content-length") is not None:
            return self.exactly(int(reply.field("content-length")))
        return self.stream.read()

    def exactly(self, size):
        data = self.stream.read(size)
        if len(data) != size:
            raise AssertionError(f"{len(data)} of {size} bytes")
        return data


def request(target, method="GET", **fields):
    fields.setdefault("host", "localhost")
    lines = [f"{method} {target} HTTP/1.1"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()
              if value is not None]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def read_all(connection):
    data = b""
    while True:
        try:
            piece = connection.recv(65536)
        except ConnectionResetError:
            return data
        if not piece:
            return data
        data += piece


class ServerTest(SampleTest):
    """A test on a server of the sample archive, which runs as long as the class."""

    OPTIONS = ()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = Server(cls.index, *cls.OPTIONS)
        cls.addClassCleanup(cls.server.kill)

    def start(self, *options, index=None, **settings):
        """Another server, of other options."""
        server = Server(index or self.index, *options, **settings)
        self.addCleanup(server.kill)
        return server

    def expect_problem(self, reply, status, code):
        self.assertEqual(reply.status, status, reply.body[:300])
        problem = reply.problem()
        self.assertEqual(problem["code"], code)
        self.assertEqual(reply.field("cache-control"), "no-store")
        return problem

    def expect_raw(self, data, status):
        """What bytes that are no proper request are told, before the connection is closed."""
        answer = self.server.raw(data)
        self.assertTrue(answer.startswith(f"HTTP/1.1 {status} ".encode()), answer[:200])
        self.assertIn(b"Connection: close", answer)
        body = answer.split(b"\r\n\r\n", 1)[1]
        problem = json.loads(body)
        validate(problem, "problem")
        self.assertEqual(problem["status"], status)
        return problem
