# SPDX-License-Identifier: GPL-2.0-or-later
"""What compare_answers.py indexes, runs and asks for, as tables. A command is a line for the shell. It
runs in a folder of its own, where `archives` and `idx` lead to all archives and their indexes; if it
names no index, idx/sample is asked."""

import itertools
import re
import shlex
import sys
from pathlib import Path
from urllib.parse import quote

SOURCE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests" / "cli"))
from bad_queries import QUERIES as BAD_QUERIES  # pylint: disable=wrong-import-position

# By the name of the index; in the repository, or in the folder `shared` beside it.
SHARED = "../shared/corpora"
ARCHIVES = {
    "sample": "data/sample", "seeds": f"{SHARED}/seeds", "flat": f"{SHARED}/flat",
    "html": f"{SHARED}/html", "warcio": f"{SHARED}/warcio-fixtures", "citp": f"{SHARED}/citp-pair",
    "dataset": f"{SHARED}/ota-dataset-export.tar.xz", "pl": f"{SHARED}/princeton-leuven/tree.tar.xz",
    "pga": f"{SHARED}/git-bundles/pga-versions.bundle",
    "dating": f"{SHARED}/git-bundles/dating-versions.bundle",
    "github": f"{SHARED}/git-bundles/github-site-policy.bundle",
    "basecamp": f"{SHARED}/git-bundles/basecamp-policies.bundle",
}


def parts(text):
    """A list that is written with semicolons and line breaks."""
    return [part.strip() for part in re.split(r";|\n", text.strip("\n"))]


# Each operator, field and mistake, with and without what it finds here; of the measured ones some.
OWN = parts("""
data; data w/3 sell w/5 not; ="safe harbor"; opt-out; heading:(cook* AND =browser); date:unknown
vendor:(brightloaf.example OR google.com OR Facebook) data; host:www.brightloaf.example data
lang:de daten; id:vfh84xcbv5 cookies; id:9dy27de27h; last-seen:..2018 cookies; change:added
how long do you keep my data?; are cookies used?; do not track; «données personnelles»; 個人情報
personnal informaton; zzzqqq; https://example.com; 12:30; vendor:brightlof.example; type:"no such"
""")
DOCUMENTED = [cell.replace("\\|", "|") for cell in re.findall(
    r"(?<=\| )`([^`]+)`(?= \|)",
    (SOURCE / "schemas" / "query-language.md").read_text(encoding="utf-8"))]
MEASURED = [line.split("\t")[1] for line in (
    SOURCE / "tests" / "bench" / "queries.tsv").read_text(encoding="utf-8").splitlines()]
BAD = [bad.query for bad in BAD_QUERIES if isinstance(bad.query, str) and len(bad.query) < 1500]
QUERIES = list(dict.fromkeys(OWN + MEASURED + DOCUMENTED + BAD))
GOOD = OWN + MEASURED

FILTERS = parts("""
--vendor brightloaf.example; --vendor google.com --vendor TALLOWDESK.example; --vendor Facebook
--vendor brightlof.example; --vendor nobody.example; --vendor ''; --heading cookies
--heading 'how long'; --heading '"'; --type 'privacy policy'; --type 'Terms of Service' --type Terms
--type none; --host www.brightloaf.example; --host none.example; --lang en; --lang de --lang fr
--lang xx; --from 2014; --to 2012-06; --from 2014 --to 2016-03-31; --from 2018 --to 2014
--from 2019-02-30; --to soon; --from ''; --no-synonyms; --plain; --thesaurus own.tsv
--thesaurus absent.tsv; --thesaurus archives; --as-of 2019; --as-of 1990; --as-of 2014..2015
--changed added; --changed removed; --changed removed --from 2015 --to 2019; --changed remove
--as-of 2016-06 --vendor tallowdesk.example --lang en --heading data --type 'Privacy Policy'
""")
ORDERS = parts("""
--sort newest; --sort oldest; --sort relevance; --sort best; -n 1; -n 40; -n 0; -n 1001; -n x; -n
--offset 5; --offset 5000; --offset -1; --per-vendor 1; --per-vendor 2 --sort newest -n 30
--per-vendor 0; --context 0; --context 4; --context 21; --all-copies -n 60; --facets; --facets=yes
--explain; --explain -v; --cursor x; --cursor 1.a.b.1 --offset 2; --strict; --coun 2; --count=3
""")
LOOKS = parts("; -q; -v; -q -v; --color always; --color always -v; --color never; --color odd; --format odd; "
              "--format; --bogus; -i absent; -i archives/sample; -i .; -i; extra")
