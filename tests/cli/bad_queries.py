# SPDX-License-Identifier: GPL-2.0-or-later
"""Queries that are no good, each with what a user is answered. bad_input_test.py asks them, and
bench/bad_input.py tells what they cost."""

import os
from collections import namedtuple

# status and code as in the schema of errors; "" for an answer. position is a byte of the query.
Bad = namedtuple("Bad", "name query status code position hint")

TOO_LONG = (8, "limit", None, "leave out the words that matter least")
NO_WORDS = "write words to look for"
TOO_COMMON = "add a word that says what the clause is about"
FOUND = (0, "", None, "")

QUERIES = [
    Bad("a word of 1 MB", "a" * 1_000_000, *TOO_LONG),
    Bad("1 MB of words", "data " * 200_000, *TOO_LONG),
    Bad("1 MB of quotes", '"' * 1_000_000, *TOO_LONG),
    Bad("1 MB of fields", "a:" * 500_000, *TOO_LONG),
    Bad("1 MB that is no UTF-8", b"\xff" * 1_000_000, *TOO_LONG),
    Bad("100,000 terms", " ".join(f"w{i}" for i in range(100_000)), *TOO_LONG),
    Bad("33 terms", "data " * 33, 8, "limit", 160, "leave out the words that matter least"),
    Bad("10,000 nested brackets", "(" * 10_000 + "data" + ")" * 10_000, *TOO_LONG),
    Bad("100,000 open brackets", "(" * 100_000, *TOO_LONG),
    Bad("20 nested brackets", "(" * 20 + "data" + ")" * 20, 8, "limit", 16, "ask with fewer brackets"),
    Bad("250 NOTs", "NOT " * 250 + "data", 2, "query", 0, "leave out both"),
    Bad("300 ORs", "OR " * 300, 2, "query", 0, "write what it stands for"),
    Bad("a* b* c*", "a* b* c*", 2, "query", 0, "write more of the word"),
    Bad("four wildcards", "adv* mar* par* coo*", 8, "limit", 15, "write some of them in full"),
    Bad("three broad wildcards", "pri* con* inf*", *FOUND),
    Bad("31 proximities", "cookie w/5 " * 31 + "cookie", 0, "", None, ""),
    Bad("a quote that stays open", 'sell "personal data', 2, "query", 5,
        'did you mean: sell "personal data"'),
    Bad("a quote alone", '"', 2, "query", 0, "close the quote"),
    Bad("an open bracket", "sell (share", 2, "query", 5, "did you mean: sell (share)"),
    Bad("a phrase of 33 words", '"' + "data " * 33 + '"', 8, "limit", None, ""),
    Bad("invalid UTF-8", b"caf\xe9 cookies", *FOUND),
    Bad("invalid UTF-8 alone", b"\xff\xfe", 2, "query", 2, NO_WORDS),
    Bad("UTF-8 that is too long", b"\xc0\xaf cookies", *FOUND),
    Bad("half of a pair", b"\xed\xa0\x80 cookies", *FOUND),
    Bad("control characters", "cookies\x01\x1b \x7fprivacy", *FOUND),
    Bad("control characters alone", "\x01\x02\x1b", 2, "query", 2, NO_WORDS),
    Bad("right-to-left marks", "\u202ecookies\u202c \u200fdata", *FOUND),
    Bad("right-to-left marks alone", "\u202e\u200f", 2, "query", None, NO_WORDS),
    Bad("signs alone", "& -- !", 2, "query", 5, NO_WORDS),
    Bad("nothing", "", 2, "usage", None, "name some words"),
    Bad("blanks", " \t ", 2, "usage", None, "name some words"),
    Bad("400 accents", "c" + "\u0301" * 400 + " cookies", *FOUND),
    Bad("stop words alone", "the of and", 2, "query", 0, TOO_COMMON),
    Bad("a question of stop words", "what do they do?", 2, "query", 0, TOO_COMMON),
    Bad("a phrase of stop words", '"of the"', 2, "query", 0,
        "add a word that says what the phrase is about"),
    Bad("only NOT", "NOT cookies", 2, "query", 0, "cookies NOT advertising"),
    Bad("OR NOT", "cookies OR NOT data", 2, "query", 11, ""),
    Bad("a day that is not", "cookies date:2019-02-30", 2, "query", 13,
        "did you mean: cookies date:2019-02-28"),
    Bad("no leap year", "cookies as-of:2021-02-29", 2, "query", 14,
        "did you mean: cookies as-of:2021-02-28"),
    Bad("a month that is not", "cookies date:2019-13", 2, "query", 13, "a date is YYYY"),
    Bad("years backward", "cookies date:2018..2014", 2, "query", 13,
        "did you mean: cookies date:2014..2018"),
    Bad("months backward", "cookies first-seen:2018-05..2018-04", 2, "query", 19,
        "did you mean: cookies first-seen:2018-04..2018-05"),
    Bad("an unknown vendor", "cookies vendor:brightlof.example", 1, "not_found", 8,
        "did you mean: brightloaf.example"),
    Bad("a vendor like none", "vendor:qqqqqqqqqqqq cookies", 1, "not_found", 0, "smallprint info"),
    Bad("a vendor of 900 bytes", "vendor:" + "q" * 900, 1, "not_found", 0, "smallprint info"),
    Bad("a misspelt field", "vendr:brightloaf.example cookies", 2, "query", 0,
        "did you mean: vendor:brightloaf.example cookies"),
    Bad("a field that is none", "cookies zzz:1", 2, "query", 8, "the fields are heading:"),
]

# A NUL ends an argument, so these are asked by a file of queries.
IN_FILES = [
    Bad("NUL between words", b"cookies\x00privacy", *FOUND),
    Bad("NUL alone", b"\x00", 2, "query", None, NO_WORDS),
    Bad("a line of 1 MB", b"data " * 200_000, 8, "limit", None, "a line is `id<TAB>query`"),
]


def arguments_of(query, longest=100_000):
    """The query in pieces of which each is short enough for an argument."""
    encoded = query if isinstance(query, bytes) else query.encode()
    return [os.fsdecode(encoded[at:at + longest])
            for at in range(0, len(encoded), longest)] or [""]
