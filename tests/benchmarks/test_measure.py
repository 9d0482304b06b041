import numpy as np
import pytest

from benchmarks import measure
from benchmarks.peer import Run
from tests.benchmarks.toys import decay_case, truth


def exact(case, rtol, floor, precision):
    """A solver that is off by its tolerance, takes a millisecond a cell, and knows f64 only."""
    if precision != "f64":
        raise NotImplementedError(precision)
    return Run(values=truth(case) * (1 + rtol), cpu_s=1e-3 * case.n_cells, codegen_s=0.25)


@pytest.mark.parametrize(("allowed", "rtol", "matched"), [(3e-5, 2e-5, True), (1e-12, 1e-8, False)])
def test_the_fastest_setting_that_is_accurate_enough_counts(allowed, rtol, matched):
    case = decay_case()
    found = measure.chosen(case, truth(case), exact, "f64", np.full(4, allowed))
    assert (found.rtol, found.matched) == (rtol, matched)


def test_a_precision_that_is_not_there_has_no_row():
    assert measure.chosen(decay_case(), truth(decay_case()), exact, "f32", np.ones(4)) is None


def test_a_failed_cell_counts():
    assert measure.summary(np.array([1e-3, np.inf])) == {
        "error_median": np.inf, "error_p95": np.inf, "failed": 1,
    }  # fmt: skip


def test_both_are_measured_in_turns(monkeypatch):
    pytest.importorskip("roadrunner")
    monkeypatch.setattr(measure, "reference", truth)
    monkeypatch.setattr(measure, "LONG_ENOUGH_S", 0.01)
    found = measure.measured(decay_case(), 2, exact)
    peer, us = found.rows
    assert peer.solver.startswith("libRoadRunner")
    assert us.per_s == pytest.approx(1000.0)
    assert us.low <= us.ratio <= us.high
    assert us.codegen_s == 0.25
    assert found.row("f64") is us
    assert found.row("f32") is None
