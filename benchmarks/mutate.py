"""Hostile files out of sound ones: a seed and a number give the same bytes everywhere.

Scope:   flipped bits, cuts, tokens and attributes swapped, doubled or taken out, numbers huge or none,
         ids that lead nowhere or in circles, formulas nested without end, entities, other encodings.
"""

import random
import re
from collections.abc import Callable
from pathlib import Path

DOCUMENTS = Path(__file__).parents[1] / "tests" / "network" / "sbml" / "documents"

Mutation = Callable[[random.Random, bytes], bytes]

NUMBERS = (
    b"NaN", b"INF", b"-INF", b"1e308", b"-1e308", b"1e-320", b"1e999", b"0", b"-1", b"", b"1e", b"0x10",
    b"1,5", b"9" * 400, b"2147483648", b"-2147483649", b"18446744073709551616", b"true", b"k", b"1e5", b"0.1",
)  # fmt: skip
OPERATORS = (
    b"plus", b"minus", b"times", b"divide", b"power", b"root", b"ln", b"log", b"exp", b"sin", b"tan",
    b"arcsin", b"factorial", b"floor", b"ceiling", b"abs", b"and", b"or", b"not", b"xor", b"eq", b"neq",
    b"lt", b"geq",
    b"max", b"min", b"rem", b"quotient", b"diff", b"nothing",
)  # fmt: skip
ENTITIES = (
    b'<!DOCTYPE sbml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;">]>',
    b'<!DOCTYPE sbml SYSTEM "file:///nowhere">',
    b'<!DOCTYPE sbml [<!ENTITY % p SYSTEM "file:///nowhere"> %p;]>',
    b'<?xml-stylesheet href="x"?>',
)  # fmt: skip
_TAG = re.compile(rb"<[^>]*>|[^<]+")
_ATTRIBUTE = re.compile(rb"\s([\w:]+)=\"([^\"]*)\"")
_NUMBER = re.compile(rb"(?<=[\">])[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?(?=[\"<])")
_LEAF = re.compile(rb"<c[in]>[^<]*</c[in]>")
_OPERATOR = re.compile(rb"(?<=<)(?:plus|minus|times|divide|power|exp|ln|and|gt|lt|geq)(?=/>)")
_ELEMENT = re.compile(rb"<(\w+)[^<>]*/>")


def documents() -> list[bytes]:
    """The sound files that everything starts from."""
    return [path.read_bytes() for path in sorted(DOCUMENTS.glob("*.xml"))]


def hostile(seed: int, number: int, sound: list[bytes]) -> tuple[str, bytes]:
    """A hostile file and what was done to it, such as "number+cut".

    Args:
        seed: of the whole row of files.
        number: of the file in its row.
        sound: what `documents` gives.
    """
    dice = random.Random(f"{seed}/{number}")
    data, names = dice.choice(sound), []
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        name = dice.choice(list(MUTATIONS))
        data = MUTATIONS[name](dice, data)
        names.append(name)
    return "+".join(names), data


def _one(dice: random.Random, pattern: re.Pattern[bytes], data: bytes) -> re.Match[bytes] | None:
    found = list(pattern.finditer(data))
    return dice.choice(found) if found else None


def _instead(data: bytes, place: re.Match[bytes] | None, new: bytes) -> bytes:
    return data if place is None else data[: place.start()] + new + data[place.end() :]


def flip(dice: random.Random, data: bytes) -> bytes:
    """Some bits."""
    found = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 8, 64)) if found else 0):
        found[dice.randrange(len(found))] ^= 1 << dice.randrange(8)
    return bytes(found)


def letter(dice: random.Random, data: bytes) -> bytes:
    """A byte of text in place of another: most files stay text."""
    place = dice.randrange(len(data) or 1)
    return data[:place] + bytes([dice.randrange(32, 127)]) + data[place + 1 :]


def cut(dice: random.Random, data: bytes) -> bytes:
    """The front, or the front and the back."""
    place = dice.randrange(len(data) + 1)
    return data[:place] if dice.random() < 0.5 else data[:place] + data[place + dice.randrange(1, 200) :]


def swap(dice: random.Random, data: bytes) -> bytes:
    """Two tags or texts."""
    tokens = _TAG.findall(data)
    if len(tokens) > 1:
        one, other = dice.randrange(len(tokens)), dice.randrange(len(tokens))
        tokens[one], tokens[other] = tokens[other], tokens[one]
    return b"".join(tokens)


