"""Prints what the encodings of East Asia that keep no state have for each character.

For each encoding there is a paragraph. Its first line is its name and that of the
encoding that it is written as the difference to, or a hyphen. Bytes below 80 are
ASCII, and what follows says what other sequences of bytes mean, all in hexadecimal
digits:

    ?FIRST-LAST       sequences that more bytes have to follow
    !SEQUENCE COUNT   a sequence of which more than the first byte is illegal
    SEQUENCE TEXT     a sequence and those that follow it, each a character of the text
    =SEQUENCE POINTS  a sequence that means these code points, joined by +
    -FIRST-LAST       sequences that mean nothing, other than in the base
    >POINT SEQUENCE   a code point that is not encoded as the first sequence that means it
    <POINT            a code point that is not encoded, though a sequence means it
    *POINT COUNT AT   as many code points from this one on that GB 18030 has in four
                      bytes, from the sequence that is that much after 81 30 81 30"""

BASES = {
    "gb2312": "-", "gbk": "gb2312", "gb18030": "gbk",
    "big5": "-", "cp950": "big5", "big5hkscs": "big5",
    "euc_kr": "-", "cp949": "euc_kr", "johab": "-",
    "euc_jp": "-", "euc_jis_2004": "euc_jp", "euc_jisx0213": "euc_jis_2004",
    "shift_jis": "-", "cp932": "shift_jis", "shift_jis_2004": "shift_jis", "shift_jisx0213": "shift_jis_2004",
}


def explore(name):
    """The meanings of sequences, the sequences that are incomplete, and how long those are
    that are illegal as more than their first byte."""
    meanings, incomplete, illegal = {}, [], {}
    level = [bytes([byte]) for byte in range(256)]
    while level:
        more = []
        for sequence in level:
            try:
                meanings[sequence] = sequence.decode(name)
            except UnicodeDecodeError as e:
                if not e.reason.startswith("incomplete"):
                    assert e.start == 0
                    if e.end > 1:
                        illegal[sequence] = e.end
                    continue
                assert (e.start, e.end) == (0, len(sequence))
                incomplete.append(sequence)
                # Those of four and of eight bytes follow rules.
                if len(sequence) == 1 or name.startswith("euc_j") and len(sequence) == 2:
                    more += [sequence + bytes([byte]) for byte in range(256)]
        level = more
    return meanings, incomplete, illegal


def encoded(name, point):
    """What a code point is encoded as; nothing if it cannot be."""
    return chr(point).encode(name, "ignore")


def follows(sequence, other):
    return sequence[:-1] == other[:-1] and sequence[-1] == other[-1] + 1


def ranges(sequences):
    first = last = None
    for sequence in sorted(sequences, key=lambda s: (len(s), s)):
        if last is not None and len(sequence) == len(last) and int.from_bytes(sequence, "big") == int.from_bytes(last, "big") + 1:
            last = sequence
            continue
        if first is not None:
            yield first.hex() + "-" + last.hex()
        first = last = sequence
    if first is not None:
        yield first.hex() + "-" + last.hex()


def plain(text):
    return len(text) == 1 and text > "\xa0" and not "\u2000" <= text <= "\u200f" and not "\u2028" <= text <= "\u202f" and text != "\u3000"


def runs(meanings):
    """Lines for the meanings, runs of plain ones in one."""
    last, line = None, ""
    for sequence in sorted(meanings, key=lambda s: (len(s), s)):
        text = meanings[sequence]
        if line and plain(text) and follows(sequence, last):
            line += text
        else:
            if line:
                yield line
            line = ""
            if plain(text):
                line = sequence.hex() + " " + text
            else:
                yield "=%s %s" % (sequence.hex(), "+".join("%x" % ord(c) for c in text))
        last = sequence
    if line:
        yield line


def linear(sequence):
    a, b, c, d = sequence
    return ((a - 0x81) * 10 + b - 0x30) * 1260 + (c - 0x81) * 10 + d - 0x30


def four_bytes(name):
    """The points that are encoded in four bytes, as runs of (point, count, place)."""
    start = None
    for point in range(0x110001):
        sequence = encoded(name, point) if point < 0x110000 else b""
        at = linear(sequence) if len(sequence) == 4 else None
        if start is not None and at == start[1] + point - start[0]:
            continue
        if start is not None:
            yield start[0], point - start[0], start[1]
        start = None if at is None else (point, at)


explored = {"-": {bytes([byte]): chr(byte) for byte in range(0x80)}}
for name, base in BASES.items():
    meanings, incomplete, illegal = explore(name)
    explored[name] = meanings
    print(name, base)
    for line in ranges(incomplete):
        print("?" + line)
    for sequence, size in illegal.items():
        print("!%s %d" % (sequence.hex(), size))
    for line in ranges(s for s in explored[base] if s not in meanings):
        print("-" + line)
    for line in runs({s: text for s, text in meanings.items() if explored[base].get(s) != text}):
        print(line)
    usual = {}
    for sequence in sorted(meanings, key=lambda s: (len(s), s)):
        usual.setdefault(meanings[sequence], sequence)
    for point in range(0x30000):
        sequence = encoded(name, point)
        if len(sequence) < 4 and sequence != usual.get(chr(point), b""):
            print(">%x %s" % (point, sequence.hex()) if sequence else "<%x" % point)
    for text, sequence in usual.items():
        assert len(text) == 1 or text.encode(name) == sequence
    if name == "gb18030":
        for run in four_bytes(name):
            print("*%x %d %d" % run)
    print()
