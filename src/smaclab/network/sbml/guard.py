"""What must hold of a file before any SBML library sees it.

Scope:   size, compression, encoding, document types, entities, depth, number of elements, the root.
Ignores: whether it is valid SBML; that is asked in a process of its own, which may die of it.

A document type is found by reading the prolog by hand, before expat starts: expat goes on to the end of what
it was given also after a handler has refused, so entities of a document type would still be expanded.
Without a document type no entity can be declared, and nothing grows.
"""

import re
from xml.parsers import expat

from smaclab.errors import SbmlError, shown

MOST_BYTES = 64 * 1024**2
MOST_DEPTH = 500
MOST_ELEMENTS = 2_000_000
MOST_PARTS = (
    5_000  # side by side in a formula: libSBML takes the square of them; no formula that is read has as many
)

_COMPRESSED = {
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"PK\x03\x04": "a ZIP or COMBINE archive",
    b"\xfd7zXZ": "xz",
    b"\x28\xb5\x2f\xfd": "zstd",
}
_WIDE = {b"\xff\xfe": "UTF-16 or UTF-32", b"\xfe\xff": "UTF-16", b"\x00\x00\xfe\xff": "UTF-32"}
_BOM = b"\xef\xbb\xbf"
_MATH = "http://www.w3.org/1998/Math/MathML "
_SBML = "http://www.sbml.org/sbml/"
_NOT_TAG = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_DECLARED = re.compile(rb"<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"'>]*)[\"']")


def scan(data: bytes) -> None:
    """Complain about a file that no SBML library should be given.

    Args:
        data: the whole file.

    Raises:
        SbmlError: it is empty, too large, compressed, not UTF-8, not well-formed XML, has a document type,
            entities, more than `MOST_DEPTH` levels or a formula of more than `MOST_PARTS` terms, or its root
            is not <sbml>.
    """
    _bytes(data)
    _encoding(data)
    _prolog(data)
    _Walk().through(data)


def without_mark(data: bytes) -> bytes:
    """The file without the byte order mark that some editors write in front of UTF-8."""
    return data.removeprefix(_BOM)


def _bytes(data: bytes) -> None:
    for magic, name in _COMPRESSED.items():
        if data.startswith(magic):
            raise SbmlError(f"the file is compressed ({name}); unpack it and give the .xml inside.")
    if len(data) > MOST_BYTES:
        raise SbmlError(
            f"the file has {len(data):,} bytes; at most {MOST_BYTES:,} are read. Is it one model?"
        )
    if not data.strip():
        raise SbmlError(f"the file is empty ({len(data)} bytes); an SBML file starts with <sbml>.")


def _encoding(data: bytes) -> None:
    remedy = "Save it as UTF-8."
    for mark, name in _WIDE.items():
        if data.startswith(mark):
            raise SbmlError(f"the file is in {name}; SBML is read in UTF-8 only. {remedy}")
    place = data.find(b"\x00")
    if place >= 0:
        raise SbmlError(f"byte {place} is NUL, which no XML may hold; is this UTF-16? {remedy}")
    declared = _DECLARED.match(without_mark(data)[:1000])
    if declared and declared[1].upper() not in (b"UTF-8", b"UTF8", b"US-ASCII", b"ASCII"):
        name = declared[1].decode("ascii", errors="replace")
        raise SbmlError(f"the file says it is in {shown(name)}; SBML is read in UTF-8 only. {remedy}")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SbmlError(
            f"byte {error.start} is no UTF-8: {shown(data[error.start : error.end])}. {remedy}"
        ) from None


def _prolog(data: bytes) -> None:
    """Up to the first tag: white space, comments and processing instructions may come before it."""
    place = len(data) - len(without_mark(data))
    while found := _NOT_TAG.match(data, place):
        place = found.end()
    start = data[place : place + 20]
    if start[:9].upper() == b"<!DOCTYPE":
        line = data.count(b"\n", 0, place) + 1
        raise SbmlError(
            f"line {line} has a document type ({shown(start.decode(errors='replace'))}); SBML has none, and "
            "its entities can grow without end. Take the <!DOCTYPE ...> out."
        )
    if not start.startswith(b"<"):
        raise SbmlError(f"the file is not XML: it starts with {shown(start)}. SBML starts with <sbml>.")


class _Walk:
    """All elements in the order of the file; counts of those that are open, never their contents."""

    def __init__(self) -> None:
        self.depth = self.elements = 0
        self.parts = [0] * (MOST_DEPTH + 2)  # of the open element at each depth
        # Names come as "namespace name", so that a root with a prefix is known.
        self.parser = expat.ParserCreate("UTF-8", " ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        # None of these can be reached behind `_prolog`; they are the second lock.
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    def through(self, data: bytes) -> None:
        """The whole file at once: in pieces, a long token would be read again with each piece."""
        is_all = True
        try:
            self.parser.Parse(data, is_all)
        except expat.ExpatError as error:
            raise SbmlError(
                f"line {error.lineno}, column {error.offset + 1}: not well-formed XML, "
                f"{expat.ErrorString(error.code)}. Is the file whole?"
            ) from None

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.elements == 1:
            self._root(name)
        if self.depth > MOST_DEPTH:
            raise SbmlError(
                f"{self._where()}: <{shown(name.split(' ')[-1])[1:-1]}> is nested {self.depth} deep; at most "
                f"{MOST_DEPTH} is read. Long formulas can be cut in pieces by assignment rules."
            )
        if self.elements > MOST_ELEMENTS:
            raise SbmlError(f"{self._where()}: more than {MOST_ELEMENTS:,} elements. Is it one model?")
        self.parts[self.depth] = 0
        self.parts[self.depth - 1] += 1
        if self.parts[self.depth - 1] > MOST_PARTS and name.startswith(_MATH):
            raise SbmlError(
                f"{self._where()}: a formula has more than {MOST_PARTS:,} parts side by side; "
                "split it by assignment rules."
            )

    def _end(self, _name: str) -> None:
        self.depth -= 1

    def _root(self, name: str) -> None:
        space, _, local = name.rpartition(" ")
        if local != "sbml" or not space.startswith(_SBML):
            raise SbmlError(
                f"{self._where()}: the file is XML and no SBML: its root is <{shown(local)[1:-1]}> of the "
                f"namespace {shown(space)}. SBML's is <sbml> of {_SBML}..."
            )

    def _refuse(self, *given: object) -> None:
        raise SbmlError(f"{self._where()}: a document type or entity, {shown(given[0])}; SBML has none.")

    def _where(self) -> str:
        return f"line {self.parser.CurrentLineNumber}"
