#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads the includes of the C++ sources and fails when a room reaches one it may not.

One include root lets any include compile, so the arrows between rooms are kept here. A room is a
folder such as common/text, and the namespace of that name. The files that stand directly in indexer/ and searcher/ (main, options)
are the program around the rooms: each is a room of its own, and no library room may use it.

Usage: check_layering.py [ROOT]     ROOT is the repository, by default the one this script is in.
Prints `file:line: rule` for every breach; exit status 1 if there is one, 0 if there is none.
"""

import itertools
import re
import sys
from collections import defaultdict
from pathlib import Path

LIBRARIES = ("common", "indexer", "searcher")
MAX_LINES = 500
MAX_FILES = 45  # of a folder: what a screen shows and a reader takes in
SPDX = "// SPDX-License-Identifier: GPL-2.0-or-later"

# The rooms whose values are requests and answers, and what every room may use that shows them.
ASKED = [
    "searcher/request", "searcher/index", "searcher/search", "searcher/over_time", "searcher/diff"]
TELLING = [
    "common/base", "common/text", "common/model", "common/fields", "searcher/query", *ASKED,
    "searcher/told"]

# room -> the rooms it may include, besides itself. "library/*" is every room of that library.
ROOMS = {
    "common/base": [],
    "common/model": ["common/base"],
    "common/text": ["common/base", "common/model"],
    "common/io": ["common/base", "common/model"],
    "common/fields": ["common/base", "common/model"],
    "common/cli": ["common/base", "common/text", "common/model"],
    "common/index_format": [
        "common/base", "common/text", "common/io", "common/model", "common/fields"],
    "indexer/archive": ["common/base", "common/text", "common/io", "common/model"],
    "indexer/catalog": ["common/base", "common/text", "common/model"],
    "indexer/split": ["common/base", "common/text", "common/model"],
    "indexer/runs": ["common/base", "common/model"],
    "indexer/write": [
        "common/base", "common/text", "common/io", "common/model", "common/fields",
        "common/index_format"],
    "indexer/pipeline": ["common/*", "indexer/*"],
    "searcher/query": ["common/base", "common/text", "common/model", "common/fields"],
    "searcher/request": ["common/base", "common/model", "common/fields", "searcher/query"],
    "searcher/postings": ["common/base", "common/model", "common/index_format"],
    "searcher/index": [
        "common/base", "common/text", "common/model", "common/fields", "common/index_format",
        "searcher/postings"],
    "searcher/match": [
        "common/base", "common/text", "common/model", "common/fields", "common/index_format",
        "searcher/query", "searcher/postings", "searcher/index"],
    "searcher/search": [
        "common/base", "common/text", "common/model", "common/fields", "common/index_format",
        "searcher/query", "searcher/request", "searcher/postings", "searcher/index",
        "searcher/match"],
    "searcher/over_time": [
        "common/base", "common/text", "common/model", "common/fields", "common/index_format",
        "searcher/query", "searcher/request", "searcher/index", "searcher/search"],
    "searcher/diff": [
        "common/base", "common/text", "common/model", "common/fields", "common/index_format",
        "searcher/request", "searcher/index"],
    "searcher/engine": ["common/*", *ASKED, "searcher/match", "searcher/query"],
    "searcher/told": [
        "common/base", "common/text", "common/model", "common/fields", "searcher/query", *ASKED],
    "searcher/terminal": [*TELLING],
    "searcher/json": [*TELLING],
    "searcher/csv": [*TELLING],
    "searcher/html": [*TELLING, "common/io"],
    "searcher/http": [
        *TELLING, "common/io", "searcher/engine", "searcher/csv", "searcher/html",
        "searcher/json"],
    "searcher/cli": ["common/*", "searcher/*"],
}
# The rooms whose names stand in smallprint itself: every room speaks their words.
PLAIN = ("common/base", "common/model", "common/fields")
# The program files: any room of their own library and of common.
PROGRAM_ROOMS = {"indexer": ["common/*", "indexer/*"], "searcher": ["common/*", "searcher/*"]}

# third-party header (a prefix ending in "/", or a whole name) -> where it is at home: rooms,
# "program" for the program files, single files, or EVERYWHERE.
EVERYWHERE = "everywhere"
THIRD_PARTY = {
    "fmt/": EVERYWHERE,  # stands in for std::format
    "tl/": ["common/base/result.h"],
    "xxhash.h": ["common/base"],
    "libstemmer.h": ["common/text"],
    "unicode/": ["common/text", "indexer/archive", "indexer/catalog"],
    "zstd.h": ["common/io", "indexer/archive"],
    "zstd_errors.h": ["indexer/archive"],
    "zdict.h": ["common/io"],
    "xapian.h": [
        "common/index_format", "indexer/write", "searcher/postings", "searcher/index"],
    "boost/json": [
        "common/index_format", "indexer/archive", "program", "searcher/json",
        "searcher/http/server/access_log.cpp"],
    "boost/program_options": ["common/cli"],
    "boost/asio": [
        "searcher/http/server/hub.cpp", "searcher/http/server/listener.h", "searcher/http/server/listener.cpp",
        "searcher/http/server/server.cpp", "searcher/http/server/session.h", "searcher/http/server/session.cpp"],
    "boost/beast": ["searcher/http/server/session.h", "searcher/http/server/session.cpp"],
    "boost/url": ["searcher/http"],
    "md4c.h": ["indexer/split"],
    "libxml/": ["indexer/split"],
    "git2.h": ["indexer/archive"],
    "sqlite3.h": ["indexer/archive"],
    "archive.h": ["indexer/archive"],
    "archive_entry.h": ["indexer/archive"],
    "brotli/": ["indexer/archive"],
    "zconf.h": ["searcher/http/content_encoding.cpp"],
    "zlib.h": ["indexer/archive", "searcher/http/content_encoding.cpp"],
    "lzma.h": ["indexer/archive"],
    "uchardet/": ["indexer/archive"],
    "libpsl.h": ["indexer/catalog"],
    "cld2/": ["indexer/catalog"],
    "dtl/": ["searcher/diff"],
    "kainjow/": ["searcher/html"],
}
# Headers that a room may not reach even through the headers it includes.
UNREACHABLE = {
    "searcher/query": ["xapian.h"],
    "searcher/request": ["xapian.h"],
    "searcher/told": ["xapian.h"],
    "searcher/terminal": ["xapian.h"],
    "searcher/json": ["xapian.h"],
    "searcher/csv": ["xapian.h"],
    "searcher/html": ["xapian.h"],
    "searcher/http": ["xapian.h"],
}

# The C and POSIX headers we use. C++ headers have neither a dot nor a slash in their name.
POSIX = re.compile(
    r"(sys|netinet|arpa|linux)/\w+\.h$"
    r"|(unistd|fcntl|fnmatch|signal|poll|termios|pwd|dirent|errno|time|spawn|stdio|stdlib|string|locale"
    r"|langinfo|netdb|pthread|sched|getopt|wchar|wctype|limits|stdint|stddef)\.h$")

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')
USING_NAMESPACE = re.compile(r"^\s*using\s+namespace\b")
NAMESPACE = re.compile(r"^namespace (smallprint[\w:]*) \{$")
FORWARD = re.compile(r"^((class|struct) \w+;|enum class \w+( : [\w:]+)?;|//.*|)$")


def room_of(path):
    """common/text/utf8.h -> common/text; searcher/main.cpp -> searcher/main; else None."""
    parts = path.split("/")
    if parts[0] not in LIBRARIES or len(parts) < 2:
        return None
    if len(parts) == 2:
        return f"{parts[0]}/{parts[1].split('.')[0]}"
    return f"{parts[0]}/{parts[1]}"


def is_program_file(path):
    return path.count("/") == 1 and path.split("/")[0] in PROGRAM_ROOMS


def allowed_rooms(path):
    """The rooms a file may use, or None when its room is missing from the table."""
    if is_program_file(path):
        return PROGRAM_ROOMS[path.split("/")[0]]
    return ROOMS.get(room_of(path))


def may_use(path, target_room):
    own = room_of(path)
    patterns = allowed_rooms(path) or []
    library = target_room.split("/")[0]
    return target_room == own or target_room in patterns or f"{library}/*" in patterns


def home_of(header):
    """The homes of a third-party header, or None when the table does not know it."""
    for prefix, homes in THIRD_PARTY.items():
        if header == prefix or header.startswith(prefix.rstrip("/") + "/"):
            return homes
        if prefix.startswith("boost/") and header == prefix + ".hpp":
            return homes
    return None


def is_at_home(path, homes):
    if homes == EVERYWHERE:
        return True
    places = {path, room_of(path)}
    if is_program_file(path):
        places.add("program")
    return not places.isdisjoint(homes)


def is_standard(header):
    return ("." not in header and "/" not in header) or POSIX.match(header) is not None


class Tree:
    """The C++ files below a root: their lines and their includes, read once."""

    def __init__(self, root):
        self.root = root
        self.lines = {}
        self.includes = {}  # path -> [(line number, header, quoted)]
        for folder in (*LIBRARIES, "tests"):
            for file in sorted((root / folder).rglob("*")):
                if file.suffix in (".h", ".cpp") and file.is_file():
                    self._read(file)

    def _read(self, file):
        path = file.relative_to(self.root).as_posix()
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
        self.lines[path] = lines
        self.includes[path] = []
        for number, line in enumerate(lines, 1):
            match = INCLUDE.match(line)
            if match:
                self.includes[path].append(
                    (number, match[1] or match[2], match[1] is not None))

    def exists(self, header):
        return (self.root / header).is_file() or (self.root / (header + ".in")).is_file()


def check_files(tree):
    """What holds for every file by itself."""
    for path, lines in tree.lines.items():
        if not lines or lines[0] != SPDX:
            yield path, 1, f"the first line has to be `{SPDX}`"
        if len(lines) > MAX_LINES:
            yield path, len(lines), f"{len(lines)} lines; more than {MAX_LINES} are two ideas in one file"
        if path.endswith(".h"):
            for number, line in enumerate(lines, 1):
                if USING_NAMESPACE.match(line):
                    yield path, number, "a header says `using namespace`"


def check_namespaces(tree):
    """A name says which room it is from. Forward declarations may name another room's."""
    for path, lines in tree.lines.items():
        own = namespace_of(path)
        for number, line in enumerate(lines, 1):
            match = NAMESPACE.match(line)
            if not match or own is None or is_program_file(path):
                continue
            inside = match[1].startswith(own + "::") and own != "smallprint"
            if match[1] == own or inside or only_declares(lines[number:], match[1]):
                continue
            yield path, number, f"{match[1]} is not the namespace of {room_of(path)}, {own}"


