"""Prints the names of this Python's characters, NUMBER NAME, and for a run of them
whose names are a prefix and their number FIRST-LAST PREFIX.

It asks the handler namereplace, which also has names for some code points of private
use: CPython keeps the aliases of names, and the names of sequences, under them. They
are printed as NUMBER>MEANT NAME, where nothing is MEANT by the name of a sequence.

FIRST-LAST< PREFIX is a run whose names are only read: Python 3.14 has one."""

import sys
import unicodedata


def name_of(code):
    if code < 0x80:
        return unicodedata.name(chr(code), "")
    text = chr(code).encode("ascii", "namereplace").decode()
    return text[3:-1] if text.startswith("\\N") else ""


def meant(name):
    try:
        return ord(rf"\N{{{name}}}".encode().decode("unicode_escape"))
    except UnicodeDecodeError:
        return None


READ = ("TANGUT IDEOGRAPH-", "NUSHU CHARACTER-", "KHITAN SMALL SCRIPT CHARACTER-", "EGYPTIAN HIEROGLYPH-")


def only_read(prefix):
    """The runs of characters that are found by such a name and are not given it."""
    run = None
    for code in range(0x10000, 0x20000):
        name = f"{prefix}{code:X}"
        if meant(name) == code and name_of(code) != name:
            if run and run[1] == code - 1:
                run[1] = code
                continue
            if run:
                yield run
            run = [code, code]
    if run:
        yield run


def lines():
    run = None  # the first, the last and the prefix
    for code in range(sys.maxunicode + 1):
        name = name_of(code)
        if not name:
            continue
        number = f"{code:X}"
        inside = name.endswith("-" + number)
        prefix = name[: -len(number)]
        if run and inside and run[1:] == [code - 1, prefix]:
            run[1] = code
            continue
        if run:
            yield "{:X}-{:X} {}".format(*run)
        run = [code, code, prefix] if inside else None
        if not inside:
            other = meant(name)
            yield number + ("" if other == code else ">" if other is None else f">{other:X}") + " " + name
    if run:
        yield "{:X}-{:X} {}".format(*run)
    for prefix in READ:
        for first, last in only_read(prefix):
            yield f"{first:X}-{last:X}< {prefix}"


print("\n".join(lines()))
