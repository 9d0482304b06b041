from dataclasses import replace

import pytest

from smaclab.errors import CatalogueError


def test_the_default_is_one_of_the_letters(catalogue):
    with pytest.raises(CatalogueError, match="default 'z' is not one of a, b"):
        replace(catalogue.find_hypothesis("O06"), default="z")


def test_every_letter_sets_something(catalogue):
    with pytest.raises(CatalogueError, match="settings are given for a, but its letters are a, b"):
        replace(catalogue.find_hypothesis("O06"), settings={"a": {}})
