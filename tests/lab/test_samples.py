import numpy as np
import pytest

from smaclab import lab
from smaclab.errors import ExperimentError
from smaclab.lab.samples import take
from tests.lab.bench_experiments import ARMS, experiment


@pytest.fixture(scope="module")
def taken():
    return take(list(ARMS), ["viability", "cIAP1"], at="0, 30 min, 8", how={})


def test_a_sample_for_each_experiment_and_time(taken):
    assert [(one.experiment, one.time_h) for one in taken.samples] == [
        (arm.id, time) for arm in ARMS for time in (0.0, 0.5, 8.0)
    ]
    assert taken.known().all()


def test_samples_are_what_a_run_reads_at_that_time(taken):
    """An independent way to the same number: the readouts table of a plain run."""
    result = lab.run_many([experiment("mimetic", [("SM-164", 100.0)], readouts=("cIAP1",))])
    at_8 = result.readouts.query("time == 8")["simulation"].to_numpy()
    place = [(one.experiment, one.time_h) for one in taken.samples].index(("mimetic", 8.0))
    np.testing.assert_allclose(taken.cells("cIAP1")[place], at_8, rtol=1e-6)  # the solver's tolerance
    assert taken.mean("BIRC2")[place] == pytest.approx(at_8.mean(), rel=1e-6)


def test_a_failed_cell_is_left_out_of_the_mean_and_all_failed_is_unknown(taken):
    values = taken.looks.values["vehicle", "cIAP1"]
    kept = values.copy()
    try:
        values[0] = np.nan
        assert taken.mean("cIAP1")[0] == pytest.approx(kept[1:, 0].mean())
        values[:] = np.nan
        assert np.isnan(taken.mean("cIAP1")[0])
    finally:
        values[:] = kept


@pytest.mark.parametrize("at", [8, 8.0, "8", "8 h", "480 min", [8], ["8 h"]])
def test_a_time_can_be_written_in_many_ways(at):
    assert [one.time_h for one in take([ARMS[0]], ["viability"], at=at, how={}).samples] == [8.0]


def test_without_a_time_it_is_the_end():
    assert [one.time_h for one in take(ARMS[0], ["viability"], at=None, how={}).samples] == [24.0]


def test_what_came_out_of_a_run_can_be_sampled_too():
    result = lab.run_many(ARMS[:1])
    assert take(result, ["cIAP2"], at=0, how={}).samples[0].experiment == "vehicle"


@pytest.mark.parametrize(
    ("what", "readout", "at", "letter"),
    [
        (ARMS[0], "viability", 25, "no sample at 25 h. It runs from 0 to 24 h"),
        (ARMS[0], "viability", -1, "no sample at -1 h"),
        (ARMS[0], "viability", "soon", "'soon' is not a time"),
        (ARMS[0], "viability", [], "name at least one time"),
        (ARMS[0], "viabilty", 1, "unknown readout 'viabilty'. Did you mean 'viability'?"),
        ([], "viability", 1, "give experiments, at least one"),
        ([5], "viability", 1, "give experiments, at least one"),
    ],
)
def test_what_cannot_be_sampled_gets_a_letter(what, readout, at, letter):
    with pytest.raises(ExperimentError, match=letter):
        take(what, [readout], at=at, how={})
