"""Hostile files, each with the word its letter must say.  None may take long or grow."""

import time
import tracemalloc
from pathlib import Path

import pytest

from smaclab.errors import NetworkError, SbmlError
from smaclab.network.sbml import guard
from smaclab.network.sbml.guard import MOST_DEPTH, scan, without_mark

DOCUMENTS = sorted((Path(__file__).parent / "documents").glob("*.xml"))
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
OPEN = b'<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1">'


def sbml(inside: bytes = b"<model/>") -> bytes:
    return HEAD + OPEN + inside + b"</sbml>"


def laughs(levels: int = 10, each: int = 10) -> bytes:
    """Entities of entities: a few hundred bytes that stand for each ** levels."""
    lines = [b'<!ENTITY l0 "lol">']
    lines += [b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * each) for n in range(1, levels)]
    doctype = b"<!DOCTYPE sbml [" + b"".join(lines) + b"]>"
    return HEAD + doctype + OPEN + b"&l%d;" % (levels - 1) + b"</sbml>"


QUADRATIC = (
    HEAD + b'<!DOCTYPE sbml [<!ENTITY a "' + b"a" * 100_000 + b'">]>' + OPEN + b"&a;" * 100_000 + b"</sbml>"
)
EXTERNAL = HEAD + b'<!DOCTYPE sbml [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + OPEN + b"&x;</sbml>"

