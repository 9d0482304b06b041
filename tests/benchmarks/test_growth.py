import numpy as np
import pytest

from benchmarks.growth import EARM, MIB, OWN, Size, batch, grown, measured, sizes
from smaclab.simulate.rosenbrock import RosenbrockSolver

pytest.importorskip("llvmlite")


def test_one_thing_grows_at_a_time():
    full = sizes(quick=False)
    assert {size.cells for size in full if size.network == EARM} == {10**power for power in (2, 3, 4, 5, 6)}
    assert {size.cells for size in full if size.network == OWN} == {10**power for power in (3, 4, 5)}
    assert {size.doses for size in full} == {1, 2, 10}
    assert {size.observables for size in full} == {1, 8, 64}
    assert len(sizes(quick=True)) == 2


def test_a_batch_is_what_was_asked_for():
    cells, _ = batch(Size(20, doses=4, observables=10, times=5))
    assert cells.observe.shape[0] == len(set(cells.observables)) == 10
    changes = cells.recipes[0].changes
    assert [change.time_s for change in changes] == [0.0, 21_600.0, 43_200.0, 64_800.0]
    assert sum(float(change.amounts[0]) for change in changes) == 3000.0


def test_our_own_cells_are_those_of_the_experiment():
    cells, kernel = batch(Size(3, observables=2, times=4, network=OWN))
    assert cells.n_cells == 3
    assert cells.observe.shape == (2, len(kernel.network.species))
    assert cells.time_s.tolist() == [21_600.0, 43_200.0, 64_800.0, 86_400.0]
    assert cells.recipes[0].watches


def test_cells_die_of_the_ligand_and_of_nothing_else():
    found = measured(Size(24, observables=1, times=2))
    assert found.failed == 0
    assert found.alive < 0.5
    assert found.peak_mib > 10


def test_a_process_of_its_own_says_what_it_took_and_not_what_its_parent_holds():
    large = np.ones(64 * MIB)  # 512 MiB
    (found,) = grown([Size(8, observables=1, times=2)])
    assert found.size.cells == 8
    assert found.cpu_s > 0
    assert 10 < found.peak_mib < large.nbytes / MIB


def test_what_is_in_work_stays_within_what_is_allowed():
    """The count of cells in work does not grow with the cells that are asked for."""
    few, kernel = batch(Size(10_000))
    many, _ = batch(Size(10**7))
    solver = RosenbrockSolver(max_memory_bytes=16 * MIB)
    assert solver._largest(few, kernel, 2) == solver._largest(many, kernel, 2)
    assert np.less(solver._largest(many, kernel, 2), RosenbrockSolver()._largest(many, kernel, 2))
