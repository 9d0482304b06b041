import numpy as np
import pytest

from benchmarks import cache, reference
from benchmarks.peer import ATOL, RTOL, Peer, Run
from tests.benchmarks.toys import decay_case, truth


def test_an_error_is_relative_and_below_a_molecule_absolute():
    true = np.array([[[99.0], [0.0]], [[99.0], [0.0]], [[99.0], [0.0]]])
    values = true + np.array([[[1.0], [0.0]], [[0.0], [0.5]], [[np.nan], [0.0]]])
    assert reference.errors(values, true).tolist() == [0.01, 0.5, np.inf]


@pytest.fixture
def found(tmp_path, monkeypatch):
    monkeypatch.setattr(
        reference, "cached", lambda name, parts, make: cache.cached(name, parts, make, tmp_path)
    )
    monkeypatch.setattr(reference, "usable_cores", lambda: 1)  # more start processes, which take seconds
    return reference.reference(decay_case())


def test_the_reference_is_right(found):
    assert np.max(reference.errors(found, truth(decay_case()))) < 1e-9


@pytest.mark.slow
def test_shares_give_the_same_bits_as_one_process():
    case = decay_case()
    assert case.n_cells >= 3
    assert np.array_equal(reference.solved(case, 2), reference.solved(case, 1))


@pytest.mark.peer
def test_another_code_agrees_and_would_be_heard_if_not(found):
    case = decay_case()
    peer = Peer(case)
    assert reference.cross_checked(case, found, peer) < 1e-8
    integrator = peer.runner.integrator
    assert (integrator.relative_tolerance, integrator.absolute_tolerance) == (RTOL, ATOL)
    with pytest.raises(RuntimeError, match="two references differ by"):
        reference.cross_checked(case, found * 1.001, peer)


@pytest.mark.peer
def test_the_quick_reference_is_the_peers_and_has_a_judge(monkeypatch):
    case = decay_case()
    peer = Peer(case)
    found, agreement = reference.quick_reference(case, peer)
    assert np.max(reference.errors(found, truth(case))) < 1e-8
    assert agreement < 1e-8
    integrator = peer.runner.integrator
    assert (integrator.relative_tolerance, integrator.absolute_tolerance) == (RTOL, ATOL)
    monkeypatch.setattr(reference, "solved", lambda few, _workers: 1.001 * truth(few))
    with pytest.raises(RuntimeError, match="two references differ by"):
        reference.quick_reference(case, peer)
    monkeypatch.setattr(peer, "solve", lambda cells: Run(values=np.full((4, 2, 1), np.nan), cpu_s=1.0))
    with pytest.raises(RuntimeError, match="fails at 1e-12"):
        reference.quick_reference(case, peer)
