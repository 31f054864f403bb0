"""Writes stringprep.txt: RFC 3454's tables as Python's idna codec applies them (encodings/idna.py).

Run it with any CPython; the tables are those of Unicode 3.2 in all of them. A line is a table's name
and its entries: code points and ranges, or, for "fold", code point=what table B.2 maps it to.
"""

import stringprep
import sys
import textwrap
import unicodedata

PROHIBITED = [
    stringprep.in_table_c12, stringprep.in_table_c22, stringprep.in_table_c3,
    stringprep.in_table_c4, stringprep.in_table_c5, stringprep.in_table_c6,
    stringprep.in_table_c7, stringprep.in_table_c8, stringprep.in_table_c9,
]

SETS = {
    "unassigned": stringprep.in_table_a1,
    "nothing": stringprep.in_table_b1,
    "prohibited": lambda c: any(table(c) for table in PROHIBITED),
    "randal": stringprep.in_table_d1,
    "left": stringprep.in_table_d2,
}


def ranges(member):
    """The code points that are members, as "lo-hi" texts."""
    found, start = [], None
    for code in range(sys.maxunicode + 2):
        inside = code <= sys.maxunicode and member(chr(code))
        if inside and start is None:
            start = code
        elif not inside and start is not None:
            last = code - 1
            found.append("%X" % start if start == last else "%X-%X" % (start, last))
            start = None
    return found


def folds():
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if stringprep.in_table_a1(char):
            continue
        mapped = stringprep.map_table_b2(char)
        if mapped != char:
            yield "%X=%s" % (code, "+".join("%X" % ord(c) for c in mapped))


def normalisations():
    """The characters whose decomposition was corrected after Unicode 3.2."""
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        old = unicodedata.ucd_3_2_0.normalize("NFKC", char)
        if not stringprep.in_table_a1(char) and old != unicodedata.normalize("NFKC", char):
            yield "%X=%s" % (code, "+".join("%X" % ord(c) for c in old))


def main():
    tables = {name: ranges(member) for name, member in SETS.items()}
    tables["fold"] = folds()
    tables["normal"] = normalisations()
    for name, entries in tables.items():
        for line in textwrap.wrap(" ".join(entries), 100, break_long_words=False, break_on_hyphens=False):
            print(name, line)


main()
