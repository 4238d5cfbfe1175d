# SPDX-License-Identifier: GPL-2.0-or-later
"""A folder of everything that can be wrong with an archive, with what should become of each item.

A function below makes one group of items. It says of each whether its words have to be found
(`find`) and what the report has to say (`skips`, by place; or by the start of the place, where it
goes on with an offset or an object's name).
"""

import bz2
import contextlib
import gzip
import io
import json
import lzma
import os
import random
import shutil
import socket
import sqlite3
import stat
import subprocess
import tarfile
import zipfile
import zlib

MEGABYTE = 1 << 20
PROVENANCE = ("> *The following text is extracted and transformed from the {0} privacy policy that "
              "was archived on 2015-04-01. Please check the [original snapshot on the Wayback "
              "Machine](https://web.archive.org/web/20150401000000id_/http%3A//www.{0}/privacy) "
              "for the most accurate reproduction.*\n\n")


def policy(word):
    """A good one, to be found by the word."""
    return (PROVENANCE.format(word + ".example") + "# Privacy\n\n## Sharing\n\n"
            f"We lend the {word} of our customers to nobody.\n").encode()


def page(word, inside=""):
    return (f"<!DOCTYPE html><html><head><title>Privacy</title></head><body><h1>Privacy</h1>"
            f"<p>We lend the {word} of our customers to nobody.</p>{inside}</body></html>").encode()


def flipped(data, at):
    """With one bit changed; `at` as a share of the size."""
    place = int(len(data) * at)
    return data[:place] + bytes([data[place] ^ 0x10]) + data[place + 1:]


def noise(size):
    """Bytes that no compression makes smaller, the same ones each time."""
    return random.Random(1).randbytes(size)


