from dataclasses import dataclass

import numpy as np
import pytest

from smaclab.errors import SimulationError
from smaclab.simulate.chunk import Chunk
from smaclab.simulate.many_solver import ManySolver
from smaclab.simulate.plan import plan
from smaclab.simulate.run import simulate
from smaclab.simulate.status import Status


@dataclass(frozen=True)
class Counting(ManySolver):
    """Every count is the cell's index; the second cell fails."""

    def chunks(self, batch, kernel, workers):
        kept = (len(batch.time_s), len(batch.observables))
        for member in range(len(batch.recipes)):
            for cell in range(batch.n_cells):
                chunk = Chunk.blank([member], range(cell, cell + 1), kept)
                if cell == 1:
                    chunk.fail(0, Status.STEP_LIMIT, "spent")
                else:
                    chunk.counts[:] = cell
                    chunk.death_s[:] = np.inf
                    chunk.status[:] = Status.OK
                yield chunk

    def describe(self):
        return {"name": "counting"}


def test_chunks_come_together_by_experiment_and_cell(toy):
    batch = plan([toy.experiment(id=name, cells=3) for name in "ab"], toy.catalogue(), toy.network)
    seen = []
    found = simulate(batch, toy.kernel, solver=Counting(), progress=lambda done, of: seen.append((done, of)))
    assert found.counts[:, 2].min() == found.counts[:, 2].max() == 2.0
    assert np.isnan(found.counts[:, 1]).all()
    assert found.messages == {(0, 1): "spent", (1, 1): "spent"}
    assert found.status[:, 1].tolist() == [Status.STEP_LIMIT] * 2
    assert found.algorithm == {"name": "counting"}
    assert seen[-1] == (6, 6)


def test_workers_are_checked_for_them_too(toy):
    batch = plan([toy.experiment(cells=1)], toy.catalogue(), toy.network)
    with pytest.raises(SimulationError, match="workers = 0"):
        simulate(batch, toy.kernel, solver=Counting(), workers=0)