FORMATS = parts("text; json; jsonl; csv; trec")
COMMANDS = parts("index; search; show; history; diff; trend; vendors; export; info; check; serve; ")
WIDE = parts("search sell data; search -v cookies --facets; search zzzqqq; vendors; trend cookies; info; show "
             "brightloaf.example; diff brightloaf.example 2018 2020; history brightloaf.example")
TRENDS = parts("""
cookies; '"safe harbor"' '"privacy shield"'; 'sell w/5 (data OR information)'; zzzqqq data; '"x'
vendor:brightloaf.example date:2014.. change:added; ''; ; a b c d e f g h i j k l m; 'lang:de daten'
""")
PERIODS = parts("; --by year; --by quarter --from 2012 --to 2015; --by month --from 2018; --by week; --captured; "
                "--captured --by year -v; --by half-year -q")
DAYS = parts("2014 2018; 2018 2014; 2018 2018; 2011-06-14 2022-02-11; 2023 2025-06; 1990 1991; 1990 2020; 2018; "
             "; soon 2018; 2018 2019-02-30; 2016 2017 2018")

# Vendors, policies and clauses, by index; and what none has.
TARGETS = {
    "sample": parts("brightloaf.example; TALLOWDESK.example; vfh84xcbv5; vfh84xcbv5-ks4tka4p2t; "
                    "82wmjq5g1e-rjrwjschqy; r1hph842kh-j1rrhexg39; federkahn.example"),
    "pl": parts("google.com; 2he8v8scag; 9dy27de27h-3aqftam4t7; kmjde4ntp0-cnty7n7d4n; bahn.com"),
    "pga": parts("Facebook; twgb6rg1ya; fnpjxmtahx-1dvpgxhvn4; 2k71me7z00-846jf045xp; WhatsApp"),
    "dating": parts("r5xkqstmzc-wqzaff3bnh; Hily; LOVOO"), "seeds": parts("kaseya.com; IC Manage"),
}
NOBODY = [*parts("brightlof.example; nobody.example; vfh84xcbv5-ks4tka4p2x; zzzzzzzzzz; a b; -x; "), "é\x1b[31m"]


def each(template, **choices):
    """The template with every combination of its parts."""
    for values in itertools.product(*choices.values()):
        chosen = dict(zip(choices, values, strict=True))
        yield re.sub(r"\{(\w+)\}", lambda found: str(chosen.get(found[1], found[0])), template)


def quoted(texts):
    return [shlex.quote(text) for text in texts]


def index_lines():
    for name, path in ARCHIVES.items():
        yield f"smallprint index archives/{Path(path).name} -i idx/{name} --report r.json; cat r.json"


def writing_lines():
    """Of the indexer: its messages, and what becomes of a second archive, or of an odd one."""
    run = "smallprint index {w}; echo $?; test ! -e i || smallprint info -i i --format json"
    yield from each(run, w=parts("""
archives/seeds -i i; -q archives/seeds -i i; -v archives/warcio-fixtures -i i; absent -i i; -i i; --bogus
archives/seeds archives/citp-pair -i i -j 1; archives/warcio-fixtures -i i --strict
archives/seeds -i i --format papyrus; archives/seeds -i i --format git; archives/seeds -i i -j 0
archives/citp-pair -i i --format text; archives/seeds -i i --report none/r.json; archives/seeds -i i -j x
archives/seeds -i i --manifest none.csv; archives/seeds -i i --map none.json
archives/html/waybackpack.tar.xz -i i --format waybackpack"""))
    yield from each("smallprint index -q archives/seeds -i i; " + run, w=[
        "archives/seeds -i i", "archives/sample -i i",
        "-i i archives/seeds archives/sample --rebuild --report r.json; cat r.json"])
    row = """echo '{"vendor":"a.example","date":"2019-01-02","text":"We lend your walrus."}' > r.jsonl; """
    yield from each(row + run, w=["r.jsonl -i i", "r.jsonl -i i --format csv", "r.jsonl -i i --trust -v",
                                  """r.jsonl -i i --map <(echo '{"text":"Body"}')"""])
    yield ("cp archives/seeds/000* .; printf 'path,vendor,date,type,lang\\n%s,Lynx Inc,2019,Terms,en\\n' "
           "000* > m.csv; smallprint index . -i i --manifest m.csv; smallprint export -i i")
    yield "cp -r archives/seeds s; smallprint index s -i s; echo $?; smallprint index s -i s/000*"
    # All that can be wrong with an archive.
    yield ("smallprint index archives/hostile -i i --report r.json; echo $?; cat r.json; smallprint info -i i; "
           "smallprint export -i i")