HOSTILE = {
    "laughs": (laughs(), "document type"),
    "quadratic": (QUADRATIC, "document type"),
    "external": (EXTERNAL, "document type"),
    "parameter entity": (
        HEAD + b'<!DOCTYPE s [<!ENTITY % p SYSTEM "http://x/">%p;]>' + OPEN,
        "document type",
    ),
    "doctype alone": (HEAD + b"<!DOCTYPE sbml>" + OPEN + b"</sbml>", "document type"),
    "doctype after comments": (HEAD + b"<!-- a --><?b c?>\n<!DOCTYPE sbml>" + OPEN, "line 3"),
    "doctype in small letters": (b"<!doctype html><html></html>", "document type"),
    "doctype after a mark": (b"\xef\xbb\xbf" + laughs(), "document type"),
    "doctype inside": (HEAD + OPEN + b"<!DOCTYPE sbml></sbml>", "not well-formed"),
    "undeclared entity": (sbml(b"&nothing;"), "undefined entity"),
    "deep": (sbml(b"<a>" * 10_000 + b"</a>" * 10_000), "nested 501 deep"),
    "deep and cut": (sbml(b"<a>" * 100_000), "nested 501 deep"),
    "wide": (
        sbml(
            b'<math xmlns="http://www.w3.org/1998/Math/MathML"><apply><plus/>'
            + b"<cn>1</cn>" * 5_000
            + b"</apply></math>"
        ),
        "more than 5,000 parts side by side",
    ),
    "gzip": (b"\x1f\x8b\x08\x00" + b"\x00" * 20, "gzip"),
    "bzip2": (b"BZh91AY", "bzip2"),
    "zip": (b"PK\x03\x04....", "COMBINE archive"),
    "NUL": (sbml(b"<model id='\x00'/>"), "NUL"),
    "UTF-16": (sbml().decode().encode("utf-16"), "UTF-16"),
    "UTF-16 without a mark": (sbml().decode().encode("utf-16-le"), "NUL"),
    "UTF-32": (sbml().decode().encode("utf-32"), "UTF-32"),
    "Latin 1, said": (sbml().replace(b"UTF-8", b"ISO-8859-1"), "'ISO-8859-1'"),
    "Latin 1, not said": (sbml(b"<model id='\xe9'/>"), "no UTF-8"),
    "UTF-7": (sbml().replace(b"UTF-8", b"UTF-7"), "'UTF-7'"),
    "surrogates": (sbml(b"<model id='\xed\xa0\x80'/>"), "no UTF-8"),
    "overlong": (sbml(b"<model id='\xc0\xbc'/>"), "no UTF-8"),
    "empty": (b"", "empty"),
    "white": (b" \n\t ", "empty"),
    "text": (b"A -> B; k*A", "not XML"),
    "JSON": (b'{"model": 1}', "not XML"),
    "HTML": (b"<html><body/></html>", "no SBML"),
    "sbml of nowhere": (b"<sbml><model/></sbml>", "no SBML"),
    "another root": (b'<model xmlns="http://www.sbml.org/sbml/level3/version1/core"/>', "no SBML"),
    "cut": (sbml()[:-10], "Is the file whole?"),
    "two roots": (sbml() + OPEN + b"</sbml>", "not well-formed"),
    "attribute twice": (sbml(b'<model id="a" id="b"/>'), "duplicate attribute"),
    "prefix of nowhere": (sbml(b"<a:model/>"), "unbound prefix"),
    "comment without end": (HEAD + b"<!-- " + b"-" * 100_000, "not well-formed"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_a_letter(name):
    data, word = HOSTILE[name]
    with pytest.raises(SbmlError, match=word) as caught:
        scan(data)
    assert isinstance(caught.value, NetworkError)
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_sound_file_passes(path):
    scan(path.read_bytes())


def test_there_are_documents_to_read():
    assert len(DOCUMENTS) >= 12


@pytest.mark.parametrize(
    "data",
    [
        sbml(),
        b"\xef\xbb\xbf" + sbml(),
        sbml().removeprefix(HEAD),
        sbml().replace(b'encoding="UTF-8"', b"encoding='utf-8'"),
        b'<s:sbml xmlns:s="http://www.sbml.org/sbml/level2/version4"/>',
        sbml(b"<notes>&lt;!DOCTYPE&gt; <![CDATA[<!DOCTYPE x>]]> <!-- <!DOCTYPE x> --></notes>"),
        sbml("<model name='NF-κB'/>".encode()),
    ],
)
def test_what_is_allowed_passes(data):
    scan(data)


@pytest.mark.parametrize(("depth", "fine"), [(MOST_DEPTH, True), (MOST_DEPTH + 1, False)])
def test_depth_is_counted_with_the_root(depth, fine):
    data = sbml(b"<a>" * (depth - 1) + b"</a>" * (depth - 1))
    if fine:
        scan(data)
    else:
        with pytest.raises(SbmlError, match=f"at most {MOST_DEPTH}"):
            scan(data)


@pytest.mark.parametrize("data", [laughs(), laughs(30, 100), QUADRATIC], ids=["laughs", "more", "quadratic"])
def test_entities_do_not_grow(data):
    tracemalloc.start()
    start = time.perf_counter()
    with pytest.raises(SbmlError, match="document type"):
        scan(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # A reading of the prolog costs milliseconds and a copy; ten billion laughs would take minutes.
    assert time.perf_counter() - start < 1.0
    assert peak < 10 * len(data) + 1_000_000


def test_the_second_lock_holds_without_the_first(monkeypatch):
    monkeypatch.setattr(guard, "_prolog", lambda data: None)
    with pytest.raises(SbmlError, match="document type or entity"):
        scan(laughs(3, 3))


def test_a_large_file_is_refused(monkeypatch):
    monkeypatch.setattr(guard, "MOST_BYTES", 100)
    with pytest.raises(SbmlError, match="at most 100 are read"):
        scan(sbml(b" " * 100))


def test_many_elements_are_refused(monkeypatch):
    monkeypatch.setattr(guard, "MOST_ELEMENTS", 10)
    with pytest.raises(SbmlError, match="more than 10 elements"):
        scan(sbml(b"<a/>" * 10))


@pytest.mark.parametrize(
    "data",
    [
        sbml(b"<a b='" + b"x" * 10_000_000 + b"'/>"),
        sbml(b"<a " + b" ".join(b"a%d='1'" % n for n in range(200_000)) + b"/>"),
        HEAD + b"<!-- -->\n" * 500_000 + OPEN + b"</sbml>",
        sbml(b"&#65;" * 1_000_000),
    ],
    ids=["one long value", "many attributes", "many comments", "many characters by number"],
)
def test_long_files_take_no_time(data):
    start = time.perf_counter()
    scan(data)
    assert time.perf_counter() - start < 5.0  # a fraction of a second is usual; a quadratic one takes minutes


def test_the_mark_is_taken_off_once():
    assert without_mark(b"\xef\xbb\xbf<sbml/>") == b"<sbml/>"
    assert without_mark(b"<sbml/>") == b"<sbml/>"
