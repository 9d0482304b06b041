import numpy as np
import pytest

from benchmarks.growth import MIB, Size, batch, grown, measured, sizes
from smaclab.simulate.rosenbrock import RosenbrockSolver

pytest.importorskip("llvmlite")


def test_one_thing_grows_at_a_time():
    full = sizes(quick=False)
    assert {size.cells for size in full} == {10**power for power in (2, 3, 4, 5, 6)}
    assert {size.doses for size in full} == {1, 2, 10}
    assert {size.observables for size in full} == {1, 8, 64}
    assert len(sizes(quick=True)) == 2


def test_a_batch_is_what_was_asked_for():
    cells, _ = batch(Size(20, doses=4, observables=10, times=5))
    assert cells.observe.shape[0] == len(set(cells.observables)) == 10
    changes = cells.recipes[0].changes
    assert [change.time_s for change in changes] == [0.0, 21_600.0, 43_200.0, 64_800.0]
    assert sum(float(change.amounts[0]) for change in changes) == 3000.0


def test_cells_die_of_the_ligand_and_of_nothing_else():
    found = measured(Size(24, observables=1, times=2))
    assert found.failed == 0
    assert found.alive < 0.5
    assert found.peak_mib > 10


def test_a_process_of_its_own_says_what_it_took():
    (found,) = grown([Size(8, observables=1, times=2)])
    assert found.size.cells == 8
    assert found.cpu_s > 0
    assert 10 < found.peak_mib < 2048


def test_the_peak_is_not_that_of_who_started_the_process():
    large = np.ones(64 * MIB)  # 512 MiB
    (found,) = grown([Size(8, observables=1, times=2)])
    assert found.peak_mib < large.nbytes / MIB


def test_what_is_in_work_stays_within_what_is_allowed():
    """The count of cells in work does not grow with the cells that are asked for."""
    few, kernel = batch(Size(10_000))
    many, _ = batch(Size(10**7))
    solver = RosenbrockSolver(max_memory_bytes=16 * MIB)
    assert solver._largest(few, kernel, 2) == solver._largest(many, kernel, 2)
    assert np.less(solver._largest(many, kernel, 2), RosenbrockSolver()._largest(many, kernel, 2))
