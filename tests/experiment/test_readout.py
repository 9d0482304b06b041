from dataclasses import replace

import pytest

from smaclab.errors import CatalogueError


@pytest.mark.parametrize(
    ("field", "given", "says"),
    [
        ("name", "", "has no name"),
        ("observable", "", "name what is counted"),
        ("special", "color", "'color'"),
    ],
)
def test_a_readout_that_is_not_sound(catalogue, field, given, says):
    with pytest.raises(CatalogueError, match=says):
        replace(catalogue.find_readout("cIAP1"), **{field: given})


def test_viability_counts_nothing(catalogue):
    assert catalogue.find_readout("viability").observable == ""