def namespace_of(path):
    """common/text/utf8.h -> smallprint::text; None for what is in no room."""
    room = room_of(path)
    if room is None:
        return None
    return "smallprint" if room in PLAIN else f"smallprint::{room.split('/')[1]}"


def only_declares(body, namespace):
    """True if nothing but forward declarations stands before the end of the namespace."""
    inside = itertools.takewhile(lambda line: line != f"}}  // namespace {namespace}", body)
    return all(FORWARD.match(line) for line in inside)


def check_folders(tree):
    """A folder that no longer fits a screen is two rooms."""
    sizes = defaultdict(list)
    for path in tree.lines:
        sizes[path.rsplit("/", 1)[0]].append(path)
    for folder, paths in sizes.items():
        if len(paths) > MAX_FILES:
            yield paths[0], 1, f"{folder} has {len(paths)} files; more than {MAX_FILES} are two rooms"


def check_rooms(tree):
    """What each include says about rooms and third-party headers."""
    for path, includes in tree.includes.items():
        if room_of(path) is None:
            continue
        if allowed_rooms(path) is None:
            yield path, 1, f"room {room_of(path)} is not in the table of check_layering.py"
            continue
        for number, header, quoted in includes:
            message = include_breach(tree, path, header, quoted)
            if message:
                yield path, number, message


