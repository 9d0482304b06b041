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


@pytest.mark.parametrize(("allowed", "rtol", "matched"), [(2.9e-5, 2.5e-5, True), (1e-12, 1e-8, False)])
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


@pytest.mark.peer
def test_both_are_measured_in_turns(monkeypatch):
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


def test_a_round_asks_the_peer_once_whatever_the_precisions():
    asked = []

    class Slow:
        def solve(self, cells):
            asked.append(len(cells))
            return Run(values=None, cpu_s=1.0 * len(asked))

    case = decay_case()
    tried = [
        measure.Choice(
            rtol=1e-4, atol=1e-4, precision=precision, case=case, matched=True, error=np.zeros(4),
            run=Run(values=None, cpu_s=1.0, steps=8),
        )
        for precision in ("f64", "f32")
    ]  # fmt: skip

    def ours(cells, rtol, atol, precision):
        assert cells.n_cells <= measure.LARGEST_CHUNK
        return Run(values=None, cpu_s=cells.n_cells / (400.0 if precision == "f64" else 800.0))

    rows, per_s = measure.timed(case, Slow(), ours, tried, 3)
    assert asked == [4, 4, 4]
    assert per_s == pytest.approx(4 / 2.0)
    assert [row.ratio for row in rows] == pytest.approx([200.0, 400.0])
    assert [(row.low, row.high) for row in rows] == [pytest.approx((100, 300)), pytest.approx((200, 600))]
    assert [row.steps for row in rows] == [2.0, 2.0]


@pytest.mark.peer
def test_quick_asks_for_fewer_precisions_and_no_slow_reference(monkeypatch):
    monkeypatch.setattr(measure, "LONG_ENOUGH_S", 0.01)
    monkeypatch.setattr(measure, "reference", None)
    found = measure.measured(decay_case(), 1, exact, quick=True, precisions=("f64",))
    assert [row.precision for row in found.rows] == ["f64", "f64"]
    assert found.agreement < 1e-8
