import math

import pytest

from smaclab.errors import CatalogueError
from smaclab.experiment.mutation import Beside, Mutation


def make(**given):
    usual = {"protein": "BIRC2", "name": "RING-dead", "description": "", "source": "", "sets": {"a": 0.0}}
    return Mutation(**(usual | given))


@pytest.mark.parametrize("given", [{"protein": " "}, {"name": ""}])
def test_a_mutation_needs_a_protein_and_a_name(given):
    with pytest.raises(CatalogueError, match="needs a protein and a name"):
        make(**given)


def test_a_mutation_that_changes_nothing_is_none():
    with pytest.raises(CatalogueError, match=r"BIRC2 RING-dead: sets \{\}. Name a parameter."):
        make(sets={})


@pytest.mark.parametrize("value", [math.nan, math.inf, "0", None, True])
def test_a_mutation_sets_finite_numbers(value):
    with pytest.raises(CatalogueError, match="is not a finite number"):
        make(sets={"a": value})


def test_a_mutation_may_be_known_beside_the_protein_only():
    beside = Beside(expression="added", sets={})
    assert make(sets={}, beside=beside).beside is beside


@pytest.mark.parametrize(
    ("given", "letter"),
    [
        ({"expression": " "}, "Name the parameter of its making"),
        ({"sets": {"a": math.nan}}, "not a finite number"),
    ],
)
def test_what_stands_beside_the_protein_is_made_by_a_parameter_and_sets_numbers(given, letter):
    with pytest.raises(CatalogueError, match=letter):
        Beside(**({"expression": "added", "sets": {"a": 0.0}} | given))
