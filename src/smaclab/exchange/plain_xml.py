"""Small XML files of others: no document type, no entities, not too large, not too deep."""

from xml.etree import ElementTree as ET
from xml.parsers import expat

from smaclab.errors import SbmlError, shown

MOST_BYTES = 16 * 1024**2
MOST_DEPTH = 500


def read_xml(data: bytes, name: str, *, most_bytes: int = MOST_BYTES) -> ET.Element:
    """The root of a file.

    Args:
        data: the file, in UTF-8.
        name: what to call it in a letter.
        most_bytes: larger files are refused.

    Raises:
        SbmlError: it is refused, or no XML.
    """
    if len(data) > most_bytes:
        raise SbmlError(f"{name}: {len(data):,} bytes; at most {most_bytes:,} are read.")
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise SbmlError(f"{name}: byte {problem.start} is no UTF-8; save it as UTF-8.") from None
    upper = data.upper()
    # Before any parser sees it: entities of a document type can grow without end.
    if b"<!DOCTYPE" in upper or b"<!ENTITY" in upper:
        raise SbmlError(f"{name}: it has a document type or entities; take the <!DOCTYPE ...> out.")
    try:
        _measure(data, name)
        return ET.fromstring(data)
    except (ET.ParseError, expat.ExpatError, ValueError, LookupError) as problem:
        raise SbmlError(f"{name}: not well-formed XML ({shown(str(problem))}).") from None


def local_name(element: ET.Element) -> str:
    """The name of an element without its namespace; "" for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _measure(data: bytes, name: str) -> None:
    depth = 0

    def start(_tag: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_DEPTH:
            raise SbmlError(f"{name}: elements nested {depth} deep; at most {MOST_DEPTH} are read.")

    def end(_tag: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    is_all = True
    parser.Parse(data, is_all)
