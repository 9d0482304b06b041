"""One self-contained page."""

import re
from html.parser import HTMLParser

import pytest

from smaclab.errors import SmaclabError
from smaclab.report.page import Page, Picture, Section, Table, write_page


class Balanced(HTMLParser):
    """Complains about a tag that is not closed."""

    VOID = frozenset({"meta", "br", "img", "link", "hr", "input"})

    def __init__(self):
        super().__init__()
        self.open, self.ids = [], []

    def handle_starttag(self, tag, attrs):
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture
def page(provenance):
    table = Table(caption="<b>", header=("a", "b"), rows=(("1", "<script>alert(1)</script>"),))
    section = Section(
        title="T", paragraphs=("p & q",), tables=(table,), pictures=(Picture(svg="<svg></svg>", caption="c"),)
    )
    return write_page(
        Page(title="a < b", lead="lead", sections=[section], provenance=provenance, warnings=("w",))
    )


def test_the_page_is_well_formed_and_escapes_what_it_is_given(page):
    parser = Balanced()
    parser.feed(page)
    assert parser.open == []
    assert len(parser.ids) == len(set(parser.ids))
    assert "<script" not in page
    assert "a &lt; b" in page
    assert "<svg></svg>" in page


def test_the_page_says_where_it_comes_from(page):
    for text in (
        "SIMULATED",
        "ab" * 32,
        "of which 1 failed (OK 3, STEP_LIMIT 1)",
        "<td>7</td>",
        "O06=c",
        "LSODA",
    ):
        assert text in page, text


def test_the_page_asks_nothing_of_any_network(page):
    assert not re.search(r"""(src|href)\s*=\s*["']?(https?:)?//""", page)
    assert "@import" not in page
    assert "url(" not in page
    assert "default-src 'none'" in page


def test_a_row_that_does_not_fit_its_header_gets_a_letter():
    with pytest.raises(SmaclabError, match="has 1 entries, the header has 2"):
        Table(caption="t", header=("a", "b"), rows=(("1",),))
