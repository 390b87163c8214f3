#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes UnicodeData.swift from Python's unicodedata: properties, exact mappings, fold mappings, composition pairs.

Every table is a stream of integers as base64 VLQ (5 bits a character, the sixth says that more follow; signed numbers
are zigzagged), so that the Swift compiler sees a few string literals only. UnicodeTables.swift reads them.
Run it in its folder: ./generate.py > UnicodeData.swift
"""
import re
import unicodedata as u

# Kinds and scripts: the order is the raw value in Swift (CharacterKind, Script).
KINDS = ["breaking", "letter", "digit", "mark", "ignorable", "apostrophe", "ideograph", "joiner"]
SCRIPTS = ["common", "latin", "cyrillic", "greek", "armenian", "georgian", "hebrew", "arabic", "devanagari", "tamil",
           "hangul", "han", "hiragana", "katakana", "thai", "other"]
KIND = {name: value for value, name in enumerate(KINDS)}
SCRIPT = {name: value for value, name in enumerate(SCRIPTS)}
LIMIT = 0x110000

APOSTROPHES = [0x27, 0x60, 0xB4, 0x2018, 0x2019, 0x201B, 0x2BB, 0x2BC, 0x55A, 0x5F3, 0xFF07]
JOINERS = [0x22, 0x5F4, 0xB7, 0x2027]                       # gershayim between Hebrew letters, the Catalan middle dot
IGNORABLE = [0x640, 0x55B, 0x55C, 0x55E, 0x2BD, 0x2BE, 0x2BF, 0x2C0, 0x2C1, 0x2B9, 0x2BA, 0x7FA]
BREAKING = [0x200B]                                          # a zero-width space is a blank
BIGRAM_RANGES = [(0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3005, 0x3007), (0x3021, 0x3029),
                 (0x3031, 0x3035), (0x3038, 0x303C), (0x3041, 0x30FF), (0x3100, 0x312F), (0x31A0, 0x31BF),
                 (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F),
                 (0xF900, 0xFAFF), (0xFF66, 0xFF9D), (0x1AFF0, 0x1B16F), (0x20000, 0x3FFFD)]

# Folds that no decomposition gives. Azerbaijani ə is written e where the key is missing.
SPECIAL_FOLDS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ə": "e", "ı": "i", "ȷ": "j", "ŋ": "n", "ĸ": "k", "ø": "o",
    "đ": "d", "ħ": "h", "ł": "l", "ŧ": "t", "ɛ": "e", "ɔ": "o", "ɖ": "d", "ɗ": "d", "ƒ": "f", "ǝ": "e", "ſ": "s",
    "ς": "σ", "ґ": "г",
    # Arabic script: one yeh, one kaf, one heh, one alef, in whatever language.
    "ى": "ي", "ی": "ي", "ې": "ي", "ۍ": "ي", "ے": "ي", "ک": "ك", "ڪ": "ك", "ھ": "ه", "ہ": "ه", "ە": "ه", "ة": "ه",
    "ۃ": "ه", "ٱ": "ا",
}
STRIPPED_RANGES = [(0x300, 0x36F), (0x483, 0x489), (0x591, 0x5C7), (0x610, 0x61A), (0x64B, 0x65F), (0x670, 0x670),
                   (0x6D6, 0x6ED), (0x711, 0x711), (0x730, 0x74A), (0x8D3, 0x8FF), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF),
                   (0x20D0, 0x20FF), (0xFE20, 0xFE2F)]


def within(c, ranges):
    return any(low <= c <= high for low, high in ranges)


def exact(c):
    """The lower-case compatibility decomposition of a character, closed under itself."""
    if 0xAC00 <= c <= 0xD7A3:
        return [c]                                           # Hangul syllables are composed by arithmetic
    if c in APOSTROPHES:
        return [0x27]
    text = chr(c)
    for step in (u.normalize("NFKD", text), text.lower()):
        if step != text:
            return [x for s in step for x in exact(ord(s))]
    return [c]


def wordlike(c):
    return u.category(chr(c))[0] in "LMN" or c in APOSTROPHES


def script(c):
    if 0x1100 <= c <= 0x11FF or 0xAC00 <= c <= 0xD7FB or 0xA960 <= c <= 0xA97C:
        return "hangul"
    if 0x3400 <= c <= 0x9FFF or 0x20000 <= c <= 0x3FFFD:
        return "han"
    first = u.normalize("NFKD", chr(c))[0]
    name = u.name(first, "")
    if name.startswith("CJK") or first in "々〇〻":
        return "han"
    for key in ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN", "HEBREW", "ARABIC", "DEVANAGARI", "TAMIL",
                "HANGUL", "HIRAGANA", "KATAKANA", "THAI"):
        if name.startswith(key + " "):
            return key.lower()
    return "other" if u.category(first)[0] == "L" else "common"


def kind(c):
    category = u.category(chr(c))
    if c in APOSTROPHES:
        return "apostrophe"
    if c in JOINERS:
        return "joiner"
    if c in IGNORABLE:
        return "ignorable"
    if c in BREAKING or category in ("Cs", "Co", "Cn"):
        return "breaking"
    if category[0] == "M" or c in (0xFF9E, 0xFF9F):
        return "mark"
    if within(c, BIGRAM_RANGES) and category[0] in "LN" and category != "Nd":
        return "ideograph" if category != "No" else "breaking"
    if category == "Cf":
        return "ignorable"
    if category == "Nd":
        return "digit"
    if category[0] == "L" or category == "Nl":
        return "letter"
    return "breaking"


def properties(c):
    k = kind(c)
    upper = u.category(chr(c)) in ("Lu", "Lt")
    stripped = k == "mark" and u.category(chr(c)) in ("Mn", "Me") and (
        within(c, STRIPPED_RANGES) or u.combining(chr(c)) == 7)
    s = script(c) if k in ("letter", "ideograph") else "common"
    return KIND[k] | (8 if upper else 0) | SCRIPT[s] << 4 | (256 if stripped else 0)


def fold(c):
    """The folded form of one character of an exact form."""
    text = chr(c)
    if text in SPECIAL_FOLDS:
        return [ord(x) for x in SPECIAL_FOLDS[text]]
    if u.category(text) == "Nd":
        return [ord(str(u.decimal(text)))]
    if 0x2D00 <= c <= 0x2D25:
        return [0x10D0 + c - 0x2D00]
    match = re.match(r"LATIN SMALL LETTER ([A-Z]) WITH ", u.name(text, ""))
    if match:
        return [ord(match.group(1).lower())]
    return [c]


ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def vlq(value):
    out = ""
    while True:
        digit, value = value & 31, value >> 5
        out += ALPHABET[digit | (32 if value else 0)]
        if not value:
            return out


def signed(value):
    return vlq(value << 1 if value >= 0 else (-value << 1) - 1)


def runs(values):
    """Runs of equal values: length, value."""
    out, start = "", 0
    for i in range(1, len(values) + 1):
        if i == len(values) or values[i] != values[start]:
            out += vlq(i - start) + vlq(values[start])
            start = i
    return out


def mappings(table):
    """Runs of characters mapped alike: gap from the last run, length of the run, count of targets, targets - source."""
    out, last, keys, i = "", 0, sorted(table), 0
    while i < len(keys):
        c = keys[i]
        delta = [t - c for t in table[c]]
        j = i + 1
        while j < len(keys) and keys[j] == c + j - i and [t - keys[j] for t in table[keys[j]]] == delta:
            j += 1
        out += vlq(c - last) + vlq(j - i) + vlq(len(delta)) + "".join(signed(d) for d in delta)
        last = c + j - i
        i = j
    return out


def literal(name, comment, text):
    print(f"  /// {comment}")
    print(f'  static let {name}: StaticString = """')
    width = 132
    for start in range(0, len(text), width):
        more = "\\" if start + width < len(text) else ""
        print("    " + text[start:start + width] + more)
    print('    """')


