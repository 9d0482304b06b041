import numpy as np
import pytest

from smaclab import lab
from smaclab.errors import ExperimentError, SimulationError
from smaclab.lab import line_types
from smaclab.lab.ensembles import catalogues
from smaclab.lab.line_types import LineType, LineTypes, type_of, types_of
from tests.lab.small_ensemble import SETS


@pytest.mark.parametrize(
    ("alive", "type_"),
    [
        ((0.1, 1.0, 0.1), "I"),
        ((0.9, 1.0, 0.1), "II"),
        ((0.9, 1.0, 0.9), "III"),
        ((0.9, 0.2, 0.1), "dies of TNF"),
        ((0.9, 1.0, float("nan")), "not known"),
        ((float("nan"), 1.0, 0.1), "not known"),
    ],
)
def test_a_type_is_what_the_cells_do(alive, type_):
    assert type_of(alive) == type_


def test_the_paper_s_lines_have_the_paper_s_types():
    found = types_of(["evsa-t", "HCT 116", "BJ"], cells=12)
    assert [(one.line, one.type) for one in found.lines] == [
        ("EVSA-T", "I"),
        ("HCT 116", "II"),
        ("BJ", "III"),
    ]
    assert found.sets == 0
    assert found.table().header[-1] == "type"
    assert found.lines[0].shares == {}


def test_parameter_sets_have_their_share():
    known = lab.own_catalogue()
    told = []
    found = types_of(
        ["HCT 116"], sets=catalogues(SETS, 3, known), cells=6, catalogue=known, progress=told.append
    )
    (one,) = found.lines
    assert told == [1, 2, 3]
    assert one.over_sets.shape == (3, 3)
    assert sum(one.shares.values()) == pytest.approx(1.0)
    # The set with the package's own XIAP is among them, and is of the type of the own numbers.
    assert one.shares[one.type] >= 1 / 3


def test_a_set_that_cannot_be_solved_is_neither_type():
    over = np.array([[1.0, 1.0, 0.0], [1.0, 1.0, np.nan], [0.0, 1.0, 0.0], [0.0, 1.0, 0.0]])
    one = LineType(line="a", alive=(1.0, 1.0, 0.0), over_sets=over)
    assert one.shares == {"I": 0.5, "II": 0.25, "III": 0.0, "dies of TNF": 0.0, "not known": 0.25}
    table = LineTypes(lines=(one,), sets=4, cells=24).table()
    assert table.header[-1] == "not known"
    assert table.rows[0][-5:] == ("50 %", "25 %", "0 %", "0 %", "25 %")


def test_a_set_under_which_a_line_cannot_rest_has_no_type(monkeypatch):
    real = line_types.share_alive
    known = lab.own_catalogue()

    def fails_in_sets(experiments, catalogue, workers):
        if catalogue is not known:
            raise SimulationError("no steady state")
        return real(experiments, catalogue, workers)

    monkeypatch.setattr(line_types, "share_alive", fails_in_sets)
    (one,) = types_of(["EVSA-T"], sets=catalogues(SETS, 2, known), cells=4, catalogue=known).lines
    assert one.type == "I"
    assert one.shares["not known"] == 1.0


def test_a_line_that_is_not_known_gets_a_letter():
    with pytest.raises(ExperimentError, match="unknown cell line 'HTC 116'"):
        types_of(["HTC 116"])
