"""True counts become a table of readouts with PEtab's columns. No noise yet: what is, is what is seen.

Up to 50 cells every cell has its rows; beyond that a readout is told by its mean and quantiles over the cells
whose solve worked, in rows whose `cell` says which. Viability is 0 or 1 in a cell, so beyond 50 cells only
its mean is
told: the fraction alive.
"""

import warnings
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smaclab.errors import ShapeError, SimulationError, unknown
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.readout import Readout
from smaclab.simulate.trajectory import Trajectory

Array = NDArray[Any]

COLUMNS = ("observableId", "experimentId", "cell", "time", "simulation", "unit")
MOST_CELLS = 50  # beyond this, mean and quantiles
QUANTILES = {"q05": 0.05, "q25": 0.25, "q50": 0.50, "q75": 0.75, "q95": 0.95}
HOUR_S = 3600.0


def measure(
    trajectory: Trajectory,
    experiments: Sequence[Experiment],
    readouts: Iterable[Readout],
    *,
    most_cells: int | None = MOST_CELLS,
) -> pd.DataFrame:
    """The readouts table of a simulation.

    Args:
        trajectory: what happened.
        experiments: in the order of the trajectory's first axis; each says which readouts it wants.
        readouts: how each readout follows from counts; at least those the experiments name.
        most_cells: with more cells than this, mean and quantiles; None: always every cell.

    Returns:
        Columns observableId, experimentId, cell, time (h), simulation, unit; sorted by experiment, then
        readout as asked for, then cell, then time. `cell` is text: a number, "mean" or a quantile such as
        "q05". A failed cell has its rows, with NaN.

    Raises:
        ShapeError: experiments that are not those of the trajectory.
        SimulationError: a readout that is not among `readouts`.
    """
    given = tuple(experiment.id for experiment in experiments)
    if given != trajectory.experiments:
        raise ShapeError(f"experiments {given} were given, the trajectory holds {trajectory.experiments}.")
    by_name = {readout.name: readout for readout in readouts}
    blocks = []
    for index, experiment in enumerate(experiments):
        for name in experiment.readouts:
            if name not in by_name:
                raise SimulationError(unknown("readout", name, by_name, where=experiment.id))
            values = signal(trajectory, index, experiment, by_name[name])
            blocks.append((by_name[name], experiment.id, *_rows(values, by_name[name], most_cells)))
    return _table(blocks, trajectory.time_s / HOUR_S)


def signal(trajectory: Trajectory, index: int, experiment: Experiment, readout: Readout) -> Array:
    """One readout of one experiment.

    Args:
        trajectory: what happened.
        index: the experiment's place on the first axis.
        experiment: the experiment, for its medium's volume.
        readout: what is looked at.

    Returns:
        (cell, time), in the readout's unit. NaN: the solve failed, or what it is divided by is 0.
    """
    if readout.special == "viability":
        died = trajectory.death_time_s[index][:, None]
        return np.where(np.isnan(died), np.nan, (died > trajectory.time_s).astype(float))
    values = trajectory.of(readout.seen_in(experiment.perturbations))[index] * readout.scale
    if readout.per is not None:
        whole = trajectory.of(readout.per)[index]
        values = np.divide(values, whole, out=np.full_like(values, np.nan), where=whole > 0)
    if readout.per_medium_volume:
        values = values / experiment.medium_volume_pl
    return values


def _rows(values: Array, readout: Readout, most_cells: int | None) -> tuple[list[str], Array]:
    """Names of the rows and their values, (row, time)."""
    if most_cells is None or len(values) <= most_cells:
        return [str(cell) for cell in range(len(values))], values
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", RuntimeWarning
        )  # a time at which nobody is known is NaN, and that is right
        mean = np.nanmean(values, axis=0)[None, :]
        if readout.special == "viability":
            return ["mean"], mean
        quantiles = np.nanquantile(values, list(QUANTILES.values()), axis=0)
    return ["mean", *QUANTILES], np.concatenate([mean, quantiles])


def _table(blocks: Sequence[tuple[Readout, str, list[str], Array]], time_h: Array) -> pd.DataFrame:
    n_times = len(time_h)
    sizes = [len(cells) * n_times for _, _, cells, _ in blocks]
    cells = [cell for _, _, names, _ in blocks for cell in names]
    values = [block.ravel() for *_, block in blocks]

    def repeated(texts: Iterable[str]) -> Array:
        return np.repeat(np.array(list(texts), dtype=object), sizes)

    columns = {
        "observableId": repeated(readout.name for readout, *_ in blocks),
        "experimentId": repeated(experiment for _, experiment, *_ in blocks),
        "cell": np.repeat(np.array(cells, dtype=object), n_times),
        "time": np.tile(time_h, len(cells)),
        "simulation": np.concatenate(values) if values else np.zeros(0),
        "unit": repeated(readout.unit for readout, *_ in blocks),
    }
    return pd.DataFrame(columns, columns=list(COLUMNS))