def without(dice: random.Random, data: bytes) -> bytes:
    """An attribute or an element less."""
    return _instead(data, _one(dice, dice.choice((_ATTRIBUTE, _ELEMENT, _LEAF)), data), b"")


def twice(dice: random.Random, data: bytes) -> bytes:
    """An attribute, an element or a leaf of a formula twice, or many times."""
    place = _one(dice, dice.choice((_ATTRIBUTE, _ELEMENT, _LEAF)), data)
    return _instead(data, place, place[0] * dice.choice((2, 2, 3, 500))) if place else data


def number(dice: random.Random, data: bytes) -> bytes:
    """A number that is none, or a strange one."""
    for _ in range(dice.choice((1, 1, 3))):
        data = _instead(data, _one(dice, _NUMBER, data), dice.choice(NUMBERS))
    return data


def value(dice: random.Random, data: bytes) -> bytes:
    """An attribute's value at another's place: ids twice, ids that lead nowhere, wrong kinds."""
    one, other = _one(dice, _ATTRIBUTE, data), _one(dice, _ATTRIBUTE, data)
    if one is None or other is None:
        return data
    return _instead(data, one, b' %s="%s"' % (one[1], dice.choice((other[2], b"nowhere", b"", b"A" * 5000))))


def named(dice: random.Random, data: bytes) -> bytes:
    """A name in a formula for another: circles, and names that lead nowhere."""
    one, other = _one(dice, _LEAF, data), _one(dice, _ATTRIBUTE, data)
    return _instead(data, one, b"<ci> %s </ci>" % (other[2] if other else b"nowhere"))


def operator(dice: random.Random, data: bytes) -> bytes:
    """Another operation: other numbers of arguments, logic for numbers."""
    return _instead(data, _one(dice, _OPERATOR, data), dice.choice(OPERATORS))


def nested(dice: random.Random, data: bytes) -> bytes:
    """A formula nested some hundred or many thousand deep."""
    place, deep = _one(dice, _LEAF, data), dice.choice((10, 100, 200, 400, 450, 480, 1000, 10_000, 100_000))
    around = dice.choice(
        (b"<apply><minus/>", b"<apply><plus/><cn>1</cn>", b"<apply><exp/>", b"<apply><not/>")
    )
    return _instead(data, place, around * deep + (place[0] if place else b"") + b"</apply>" * deep)


def wide(dice: random.Random, data: bytes) -> bytes:
    """A sum of very many terms."""
    place = _one(dice, _LEAF, data)
    terms = (place[0] if place else b"") * dice.choice((300, 3000, 30_000))
    return _instead(
        data, place, b"<apply><" + dice.choice((b"plus", b"times", b"and")) + b"/>" + terms + b"</apply>"
    )


def entity(dice: random.Random, data: bytes) -> bytes:
    """A document type with entities that grow, or from elsewhere."""
    data = data.replace(b"<sbml", dice.choice(ENTITIES) + b"<sbml", 1)
    return _instead(data, _one(dice, _LEAF, data), b"<ci>&c;</ci>") if dice.random() < 0.5 else data


def coded(dice: random.Random, data: bytes) -> bytes:
    """Another encoding, or another one said than is meant; what is no UTF-8 stays as it is."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    name = dice.choice(("utf-16", "utf-16-le", "utf-32", "utf-7", "latin-1", "utf-8-sig", "shift-jis"))
    if dice.random() < 0.5:
        return text.encode(name, errors="replace")
    return data.replace(b"UTF-8", name.encode(), 1)


def foreign(dice: random.Random, data: bytes) -> bytes:
    """Another level, version or namespace than the file is of."""
    return _instead(data, _one(dice, re.compile(rb"level=\"\d\"|version=\"\d\"|level\d|version\d"), data),
                    dice.choice((b'level="1"', b'level="9"', b'version="-1"', b"level7")))  # fmt: skip


def grown(dice: random.Random, data: bytes) -> bytes:
    """A long text where nobody reads."""
    filler = dice.choice((b" ", b"<!-- -->", b"x", b"<a/>", b"&#65;", b"\x00", b"\xff"))
    return data.replace(b"</model>", filler * dice.choice((1, 1000, 200_000)) + b"</model>", 1)


MUTATIONS: dict[str, Mutation] = {
    made.__name__: made
    for made in (
        flip, letter, cut, swap, without, twice, number, value, named, operator, nested, wide, entity, coded,
        foreign, grown,
    )
}  # fmt: skip
"""By name; each takes dice and a file and gives another."""
