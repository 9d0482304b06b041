from dataclasses import replace

import pytest

from smaclab.errors import CatalogueError


def test_the_default_is_one_of_the_letters(catalogue):
    with pytest.raises(CatalogueError, match="default 'z' is not one of a, b"):
        replace(catalogue.find_hypothesis("O06"), default="z")


def test_every_letter_sets_something(catalogue):
    with pytest.raises(CatalogueError, match="settings are given for a, but its letters are a, b"):
        replace(catalogue.find_hypothesis("O06"), settings={"a": {}})


def test_a_question_is_about_the_network_or_about_lines_and_then_sets_nothing_itself(catalogue):
    one = catalogue.find_hypothesis("O06")
    with pytest.raises(CatalogueError, match="about 'mice' is not one of network, lines"):
        replace(one, about="mice")
    with pytest.raises(CatalogueError, match="O06 is about lines. What its letters set stands in a line's"):
        replace(one, settings={"a": {"k": 1.0}, "b": {}}, about="lines")
    assert replace(one, settings={"a": {}, "b": {}}, about="lines").about == "lines"
