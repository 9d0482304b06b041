"""Replicates over time."""

import numpy as np

from smaclab.analysis.courses import courses_of, replicate_groups
from smaclab.experiment.experiment import Experiment
from tests.analysis.readout_rows import make_table, rows

EXPERIMENTS = [
    Experiment(id="a", cell_line="BJ", seed=1),
    Experiment(id="b", cell_line="EVSA-T", seed=1),
    Experiment(id="c", cell_line="BJ", seed=2),
]


def test_only_the_seed_may_differ():
    assert replicate_groups(EXPERIMENTS) == ((0, 2), (1,))


def test_a_replicate_is_the_mean_over_its_cells():
    table = make_table(
        rows("X", "a", "0", (1.0, 2.0, 3.0)),
        rows("X", "a", "1", (3.0, 4.0, 5.0)),
        rows("X", "c", "0", (7.0, np.nan, 9.0)),
    )
    (course,) = courses_of(table, "X", EXPERIMENTS)
    assert course.members == (0, 2)
    assert list(course.time_h) == [0.0, 1.0, 2.0]
    np.testing.assert_array_equal(course.values, [[2.0, 3.0, 4.0], [7.0, np.nan, 9.0]])
    assert courses_of(table, "Y", EXPERIMENTS) == ()
