import pytest

from smaclab.errors import SbmlError
from smaclab.exchange.plain_xml import local_name, read_xml

BOMB = b"""<!DOCTYPE a [<!ENTITY b "xxxxxxxxxx"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>"""


def test_a_small_file_is_read():
    root = read_xml(b'<a xmlns="urn:x"><!-- words --><b/></a>', "f")
    assert [local_name(one) for one in root.iter()] == ["a", "b"]


@pytest.mark.parametrize(
    ("data", "letter"),
    [
        (BOMB, "document type"),
        (BOMB.lower(), "document type"),
        (b"<a>" * 600 + b"</a>" * 600, "nested 501 deep"),
        (b"<a>", "not well-formed"),
        (b"\xff\xfe<\x00a\x00", "no UTF-8"),
        (b"<a>" + b" " * (16 * 1024**2) + b"</a>", "at most"),
    ],
    ids=["bomb", "small letters", "deep", "cut", "UTF-16", "large"],
)
def test_what_may_do_harm_is_refused(data, letter):
    with pytest.raises(SbmlError, match=letter):
        read_xml(data, "f")
