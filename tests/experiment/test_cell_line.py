from dataclasses import FrozenInstanceError, replace

import pytest

from smaclab.errors import CatalogueError
from smaclab.experiment.value import Value


def value(number):
    return Value(value=number, unit="1", evidence="assumed", source="a toy")


@pytest.fixture
def line(catalogue):
    return catalogue.find_cell_line("BJ")


def test_a_cell_line_does_not_change(line):
    with pytest.raises(FrozenInstanceError):
        line.name = "HeLa"


@pytest.mark.parametrize(
    ("field", "given", "says"),
    [
        ("name", " ", "has no name"),
        ("kind", "primary", "kind 'primary' is not one of tumor, normal"),
        ("doubling_time_s", value(0.0), "a doubling time of 0.0 s"),
        ("variability", value(-0.1), "a variability of -0.1"),
        ("amounts", {"RIPK1": value(-1.0)}, "-1.0 copies of RIPK1"),
    ],
)
def test_a_cell_line_that_is_not_sound(line, field, given, says):
    with pytest.raises(CatalogueError, match=says):
        replace(line, **{field: given})
