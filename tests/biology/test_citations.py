from pathlib import Path

import pytest

from smaclab.biology.citations import citations, cited_in

SOURCES = Path(__file__).parents[2] / "docs" / "sources.md"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("At 37 degrees (Grell 1998, P081).", ("doi/10.1073/pnas.95.2.570",)),
        ("the value of a published model (M2).", ("biomodels.db/BIOMD0000000407",)),
        ("Tamm 1984, PMID 6722770: not confirmed", ()),
        ("O01 and MP2, an M20", ()),
        ("", ()),
    ],
)
def test_a_source_names_what_the_table_knows(source, found):
    assert cited_in(source) == found


def test_every_identifier_stands_on_the_page_of_sources():
    page = SOURCES.read_text(encoding="utf-8")
    for name, several in citations().items():
        assert name in page, name
        for one in several:
            assert one.split("/", 1)[1] in page, one


def test_nothing_that_is_only_recalled_is_linked():
    page = SOURCES.read_text(encoding="utf-8").splitlines()
    rows = [line for line in page if line.startswith("| ") and "10.1038" not in line]
    for name in citations():
        for line in rows:
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if len(cells) == 4 and name in (cells[0], cells[1]):
                assert not cells[3].startswith("recalled"), name
                assert "could not be confirmed" not in cells[3], name
