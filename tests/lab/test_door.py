"""Reading what a person wrote, and showing what can be named."""

import json

import pytest

from smaclab import lab
from smaclab.errors import ExperimentError


def test_an_experiment_is_found_by_any_of_its_names(toy, bench):
    loaded = lab.load(toy.toy_file(cell_line="evsat"), catalogue=bench["catalogue"])
    assert loaded.cell_line == "EVSA-T"


def test_check_tells_all_problems_and_raises_nothing(toy, bench):
    problems = lab.check(toy.toy_file(cell_line="EVSA-X", duration="24"), catalogue=bench["catalogue"])
    assert {problem.key for problem in problems} == {"cell_line", "duration"}
    assert lab.check(toy.toy_file(), catalogue=bench["catalogue"]) == []


@pytest.mark.parametrize("kind", list(lab.KINDS))
def test_every_kind_can_be_listed_and_written_as_json(kind, bench):
    entries = lab.listing(kind, catalogue=bench["catalogue"])
    assert entries
    json.dumps(entries, allow_nan=False)


def test_an_unknown_kind_gets_a_letter(bench):
    with pytest.raises(ExperimentError, match="Did you mean 'drugs'"):
        lab.listing("drug", catalogue=bench["catalogue"])


@pytest.mark.parametrize("kind", ["Cell Lines", "cell_lines", "DRUGS"])
def test_a_kind_is_found_by_any_spelling(kind, bench):
    assert lab.listing(kind, catalogue=bench["catalogue"])


@pytest.mark.parametrize("kind", [None, ["drugs"], 5])
def test_what_is_no_kind_gets_a_letter(kind, bench):
    with pytest.raises(ExperimentError, match="unknown kind"):
        lab.listing(kind, catalogue=bench["catalogue"])