def search_lines():
    yield from each("smallprint search {f} -- {q}", q=quoted(QUERIES), f=[
        "--explain -v", "--facets --format json -i idx/sample"])
    yield from each("smallprint search -i idx/{i} -n 4 --format json --facets --explain -- {q}",
                    i=["pl", "pga"], q=quoted(GOOD))
    yield from each("smallprint search -i idx/{i} -- {q}", q=quoted(GOOD[::12]),
                    i=["seeds", "flat", "html", "dating"])
    own = r"printf 'data | walrus | cookies\tone\nsell > buyer\ttwo\n' > own.tsv; "
    yield from each(own + "smallprint search sell data --format {f} {o}", f=FORMATS,
                    o=FILTERS + ORDERS + LOOKS)
    yield from each(own + "smallprint search -i idx/{i} personal data {o}", i=["pl", "pga"],
                    o=FILTERS + ORDERS)
    yield from each("smallprint search {o}", o=FILTERS)
    yield from each("smallprint search data -i idx/{i} {o} --format json -n 3 --cursor $(smallprint search data "
                    "-i idx/{i} {o} --format json -n 3 | grep -o '\"next\":\"[^\"]*' | cut -c9-)",
                    i=["sample", "pl"], o=["", "--sort newest", "--per-vendor 1", "--vendor google.com"])
    lines = r"printf 'a\tsell data\nb\tcookies\tvendor:brightloaf.example\nc\t\"x\nd\nc\tzz:1\n' | "
    yield from each(lines + "smallprint search --queries - {o} -n 3", o=[
        *parts("; --strict; --plain; -v; -q; --facets; data; --sort newest --lang en"),
        *(f"--format {form}" for form in FORMATS)])
    yield "smallprint search --queries absent.tsv"
    # In a terminal.
    yield from each("script -qec 'stty cols {c}; smallprint {w}' /dev/null", c=[30, 80, 200], w=WIDE)
    yield from each("{v} script -qec 'stty cols 0; smallprint search data' /dev/null",
                    v=["COLUMNS=40", "COLUMNS=120", "NO_COLOR=1", "TERM=dumb"])


def policy_lines():
    for index, targets in TARGETS.items():
        of = {"i": [index], "t": quoted(targets), "f": ["text", "json"]}
        yield from each("smallprint show -i idx/{i} --format {f} {o} {t}", **of, o=parts(
            "; --full; --at 2016; --at 2023-06-30 -v; --at 1990; --context 0; --full --at 2019 -q"))
        yield from each("smallprint history -i idx/{i} --format {f} {o} {t}", **of, o=parts(
            "; --from 2018; --to 2016-05 -v; --from 2018 --to 2014; --type none"))
        yield from each("smallprint diff -i idx/{i} --format {f} {t} {d}", **of, d=DAYS[:7])
    own = {"c": ["show", "history", "diff --context 3"], "d": ["", "2014 2018"]}
    yield from each("smallprint {c} -- {t} {d}", **own, t=quoted(NOBODY))
    yield from each("smallprint {c} vfh84xcbv5 {o} {d}", **own, o=[
        *LOOKS, "--type x", "--at", "--type 'Privacy Policy'", "--context 21", "--from 2019-02-30"])
    yield from each("smallprint diff brightloaf.example {d} {o}", d=DAYS, o=["-v", "--context 0 --color always"])
    yield "smallprint diff -i idx/pga Facebook 2023 2024 --type 'Terms of Service'"


