#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The unit of systemd and the site of nginx that come with the program say what they mean to say."""

import re
import shlex
import shutil
import subprocess
import unittest

from server import SMALLPRINT, SOURCE, Server, ServerTest, main

UNIT = SOURCE / "searcher" / "systemd" / "smallprint.service"
SITE = SOURCE / "searcher" / "nginx" / "smallprint.conf"
NGINX = shutil.which("nginx", path="/usr/sbin:/sbin:/usr/bin:/bin:/usr/local/sbin")


def needs(tool):
    return unittest.skipUnless(shutil.which(tool), f"{tool} is not installed")


class Deployment(ServerTest):
    def command(self):
        """The words of ExecStart."""
        text = UNIT.read_text(encoding="utf-8").replace("\\\n", " ")
        return shlex.split(re.search(r"^ExecStart=(.*)$", text, re.MULTILINE)[1])

    def test_the_server_takes_the_options_of_the_unit(self):
        program, name, *options = self.command()
        self.assertEqual((program, name), ("/usr/bin/smallprint", "serve"))
        socket = f"unix:{self.folder / 'socket'}"
        at = options.index("--listen")
        del options[at:at + 2]
        del options[options.index("--index"):options.index("--index") + 2]
        server = Server(self.index, *options, listen=socket)
        self.addCleanup(server.kill)
        reply = server.ask("/opensearch.xml", host="policies.example.org",
                           x_forwarded_for="203.0.113.9")
        self.assertEqual(reply.status, 200)
        self.assertIn('template="https://policies.example.org/', reply.text)
        self.assertEqual(server.ask("/healthz", host="other.example.org").status, 421)

    @needs("systemd-analyze")
    def test_systemd_understands_the_unit(self):
        unit = self.folder / UNIT.name
        unit.write_text(UNIT.read_text(encoding="utf-8").replace("/usr/bin/smallprint",
                                                                 str(SMALLPRINT)), encoding="utf-8")
        done = subprocess.run(["systemd-analyze", "verify", "--man=no", str(unit)],
                              capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    @unittest.skipUnless(NGINX and shutil.which("openssl"), "nginx or openssl is not installed")
    def test_nginx_understands_the_site(self):
        """As it is, but for the certificate, which is made here."""
        key, certificate = self.folder / "key.pem", self.folder / "certificate.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj",
                        "/CN=policies.example.org", "-keyout", key, "-out", certificate],
                       capture_output=True, check=True)
        site = SITE.read_text(encoding="utf-8")
        site = re.sub(r"(ssl_certificate_key\s+).*;", rf"\g<1>{key};", site)
        site = re.sub(r"(ssl_certificate\s+).*;", rf"\g<1>{certificate};", site)
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        places = "".join(f"{kind}_temp_path {self.folder}/{kind};\n" for kind in kinds)
        whole = self.folder / "nginx.conf"
        whole.write_text(f"pid {self.folder}/pid;\nerror_log stderr;\nevents {{}}\n"
                         f"http {{\naccess_log off;\n{places}{site}\n}}\n", encoding="utf-8")
        done = subprocess.run([NGINX, "-t", "-p", str(self.folder), "-c", str(whole)],
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    main()
