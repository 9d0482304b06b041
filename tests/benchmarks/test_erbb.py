"""The case of 500 species, on a file of three that has what the published one has."""

import os
from pathlib import Path

import numpy as np
import pytest

from benchmarks import erbb
from benchmarks.domain import file_of
from benchmarks.erbb import NUMBER, erbb_case, folded
from benchmarks.peer import Peer
from benchmarks.reference import solved
from smaclab.network.expression import parse, to_text
from tests.benchmarks.toys import decay_case
from tests.network.sbml.written import assignment, compartment, document, parameter, reaction, species

pytest.importorskip("libsbml")
SWITCH = "piecewise(0, model_time < 1800, piecewise(1e-4, model_time > 1800.01, 0.5e-4))"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A file with a clock that switches a rate on, and a sum that is a rule."""
    text = document(
        Compartments=[compartment()],
        Species=[species("c59", 'initialAmount="1000"'), species("c57", 'initialAmount="0"')],
        Parameters=[parameter("k", None, "false"), parameter("model_time", None, "false"),
                    parameter("both", None, "false")],
        Rules=[assignment("model_time", "time"), assignment("k", SWITCH), assignment("both", "c59 + c57")],
        Reactions=[reaction("r", {"c59": 1}, {"c57": 1}, "k * c59")],
    )  # fmt: skip
    file_of(tmp_path, NUMBER).write_bytes(text)
    monkeypatch.setattr(erbb, "OBSERVED", {"c59": "ERK_PP", "c57": "ERK_P"})
    return tmp_path


@pytest.mark.slow
def test_other_processes_make_the_case_again(folder):
    case = erbb_case(folder, 2)
    assert np.array_equal(solved(case, 2), solved(case, 1))


def test_the_clock_is_late_and_cells_differ(folder):
    case = erbb_case(folder, 3)
    assert not case.network.functions or all(
        one.rate not in case.network.rate_functions for one in case.network.reactions
    )
    assert len(case.network.species) == 2
    assert len(set(case.counts[:, 0])) == 3
    assert np.all(case.counts[:, 1] == 0.0)
    np.testing.assert_array_equal(case.first(2).counts, erbb_case(folder, 2).counts)


@pytest.mark.peer
def test_the_peer_solves_the_same(folder):
    case = erbb_case(folder, 2)
    found = Peer(case, rtol=1e-10, atol=1e-10).solve(range(2)).values
    expected = case.counts[:, :1] * np.exp(-1e-4 * case.time_s)
    assert found[:, :, 0] == pytest.approx(expected, rel=1e-6, abs=1e-6)
    assert found[:, :, 1] == pytest.approx(case.counts[:, :1] - expected, rel=1e-6, abs=1e-6)


def test_what_hangs_on_nothing_is_computed():
    assert to_text(folded(parse("k * (2 + 3) + where(less(1, 2), a, b)"))) == "k * 5 + a"
    assert to_text(folded(parse("where(less(2, 1), a, exp(0))"))) == "1"


def test_any_other_case_gives_the_peer_all_its_values():
    case = decay_case(2)
    assert case.set_values == ("A_0", "k", "half")
    assert set(case.set_values) <= set(case.called)


@pytest.mark.slow
@pytest.mark.skipif("BIOMODELS" not in os.environ, reason="needs a folder of BioModels' files, by BIOMODELS")
def test_the_published_model_is_mass_action():
    case = erbb_case(Path(os.environ["BIOMODELS"]), 1)
    assert len(case.network.species) == 500
    assert not {one.rate for one in case.network.reactions} & case.network.rate_functions.keys()
