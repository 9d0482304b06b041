"""One readout over time, replicate by replicate. A replicate is an experiment with another seed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import final

import numpy as np
import pandas as pd

from smaclab.analysis.bands import bands
from smaclab.analysis.logistic import Array
from smaclab.experiment.experiment import Experiment


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A readout over time in experiments that differ in nothing but their seed.

    members: indices of the experiments.
    time_h: (time,), h.
    values: (replicate, time), each the mean over the cells of one experiment. NaN: no cell is known.
    """

    members: tuple[int, ...]
    time_h: Array
    values: Array


def replicate_groups(experiments: Sequence[Experiment]) -> tuple[tuple[int, ...], ...]:
    """Indices of experiments that differ in nothing but their seed, in the order of the first of each."""
    groups: dict[str, list[int]] = {}
    for index, one in enumerate(experiments):
        groups.setdefault(repr(replace(one, id="x", seed=0)), []).append(index)
    return tuple(tuple(members) for members in groups.values())


def courses_of(readouts: pd.DataFrame, readout: str, experiments: Sequence[Experiment]) -> tuple[Course, ...]:
    """One readout of every group of replicates that has it.

    Args:
        readouts: the readouts table, see `bands`.
        readout: which of them.
        experiments: in the order that indices refer to.
    """
    means = bands(readouts, readout)
    table = {str(name): part.sort_values("time") for name, part in means.groupby("experimentId", sort=False)}
    found = []
    for members in replicate_groups(experiments):
        rows = [table[experiments[index].id] for index in members if experiments[index].id in table]
        if rows:
            time_h = rows[0]["time"].to_numpy(float)
            values = np.stack([one["mean"].to_numpy(float) for one in rows])
            found.append(Course(members=members, time_h=time_h, values=values))
    return tuple(found)
