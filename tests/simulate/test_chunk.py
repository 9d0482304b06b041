"""Some cells of some experiments, together: what is unknown stays unknown."""

import numpy as np
import pytest

from smaclab.simulate.chunk import Chunk
from smaclab.simulate.lanes import Ends
from smaclab.simulate.status import Status


def ends(status, counts=None, death_s=None):
    """Of as many cells as there are statuses, one sample of one observable each."""
    size = len(status)
    bad = np.array(status) != Status.OK
    seen = np.arange(size, dtype=float) + 1 if counts is None else np.array(counts, dtype=float)
    deaths = np.full(size, np.inf) if death_s is None else np.array(death_s, dtype=float)
    return Ends(
        counts=np.where(bad, np.nan, seen)[:, None, None], final=np.zeros((size, 1)), status=np.array(status),
        death_s=np.where(bad, np.nan, deaths), death_kind=np.where(np.isfinite(deaths), 0, -1),
        steps=np.ones(size, dtype=int), rejected=np.zeros(size, dtype=int), vector_steps=1,
        step_s=np.zeros(size),
    )  # fmt: skip


def test_a_blank_chunk_knows_nothing():
    chunk = Chunk.blank((3, 5), range(10, 14), (2, 1))
    assert (chunk.members, chunk.counts.shape) == ((3, 5), (2, 4, 2, 1))
    assert np.isnan(chunk.counts).all()
    assert np.isnan(chunk.death_s).all()
    assert (chunk.death_kind == -1).all()
    assert (chunk.status == Status.EXCEPTION).all()


def test_a_cell_without_rest_fails_in_every_arm():
    chunk = Chunk.blank((3, 5), range(4), (1, 1))
    chunk.fail(2, int(Status.NO_REST), "no rest")
    assert (chunk.status[:, 2] == Status.NO_REST).all()
    assert chunk.messages == {(0, 2): "no rest", (1, 2): "no rest"}


def test_arms_come_one_after_another_and_cells_keep_their_places():
    chunk = Chunk.blank((3, 5), range(4), (1, 1))
    chunk.fill(np.array([0, 2, 3]), ends([Status.OK] * 6), 7)
    np.testing.assert_array_equal(chunk.counts[:, :, 0, 0], [[1, np.nan, 2, 3], [4, np.nan, 5, 6]])
    assert (chunk.status[:, 1] == Status.EXCEPTION).all()
    assert chunk.messages == {}


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.STEP_LIMIT, "7 steps used up"),
        (Status.NON_FINITE, "a count or rate is not finite"),
        (Status.UNSUCCESSFUL, "the stepsize fell to nothing"),
    ],
)
def test_every_failure_has_its_words_and_its_place(status, words):
    chunk = Chunk.blank((3, 5), range(4), (1, 1))
    chunk.fill(np.array([1, 3]), ends([Status.OK, Status.OK, Status.OK, status]), 7)
    assert chunk.messages == {(1, 3): words}
    assert np.isnan(chunk.counts[1, 3]).all()
    assert np.isnan(chunk.death_s[1, 3])
    assert chunk.status[1, 3] == status


def test_counts_as_small_as_the_error_are_nothing():
    chunk = Chunk.blank((0,), range(4), (1, 1))
    chunk.fill(np.arange(4), ends([Status.OK] * 4, counts=[-1e-3, 1e-22, 1e-6, 5.0]), 7)
    assert chunk.counts[0, :, 0, 0].tolist() == [0.0, 0.0, 1e-6, 5.0]


def test_who_dies_in_the_pretreatment_is_dead_at_zero():
    chunk = Chunk.blank((0,), range(3), (1, 1))
    chunk.fill(np.arange(3), ends([Status.OK] * 3, death_s=[-50.0, 50.0, np.inf]), 7)
    assert chunk.death_s[0].tolist() == [0.0, 50.0, np.inf]
    assert chunk.death_kind[0].tolist() == [0, 0, -1]
