import dataclasses

import numpy as np
import pytest

from smaclab.errors import SimulationError
from smaclab.simulate.plan import plan


@pytest.fixture
def batch(toy):
    return plan([toy.experiment(cells=5)], toy.catalogue(sigma=0.3), toy.network)


def test_a_recipe_writes_out_any_cell(batch):
    recipe = batch.recipes[0]
    whole = recipe.parameters(range(5))
    assert whole.shape == (5, 8)
    assert recipe.parameters(range(3, 4)).tobytes() == whole[3].tobytes()


def test_an_empty_or_disordered_batch_is_refused(batch):
    with pytest.raises(SimulationError, match="0 experiments"):
        dataclasses.replace(batch, recipes=())
    with pytest.raises(SimulationError, match="0 cells"):
        dataclasses.replace(batch, n_cells=0)
    with pytest.raises(SimulationError, match="must increase"):
        dataclasses.replace(batch, time_s=np.array([1.0, 1.0]))
    with pytest.raises(SimulationError, match="2 rows of weights"):
        dataclasses.replace(batch, observables=("only",))
