import numpy as np

from smaclab.simulate.ends import Ends


def ends(n, value):
    return Ends(
        counts=np.full((n, 2, 1), value), final=np.full((n, 3), value), status=np.zeros(n, dtype=int),
        death_s=np.full(n, value), death_kind=np.full(n, -1), steps=np.full(n, int(value)),
        rejected=np.zeros(n, dtype=int), vector_steps=int(value), step_s=np.full(n, value),
    )  # fmt: skip


def test_some_of_the_cells_keep_all_that_became_of_them():
    some = ends(4, 7.0).of(np.array([3, 1]))
    assert some.counts.shape == (2, 2, 1)
    assert some.final.shape == (2, 3)
    assert some.death_s.tolist() == [7.0, 7.0]
    assert some.step_s.tolist() == [7.0, 7.0]
    assert some.vector_steps == 7


def test_others_are_written_over_and_the_rest_stays():
    whole = ends(4, 1.0).with_some(np.array([0, 2]), ends(2, 9.0))
    assert whole.counts[:, 0, 0].tolist() == [9.0, 1.0, 9.0, 1.0]
    assert whole.steps.tolist() == [9, 1, 9, 1]
    assert whole.vector_steps == 9
