import numpy as np
import pytest

from benchmarks.peer import Peer
from benchmarks.reference import errors
from tests.benchmarks.toys import decay_case, truth


@pytest.mark.peer
def test_the_peer_solves_the_cells_it_is_asked_for():
    case = decay_case()
    peer = Peer(case, 1e-9, 1e-9)
    run = peer.solve(range(4))
    assert np.max(errors(run.values, truth(case))) < 1e-6
    assert run.cpu_s > 0
    np.testing.assert_allclose(peer.solve(range(2, 4)).values, run.values[2:], rtol=1e-9)