def tar_of(members):
    """A tar file of (name, bytes or TarInfo)."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for name, data in members:
            info = data if isinstance(data, tarfile.TarInfo) else tarfile.TarInfo()
            info.name = name
            if isinstance(data, bytes):
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
            else:
                archive.addfile(info)
    return out.getvalue()


def zip_of(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def tar_header(name, size, kind=b"0"):
    """A header by itself, for what Python refuses to write."""
    header = bytearray(512)
    header[0:len(name)] = name
    for at, text in ((100, b"0000644\0"), (108, b"0000000\0"), (116, b"0000000\0"),
                     (136, b"00000000000\0"), (156, kind), (257, b"ustar  \0")):
        header[at:at + len(text)] = text
    header[124:136] = (b"\x80" + size.to_bytes(11, "big")) if size >= 8 ** 11 else b"%011o\0" % size
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header)


def warc_record(word, length=None, kind="response", **fields):
    """A record with a page; `length` instead of the true one, "" for none at all."""
    body = page(word)
    block = (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n"
             % len(body)) + body
    head = {"WARC-Type": kind, "WARC-Target-URI": f"http://{word}.example/privacy",
            "WARC-Date": "2015-04-01T00:00:00Z", "WARC-Record-ID": f"<urn:test:{word}>",
            "Content-Type": "application/http; msgtype=response",
            "Content-Length": len(block) if length is None else length, **fields}
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items() if value != "")
    return b"WARC/1.0\r\n" + lines.encode() + b"\r\n" + block + b"\r\n\r\n"


class Hostile:
    """The folder, and what should become of what is in it."""

    def __init__(self, folder, outside):
        self.folder, self.outside = folder, outside
        self.found, self.skipped, self.lost = [], [], []
        folder.mkdir()
        for make in (compressed_files, many_files, bombs, tar_files, zip_files, zip_directories,
                     web_archives, pages, charsets, files_of_the_system, databases, tables,
                     histories, odd_files):
            make(self)

    def write(self, path, data):
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        return file

    def find(self, *words):
        self.found += words

    def skips(self, kind, *places):
        self.skipped += [(place, kind) for place in places]

    def loses(self, *words):
        """What must not be indexed."""
        self.lost += words

    def git(self, repository, *words):
        settings = dict(os.environ, GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_NOSYSTEM="1",
                        GIT_AUTHOR_DATE="2014-03-02T12:00:00Z",
                        GIT_COMMITTER_DATE="2014-03-02T12:00:00Z")
        done = subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@a.example", "-c",
                               "gc.auto=0", *map(str, words)], cwd=repository, env=settings,
                              check=True, capture_output=True)
        return done.stdout.decode().strip()


def compressed_files(hostile):
    packers = {"gz": gzip.compress, "xz": lzma.compress, "bz2": bz2.compress}
    if shutil.which("zstd"):
        packers["zst"] = lambda data: subprocess.run(["zstd", "-q", "-c", "--check"], input=data,
                                                     check=True, capture_output=True).stdout
    for name, pack in packers.items():
        packed = pack(policy("gadwall" + name) + noise(20_000).hex().encode())
        hostile.write(f"packed/whole-{name}.md.{name}", packed)
        hostile.write(f"packed/cut-{name}.md.{name}", packed[:len(packed) // 2])
        hostile.write(f"packed/flipped-{name}.md.{name}", flipped(packed, 0.6))
        hostile.write(f"packed/head-{name}.md.{name}", packed[:7])
        hostile.find("gadwall" + name)
        hostile.skips("unreadable", *(f"packed/{what}-{name}.md.{name}"
                                      for what in ("cut", "flipped", "head")))
    packed = policy("petrel")
    for _ in range(6):
        packed = gzip.compress(packed)
    hostile.write("packed/again.md.gz.gz.gz.gz.gz.gz", packed)
    hostile.skips("limit", "packed/again.md.gz.gz.gz")
    hostile.loses("petrel")


def many_files(hostile):
    """More than may be open at once where nobody asks for more."""
    for number in range(400):
        hostile.write(f"many/{number}.md.gz", gzip.compress(policy(f"number{number}"), 1))
    hostile.find("number0", "number399")


def bombs(hostile):
    zeros = bytes(16 * MEGABYTE)
    packer = zlib.compressobj(1, wbits=31)
    hostile.write("bombs/zeros.md.gz", packer.compress(b"walrus ") +
                  b"".join(packer.compress(zeros) for _ in range(64)) + packer.flush())
    hostile.write("bombs/zeros.md.xz", lzma.compress(zeros, preset=0) * 64)
    hostile.skips("limit", "bombs/zeros.md.gz", "bombs/zeros.md.xz")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("before.md", policy("beforebomb"))
        with archive.open("bomb.md", "w") as bomb:
            for _ in range(16):
                bomb.write(zeros)
        archive.writestr("later.md", policy("behindbomb"))
    hostile.write("bombs/bomb.zip", out.getvalue())
    hostile.find("beforebomb", "behindbomb")
    hostile.skips("limit", "bombs/bomb.zip/bomb.md")
    packer = zlib.compressobj(1, wbits=31)
    tar = [tar_of([("before.md", policy("beforetarbomb"))])[:1024], tar_header(b"bomb.md", 2 << 30)]
    hostile.write("bombs/bomb.tar.gz", b"".join(packer.compress(part) for part in tar) +
                  b"".join(packer.compress(zeros) for _ in range(16)) + packer.flush())
    hostile.find("beforetarbomb")
    hostile.skips("limit", "bombs/bomb.tar.gz/bomb.md",
                  "bombs/bomb.tar.gz/the rest behind bomb.md")
    hostile.write("bombs/names.tar.gz", gzip.compress(tar_header(b"name.md", 0) * 200_000))
    hostile.skips("limit", "bombs/names.tar.gz/the rest behind ")


def tar_files(hostile):
    odd = {"link": tarfile.SYMTYPE, "hard": tarfile.LNKTYPE, "device": tarfile.CHRTYPE,
           "disk": tarfile.BLKTYPE, "pipe": tarfile.FIFOTYPE}
    members = [("good.md", policy("tarpan"))]
    for name, kind in odd.items():
        info = tarfile.TarInfo()
        info.type, info.linkname = kind, "/etc/passwd"
        members.append((name + ".md", info))
    out = str(hostile.outside)
    members += [("../../evil.md", policy("dotdot")), (f"{out}/evil.md", policy("absolute")),
                ("\x1b[31mred\n.md", policy("escaped")), ("bad\udcff\udcfe.md", policy("bytes")),
                ("twice.md", policy("twiceone")), ("twice.md", policy("twicetwo")),
                ("deep/" * 200 + "p.md", policy("deepfolder")), ("", policy("nameless"))]
    hostile.write("tar/names.tar", tar_of(members))
    hostile.find("tarpan", "dotdot", "absolute", "escaped", "bytes", "twiceone", "twicetwo",
                 "deepfolder")
    hostile.skips("unreadable", "tar/names.tar/")  # whose name is empty
    hostile.skips("aside", *(f"tar/names.tar/{name}.md" for name in odd))
    whole = tar_of([("a.md", policy("wigeon")),
                    ("b.md", policy("scaup") + noise(9000).hex().encode()),
                    ("c.md", policy("eider"))])
    hostile.write("tar/cut.tar", whole[:5000])
    hostile.write("tar/cut.tar.xz", lzma.compress(whole)[:-3000])
    hostile.write("tar/flipped.tar", whole[:10] + b"\x07" + whole[11:])
    hostile.find("wigeon")
    hostile.skips("unreadable", "tar/cut.tar/b.md", "tar/cut.tar.xz", "tar/flipped.tar")
    sparse = bytearray(tar_header(b"sparse.md", 512, b"S"))
    sparse[386:482] = (b"%011o\0%011o\0" % (8 ** 11 - 1024, 512)).ljust(96, b"\0")
    sparse[483:495] = b"%011o\0" % (8 ** 11 - 512)
    sparse[148:156] = b" " * 8
    sparse[148:156] = b"%06o\0 " % sum(sparse)
    hostile.write("tar/sparse.tar", tar_of([("a.md", policy("brant"))])[:1024] + bytes(sparse) +
                  b"walrus ".ljust(512, b"x") + tar_of([("c.md", policy("behindsparse"))]))
    hostile.find("brant")
    hostile.skips("limit", "tar/sparse.tar/sparse.md",
                  "tar/sparse.tar/the rest behind sparse.md")
    huge = tar_header(b"huge.md", 1 << 60)
    hostile.write("tar/huge.tar", tar_of([("a.md", policy("smew"))])[:1024] + huge + b"words " * 99)
    hostile.find("smew")
    hostile.skips("unreadable", "tar/huge.tar/huge.md")


def zip_directories(hostile):
    good = zip_of([("a.md", policy("avocet")), ("b.md", policy("bittern"))])
    at = good.index(b"PK\x01\x02")
    for name, data in (("none", good[:at] + b"PO" + good[at + 2:]),
                       ("empty", zip_of([("folder/", b"")]))):
        hostile.write(f"zip/{name}.zip", data)
        hostile.skips("unreadable", f"zip/{name}.zip")
    second = good.index(b"PK\x01\x02", at + 1)
    hostile.write("zip/half.zip", good[:second] + b"PO" + good[second + 2:])
    hostile.skips("unreadable", "zip/half.zip")
    hostile.write("tar/twice.tar", tar_of([("a.md", policy("crake"))]) +
                  tar_of([("b.md", policy("dunnock"))]))
    hostile.find("crake", "dunnock")


def zip_files(hostile):
    data = zip_of([("p.md", policy("matryoshka"))])
    for depth in range(5):
        data = zip_of([(f"{5 - depth}.zip", data), (f"{5 - depth}.md", policy(f"doll{5 - depth}"))])
    hostile.write("zip/nested.zip", data)
    hostile.find("doll1", "doll2", "doll3")
    hostile.skips("limit", "zip/nested.zip/1.zip/2.zip/3.zip")
    hostile.loses("doll4", "doll5", "matryoshka")
    members = [("a.md", policy("redhead")),
               ("b.md", policy("pochard") + noise(9000).hex().encode()), ("c.md", policy("goldeneye"))]
    whole = zip_of(members)
    hostile.write("zip/cut.zip", whole[:3000])
    hostile.write("zip/flipped.zip", flipped(whole, 0.5))
    hostile.find("redhead", "goldeneye")
    hostile.skips("unreadable", "zip/cut.zip/b.md", "zip/flipped.zip/b.md")
    with contextlib.suppress(UserWarning):
        hostile.write("zip/names.zip", zip_of([
            ("../../evil.md", policy("zipdots")), ("/tmp/evil.md", policy("ziproot")),
            ("a\x1b]0;owned\x07.md", policy("zipescape"))]))
    hostile.find("zipdots", "ziproot", "zipescape")
    locked = bytearray(zip_of([("a.md", policy("locked"))]))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.find(mark) + at] |= 1
    hostile.write("zip/locked.zip", bytes(locked))
    hostile.skips("unreadable", "zip/locked.zip")
    hostile.loses("locked")


def web_archives(hostile):
    """Each record between two good ones."""
    for name, record in {
            "absurd": warc_record("absurd", length=1 << 62),
            "negative": warc_record("negative", length=-5),
            "wordy": warc_record("wordy", length="many"),
            "missing": warc_record("missing", length=""),
            "garbage": noise(100_000)}.items():
        hostile.write(f"warc/{name}.warc", warc_record("heron" + name) + record +
                      warc_record("egret" + name))
        packed = [gzip.compress(part) for part in
                  (warc_record("ibis" + name), record, warc_record("stork" + name))]
        hostile.write(f"warc/{name}.warc.gz", b"".join(packed))
        hostile.find("heron" + name, "egret" + name, "ibis" + name, "stork" + name)
        hostile.skips("unreadable", f"warc/{name}.warc@", f"warc/{name}.warc.gz@")
    packed = [gzip.compress(warc_record("crane") + bytes(999)), gzip.compress(warc_record("rail"))]
    hostile.write("warc/flipped.warc.gz", flipped(packed[0], 0.5) + packed[1])
    hostile.write("warc/cut.warc.gz", packed[1] + packed[0][:-60])
    hostile.find("rail")
    hostile.skips("unreadable", "warc/flipped.warc.gz@0", "warc/cut.warc.gz@")


def pages(hostile):
    hostile.write("pages/large.html", page("large", "<p>walrus</p>" * (100 * MEGABYTE // 13)))
    hostile.skips("limit", "pages/large.html")
    hostile.loses("large")
    hostile.write("pages/deep.html", page("deeppage", "<div>" * 100_000 + "behind the divisions"))
    hostile.write("pages/tables.html", page("deeptable", "<table><tr><td>" * 30_000))
    attributes = "".join(f" a{number}=b" for number in range(300_000))
    hostile.write("pages/attributes.html", page("attributes", f"<p{attributes}>farther on</p>"))
    hostile.write("pages/entities.html", page("entities", "<p>" + "&amp;&#x41;&nosuch;" * 700_000))
    hostile.write("pages/open.html", page("unclosed")[:-14] + b"<!-- <a href='" * 9999)
    hostile.write("pages/brackets.html", page("brackets", "<" * 1_000_000))
    hostile.find("deeppage", "deeptable", "attributes", "entities", "unclosed", "brackets")
    hostile.write("pages/picture.html", b"\x89PNG\r\n\x1a\n" + noise(9999))
    hostile.skips("aside", "pages/picture.html")
    hostile.write("pages/paper.html", b"%PDF-1.4\n" + noise(9999))
    hostile.skips("unreadable", "pages/paper.html")


def charsets(hostile):
    for name, label, word in (("unknown", "klingon", "klingonic"), ("long", "x" * 9000, "longest"),
                              ("lying", "utf-16", "lying"), ("wrong", "utf-8", "wronged")):
        html = page(word).replace(b"<head>", b"<head><meta charset='%s'>" % label.encode())
        hostile.write(f"charsets/{name}.html", html + b"<p>na\xefve \xff\xfe caf\xe9</p>")
        hostile.find(word)
    hostile.write("charsets/utf-16.md", policy("wide").decode().encode("utf-16"))
    hostile.write("charsets/odd-utf-16.md", policy("odd").decode().encode("utf-16")[:-1])
    hostile.write("charsets/latin.md", policy("latin") + b"\nna\xefve caf\xe9s\n")
    hostile.write("charsets/zeros.md", policy("zeroed") + bytes(9999))
    hostile.find("wide", "latin", "zeroed")


def files_of_the_system(hostile):
    place = hostile.folder / "system"
    place.mkdir()
    secret = hostile.outside / "secret.md"
    secret.write_bytes(policy("secretive"))
    os.symlink(secret, place / "secret.md")
    os.symlink(hostile.outside, place / "outside")
    os.symlink("loop-b.md", place / "loop-a.md")
    os.symlink("loop-a.md", place / "loop-b.md")
    os.symlink("..", place / "up")
    os.symlink("nowhere.md", place / "dangling.md")
    os.symlink("/dev/zero", place / "zero.md")
    os.mkfifo(place / "pipe.md")
    hostile.loses("secretive")
    hostile.skips("unreadable", *(f"system/{name}" for name in (
        "secret.md", "outside", "loop-a.md", "loop-b.md", "up", "dangling.md", "zero.md",
        "pipe.md")))
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as listener, \
            contextlib.suppress(OSError):  # the path is too long here
        listener.bind(os.path.relpath(place / "socket.md"))
        hostile.skips("unreadable", "system/socket.md")
    with contextlib.suppress(PermissionError):
        os.mknod(place / "device.md", stat.S_IFCHR | 0o600, os.makedev(1, 5))
        hostile.skips("unreadable", "system/device.md")
    if os.geteuid() != 0:
        hostile.write("system/unreadable.md", policy("forbidden")).chmod(0)
        hostile.write("system/closed/p.md", policy("forbidden")).parent.chmod(0)
        hostile.skips("unreadable", "system/unreadable.md", "system/closed")
        hostile.loses("forbidden")


def databases(hostile):
    def make(path, script, rows=()):
        file = hostile.folder / path
        file.parent.mkdir(exist_ok=True)
        with contextlib.closing(sqlite3.connect(file)) as database:
            database.executescript(script)
            database.executemany("INSERT INTO policy_texts VALUES (?, ?)", rows)
            database.commit()
        return file

    make("databases/other.sqlite", "CREATE TABLE policy_texts (a, b); CREATE TABLE kings (id);")
    make("databases/hollow.sqlite", "CREATE TABLE t (a); CREATE TABLE policy_texts (id, b);")
    schema = ("CREATE TABLE policy_texts (id INTEGER PRIMARY KEY, policy_text TEXT);"
              "CREATE TABLE policy_snapshots (id INTEGER PRIMARY KEY, policy_text_id INTEGER);")
    # A view that never ends.
    make("databases/endless.sqlite", "CREATE TABLE policy_texts (id, policy_text);"
         "CREATE VIEW policy_snapshots AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL "
         "SELECT id + 1 FROM n) SELECT id, id AS policy_text_id FROM n;")
    rows = [(number, policy(f"database{number}").decode() + noise(3000).hex())
            for number in range(200)]
    snapshots = "".join(f"INSERT INTO policy_snapshots VALUES ({number}, {number});"
                        for number in range(202))
    sound = make("databases/sound.sqlite", schema + snapshots, rows)
    hostile.find("database7", "database199")
    hostile.skips("unreadable", "databases/other.sqlite", "databases/hollow.sqlite",
                  "databases/sound.sqlite:policy_snapshots 200",
                  "databases/sound.sqlite:policy_snapshots 201")
    data = sound.read_bytes()
    hostile.write("databases/cut.sqlite", data[:len(data) // 2])
    hostile.write("databases/noise.sqlite", data[:100] + noise(len(data) // 4))
    middle, torn = len(data) // 2, noise(9 * 4096)
    hostile.write("databases/torn.sqlite", data[:middle] + torn + data[middle + len(torn):])
    hostile.skips("unreadable", "databases/cut.sqlite", "databases/noise.sqlite",
                  "databases/torn.sqlite")


def tables(hostile):
    text = "We lend the {} of \"our\"\ncustomers, to nobody."
    quoted = ['"{}"'.format(text.format(word).replace('"', '""'))
              for word in ("quail", "partridge")]
    hostile.write("tables/quotes.csv", "vendor,date,text\n"
                  f"a.example,2015-01-01,{quoted[0]}\nb.example,2015-01-01\n"
                  "c.example,yesterday,\"\"\n"
                  f"d.example,2015-01-01,{quoted[1]}\n"
                  "e.example,2015-01-01,\"never closed, for all its words\n".encode())
    hostile.find("quail", "partridge")
    hostile.skips("unreadable", "tables/quotes.csv:line 4", "tables/quotes.csv:line 8")
    hostile.skips("empty", "tables/quotes.csv:line 5")
    hostile.write("tables/textless.csv", b"vendor,date,price\na.example,2015-01-01,7\n")
    hostile.skips("aside", "tables/textless.csv")
    hostile.write("tables/wide.csv", b"vendor,text\na.example,We keep what is never too short.\n"
                  + b"," * 5000 + b"\nb.example,We lend no grouse to anybody.\n")
    hostile.find("grouse")
    hostile.skips("limit", "tables/wide.csv:line 3")

    def row(word):
        return json.dumps({"vendor": "a.example", "date": "2015-01-01",
                           "text": f"We lend the {word} to nobody."}) + "\n"
    deep = '{"text": "deep", "a": ' + "[" * 200_000 + "]" * 200_000 + "}\n"
    hostile.write("tables/deep.jsonl", (
        row("ptarmigan") + deep + "[1, 2]\n" + '{"text": 7\n' + "\0\n" + "\n" + row("hazelhen") +
        '{"text": "\\ud800 capercaillie \\u0000"}\n' + '{"text": "cut').encode())
    hostile.find("ptarmigan", "hazelhen", "capercaillie")
    hostile.skips("limit", "tables/deep.jsonl:line 2")
    hostile.skips("unreadable", *(f"tables/deep.jsonl:line {line}" for line in (3, 4, 5, 9)))


def histories(hostile):
    source = hostile.outside / "history"
    source.mkdir()
    hostile.git(source, "init", "-q", "-b", "main")
    words = ["curlew", "godwit", "whimbrel"]
    for word in words:
        (source / f"{word}.md").write_bytes(policy(word) + noise(3000).hex().encode())
        hostile.git(source, "add", "-A")
        hostile.git(source, "commit", "-q", "-m", "A change")
    (hostile.folder / "git").mkdir()

    def clone(name, *options):
        hostile.git(source, "clone", "-q", "--no-local", *options, f"file://{source}",
                    hostile.folder / "git" / name)
        return hostile.folder / "git" / name / ".git"

    clone("shallow", "--depth", "1")
    missing = hostile.folder / "git" / "missing"
    shutil.copytree(source, missing)
    blob = hostile.git(missing, "rev-parse", "HEAD:godwit.md")
    (missing / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    hostile.find(*words)
    hostile.skips("unreadable", "git/missing/godwit.md@")
    pack = next((clone("flipped") / "objects" / "pack").glob("*.pack"))
    pack.chmod(0o600)
    pack.write_bytes(flipped(pack.read_bytes(), 0.5))
    hostile.skips("unreadable", "git/flipped/")
    objects = clone("hollow") / "objects"
    shutil.rmtree(objects)
    hostile.skips("unreadable", "git/hollow")
    (hostile.folder / "git" / "fake").mkdir()
    hostile.write("git/fake/.git", b"gitdir: " + os.fsencode(source / ".git") + b"\n")
    bundle = hostile.outside / "whole.bundle"
    hostile.git(source, "bundle", "create", "-q", bundle, "main")
    data = bundle.read_bytes()
    hostile.write("git/cut.bundle", data[:-3000])
    hostile.write("git/flipped.bundle", flipped(data, 0.5))
    hostile.write("git/header.bundle", data[:60])
    hostile.skips("unreadable", "git/cut.bundle", "git/flipped.bundle", "git/header.bundle")


def odd_files(hostile):
    hostile.write("odd/empty.md", b"")
    hostile.write("odd/blank.md", b" \n\t\n")
    hostile.write("odd/wordless.md", b"***\n---\n")
    hostile.skips("empty", "odd/empty.md", "odd/blank.md", "odd/wordless.md")
    hostile.write("odd/one-line.txt", b"We keep all of it. " * (200 * MEGABYTE // 19))
    hostile.write("odd/brackets.md", policy("squarebrackets") + b"[" * 300_000)
    hostile.write("odd/quotes.md", policy("quotemarks") + b">" * 100_000)
    hostile.write("odd/links.md", policy("pictured") + b"![[]()" * 50_000)
    hostile.write("odd/table.md",
                  policy("tabled") + b"|a" * 60_000 + b"\n" + b"|-" * 60_000 + b"\n")
    hostile.find("squarebrackets", "quotemarks", "pictured", "tabled")
    hostile.skips("limit", "odd/one-line.txt")
    hostile.write("odd/\x1b]0;owned\x07\r\n\u202e\x9b.md", policy("controlled"))
    hostile.write(os.fsdecode(b"odd/bad-\xff\xfe.md"), policy("illformed"))
    hostile.write(os.fsdecode(b"odd/bad-\xff\x1b[31m.md"), b"")
    hostile.find("controlled", "illformed")
    hostile.skips("empty", "odd/bad-\ufffd\x1b[31m.md")
    hostile.write("odd/data.bin", noise(99_999))
    hostile.skips("unreadable", "odd/data.bin")
    folder = hostile.folder / "odd"
    for _ in range(150):
        folder = folder / ("f" * 20)
    folder.mkdir(parents=True)
    (folder / "deep.md").write_bytes(policy("deepdown"))
    hostile.find("deepdown")
