import numpy as np
import pytest

from smaclab.simulate.audit import SAMPLE, audited, compare, summary
from smaclab.simulate.lanes import Ends
from smaclab.simulate.plan import plan
from smaclab.simulate.rosenbrock import RosenbrockSolver
from smaclab.simulate.run import simulate


def ends(counts, death_s, kind=None, status=None):
    n = len(death_s)
    return Ends(
        counts=np.array(counts, dtype=float).reshape(n, 1, 1),
        final=np.zeros((n, 1)),
        status=np.zeros(n, dtype=int) if status is None else np.array(status),
        death_s=np.array(death_s, dtype=float),
        death_kind=np.where(np.isfinite(death_s), 0, -1) if kind is None else np.array(kind),
        steps=np.zeros(n),
        rejected=np.zeros(n),
        vector_steps=0,
        step_s=np.zeros(n),
    )


def test_the_sample_is_spread_over_the_population_and_does_not_depend_on_the_chunk():
    whole = audited(range(1000), 1000)
    assert len(whole) <= SAMPLE
    parts = [range(first, first + 250)[place] for first in (0, 250, 500, 750)
             for place in audited(range(first, first + 250), 1000)]  # fmt: skip
    assert parts == whole.tolist()
    assert audited(range(5), 5).tolist() == [0, 1, 2, 3, 4]


def test_differences_are_relative_with_a_molecule_as_the_least_denominator():
    found = summary([compare(ends([0.5, 101.0], [np.inf, np.inf]), ends([0.0, 99.0], [np.inf, np.inf]))])
    assert found["cells"] == 2
    assert found["other_fate"] == 0
    assert found["counts_max"] == pytest.approx(0.5)  # 0.5 / (0 + 1)


def test_another_fate_is_counted_and_its_counts_are_left_out():
    single = ends([1.0, 5.0, 7.0], [10.0, np.inf, 30.0])
    double = ends([1.0, 9.0, 7.0], [13.0, 20.0, 30.0])
    found = summary([compare(single, double)])
    assert found["other_fate"] == 1
    assert found["counts_max"] == 0.0
    assert found["death_max_s"] == 3.0
    assert summary([]) == {
        "cells": 0, "other_fate": 0, "counts_p95": 0.0, "counts_max": 0.0, "death_max_s": 0.0
    }  # fmt: skip


def test_screening_reports_what_it_measured_and_stays_close(toy):
    """A single holds seven digits, and a run adds up a few hundred roundings: 1e-3 is ample."""
    batch = plan([toy.experiment(cells=40, doses=(toy.dose(1.0),))], toy.catalogue(sigma=0.4), toy.network)
    screened = simulate(batch, toy.kernel, solver=RosenbrockSolver(precision="screening"))
    exact = simulate(batch, toy.kernel)
    assert screened.algorithm["audit"]["cells"] == 20
    assert screened.algorithm["audit"]["counts_max"] < 1e-3
    assert "audit" not in exact.algorithm
    gap = np.abs(screened.counts - exact.counts) / (exact.counts + 1.0)
    assert 0.0 < np.nanmax(gap) < 1e-2
