import numpy as np
import pytest

import smaclab
from smaclab.errors import SbmlError, SimulationError
from smaclab.lab.sbml import read_dose, read_setting
from tests.network.sbml.written import compartment, document, parameter, reaction, species


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
        ({"end": float("nan")}, "finite"),
        ({"end": -1.0}, "not before the start"),
        ({"end": 1.0, "select": ["a"]}, "Did you mean 'A'"),
    ],
)
def test_what_cannot_be_done_gets_a_letter(file, asked, letter):
    with pytest.raises(SimulationError, match=letter):
        smaclab.simulate_sbml(file, **asked)


def test_a_file_that_is_not_there_gets_a_letter(tmp_path):
    with pytest.raises(SbmlError, match=r"none\.xml: cannot be read"):
        smaclab.simulate_sbml(tmp_path / "none.xml", end=1.0)


def test_settings_and_doses_are_read_from_text():
    assert read_setting("k=2e-3") == ("k", 0.002)
    assert read_dose("A=5@1.5") == ("A", 5.0, 1.5)
    for text in ("k", "k=", "k=much", "k=inf"):
        with pytest.raises(SimulationError, match="ID=VALUE"):
            read_setting(text)
    with pytest.raises(SimulationError, match="ID=AMOUNT@TIME"):
        read_dose("A=5")
