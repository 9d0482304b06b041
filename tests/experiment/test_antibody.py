import pytest

from smaclab.errors import CatalogueError
from smaclab.experiment.antibody import Antibody, Band

BAND = Band(name="PARP", kDa=116)


def antibody(**parts):
    return Antibody(**({"name": "x", "protein": "PARP1", "bands": (BAND,), "source": "a page"} | parts))


def test_an_antibody_against_a_protein():
    assert antibody().bands[0].kDa == 116
    assert antibody(protein="", loads="nucleus").loads == "nucleus"


@pytest.mark.parametrize("kDa", [0, -1, float("inf"), float("nan")])
def test_a_band_has_a_size(kDa):
    with pytest.raises(CatalogueError, match="A band runs at a finite size above 0"):
        Band(name="PARP", kDa=kDa)


def test_a_loading_control_has_copies():
    with pytest.raises(CatalogueError, match="actin: 0 copies"):
        Band(name="actin", kDa=42, copies=0)


@pytest.mark.parametrize(
    ("parts", "letter"),
    [
        ({"bands": ()}, "x: bands \\(\\)"),
        ({"source": " "}, "Say where the sizes are from"),
        ({"organelles": {"golgi": "s=full"}}, "golgi.* is no fraction. Known: lysate, cytoplasm, nucleus"),
        ({"protein": "", "loads": "golgi"}, "is no fraction"),
        ({"loads": "lysate"}, "Give the one or the other"),
        ({"protein": ""}, "Give the one or the other"),
    ],
)
def test_what_is_no_antibody(parts, letter):
    with pytest.raises(CatalogueError, match=letter):
        antibody(**parts)
