"""What endpoints are made of: one number an experiment, and the words for who it is."""

from collections.abc import Sequence

import numpy as np

from smaclab.analysis.bands import bands
from smaclab.analysis.estimate import Estimate
from smaclab.analysis.survival import survival_of
from smaclab.errors import ExperimentError, plain, unknown
from smaclab.experiment.experiment import Experiment
from smaclab.report.sections import Material
from smaclab.report.words import hours, treatment

ALIVE = "viability"


def values_at(material: Material, readout: str, at_h: float | None) -> np.ndarray:
    """One readout of every experiment at a time, (experiment,); viability in %.

    Raises:
        ExperimentError: the time is outside of an experiment, or it was not looked at then.
    """
    is_alive = readout == ALIVE
    table = bands(material.readouts, readout)
    means = {str(name): part for name, part in table.groupby("experimentId", sort=False)}
    values = []
    for one, deaths in zip(material.experiments, material.death_time_s, strict=True):
        time_h = time_of(one, at_h)
        if time_h > one.duration_s / 3600.0 * (1 + 1e-9):
            raise ExperimentError(f"{one.id} ends after {hours(one.duration_s)}; {time_h:g} h was asked for.")
        if is_alive:
            values.append(100.0 * survival_of(deaths, end_s=one.duration_s).at(time_h).value)
            continue
        rows = means.get(one.id)
        at = np.empty(0) if rows is None else rows["time"].to_numpy(float)
        then = np.flatnonzero(np.isclose(at, time_h, rtol=1e-9, atol=1e-9))
        if rows is None or not len(then):
            raise ExperimentError(
                f"{readout} of {one.id} was not looked at after {time_h:g} h. "
                "Name a time at which it is sampled."
            )
        values.append(float(rows["mean"].iloc[int(then[0])]))
    return np.array(values)


def time_of(one: Experiment, at_h: float | None) -> float:
    """When to look, h: the end of the experiment where nothing was said."""
    return one.duration_s / 3600.0 if at_h is None else at_h


def label_of(beside: Experiment) -> str:
    """The cell line, and what else was done to it."""
    done = treatment(beside)
    return beside.cell_line if done == "vehicle" else f"{beside.cell_line} with {done}"


def with_ends(name: str, one: Estimate) -> dict[str, float]:
    """An estimate and the ends of its interval as three columns."""
    return {name: one.value, f"{name}_low": one.low, f"{name}_high": one.high}


def own_name(kind: str, typed: str, known: Sequence[str], *, where: str) -> str:
    """The one of `known` that was typed, whatever its case, hyphens and spaces.

    Raises:
        ExperimentError: there is none.
    """
    own = {plain(name): name for name in known}.get(plain(str(typed)))
    if own is None:
        raise ExperimentError(unknown(kind, typed, known, where=where))
    return own
