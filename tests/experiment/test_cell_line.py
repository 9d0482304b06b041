from dataclasses import FrozenInstanceError, replace

import pytest

from smaclab.errors import CatalogueError
from smaclab.experiment.cell_line import Alternative
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


def test_letters_and_what_they_set(line):
    few = Alternative(amounts={"RIPK1": value(10.0)})
    mine = replace(line, answers={"O11": "c"}, alternatives={"O11": {"b": few}})
    assert mine.letters("O11") == ("c", "b")
    assert mine.letters("O16") == ()
    assert mine.chosen({"O11": "b", "O16": "a"}) == (few,)
    assert mine.chosen({"O11": "c"}) == ()


def test_a_letter_is_the_lines_own_or_a_set_but_not_both(line):
    few = Alternative(properties={"k": value(10.0)})
    with pytest.raises(CatalogueError, match="O11 b is what the file holds as it stands, and a set"):
        replace(line, answers={"O11": "b"}, alternatives={"O11": {"b": few}})


def test_a_set_of_values_holds_some_and_none_is_negative():
    with pytest.raises(CatalogueError, match="A set: amounts {}, properties {}. Name at least one."):
        Alternative()
    with pytest.raises(CatalogueError, match="-1.0 copies of RIPK1"):
        Alternative(amounts={"RIPK1": value(-1.0)})
