#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes character_references.tsv: the named character references of the HTML standard
(https://html.spec.whatwg.org/multipage/named-characters.html), which Python has a copy of.

Usage: make_character_references.py > character_references.tsv
"""

from html.entities import html5

for name in sorted(html5):
    print(name, " ".join(f"{ord(character):X}" for character in html5[name]), sep="\t")
