"""[population] becomes a noun; what is not understood becomes a letter with its key."""

from dataclasses import replace

import pytest

from smaclab.experiment.check import check
from smaclab.experiment.load import load
from smaclab.experiment.variability import MIXING_S, Variability
from tests.experiment.conftest import make_line

BASE = {"id": "x", "cell_line": "LINE-1", "cells": 20, "duration": "24 h"}
SISTERS = {"sisters": True, "since_division": "2 h"}


@pytest.fixture
def lines(catalogue):
    return replace(catalogue, cell_lines=(make_line("LINE-1"),))


def letters(lines, population, **more):
    given = {**BASE, "population": population, **more}
    return {problem.key: problem.message for problem in check(given, lines)}


def test_a_file_without_it_is_as_ever(lines):
    assert load(BASE, lines).population is None
    assert load({**BASE, "population": {}}, lines).population == Variability()


def test_what_a_person_says(lines):
    found = load({**BASE, "population": {"correlation": 0.5, **SISTERS, "mixing_time": "20 h"}}, lines)
    assert found.population == Variability(
        correlation=0.5, sisters=True, since_division_s=7200.0, mixing_s=72_000.0
    )
    assert load({**BASE, "population": SISTERS}, lines).population.mixing_s == MIXING_S
    assert load(found, lines) == found  # as made in Python


def test_slips_are_told(lines):
    assert letters(lines, 3) == {
        "population": "3 is not a table. Write [population] and below it correlation = 0.5."
    }
    found = letters(lines, {"correlaton": 0.5})
    assert "Did you mean 'correlation'?" in found["population"]
    assert "not a number from 0 to 1" in letters(lines, {"correlation": 2})["population.correlation"]
    assert "neither true nor false" in letters(lines, {"sisters": "yes"})["population.sisters"]
    assert letters(lines, {"sisters": True}) == {
        "population.since_division": "missing. Sisters are as alike as their mothers divided lately: write "
        'since_division = "2 h"'
    }
    alone = letters(lines, {"since_division": "2 h"})
    assert "says nothing without sisters" in alone["population.since_division"]
    assert "above 0" in letters(lines, {"mixing_time": "0 h"})["population"]
    assert "sisters come in pairs" in letters(lines, SISTERS, cells=21)["cells"]


def test_a_grid_varies_it(lines):
    grid = {"population.since_division": ["0 h", "10 h"]}
    found = load({**BASE, "population": SISTERS, "grid": grid}, lines)
    assert [one.population.since_division_s for one in found.experiments] == [0.0, 36_000.0]
    wrong = letters(lines, SISTERS, grid={"population.age": ["1 h"]})
    assert "unknown key 'age'" in wrong["grid.population.age"]
