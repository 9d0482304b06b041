import dataclasses

import numpy as np
import pytest

from smaclab.errors import ShapeError
from smaclab.simulate.trajectory import Trajectory, fraction_alive


@pytest.fixture
def trajectory():
    return Trajectory(
        counts=np.zeros((1, 1, 2, 1)), time_s=np.array([0.0, 1.0]), observables=("T",),
        death_time_s=np.array([[np.inf]]), death_kind=np.array([[""]]), status=np.array([[0]]),
        experiments=("e",), end_s=np.array([1.0]),
    )  # fmt: skip


def test_one_cell_has_four_axes(trajectory):
    assert trajectory.of("T").shape == (1, 1, 2)


def test_wrong_shapes_are_refused(trajectory):
    for wrong in (
        {"counts": np.zeros((1, 2, 1))},
        {"counts": np.zeros((2, 1, 2, 1))},
        {"death_time_s": np.zeros((1, 2))},
        {"end_s": np.zeros(2)},
        {"time_s": np.array([1.0, 0.0])},
    ):
        with pytest.raises(ShapeError):
            dataclasses.replace(trajectory, **wrong)
    with pytest.raises(ShapeError, match=r"'X' was not kept\. Kept: T"):
        trajectory.of("X")


def test_the_fraction_alive_leaves_out_whom_nobody_knows():
    died = np.array([[10.0, np.inf, np.nan, 20.0], [np.nan] * 4])
    alive = fraction_alive(died, np.array([0.0, 10.0, 30.0]))
    np.testing.assert_allclose(alive, [[1.0, 2 / 3, 1 / 3], [np.nan] * 3])
    with pytest.raises(ShapeError):
        fraction_alive(died[0], np.array([0.0]))
