"""What one parameter set is simulated for, whole and in part."""

import numpy as np
import pytest

from smaclab.infer.looks import Looks, Unit
from smaclab.lab import own_catalogue
from smaclab.lab.estimates import estimates
from smaclab.lab.measurements import own_measurements
from smaclab.lab.one_set import Findings, OneSet

JUDGED = []


def judge(catalogue, solver, only=("C01-1", "C02-1")):
    JUDGED.append(tuple(only))
    return np.array([{"C01-1": 1.0, "C02-1": -1.0}[one] for one in only])


@pytest.fixture
def one_set():
    JUDGED.clear()
    known = own_catalogue()
    measured = [one for one in own_measurements() if one.evidence.id in ("rest_XIAP", "rest_RIP1")]
    units = tuple(Unit(evidence=frozenset({name}), cost=24.0) for name in ("C01-1", "C02-1"))
    findings = Findings(ids=("C01-1", "C02-1"), judge=judge, cells=48, about="two", units=units)
    experiments = [one.experiment(known) for one in measured]
    return OneSet(known=known, measured=measured, experiments=experiments, findings=findings)


VALUES = {one.name: one.shipped or one.median for one in estimates(own_catalogue())}
MEASURED = frozenset({"rest_XIAP", "rest_RIP1"})
ALL = MEASURED | {"C01-1", "C02-1"}


def looks(floors, groups=(MEASURED, frozenset({"C02-1"}), frozenset({"C01-1"})), fitted=ALL):
    return Looks(groups=groups, fitted=fitted, floors=np.array([floors]))


def test_all_of_it(one_set):
    row = one_set((VALUES, None))
    assert np.isfinite(row).all()
    assert list(row[2:]) == [1.0, -1.0]
    assert [one.id for one in one_set.evidence] == [
        *(one.evidence.id for one in one_set.measured),
        "C01-1",
        "C02-1",
    ]
    assert [one.cost for one in one_set.units] == [pytest.approx(4.8), 24.0, 24.0]
    assert frozenset().union(*(one.evidence for one in one_set.units)) == ALL


def test_looks_end_where_a_group_is_too_unlikely(one_set):
    whole = one_set((VALUES, None))
    JUDGED.clear()
    np.testing.assert_array_equal(one_set((VALUES, looks([-9e9, -9e9, -np.inf]))), whole)
    assert JUDGED == [("C02-1",), ("C01-1",)]
    JUDGED.clear()
    refused = one_set((VALUES, looks([-9e9, -0.1, -np.inf])))
    assert JUDGED == [("C02-1",)]
    np.testing.assert_array_equal(refused, [*whole[:2], np.nan, -1.0])
    JUDGED.clear()
    np.testing.assert_array_equal(
        one_set((VALUES, looks([1.0, -9e9, -np.inf]))), [*whole[:2], np.nan, np.nan]
    )
    assert not JUDGED


def test_what_is_not_fitted_refuses_nothing(one_set):
    row = one_set((VALUES, looks([-9e9, -0.1, -np.inf], fitted=ALL - {"C02-1"})))
    assert np.isfinite(row).all()
