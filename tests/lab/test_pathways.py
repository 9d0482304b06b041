"""The map of the pathway, colored by a run."""

import math

import numpy as np
import pytest

from smaclab import lab
from smaclab.errors import ExperimentError
from smaclab.lab.pathways import COLORED_BY, fold_over
from smaclab.report.pathway_map import fold_words
from tests.lab.bench_experiments import ARMS


@pytest.fixture(scope="module")
def made():
    return lab.pathway(ARMS[1], at="2 h")


def test_each_box_has_the_fold_of_its_readout(made):
    table = made.table.set_index("box")
    assert list(table.index) == list(COLORED_BY)
    assert set(table["time"]) == {2.0}
    for box in ("cIAP1", "NIK", "p52"):
        one = table.loc[box]
        assert one["simulation"] == pytest.approx(max(one["then"], 1.0) / max(one["start"], 1.0))
    assert table.loc["cIAP1", "simulation"] < 1.0 < table.loc["NIK", "simulation"]


def test_the_picture_says_what_the_table_says(made):
    texts = [one.get_text() for one in made.figure().axes[0].texts]
    for fold in made.table["simulation"]:
        if not math.isnan(fold):
            assert fold_words(fold) in texts
    assert "EVSA-T, SM-164 100 nM, 2 h: how many times as much as at the start" in texts
    assert "model map, colors SIMULATED" in texts


def test_equal_maps_are_equal_bytes(made, tmp_path):
    again = lab.pathway(ARMS[1], at=2)
    for name in ("map.svg", "map.png"):
        one, other = (each.save(tmp_path / f"{n}{name}") for n, each in enumerate((made, again)))
        assert one.read_bytes() == other.read_bytes()


def test_one_map_is_of_one_experiment_and_time():
    with pytest.raises(ExperimentError, match="3 experiments, and one map: give experiment=, one of vehicle"):
        lab.pathway(list(ARMS))
    with pytest.raises(ExperimentError, match="Did you mean 'mimetic'"):
        lab.pathway(list(ARMS), experiment="mimetik")
    with pytest.raises(ExperimentError, match="one map shows one time"):
        lab.pathway(ARMS[1], at=[1, 2])
    with pytest.raises(ExperimentError, match="no sample at 48 h"):
        lab.pathway(ARMS[1], at=48)
    assert set(lab.assay("pathway", list(ARMS), of="both", at=1).table["experimentId"]) == {"both"}


@pytest.mark.parametrize(
    ("start", "then", "unit", "fold"),
    [
        (10.0, 30.0, "copies", 3.0),
        (0.0, 50.0, "copies", 50.0),
        (0.0, 0.2, "copies", 1.0),
        (0.0, 5.0, "pg/ml", math.inf),
        (0.0, 0.0, "pg/ml", math.nan),
        (math.nan, 1.0, "copies", math.nan),
    ],
)
def test_a_fold_of_nothing(start, then, unit, fold):
    np.testing.assert_equal(fold_over(start, then, unit), fold)
