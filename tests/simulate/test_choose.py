import sys

import pytest

from smaclab.errors import SimulationError
from smaclab.simulate.choose import default_solver, memory_bytes, sharing_rests, solver_named
from smaclab.simulate.rests import Rests
from smaclab.simulate.rosenbrock import RosenbrockSolver
from smaclab.simulate.scipy_solver import SciPySolver


def test_the_compiled_solver_is_the_default_and_scipys_stays_selectable():
    assert default_solver() == RosenbrockSolver() == solver_named() == solver_named("compiled")
    assert solver_named("scipy") == SciPySolver()


def test_settings_reach_the_compiled_solver():
    solver = solver_named(precision="screening", max_memory="2 GiB")
    assert isinstance(solver, RosenbrockSolver)
    assert (solver.precision, solver.max_memory_bytes) == ("screening", 2 * 2**30)


@pytest.mark.parametrize(
    ("text", "size"), [("500MB", 500_000_000), ("2 GiB", 2**31), ("1e6", 1_000_000), ("1.5 kib", 1536)]
)
def test_memory_is_written_as_people_write_it(text, size):
    assert memory_bytes(text) == size


@pytest.mark.parametrize("text", ["", "lots", "0", "-1 GB", "3 parsecs", "1..2 GB", "nan", "9e99 GB"])
def test_what_is_no_amount_of_memory_is_refused(text):
    with pytest.raises(SimulationError, match="max-memory"):
        memory_bytes(text)


@pytest.mark.parametrize(
    ("name", "settings", "word"),
    [
        ("cvode", {}, "cvode"),
        (None, {"precision": "half"}, "half"),
        ("scipy", {"precision": "screening"}, "precision"),
        ("scipy", {"max_memory": "1 GB"}, "max-memory"),
    ],
)
def test_what_does_not_exist_is_refused_by_name(name, settings, word):
    with pytest.raises(SimulationError, match=word):
        solver_named(name, **settings)


def test_without_llvmlite_scipys_solver_serves_and_the_other_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "smaclab.simulate.rosenbrock", None)
    assert default_solver() == SciPySolver()
    with pytest.raises(SimulationError, match="pip install llvmlite"):
        solver_named("compiled")


def test_rests_are_shared_by_a_solver_that_can_and_never_taken_from_another():
    shared = sharing_rests(rtol=1e-3)
    assert shared == RosenbrockSolver(rtol=1e-3)
    assert shared.rests is not None
    assert sharing_rests().rests is not shared.rests
    own = RosenbrockSolver(rests=Rests())
    assert sharing_rests(own).rests is own.rests
    assert sharing_rests(SciPySolver(), rtol=1e-3) == SciPySolver(rtol=1e-3)
