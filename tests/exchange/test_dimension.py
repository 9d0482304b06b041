from fractions import Fraction

import pytest

from smaclab.exchange.dimension import NONE, Dimensions, dimension_of, unit_text
from smaclab.lab import own_network
from smaclab.network.expression import parse


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("1/(nM s)", "1/(nM s)"),
        ("copies/s", "molecules/s"),
        ("1", "dimensionless"),
        ("pg/ml", "pg/ml"),
        ("molecules^0.5", "molecules^0.5"),
        ("nM nM", "nM^2"),
    ],
)
def test_a_unit_is_read_and_written(text, again):
    assert unit_text(dimension_of(text)) == again
    assert dimension_of(again) == dimension_of(text)


@pytest.mark.parametrize("text", ["furlongs", "1/(nM parsec)", "s^x"])
def test_what_is_not_a_unit_here_is_none(text):
    assert dimension_of(text) is None


def test_every_unit_of_the_own_network_is_understood():
    assert [one.unit for one in own_network().parameters if dimension_of(one.unit) is None] == []


def model(*declared):
    found = Dimensions()
    for name, unit in declared:
        found.declare(name, None if unit is None else dimension_of(unit))
    return found


def texts(found, owner):
    return [unit_text(one) for one in found.literals(owner)]


def test_the_number_that_turns_a_rate_constant_into_molecules_gets_its_unit():
    found = model(("k", "1/(nM s)"), ("V", "pL"), ("in_cell", None), ("A", "molecules"))
    found.formula("in_cell", parse("0.00166 * k / V"), "in_cell")
    found.formula("speed", parse("in_cell * A * A"), dimension_of("molecules/s"))
    assert texts(found, "in_cell") == ["nM pL/molecules"]
    assert unit_text(found.of("in_cell")) == "1/(molecules s)"
    assert found.conflicts == []


@pytest.mark.parametrize(
    ("formula", "result", "literals"),
    [
        ("max(A, 3)", "molecules", ["molecules"]),
        ("2 * A", "molecules", ["dimensionless"]),
        ("A**2 / (A**2 + 5)", "dimensionless", ["dimensionless", "dimensionless", "molecules^2"]),
        ("exp(A / 7)", "dimensionless", ["molecules"]),
        ("where(less(A, 1), t, 4)", "s", ["molecules", "s"]),
        ("sqrt(A * 2) / t", "molecules^0.5/s", ["dimensionless"]),
        ("log(2) / t", "1/s", ["dimensionless"]),
    ],
)
def test_what_a_formula_says_of_its_numbers(formula, result, literals):
    found = model(("A", "molecules"), ("t", "s"), ("f", None))
    found.formula("f", parse(formula), dimension_of(result))
    assert texts(found, "f") == literals
    assert found.conflicts == []


def test_two_sides_that_differ_are_named():
    found = model(("A", "molecules"), ("t", "s"))
    found.formula("wrong", parse("A + t"))
    assert found.conflicts == ["wrong: two sides differ by molecules/s"]


def test_the_exponent_is_a_pure_number():
    found = model(("A", "molecules"), ("n", None))
    found.formula("hill", parse("A**n"))
    assert found.of("n") == NONE
    assert found.conflicts == ["hill: two sides differ by molecules"]


def test_a_pinned_number_is_pure():
    found = model(("k", None), ("A", "molecules"))
    found.formula("speed", parse("2 * k * A"), dimension_of("molecules/s"))
    found.pure("speed", 0)
    assert found.of("k") == {"s": Fraction(-1)}
