import time

import numpy as np
import pytest

import smaclab
from smaclab.errors import SbmlError, SimulationError, SolveError
from smaclab.lab.sbml import read_dose, read_settings
from smaclab.network.sbml.build import build
from smaclab.network.sbml.extract import extract
from smaclab.network.sbml.limit import ANSWER_S
from tests.network.sbml.written import compartment, document, growing, parameter, rate, reaction, species


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "decay.xml"
    path.write_bytes(
        document(
            Compartments=[compartment()],
            Species=[species("A", 'initialAmount="8"')],
            Parameters=[parameter("k", 0.5)],
            Reactions=[reaction("r", {"A": 1}, {}, "k * A")],
        )
    )
    return path


@pytest.mark.slow
def test_an_answer_comes_within_ten_seconds(tmp_path):
    # Compiling 2 ** 16 operations takes minutes; of 2 ** 15 a quiet machine once was done within the time.
    path = tmp_path / "grown.xml"
    path.write_bytes(growing(16))
    start = time.perf_counter()
    with pytest.raises(
        SolveError, match=r"grown\.xml: (not done after .* s\. Allow more|a value became inf)"
    ):
        smaclab.simulate_sbml(path, end=1.0)
    assert time.perf_counter() - start < 15.0


def test_solving_gets_what_reading_left(file, monkeypatch):
    given = []

    def followed(model, moments, **settings):
        given.append(settings["seconds"])
        raise SolveError("seen")

    monkeypatch.setattr("smaclab.lab.sbml.simulate_model", followed)
    for more in ({}, {"seconds": 77.0}):
        with pytest.raises(SolveError, match="seen"):
            smaclab.simulate_sbml(file, end=1.0, **more)
    assert 0.5 <= given[0] < ANSWER_S
    assert given[1] == 77.0


def test_a_file_becomes_a_table(file):
    table = smaclab.simulate_sbml(file, end=4.0, points=5, set={"k": 1.0}, doses=[("A", 2.0, 1.0)]).table
    assert list(table.columns) == ["time", "cell", "k", "A", "r"]
    time = np.arange(5.0)
    expected = 8 * np.exp(-time) + np.where(time >= 1, 2 * np.exp(1 - time), 0.0)
    assert table["A"].to_numpy() == pytest.approx(expected, rel=1e-6)


def test_only_what_is_selected_is_shown(file):
    assert list(smaclab.simulate_sbml(file, end=1.0, select=["A"]).table.columns) == ["time", "A"]


@pytest.mark.parametrize(
    ("asked", "letter"),
    [
        ({"end": 1.0, "points": 1}, "points: 1"),
        ({"end": 1.0, "points": 2.5}, "points: 2.5"),
        ({"end": float("nan")}, "end: nan. Give a finite number"),
        ({"end": "soon"}, "end: 'soon'. Give a finite number"),
        ({"end": -1.0}, "not before the start"),
        ({"select": ["a"]}, r"decay\.xml: select: unknown id 'a'. Did you mean 'A'"),
        ({"set": {"kk": 1.0}}, r"decay\.xml: set kk: unknown id 'kk'. Did you mean 'k'"),
        ({"set": {"r": 1.0}}, r"decay\.xml: set r: this reaction is computed by a formula. Set what"),
        ({"set": {"k": "fast"}}, "set k: 'fast'. Give a finite number"),
        ({"doses": [("a", 1.0, 0.5)]}, r"decay\.xml: dose of a: unknown id 'a'. Did you mean 'A'"),
        ({"doses": [("k", 1.0, 0.5)]}, r"decay\.xml: dose of k: it is a parameter. Only a species"),
        ({"doses": [("A", 1.0, 7.0)]}, r"decay\.xml: dose of A at 7: the run lasts from 0 to 1"),
        ({"doses": [("A", -9.0, 0.5)]}, r"decay\.xml: dose of A: an amount of -9 cannot be added"),
        ({"doses": [("A", 1.0)]}, r"dose \('A', 1.0\): give \(species, amount, time\)"),
        ({"doses": [("A", None, 0.5)]}, "dose of A: None. Give a finite number"),
        ({"relative": 0.0}, r"decay\.xml: relative tolerance: 0. Give a number between 0 and 1"),
        ({"absolute": -1.0}, r"decay\.xml: absolute tolerance: -1. Give a number above 0"),
        ({"seconds": 0.0}, r"decay\.xml: seconds: 0. Give a number above 0"),
        ({"rtol": 1e-3}, "unknown setting 'rtol'. Known: absolute, relative"),
    ],
)
def test_what_cannot_be_done_gets_a_letter(file, reading, asked, letter):
    with pytest.raises(SimulationError, match=letter):
        smaclab.simulate_sbml(file, **{"end": 1.0, **asked})


@pytest.fixture
def reading(file, monkeypatch):
    """The file read once for all letters, here: a process for each would take most of the time."""
    monkeypatch.setattr("smaclab.lab.sbml.read_sbml", lambda path: build(extract(path.read_bytes())["model"]))


def test_a_failed_solve_names_the_file(tmp_path):
    path = tmp_path / "explodes.xml"
    path.write_bytes(document(Parameters=[parameter("x", 1, "false")], Rules=[rate("x", "x^2")]))
    with pytest.raises(SolveError, match=r"explodes\.xml: "):
        smaclab.simulate_sbml(path, end=4.0)


def test_a_file_that_is_not_there_gets_a_letter(tmp_path):
    with pytest.raises(SbmlError, match=r"none\.xml: cannot be read"):
        smaclab.simulate_sbml(tmp_path / "none.xml", end=1.0)


def test_settings_and_doses_are_read_from_text():
    assert read_settings(["k=2e-3", " n = 4"]) == {"k": 0.002, "n": 4.0}
    assert read_dose("A=5@1.5") == ("A", 5.0, 1.5)
    for text in ("k", "k=", "k=much", "k=inf"):
        with pytest.raises(SimulationError, match=f"set '{text}' does not read as ID=VALUE"):
            read_settings([text])
    with pytest.raises(SimulationError, match="set k: given twice"):
        read_settings(["k=1", "k=2"])
    with pytest.raises(SimulationError, match="dose 'A=5' does not read as ID=AMOUNT@TIME"):
        read_dose("A=5")
