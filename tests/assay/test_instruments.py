import ast
import re
from pathlib import Path

import pytest

from smaclab.assay.instruments import _value, instruments, number
from smaclab.errors import CatalogueError
from tests.contract.house import PACKAGE

NUMBERS = [
    pytest.param(one, id=f"{instrument}.{name}")
    for instrument, numbers in instruments().items()
    for name, one in numbers.items()
]
ASSAYS = sorted((PACKAGE / "assay").glob("*.py"))
PAGE = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
CITED = (
    *("LI-COR", "Butler 2019", "Lowy 2020", "Degasperi 2014", "TNF ELISA 1991", "Thermo TNF ELISA"),
    *("MIQE", "Promega guide", "Forootan 2017", "Shlomovitz 2019", "Livak 2001", "Pfaffl 2001"),
)


@pytest.mark.parametrize("one", NUMBERS)
def test_every_number_says_where_it_comes_from(one):
    assert len(one.source) > 15
    assert one.evidence in ("measured", "derived", "assumed")


@pytest.mark.parametrize("name", CITED)
def test_what_an_instrument_cites_stands_on_the_page_of_sources(name):
    assert f"| {name}" in PAGE or f", {name}" in PAGE


def test_nothing_else_is_cited():
    texts = [one.values[0].source for one in NUMBERS] + [path.read_text(encoding="utf-8") for path in ASSAYS]
    found = {hit for text in texts for hit in re.findall(r"\b[A-Z][a-z]+ (?:19|20)\d\d\b", text)}
    assert found <= {*CITED, "Salmon 2011"}


@pytest.mark.parametrize(
    "path",
    [path for path in ASSAYS if "Measures:" in path.read_text(encoding="utf-8")],
    ids=lambda path: path.stem,
)
def test_every_instrument_states_what_it_measures_its_unit_noise_source_and_what_it_ignores(path):
    words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert re.findall(r"^(\w+): {2,}", words, re.MULTILINE) == [
        "Measures",
        "Unit",
        "Noise",
        "Source",
        "Ignores",
    ]


def test_there_is_an_instrument_for_each_assay_of_the_bench():
    stated = {path.stem for path in ASSAYS if "Measures:" in path.read_text(encoding="utf-8")}
    assert stated == {
        *("immunoblot", "co_ip", "ubiquitin_ladder", "elisa", "qpcr"),
        *("viability", "annexin", "caspase_activity", "reporter"),
    }


def test_unknown_names_get_letters():
    with pytest.raises(CatalogueError, match="unknown instrument 'elissa'. Did you mean 'elisa'?"):
        number("elissa", "slope")
    with pytest.raises(CatalogueError, match="unknown number of elisa 'slop'. Did you mean 'slope'?"):
        number("elisa", "slop")


def test_a_number_without_a_source_is_refused():
    entry = {"value": 1.0, "unit": "1", "evidence": "assumed", "source": ""}
    with pytest.raises(CatalogueError, match=r"instruments.toml, \[x.y\]: 1.0 1 has no source"):
        _value("x.y", entry)
    with pytest.raises(CatalogueError, match=r"\[x.y\].*unexpected keyword argument 'valu'"):
        _value("x.y", {"valu": 1.0})