def archive_lines():
    yield from each("smallprint trend -i idx/{i} --format {f} {o} {q}", i=["sample", "pl", "pga"],
                    f=["text", "json", "csv"], q=TRENDS[:3], o=PERIODS)
    own = r"printf 'data | walrus\tone\n' > own.tsv; "
    yield from each(own + "smallprint {c} {o}", c=["trend data cookies", "export data", "vendors"],
                    o=FILTERS + LOOKS + [f"--format {form}" for form in FORMATS])
    yield from each("smallprint trend {q}", q=TRENDS)
    yield from each("smallprint vendors -i idx/{i} {o} --format {f}", i=["sample", "pl", "pga", "seeds"],
                    f=["text", "json", "csv"], o=parts("; --sort snapshots; --sort first -v; --sort odd; --type "
                    "'Terms of Service'; --vendor brightloaf.example --vendor google.com -v; --color always"))
    yield from each("smallprint export {o} -- {q}", q=quoted(GOOD), o=["", "--format csv -v"])
    yield from each("smallprint {c} -i idx/{i}", i=ARCHIVES, c=[
        "info", "info --format json -v", "check", "check --format json", "vendors", "export",
        "export cookies --format csv --from 2015 --color always"])
    yield from each("smallprint {c} {o}", c=["info", "check", "serve --listen x"], o=LOOKS)
    yield from each("smallprint {c} {o}", c=COMMANDS, o=["--help", "-h", "--version", "--vers", "--bogus"])
    yield from each("smallprint {w}", w=["", "serch x", "help", "export --format text", "-i idx/sample"])
    yield from each("timeout 9 smallprint serve {o}", o=parts("""
--listen x; --listen 127.0.0.1:99999; --listen unix:; --rate -1; --threads 0; --cache x; --listn x; extra
--trusted-proxy x; --cors-origin x; --allowed-host 'a b'; --base-url x; --access-log none/log; -i absent"""))
    # Files that are damaged.
    yield from each("cp -rL idx/sample i; f=$(ls i/gen-*/{f}); {b}; smallprint check -i i; smallprint check "
                    "-i i --format json; smallprint search -i i data", f=["records", "directory", "meta.json"],
                    b=["truncate -s 500 $f", "printf X | dd of=$f bs=1 seek=300 conv=notrunc status=none", "rm $f"])


def command_lines():
    return [*writing_lines(), *search_lines(), *policy_lines(), *archive_lines()]


# --- Requests: a line, then fields. $etag and $next are of the answer before, $assets of the page before.

