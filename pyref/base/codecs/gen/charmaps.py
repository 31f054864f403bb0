"""Prints a line for each encoding of one byte a character: its module and what the bytes mean.

A meaning is a code point in hexadecimal digits, a range of them for bytes that
follow each other, or a full stop for a byte that means nothing. Behind them are
those code points, as POINT=BYTE, that are not encoded as the first byte that
means them."""

import codecs
import encodings
import importlib
import pkgutil


def load(module):
    try:
        return importlib.import_module("encodings." + module)
    except ImportError:  # one of another system
        return None


def decoded(module, byte):
    try:
        return ord(codecs.decode(bytes([byte]), module))
    except UnicodeDecodeError:
        return None


def encoded(module, point):
    try:
        return codecs.encode(chr(point), module)[0]
    except UnicodeEncodeError:
        return None


def ranges(meanings):
    start = 0
    for i in range(1, len(meanings) + 1):
        first = meanings[start]
        if i < len(meanings) and first is not None and meanings[i] == first + i - start:
            continue
        if first is None:
            yield "."
        elif i - start == 1:
            yield "%x" % first
        else:
            yield "%x-%x" % (first, first + i - start - 1)
        start = i


for _, module, _ in pkgutil.iter_modules(encodings.__path__):
    loaded = load(module)
    if not (hasattr(loaded, "decoding_table") or hasattr(loaded, "decoding_map")):
        continue
    meanings = [decoded(module, byte) for byte in range(256)]
    words = list(ranges(meanings))
    for point in range(0x10000):
        byte = encoded(module, point)
        usual = meanings.index(point) if point in meanings else None
        if byte != usual:
            words.append("%x=%s" % (point, "" if byte is None else "%x" % byte))
    print(module, *words)