def include_breach(tree, path, header, quoted):
    """Why this include is wrong, or None."""
    if quoted:
        target = room_of(header)
        if target is None:
            return f'"{header}" is not written from the repository root (common/, indexer/, searcher/)'
        if not tree.exists(header):
            return f'"{header}" does not exist'
        if not may_use(path, target):
            return f"{room_of(path)} may not use {target} ({header})"
        return None
    homes = home_of(header)
    if homes is None:
        if is_standard(header):
            return None
        return f"<{header}> is not in the table of check_layering.py"
    if not is_at_home(path, homes):
        return f"<{header}> is at home in {', '.join(homes)}, not in {room_of(path)}"
    return None


def check_reach(tree):
    """Headers that may not arrive through other headers either."""
    for path in tree.includes:
        for forbidden in UNREACHABLE.get(room_of(path), []):
            chain = find_chain(tree, path, forbidden)
            if chain and len(chain) > 2:  # a direct include is check_rooms' business
                yield path, line_of(tree, path, chain[1]), (
                    f"{room_of(path)} reaches <{forbidden}>: " + " -> ".join(chain))


def find_chain(tree, start, wanted):
    """The shortest chain of includes from a file to a header, or None."""
    previous = {start: None}
    queue = [start]
    for path in queue:
        for _, header, _ in tree.includes.get(path, []):
            if header in previous:
                continue
            previous[header] = path
            if header == wanted:
                chain = [header]
                while previous[chain[-1]] is not None:
                    chain.append(previous[chain[-1]])
                return chain[::-1]
            queue.append(header)
    return None


