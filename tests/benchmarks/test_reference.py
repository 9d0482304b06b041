import numpy as np
import pytest

from benchmarks import cache, reference
from benchmarks.peer import ATOL, RTOL, Peer
from tests.benchmarks.toys import decay_case, truth


def test_an_error_is_relative_and_below_a_molecule_absolute():
    true = np.array([[[99.0], [0.0]], [[99.0], [0.0]], [[99.0], [0.0]]])
    values = true + np.array([[[1.0], [0.0]], [[0.0], [0.5]], [[np.nan], [0.0]]])
    assert reference.errors(values, true).tolist() == [0.01, 0.5, np.inf]


def test_the_reference_is_right_and_another_code_agrees(tmp_path, monkeypatch):
    monkeypatch.setattr(
        reference, "cached", lambda name, parts, make: cache.cached(name, parts, make, tmp_path)
    )
    case = decay_case()
    found = reference.reference(case)
    assert np.max(reference.errors(found, truth(case))) < 1e-9
    pytest.importorskip("roadrunner")
    peer = Peer(case)
    assert reference.cross_checked(case, found, peer) < 1e-8
    assert (peer.runner.integrator.relative_tolerance, peer.runner.integrator.absolute_tolerance) == (
        RTOL,
        ATOL,
    )
    with pytest.raises(RuntimeError, match="two references differ by"):
        reference.cross_checked(case, found * 1.001, peer)