ASKED = ["/", "/api/v1/search", "/api/v1/facets", "/api/v1/export", "/feed.atom", "/trend", "/api/v1/trend"]
PARAMETERS = parts("""
vendor=brightloaf.example; vendor=google.com&vendor=Facebook; vendor=nobody.example; heading=cookies
type=privacy%20policy; host=www.brightloaf.example; lang=de; synonyms=false; plain=true; all_copies=1
from=2014&to=2016-03; from=2018&to=2014; from=soon; as_of=2019; changed=removed&from=2015; changed=odd
sort=newest; sort=oldest&per_vendor=1; sort=odd; per_vendor=0; n=3&offset=4; n=101; page=2; page=0
context=3; facets=true&explain=true; cursor=x; vendr=x; vendor=; plain=maybe; n=1&n=2; by=year; by=week
by=month&from=2014&to=2015; captured=true; q=location; format=csv
""")
OF_TARGET = parts("""
/clause/{t}; /policy/{t}; /policy/{t}?at=2016; /policy/{t}?at=1990; /policy/{t}?at=soon; /vendor/{t}
/vendor/{t}?x=1; /diff/{t}; /diff/{t}?from=2014&to=2020; /diff/{t}?from=2020&to=2014; /diff/{t}?type=none
/api/v1/clauses/{t}; /api/v1/clauses/{t}?context=20; /api/v1/clauses/{t}/history
/api/v1/clauses/{t}/history?from=2014&to=2019; /api/v1/policies/{t}; /api/v1/policies/{t}?from=2015
/api/v1/policies/{t}?type=Privacy%20Policy; /api/v1/policies/{t}/at/2016-05; /api/v1/policies/{t}/at/odd
/api/v1/policies/{t}/at/1990; /api/v1/diff?vendor={t}; /api/v1/diff?vendor={t}&before=2014&after=2020
/api/v1/diff?vendor={t}&before=2014&after=2025&context=0&type=Privacy%20Policy
/api/v1/diff?vendor={t}&before=2020&after=2014; /api/v1/vendors?vendor={t}
""")
OTHERS = parts("""
/vendors; /vendors?x=1; /about; /opensearch.xml; /robots.txt; /healthz; /readyz; /api/v1/vendors; /api/v1/info
/api/v1/vendors?sort=first&type=Privacy%20Policy; /api/v1/vendors?sort=snapshots; /api/v1/openapi.json
/api/v1/suggest; /api/v1/suggest?q=f; /api/v1/suggest?q=e&field=lang&n=2; /api/v1/suggest?field=x
/api/v1/suggest?q=priv&field=type; /api/v1/suggest?q=www&field=host&n=101; /api/v1/clauses; /api/v1/none
/api/v2/search; /none; /%00; /%zz; /healthz/; //healthz; /a%2fb; *; http://evil.example/
/api/v1/trend?q=cookies&q=%22safe%20harbor%22&by=quarter; /api/v1/export?q=arbitration&format=csv
/trend?q=cookies&q=location&vendor=brightloaf.example&vendor=google.com
""")
SCHEMAS = [file.name for file in sorted((SOURCE / "schemas").glob("*.schema.json"))]
ASSETS = parts("style.css; icon.svg; none.js; announce.js; app.js; brush.js; copy.js; keys.js; live.js; theme.js; "
               "theme_button.js")
PLAIN = parts("/; /?q=data; /api/v1/search?q=data; /api/v1/search; /api/v1/export?q=arbitration; /none; /healthz; "
              "/about; /feed.atom?q=data; /api/v1/openapi.json; /policy/nobody")
FIELDS = parts("""
If-None-Match: $etag; If-None-Match: "x"; Accept: text/html; Accept: application/json; Content-Length: 3
Accept-Encoding: gzip; Accept-Encoding: zstd; Host: evil.example; Host: policies.example
Host: 127.0.0.1:99; Host: localhost:9; Origin: https://front.example; Host : x
""")


def requests(index):
    """In this order, of a server of the index."""
    yield "GET /"
    yield from each("GET /assets/$assets/{n}", n=ASSETS)
    queries, options = (QUERIES, PARAMETERS) if index == "sample" else (GOOD[::5], PARAMETERS[::3])
    for path in ASKED:
        some = queries[::6] if "export" in path else queries
        yield from each("GET {p}?q={q}", p=[path], q=[quote(query) for query in some])
        yield from each("GET {p}?q=arbitration&{o}", p=[path], o=options)
        yield f"GET {path}?vendor=tallowdesk.example&from=2014"
        if index == "sample":
            yield from each("GET {p}{o}", p=[path], o=["", "?q="])
    yield from each("GET /api/v1/search?q={q}&n=3{c}", q=["data", "cookies"], c=["", "&cursor=$next"])
    for path in OF_TARGET:
        yield from each(f"GET {path}", t=[quote(name) for name in TARGETS[index] + NOBODY])
    yield from each("GET {p}", p=[*OTHERS, *(f"/api/v1/{name}" for name in SCHEMAS), "/?" + "&" * 2100])
    yield from each("{m} {p}", p=PLAIN, m=["HEAD", "POST", "OPTIONS"])
    for path in PLAIN:
        yield f"GET {path}"
        yield from each("GET {p}\n{f}", p=[path], f=FIELDS)
    yield from ("GET / HTTP/2.0", "GET / HTTP/1.0", "GET", "nonsense", "GET /\nHost: a\nHost: b", "GET /metrics")


def servers():
    """The options of each server, with what it is asked."""
    for index in ("sample", "pl", "pga"):
        yield f"-i idx/{index}", list(requests(index))
    yield ("-i idx/sample --base-url https://policies.example/sp/ --cors-origin https://front.example "
           "--allowed-host policies.example --cache 0",
           [request for request in requests("sample") if "?q=" not in request or "?q=data" in request])