everything = [c for c in range(LIMIT) if not 0xD800 <= c <= 0xDFFF]
exacts = {}
for c in everything:
    target = exact(c)
    if kind(c) in ("letter", "ideograph", "mark"):
        target = [t for t in target if wordlike(t)]
    if kind(c) != "ignorable":
        target = [t for t in target if kind(t) != "ignorable"]
    if target != [c]:
        exacts[c] = target
folds = {c: fold(c) for c in everything if c not in exacts and fold(c) != [c]}
pairs = []
for c in everything:
    parts = u.decomposition(chr(c)).split()
    if len(parts) == 2 and parts[0][0] != "<" and u.normalize("NFC", chr(c)) == chr(c):
        a, b = (int(p, 16) for p in parts)
        # Only what can follow an exact mapping: nothing in upper case.
        if a not in exacts or u.normalize("NFD", chr(a)) != chr(a):
            if chr(a).lower() == chr(a):
                pairs.append((a, b, c))

print("// Written by Tables/generate.py from Unicode " + u.unidata_version + "; change the script, not this file.")
print("// Each literal is a stream of integers as base64 VLQ; UnicodeTables.swift says what they mean.")
print()
print("enum UnicodeData {")
literal("properties", "Runs of equal properties over all code points.", runs([properties(c) for c in range(LIMIT)]))
print()
literal("combining", "Runs of equal canonical combining classes.", runs([u.combining(chr(c)) for c in range(LIMIT)]))
print()
literal("exact", "Code point to lower-case compatibility decomposition.", mappings(exacts))
print()
literal("fold", "Code point of an exact form to its folded form.", mappings(folds))
print()
last, text = 0, ""
for a, b, c in sorted(pairs, key=lambda p: p[2]):
    text += vlq(a) + vlq(b) + vlq(c - last)
    last = c
literal("pairs", "Canonical composition: first, second, composite less the composite before.", text)
print("}")