def line_of(tree, path, header):
    return next(number for number, name, _ in tree.includes[path] if name == header)


def check_cycles(tree):
    """Rooms that reach each other in a circle; each circle is told once."""
    edges = defaultdict(dict)  # room -> {room: (path, line) of one include}
    for path, includes in tree.includes.items():
        for number, header, quoted in includes:
            source, target = room_of(path), room_of(header) if quoted else None
            if source and target and source != target:
                edges[source].setdefault(target, (path, number))
    told = set()
    for start in sorted(edges):
        cycle = find_cycle(edges, start)
        if cycle and frozenset(cycle) not in told:
            told.add(frozenset(cycle))
            path, number = edges[cycle[0]][cycle[1]]
            places = ", ".join(
                "{}:{}".format(*edges[a][b]) for a, b in zip(cycle, cycle[1:]))
            yield path, number, f"rooms in a circle: {' -> '.join(cycle)} (by {places})"


def find_cycle(edges, start):
    """The shortest way from a room back to itself, or None."""
    ways = [[start]]
    seen = set()
    for way in ways:
        for target in edges.get(way[-1], {}):
            if target == start:
                return [*way, start]
            if target not in seen:
                seen.add(target)
                ways.append([*way, target])
    return None


def check_listed(tree):
    """A source that no CMakeLists.txt names is never built, a test that none names never runs."""
    lists = {folder: cmake_words(tree.root / folder / "CMakeLists.txt")
             for folder in (*LIBRARIES, "tests")}
    sources = [path for path in tree.lines
               if path.endswith(".cpp") and path.split("/")[0] in LIBRARIES
               or path.startswith("tests/unit/") and path.endswith(".cpp")]
    scripts = [file.relative_to(tree.root).as_posix()
               for folder in ("cli", "http")
               for file in sorted((tree.root / "tests" / folder).glob("*_test.py"))]
    for path in (*sources, *scripts):
        folder, name = path.split("/", 1)
        if lists[folder] is not None and name not in lists[folder]:
            yield path, 1, f"is not listed in {folder}/CMakeLists.txt"


def cmake_words(file):
    if not file.is_file():
        return None
    text = re.sub(r"#.*", "", file.read_text(encoding="utf-8"))
    return set(re.findall(r"[^\s()\"]+", text))


def main(arguments):
    root = Path(arguments[1]) if len(arguments) > 1 else Path(__file__).resolve().parents[2]
    tree = Tree(root.resolve())
    if not any(room_of(path) for path in tree.lines):
        print(f"{root}: no C++ sources found under {', '.join(LIBRARIES)}", file=sys.stderr)
        return 1
    checks = (check_files, check_namespaces, check_folders, check_rooms, check_reach, check_cycles,
              check_listed)
    breaches = sorted({breach for check in checks for breach in check(tree)})
    for path, number, message in breaches:
        print(f"{path}:{number}: {message}")
    print(f"layering: {len(tree.lines)} files, {len(breaches)} breaches")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
